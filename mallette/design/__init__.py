"""What the kit looks like: colours, font and spacing, in one place.

``tokens.json`` names them; ``polices/`` holds the font, with its licence (SIL Open Font License) beside it: TTF for
paper and drawings, WOFF2 for screens. PDFs and figures read the tokens, pages read them as custom properties
(``--mlt-encre``…) from ``tokens.css``, which ``python -m mallette.design`` writes and which alone asks for the font.
Dark values serve the themes of the book and of JupyterLab, and the pages of the server on a device that asks for them.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
TOKENS = _HERE / "tokens.json"
CSS = _HERE / "tokens.css"
FONTS = _HERE / "polices"
SCREEN_FONTS = {weight: FONTS / f"AtkinsonHyperlegibleNext-{weight}.woff2" for weight in ("Regular", "Bold")}
"""What a page asks for, beside its copy of ``tokens.css``: Latin letters and French signs, see ``outils/vendor``."""
_WEIGHTS = {"Regular": 400, "Bold": 700}
_NIGHT = 'html[data-theme="dark"], [data-jp-theme-light="false"]'


def tokens() -> dict[str, Any]:
    """Return the tokens by name: colours as ``#rrggbb``, those of dark themes under ``sombre``; the steps of sizes of
    text (``taille``) and of space (``espace``) as shares of the size of the text of a page."""
    return json.loads(TOKENS.read_text(encoding="utf-8"))


def properties() -> str:
    """Return the tokens as custom properties, for a page that does not ask for the font."""
    named = tokens()
    day = _colours({name: named[name] for name in named["sombre"]})
    night = _colours(named["sombre"])
    family = ", ".join(f'"{name}"' if " " in name else name for name in (named["police"], *named["repli"]))
    return (
        f":root {{ --mlt-police: {family}; {_steps(named, 'taille')} {_steps(named, 'espace')} }}\n"
        f":root, .mlt-papier {{ {day} }}\n{_NIGHT} {{ {night} }}\n"
        f"@media (prefers-color-scheme: dark) {{ body.mallette-portail {{ {night} }} }}\n"
    )


def css(folder: str = "") -> str:
    """Return the custom properties and the font, whose files are in ``folder``: beside the style sheet when empty."""

    def address(path: Path) -> str:
        return f"{folder}{path.name}?v={sha256(path.read_bytes()).hexdigest()[:8]}"

    return f"/* Written by « python -m mallette.design » from tokens.json. */\n{_faces(address)}{properties()}"


def embedded_css() -> str:
    """Return the custom properties and the font itself, for a page that is one file: 30 kB."""
    return _faces(lambda path: f"data:font/woff2;base64,{b64encode(path.read_bytes()).decode()}") + properties()


def _faces(address: Callable[[Path], str]) -> str:
    family = tokens()["police"]
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {_WEIGHTS[weight]}; font-display: swap; '
        f'src: url("{address(path)}") format("woff2"); }}\n'
        for weight, path in SCREEN_FONTS.items()
    )


def _steps(named: Mapping[str, Any], name: str) -> str:
    return " ".join(f"--mlt-{name}-{step}: {value}rem;" for step, value in named[name].items())


def _colours(values: Mapping[str, str | list[str]]) -> str:
    flat = {
        name if place is None else f"{name}-{place}": colour
        for name, value in values.items()
        for place, colour in ([(None, value)] if isinstance(value, str) else enumerate(value))
    }
    return " ".join(f"--mlt-{name}: {value};" for name, value in flat.items())
