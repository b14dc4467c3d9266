"""Do pages, PDFs and figures show the same colours, and can they be read?"""

from __future__ import annotations

import re
from itertools import product

import pytest

from mallette import design
from mallette.paths import PACKAGE

NAMED = design.tokens()
THEMES = {"clair": NAMED, "sombre": NAMED["sombre"]}


def _contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.1, from 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_is_read_on_every_ground(theme: str) -> None:
    colours = THEMES[theme]
    for ink, ground in product(("encre", "discret", "accent", "alerte", "juste", "faux"), ("page", "fond", "info")):
        assert _contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    assert _contrast(colours["sur-accent"], colours["accent"]) >= 4.5
    assert _contrast(colours["trait"], colours["page"]) >= 3


def test_pages_read_what_the_tokens_say() -> None:
    assert design.CSS.read_text("utf-8") == design.css(), "run: python -m mallette.design"


def test_every_token_is_read() -> None:
    parts = [path for end in ("css", "js", "j2") for path in PACKAGE.rglob(f"*.{end}") if path != design.CSS]
    read = "".join(path.read_text("utf-8") for path in parts if "vendor" not in path.parts)
    names = set(re.findall(r"(--mlt-[\w-]+):", design.properties()))
    assert {name for name in names if name not in read and re.sub(r"\d+$", "${i}", name) not in read} == set()


def test_no_style_sheet_keeps_a_colour_of_the_tokens() -> None:
    ours = {value for colours in THEMES.values() for value in colours.values() if isinstance(value, str)} - {"#ffffff"}
    sheets = [path for path in PACKAGE.rglob("*.css") if path != design.CSS and "vendor" not in path.parts]
    found = {(path.name, colour) for path in sheets for colour in re.findall("#[0-9a-f]{6}", path.read_text("utf-8"))}
    assert {one for one in found if one[1] in ours} == set()
