"""Amounts and ranges on one scale, the kind of source told by shape, colour and filling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from mallette.figures.bars import CHARACTER, fit
from mallette.figures.style import COLOURS, GRID, MARKERS, Layout

LOG_FROM = 60
"""Largest amount over smallest amount from which a logarithmic scale is used."""


@dataclass(frozen=True)
class Kind:
    """A kind of source, as the legend names it; ``doubtful`` kinds are hollow and dotted."""

    label: str
    style: int
    doubtful: bool = False


@dataclass(frozen=True)
class Span:
    """One amount.

    Attributes:
        label: who, where, when.
        low, high: bounds, equal for a single amount; ``None`` when that side is open (« plus de », « jusqu’à »).
        text: amount as written beside the mark.
        kind: rank in the list of kinds.
    """

    label: str
    low: float | None
    high: float | None
    text: str
    kind: int


def draw_spans(
    canvas: Canvas, layout: Layout, groups: Sequence[tuple[str, Sequence[Span]]], kinds: Sequence[Kind]
) -> None:
    """Draw groups of amounts under their headings, on one scale shared by all."""
    spans = [span for _, rows in groups for span in rows]
    used = sorted({span.kind for span in spans})
    above = layout.name == "etroit" or max(len(s.label) for s in spans) * CHARACTER * layout.text > layout.width * 0.5
    lines = len(spans) * (2 if above else 1) + sum(bool(title) for title, _ in groups)
    legend = len(used) * 1.0 if layout.name == "etroit" else 1.0 * ((len(used) + 1) // 2)
    height = layout.row * (lines + legend + 0.7)
    canvas.set_size_inches(layout.inches(layout.width), layout.inches(height))
    ax = canvas.subplots()
    logarithmic = _scale(ax, spans, layout, above)
    _draw_rows(ax, layout, groups, kinds, above)
    handles = [_handle(kinds[rank]) for rank in used]
    canvas.legend(
        handles=handles, loc="outside upper left", frameon=False, ncols=1 if layout.name == "etroit" else 2,
        borderaxespad=0.1, handletextpad=0.4,
        title="Échelle logarithmique\u00a0: chaque trait vertical vaut 10 fois le précédent" if logarithmic
        and layout.name != "etroit" else None, alignment="left",
    )  # fmt: skip


def is_logarithmic(spans: Sequence[Span]) -> bool:
    """Tell whether :func:`draw_spans` uses a logarithmic scale for these amounts."""
    ends = [end for span in spans for end in (span.low, span.high) if end]
    return max(ends) / min(ends) > LOG_FROM


def _scale(ax: Axes, spans: Sequence[Span], layout: Layout, above: bool) -> bool:
    ends = [end for span in spans for end in (span.low, span.high) if end]
    names = 0 if above else max(len(span.label) for span in spans)
    room = layout.width - (names + 2) * CHARACTER * layout.text
    text = max(len(span.text) for span in spans) * CHARACTER * layout.text
    share = max(0.3, 1 - (text + 3 * layout.text) / room)
    low, high = min(ends), max(ends)
    if is_logarithmic(spans):
        ax.set_xscale("log")
        low = low / 2
        ax.set_xlim(low, low * (high / low) ** (1 / share))
        ax.grid(axis="x", which="major")
        ax.tick_params(axis="x", which="both", length=0, labelbottom=False)
        return True
    ax.set_xlim(0, high / share)
    ax.tick_params(axis="x", length=0, labelbottom=False)
    return False


def _draw_rows(
    ax: Axes, layout: Layout, groups: Sequence[tuple[str, Sequence[Span]]], kinds: Sequence[Kind], above: bool
) -> None:
    left, right = ax.get_xlim()
    y, ticks = 0, []
    edge = ax.get_yaxis_transform()
    for title, rows in groups:
        if title:
            ax.text(0.005, y, fit(title, layout), transform=edge, fontweight="bold", va="center", in_layout=False)
            y += 1
        for span in rows:
            if above:
                ax.text(0, y, fit(span.label, layout), transform=edge, va="center", ha="left", in_layout=False)
                y += 1
            ticks.append((y, "" if above else span.label))
            _draw_span(ax, y, span, kinds[span.kind], left, right, layout)
            y += 1
    ax.set_yticks([tick for tick, _ in ticks], [label for _, label in ticks])
    ax.set_ylim(y - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines["bottom"].set_visible(False)
    ax.spines["left"].set_visible(not above)


def _draw_span(ax: Axes, y: int, span: Span, kind: Kind, left: float, right: float, layout: Layout) -> None:
    colour, marker = COLOURS[kind.style], MARKERS[kind.style]
    known = [end for end in (span.low, span.high) if end is not None]
    ax.plot([left, max(known)], [y, y], color=GRID, linewidth=0.8, zorder=0)
    style = {
        "color": colour, "marker": marker, "markeredgecolor": colour, "markeredgewidth": 1.6,
        "markerfacecolor": "#ffffff" if kind.doubtful else colour,
        "linestyle": (0, (1.5, 1.5)) if kind.doubtful else "-", "linewidth": layout.text / 4.5,
    }  # fmt: skip
    ax.plot(known, [y] * len(known), **style)
    offset = 0.7 * layout.text
    if len(known) == 1 and (span.low is None or span.high is None):
        side = 1 if span.high is None else -1
        ax.annotate(
            "", (known[0], y), xytext=(side * 1.9 * layout.text, 0), textcoords="offset points",
            arrowprops={"arrowstyle": "<-", "color": colour, "linewidth": layout.text / 7, "shrinkA": 0, "shrinkB": 2},
        )  # fmt: skip
        offset += 1.5 * layout.text if side > 0 else 0
    ax.annotate(span.text, (max(known), y), xytext=(offset, 0), textcoords="offset points", va="center")


def _handle(kind: Kind) -> Line2D:
    colour = COLOURS[kind.style]
    return Line2D(
        [], [], color=colour, marker=MARKERS[kind.style], label=kind.label, markeredgecolor=colour, markeredgewidth=1.6,
        markerfacecolor="#ffffff" if kind.doubtful else colour, linestyle=(0, (1.5, 1.5)) if kind.doubtful else "none",
    )  # fmt: skip
