# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools==4.68.0", "brotli==1.2.0"]
# ///
"""Complete the font for French, and make the fonts of screens: two weights, Latin letters and French signs, as WOFF2.

``uv run --no-project --script outils/vendor/polices.py``, after ``build.mjs`` has copied the TTF; the same versions
give the same bytes. The font lacks the narrow space that does not break (U+202F), of « 7 500 € » and « où ? »:
programs replace it as each sees fit, too narrow to tell thousands apart. Arrows and boxes to tick come from the
reader's own fonts.
"""

from __future__ import annotations

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

FONTS = Path(__file__).resolve().parents[2] / "mallette" / "design" / "polices"
SCREEN = ("Regular", "Bold")
NARROW, HYPHEN = 0x202F, 0x2011
WIDTH = 220
"""Of the narrow space, in thousandths of the size of the text; the space of the font has 280."""
# Latin-1, œ and Ÿ, dashes, quotation marks, •, …, ‰, ‹ ›, €, ™, −, √, ∞, ≈, ≠, ≤, ≥.
SIGNS = "20-7E,A0-FF,152,153,178,2010-2015,2018-201E,2022,2026,202F,2030,2039,203A,20AC,2122"
SIGNS += ",2212,221A,221E,2248,2260,2264,2265"
FEATURES = ["kern", "tnum", "sups"]  # figures of one width in columns of numbers; raised letters


def complete(path: Path) -> None:
    """Give a font its narrow space, and the hyphen that does not break."""
    font = TTFont(path, recalcTimestamp=False)
    known = font.getBestCmap()
    if NARROW not in known:
        font.setGlyphOrder([*font.getGlyphOrder(), "uni202F"])
        font["glyf"]["uni202F"] = Glyph()
        font["hmtx"]["uni202F"] = (WIDTH, 0)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap |= {NARROW: "uni202F", HYPHEN: known[ord("-")]}
        font.save(path)


def reduce(path: Path) -> Path:
    """Write what screens need of a font beside it."""
    options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False)
    font = subset.load_font(path, options)
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=subset.parse_unicodes(SIGNS))
    chosen.subset(font)
    small = path.with_suffix(".woff2")
    subset.save_font(font, small, options)
    return small


for font_path in sorted(FONTS.glob("*.ttf")):
    complete(font_path)
for style in SCREEN:
    made = reduce(FONTS / f"AtkinsonHyperlegibleNext-{style}.ttf")
    print(f"{made.name}: {made.stat().st_size} bytes")
