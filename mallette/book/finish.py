"""Last touches on built pages: what the theme leaves in English, off-line, or without an accessible name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from sphinx.application import Sphinx

# The theme and its helpers have no French catalogue for these (sphinx-book-theme 1.3, pydata-sphinx-theme 0.17,
# sphinx-togglebutton 0.4): a room of French professionals should not meet them.
ENGLISH = {
    "Toggle primary sidebar": "Afficher ou masquer le menu",
    "Toggle secondary sidebar": "Afficher ou masquer le sommaire de la page",
    "Toggle hidden content": "Afficher ou masquer le contenu",
    "Skip to main content": "Aller au contenu principal",
    "Back to top": "Haut de page",
    "Search this book...": "Rechercher dans le livre…",
    "Table of Contents": "Sommaire",
    'aria-label="Main"': 'aria-label="Menu du livre"',
    'aria-label="Breadcrumb"': 'aria-label="Fil d’Ariane"',
    "Download source file": "Télécharger le fichier source",
    "Fullscreen mode": "Plein écran",
    "Download this page": "Télécharger cette page",
    "Print to PDF": "Imprimer en PDF",
    "light/dark": "clair/sombre",
    "system settings": "réglage du système",
}
# Sphinx builds the plural rule of a catalogue with `new Function`, which a strict Content-Security-Policy refuses.
_PLURAL_RULE = re.compile(r"new Function\(\s*\"n\",\s*`return \(\$\{catalog\.plural_expr\}\)`,?\s*\)")
# What axe finds in the theme's and Sphinx's own markup: a button without a name, roles whose children do not fit.
REPAIRED = {
    '<summary><span class="toctree-toggle"': '<summary aria-label="Sous-pages"><span class="toctree-toggle"',
    'role="list" class="citation-list"': 'class="citation-list"',
    ' role="doc-biblioentry"': "",
    '<div id="pst-primary-sidebar" ': '<div id="pst-primary-sidebar" role="region" aria-label="Barre latérale" ',
}
_HEADER_CELL = re.compile(r'<th class="head')
_THEBE = re.compile(
    r"<script>\s*const THEBE_JS_URL[^<]*</script>|<script async=\"async\"[^>]*sphinx-thebe[^<]*</script>"
)

# MyST-NB copies the state of every widget of a page for a widget manager, which the book does not have: the scripts of
# the widgets and all their tables again, nine tenths of the page.
_KERNEL_STATE = re.compile(r'<script type="application/vnd\.jupyter\.widget-state\+json">.*?</script>\s*', re.DOTALL)


def finish_page(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
    """Give header cells their scope (RGAA 5.7)."""
    if context.get("body"):
        context["body"] = _HEADER_CELL.sub('<th scope="col" class="head', context["body"])


def finish_book(app: Sphinx, exception: Exception | None) -> None:
    """Rewrite the pages of a finished HTML build."""
    if exception is not None or app.builder.format != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        _rewrite(path, lambda text: repaired(french(without_third_parties(without_kernel_state(text)))))
    _rewrite(Path(app.outdir, "_static", "doctools.js"), lambda text: _PLURAL_RULE.sub("(n) => n > 1", text))


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text(encoding="utf-8")
    new = change(text)
    if new != text:
        path.write_text(new, encoding="utf-8")


def french(text: str) -> str:
    """Return the page with the theme's English words in French."""
    for english, translated in ENGLISH.items():
        text = text.replace(english, translated)
    return text


def repaired(text: str) -> str:
    """Return the page with the theme's accessibility faults mended."""
    for broken, mended in REPAIRED.items():
        text = text.replace(broken, mended)
    return text


def without_kernel_state(text: str) -> str:
    """Return the page without the copy of its widgets that only a live kernel could use."""
    return _KERNEL_STATE.sub("", text)


def without_third_parties(text: str) -> str:
    """Return the page without the addresses of hosts that live-code buttons would ask."""
    return _THEBE.sub("", text)
