"""What the kit looks like: colours and font, in one place.

``tokens.json`` names them; ``polices/`` holds the font, with its licence (SIL Open Font License) beside it. PDFs and
figures read the tokens, pages read them as custom properties (``--mlt-encre``…) from ``tokens.css``, which
``python -m mallette.design`` writes. Dark values serve the themes of the book and of JupyterLab, and the pages of the
server on a device that asks for them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
TOKENS = _HERE / "tokens.json"
CSS = _HERE / "tokens.css"
FONTS = _HERE / "polices"
_NIGHT = 'html[data-theme="dark"], [data-jp-theme-light="false"]'


def tokens() -> dict[str, Any]:
    """Return the tokens by name: colours as ``#rrggbb``, those of dark themes under ``sombre``."""
    return json.loads(TOKENS.read_text(encoding="utf-8"))


def css() -> str:
    """Return the colours as custom properties."""
    named = tokens()
    day = _properties({name: value for name, value in named.items() if name in named["sombre"]})
    night = _properties(named["sombre"])
    return (
        "/* Written by « python -m mallette.design » from tokens.json. */\n"
        f":root {{ {day} }}\n{_NIGHT} {{ {night} }}\n"
        f"@media (prefers-color-scheme: dark) {{ body.mallette-portail {{ {night} }} }}\n"
    )


def _properties(values: Mapping[str, str]) -> str:
    return " ".join(f"--mlt-{name}: {value};" for name, value in values.items())
