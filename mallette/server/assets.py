"""What pages load, named by its content so that a phone asks for it once: scripts, styles, figures."""

from __future__ import annotations

import gzip
import hashlib
import re
from base64 import b64decode
from collections.abc import Iterable, Mapping
from functools import cache
from urllib.parse import unquote_to_bytes

from mallette import design
from mallette.paths import PACKAGE
from mallette.widgets import bundle, shared_script, shared_states

PREFIX = "/statique/atelier/"
FONTS = "/statique/"
"""Where all pages of a server ask for the font, so that a phone asks once: see ``handlers.styles``."""
TYPES = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
}
_DATA = re.compile(r"data:image/(svg\+xml|png|jpeg)(;base64)?,([^\"]{2000,})")
_IMAGE = re.compile(PREFIX + r"(figure\.[0-9a-f]{12}\.(?:svg|png|jpeg))")
_OWN = (PACKAGE / "server" / "static" / "atelier.css", PACKAGE / "figures" / "figures.css")
_images: dict[str, bytes] = {}


@cache
def _files() -> dict[str, bytes]:
    names = tuple(path.stem for path in bundle.STATIC.glob("*.js") if "export default" in path.read_text("utf-8"))
    texts = bundle.static_files(names)
    styles = [texts.pop(name) for name in sorted(texts) if name.endswith(".css")]
    # One style for all pages: forty phones that come at once ask for one file, not for six.
    texts["kit.css"] = "\n".join([design.css(FONTS), *(path.read_text(encoding="utf-8") for path in _OWN), *styles])
    for name in shared_states():
        texts[f"donnees-{name}.js"] = shared_script(name)
    return _compressed(texts)


def _compressed(texts: Mapping[str, str]) -> dict[str, bytes]:
    return {_stamped(name, text.encode()): gzip.compress(text.encode()) for name, text in texts.items()}


def _stamped(name: str, content: bytes) -> str:
    stem, suffix = name.rsplit(".", 1)
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"


def get(name: str) -> bytes | None:
    """Return a file, compressed with gzip, by the name that its address ends with."""
    return _phone_files().get(name) or _files().get(name) or _images.get(name)


def without_images(html: str) -> str:
    """Return ``html`` with its large ``data:`` images given addresses: a phone then loads only those it shows."""

    def keep(match: re.Match) -> str:
        kind, base64, data = match.groups()
        content = b64decode(data) if base64 else unquote_to_bytes(data)
        name = _stamped(f"figure.{kind.split('+')[0]}", content)
        _images[name] = gzip.compress(content)
        return PREFIX + name

    return _DATA.sub(keep, html)


def images_of(html: str) -> list[str]:
    """Return the names of the images that :func:`without_images` gave addresses in a page."""
    return sorted(set(_IMAGE.findall(html)))


def add_image(name: str, content: bytes) -> None:
    """Serve an image of a page that was kept: ``content`` is what :func:`get` gave, compressed with gzip."""
    _images[name] = content


def urls(widgets: Iterable[str]) -> dict[str, list[str]]:
    """Return the addresses of what a page with these widgets loads.

    Returns:
        ``styles`` and ``scripts``, in order; ``later``, what other dashboards will need, for the phone's idle moments.
    """
    chosen = sorted(widgets)
    by_name = {".".join((parts := name.split("."))[:-2] + parts[-1:]): PREFIX + name for name in _files()}
    styles = [by_name["kit.css"]]
    tables = [f"donnees-{name}" for name in chosen if name in shared_states()]
    scripts = [by_name[f"{name}.js"] for name in (["mount", *tables, *chosen] if chosen else [])]
    return {"styles": styles, "scripts": scripts, "later": sorted({*by_name.values()} - {*styles, *scripts})}


@cache
def phone_files() -> dict[str, str]:
    """Return file name → text of what the pages of phones bring: one script and one style, so that a first visit is
    three requests."""
    server = PACKAGE / "server"
    room = server / "seance" / "static"
    common = (server / "static" / "atelier.css", bundle.STATIC / "base.css", room / "participant.css")

    def style(name: str) -> str:
        parts = (*common, bundle.STATIC / f"{name}.css")
        return "\n".join([design.css(FONTS), *(path.read_text(encoding="utf-8") for path in parts)])

    return {
        "participant.js": bundle.linked(room / "participant.js"),
        "devoir.js": bundle.linked(server / "exercises" / "static" / "devoir.js"),
        "outil.js": bundle.linked(room / "outil.js"),
        "participant.css": style("quiz"),
        "outil.css": style("tool"),
    }


@cache
def _phone_files() -> dict[str, bytes]:
    return _compressed(phone_files())


@cache
def phone_address(name: str) -> str:
    """Return the address of one of :func:`phone_files`."""
    return PREFIX + _stamped(name, phone_files()[name].encode())
