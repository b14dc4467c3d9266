"""Link the front-end modules of the kit without Node.js.

A widget is a plain ES module in ``static/`` whose local imports (``import { h } from "./common.js";``, one line each)
are followed and inlined. anywidget takes one ES module as text, and a page opened from a USB stick (``file://``) may
load classic scripts only: both are made here from the same source. Since the linked modules share one scope, a
top-level name may be declared once: the browser refuses the script otherwise, and a test loads each of them.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from mallette import design

STATIC = Path(__file__).resolve().parent / "static"
_IMPORT = re.compile(r'^import\s+\{[^}]*\}\s+from\s+"(\.{1,2}/[^"]+)";[ \t]*$', re.MULTILINE)
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?(?:function|const|let|class)\b)", re.MULTILINE)
_EXPORT_LIST = re.compile(r"^export\s*\{[^}]*\};?[ \t]*$", re.MULTILINE)
_EXPORT_DEFAULT = re.compile(r"^export default\s+", re.MULTILINE)


def _collect(path: Path, seen: dict[Path, str]) -> None:
    if path in seen:
        return
    text = path.read_text(encoding="utf-8")
    seen[path] = ""  # reserves the name, so that a cycle ends
    for name in _IMPORT.findall(text):
        _collect((path.parent / name).resolve(), seen)
    del seen[path]
    seen[path] = _IMPORT.sub("", text)


def linked(path: Path) -> str:
    """Return the module ``path`` and all it imports as one text."""
    seen: dict[Path, str] = {}
    entry = path.resolve()
    _collect(entry, seen)
    parts = [text if path == entry else _EXPORT_LIST.sub("", _EXPORT.sub("", text)) for path, text in seen.items()]
    return "\n".join(parts)


@cache
def esm(name: str) -> str:
    """Return the widget ``static/<name>.js`` and all it imports as one ES module (for anywidget)."""
    return linked(STATIC / f"{name}.js")


@cache
def classic(name: str) -> str:
    """Return the same widget as a classic script that hands itself to the loader ``static/mount.js``."""
    body, count = _EXPORT_DEFAULT.subn(f'window.MalletteWidgets.register("{name}", ', linked(STATIC / f"{name}.js"))
    if count != 1:
        raise ValueError(f"{name}.js must have exactly one « export default » statement, on one line")
    head, tail = body.rsplit(f'window.MalletteWidgets.register("{name}", ', 1)
    tail = re.sub(r";\s*\Z", "", tail.strip())
    head = _EXPORT_LIST.sub("", _EXPORT.sub("", head))
    return f'(() => {{\n{head}\nwindow.MalletteWidgets.register("{name}", {tail});\n}})();\n'


@cache
def css(name: str) -> str:
    """Return the style of the widget for a notebook: the tokens, the base style of the kit, ``static/<name>.css``.

    Not the font: JupyterLab gives no address to its files, and each widget would carry them.
    """
    files = (STATIC / "base.css", STATIC / f"{name}.css")
    return "\n".join([design.properties(), *(path.read_text(encoding="utf-8") for path in files)])


def mount_script() -> str:
    return (STATIC / "mount.js").read_text(encoding="utf-8")


def static_files(names: tuple[str, ...]) -> dict[str, str]:
    """Return file name → text of what a static page needs for the widgets ``names``."""
    files = {"mount.js": mount_script(), "base.css": (STATIC / "base.css").read_text(encoding="utf-8")}
    for name in names:
        files[f"{name}.js"] = classic(name)
        files[f"{name}.css"] = (STATIC / f"{name}.css").read_text(encoding="utf-8")
    return files
