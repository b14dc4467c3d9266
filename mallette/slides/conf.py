"""Sphinx configuration of the decks; ``mallette.slides.builder`` gives the folders."""

from mallette import design
from mallette.paths import PACKAGE

project = "Mallette"
language = "fr"
extensions = ["myst_nb", "sphinx_revealjs", "mallette.slides.extension"]
include_patterns = ["[0-9]*-*.md"]

myst_enable_extensions = ["colon_fence", "deflist", "attrs_inline", "attrs_block"]
nb_execution_mode = "off"  # mallette.slides.cells runs them
nb_custom_formats = {".md": ["mallette.slides.cells.read", {}, False]}
nb_mime_priority_overrides = [("dirrevealjs", "text/html", 1)]
# Titles of slides repeat between decks and inside one, by design.
suppress_warnings = ["myst.header", "mystnb.unknown_mime_type", "config.cache"]

html_theme_path = [str(PACKAGE / "slides")]
revealjs_html_theme = "theme"
revealjs_style_theme = "diapos.css"
revealjs_static_path = [
    *map(str, (design.CSS, *design.SCREEN_FONTS.values())),
    str(PACKAGE / "figures" / "figures.css"),
]
revealjs_use_section_ids = True
html_copy_source = False
html_show_sourcelink = False
