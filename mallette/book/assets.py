"""Scripts and styles of the book: written beside Sphinx's own, requested only by the pages that use them."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from mallette import design, references
from mallette.faults import ContentError
from mallette.paths import Project
from mallette.widgets import bundle, shared_script, shared_states

WIDGETS = ("quiz", "explorer", "hourly", "tool")
HEAVY = {"explorer", "hourly", "tool"}
"""Widgets that ``mount.js`` loads when their place comes near."""
SCRIPTS = {"fiches": 'class="mallette-fiches"', "dates": 'class="mallette-dates"'}
"""Script: what a page that needs it holds."""
_MOUNT = re.compile(r'data-mallette="([a-z_]+)"')
_HERE = Path(__file__).resolve().parent


def prepare(app: Sphinx, config: Config) -> None:
    """Write what the build reads: the bibliography of the data and the scripts of the widgets."""
    course = Project(Path(app.confdir).resolve())
    references.write_data_bib(course)
    folder = course.build / "statique"
    target = folder / "kit"  # not "mallette": exclude_patterns of the course would apply to it
    target.mkdir(parents=True, exist_ok=True)
    files = bundle.static_files(WIDGETS)
    styles = (design.CSS, _HERE / "static" / "book.css", _HERE.parent / "figures" / "figures.css")
    files["book.css"] = "".join(path.read_text(encoding="utf-8") for path in styles)
    # A classic script: a page opened from a USB stick may load no module.
    for name in SCRIPTS:
        files[f"{name}.js"] = f"(() => {{\n{bundle.linked(_HERE / 'static' / f'{name}.js')}\n}})();\n"
    for name in shared():
        files[f"{name}.js"] = f"{shared_script(name)}\n{files[f'{name}.js']}"
    contents = {name: text.encode() for name, text in files.items()}
    contents |= {font.name: font.read_bytes() for font in design.SCREEN_FONTS.values()}
    for name, content in contents.items():
        path = target / name
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
    # Not the source's _static folder: Jupyter Book would load every script it finds there on every page.
    config.html_static_path.append(str(folder))


def add_page_assets(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
    """Ask for the scripts of what stands on this page, and for no other."""
    app.add_css_file("kit/book.css")
    body = context.get("body") or ""
    for name, sign in SCRIPTS.items():
        if sign in body:
            app.add_js_file(f"kit/{name}.js", loading_method="defer")
    names = [name for name in WIDGETS if name in set(_MOUNT.findall(body))]
    if not names:
        return
    folder = Project(Path(app.confdir).resolve()).build / "statique" / "kit"
    later = {
        f"data-{name}": f"{context['pathto'](f'_static/kit/{name}.js', 1)}?v={_digest(folder / f'{name}.js')}"
        for name in names
        if name in HEAVY
    }
    app.add_css_file("kit/base.css")
    app.add_js_file("kit/mount.js", loading_method="defer", **later)
    for name in names:
        app.add_css_file(f"kit/{name}.css")
        if name not in HEAVY:
            app.add_js_file(f"kit/{name}.js", loading_method="defer")


def shared() -> dict[str, dict]:
    """Return, by name of widget, what all of them read: the file of their script holds it, not each page.

    Nothing when a table is faulty: its pages then say so.
    """
    try:
        return shared_states()
    except ContentError:
        return {}


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]
