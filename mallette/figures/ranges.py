"""Amounts and ranges on one scale, the kind of source told by shape, colour and filling."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from mallette.figures.bars import fit
from mallette.figures.style import CHARACTER, COLOURS, GRID, MARKERS, PAPER, Layout

LOG_FROM = 60
"""Largest amount over smallest amount from which a logarithmic scale is used."""
SCALE_NOTE = "Échelle logarithmique\u00a0: chaque trait vertical vaut 10 fois le précédent"


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
    """Draw groups of amounts under their headings, on one scale shared by all.

    Labels stand beside the marks, on two lines when they are long, or over them on a narrow page.
    """
    spans = [span for _, rows in groups for span in rows]
    used = sorted({span.kind for span in spans})
    narrow = layout.name == "etroit"
    wrap = int(layout.width * (0.96 if narrow else 0.42) / (CHARACTER * layout.text))
    rows = list(_rows(groups, wrap, narrow))
    lines = sum(row.height for row in rows)
    longest = max(len(kinds[rank].label) for rank in used) + 5
    beside = 2 if 2 * longest * CHARACTER * layout.text < layout.width else 1
    legend = (len(used) + beside - 1) // beside
    logarithmic = is_logarithmic(spans)
    total = lines + legend + 0.7 + (logarithmic and not narrow)
    canvas.set_size_inches(layout.inches(layout.width), layout.inches(layout.row(total) * total))
    ax = canvas.subplots()
    _scale(ax, spans, layout, 0 if narrow else max(_width(row.label) for row in rows if row.span))
    _draw_rows(ax, layout, rows, kinds, narrow)
    canvas.legend(
        handles=[_handle(kinds[rank]) for rank in used],
        loc="outside upper left",
        frameon=False,
        ncols=beside,
        borderaxespad=0.1,
        handletextpad=0.4,
        alignment="left",
        title=SCALE_NOTE if logarithmic and not narrow else None,
    )


@dataclass(frozen=True)
class _Row:
    """A heading (no span) or an amount; ``height`` in lines."""

    label: str
    span: Span | None
    height: float


def _rows(groups: Sequence[tuple[str, Sequence[Span]]], wrap: int, narrow: bool) -> Iterator[_Row]:
    for title, spans in groups:
        if title:
            yield _Row(title, None, 1)
        for span in spans:
            lines = textwrap.wrap(span.label, wrap) or [""]
            yield _Row("\n".join(lines), span, 0.75 * len(lines) + (1.25 if narrow else 0.25))


def _width(label: str) -> int:
    return max(len(line) for line in label.split("\n"))


def is_logarithmic(spans: Sequence[Span]) -> bool:
    """Tell whether :func:`draw_spans` uses a logarithmic scale for these amounts."""
    ends = [end for span in spans for end in (span.low, span.high) if end]
    return max(ends) / min(ends) > LOG_FROM


def _scale(ax: Axes, spans: Sequence[Span], layout: Layout, names: int) -> None:
    """Set the scale, with room for the texts at the right of the marks (``names``: characters of the widest label)."""
    ends = [end for span in spans for end in (span.low, span.high) if end]
    room = layout.width - (names + 2) * CHARACTER * layout.text
    text = max(len(span.text) for span in spans) * CHARACTER * layout.text
    share = max(0.3, 1 - (text + 3 * layout.text) / room)
    low, high = min(ends), max(ends)
    ax.tick_params(axis="x", which="both", length=0, labelbottom=False)
    if is_logarithmic(spans):
        ax.set_xscale("log")
        low = low / 2
        ax.set_xlim(low, low * (high / low) ** (1 / share))
        ax.grid(axis="x", which="major")
        ax.set_axisbelow(True)
    else:
        ax.set_xlim(0, high / share)


def _draw_rows(ax: Axes, layout: Layout, rows: Sequence[_Row], kinds: Sequence[Kind], narrow: bool) -> None:
    y, ticks = 0.0, []
    text = {"transform": ax.get_yaxis_transform(), "va": "center", "in_layout": False}
    text |= {"bbox": {"facecolor": PAPER, "edgecolor": "none", "pad": 1}}
    for row in rows:
        middle = y + row.height / 2
        if row.span is None:
            ax.text(0.005, middle, fit(row.label, layout), fontweight="bold", **text)
        else:
            if narrow:
                ax.text(0.005, y + (row.height - 1) / 2, row.label, **text)
                middle = y + row.height - 0.5
            else:
                ticks.append((middle, row.label))
            _draw_span(ax, middle, row.span, kinds[row.span.kind], layout)
        y += row.height
    # Lines of a label are closer to each other than to the next label.
    ax.set_yticks([tick for tick, _ in ticks], [label for _, label in ticks], linespacing=0.85)
    ax.set_ylim(y, -0.1)
    ax.tick_params(axis="y", length=0)
    ax.spines["bottom"].set_visible(False)
    ax.spines["left"].set_visible(not narrow)


def _draw_span(ax: Axes, y: float, span: Span, kind: Kind, layout: Layout) -> None:
    colour, marker = COLOURS[kind.style], MARKERS[kind.style]
    known = [end for end in (span.low, span.high) if end is not None]
    ax.plot([ax.get_xlim()[0], max(known)], [y, y], color=GRID, linewidth=0.8, zorder=0)
    style = {
        "color": colour,
        "marker": marker,
        "markeredgecolor": colour,
        "markeredgewidth": 1.6,
        "markerfacecolor": PAPER if kind.doubtful else colour,
        "linestyle": (0, (1.5, 1.5)) if kind.doubtful else "-",
        "linewidth": layout.text / 4.5,
    }
    ax.plot(known, [y] * len(known), **style)
    offset = 0.7 * layout.text
    if len(known) == 1 and (span.low is None or span.high is None):
        side = 1 if span.high is None else -1
        ax.annotate(
            "",
            (known[0], y),
            xytext=(side * 1.9 * layout.text, 0),
            textcoords="offset points",
            arrowprops={"arrowstyle": "<-", "color": colour, "linewidth": layout.text / 7, "shrinkA": 0, "shrinkB": 2},
        )
        offset += 1.5 * layout.text if side > 0 else 0
    # An amount in dollars is not a formula: between two "$" the text would be drawn as mathematics.
    ax.annotate(
        span.text, (max(known), y), xytext=(offset, 0), textcoords="offset points", va="center", parse_math=False
    )


def _handle(kind: Kind) -> Line2D:
    colour = COLOURS[kind.style]
    return Line2D(
        [],
        [],
        color=colour,
        marker=MARKERS[kind.style],
        label=kind.label,
        markeredgecolor=colour,
        markeredgewidth=1.6,
        markerfacecolor=PAPER if kind.doubtful else colour,
        linestyle=(0, (1.5, 1.5)) if kind.doubtful else "none",
    )
