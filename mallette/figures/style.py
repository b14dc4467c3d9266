"""One style for every figure: two readings of the same drawing (colour and grey), three page widths."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import matplotlib
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import fontManager

from mallette import design

_TOKENS = design.tokens()
INK, MUTED, PAPER, SOFT = (_TOKENS[name] for name in ("encre", "discret", "page", "fond"))
GRID = _TOKENS["figures"]["grille"]

# Okabe and Ito's set, "Color Universal Design" (2008), darkened where needed to keep 3:1 against white, and ordered so
# that neighbours also differ in lightness: the figures are photocopied.
COLOURS = tuple(_TOKENS["figures"]["couleurs"])
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
HATCHES = ("", "///", "...", "xxx", "\\\\\\", "++", "oo")

CHARACTER, BOLD = 0.52, 0.56
"""Mean width of a character of the font and of its bold, as a share of the text size."""
for _font in sorted(design.FONTS.glob("*.ttf")):
    fontManager.addfont(_font)

LAYOUT_VARIABLE = "MALLETTE_FIGURES"
"""Environment variable that the slides builder sets to ``diapo`` while it runs cells."""


@dataclass(frozen=True)
class Layout:
    """Where a drawing will be read.

    Attributes:
        name: ``large``, ``etroit`` or ``diapo``.
        width: width of the drawing, in CSS pixels at its natural size.
        text: size of the text, in CSS pixels.
        columns: most columns of panels side by side.
    """

    name: str
    width: int
    text: int
    columns: int

    def row(self, lines: float) -> float:
        """Return the height of one of ``lines`` lines of a chart, in CSS pixels: slides are filled, pages are not."""
        if self is SLIDE:
            return self.text * min(2.6, max(1.4, SLIDE_HEIGHT / lines / self.text))
        return self.text * 1.75

    def inches(self, pixels: float) -> float:
        return pixels / 96


WIDE = Layout("large", 720, 13, 2)
NARROW = Layout("etroit", 350, 12, 1)
SLIDE = Layout("diapo", 1160, 24, 3)
SLIDE_HEIGHT = 465
"""Room for a drawing on a slide that also has a title and a source line, in CSS pixels of a 1280 × 720 slide."""


def on_slide() -> bool:
    return os.environ.get(LAYOUT_VARIABLE) == SLIDE.name


@contextmanager
def styled(layout: Layout) -> Iterator[None]:
    """Apply the style inside a ``with`` block, and nowhere else."""
    points = layout.text * 0.75
    settings = {
        "font.family": [_TOKENS["police"], "DejaVu Sans"],  # the second has the signs that the first has not
        "font.size": points,
        "axes.labelsize": points,
        "xtick.labelsize": points,
        "ytick.labelsize": points,
        "text.color": INK,
        "axes.labelcolor": MUTED,
        "axes.edgecolor": MUTED,
        "xtick.color": MUTED,
        "ytick.color": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": False,
        "grid.color": GRID,
        "grid.linewidth": 0.8,
        "lines.linewidth": points / 5,
        "lines.markersize": points * 0.7,
        "hatch.linewidth": 0.8,
        "hatch.color": PAPER,
        "figure.facecolor": PAPER,
        "savefig.facecolor": PAPER,
        "svg.fonttype": "path",  # a reader may not have the font: text as text would overlap
        "svg.hashsalt": "mallette",
        "path.simplify": True,
    }
    # A private copy of the defaults: a trainer's own matplotlibrc must not change the book.
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(settings)
        yield


def filled(draw: Callable[[Canvas, Layout], None], layout: Layout) -> Canvas:
    """Return a new canvas with the drawing on it; to be used, and shown, inside :func:`styled`."""
    # Not pyplot: nothing to close, no global state, safe in a server's threads.
    canvas = Canvas(layout="constrained")
    canvas.set_size_inches(layout.inches(layout.width), layout.inches(layout.width * 0.5))
    draw(canvas, layout)
    return canvas


def render(draw: Callable[[Canvas, Layout], None], layout: Layout, kind: str) -> bytes:
    """Return a drawing as ``svg`` or ``png`` bytes; the same data always gives the same SVG.

    Args:
        draw: fills a new canvas; it sets the canvas' size in inches.
        layout: where the drawing will be read.
        kind: ``"svg"`` or ``"png"``.
    """
    with styled(layout):
        canvas = filled(draw, layout)
        out = io.BytesIO()
        metadata = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
        canvas.savefig(out, format=kind, dpi=192 if kind == "png" else 72, metadata=metadata)
    return out.getvalue()
