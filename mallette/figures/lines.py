"""Values through time: one mark per series, joined only while survey, territory and way of asking stay the same."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FuncFormatter, MaxNLocator

from mallette.figures.style import CHARACTER, COLOURS, MARKERS, MUTED, NARROW, PAPER, SLIDE_HEIGHT, Layout
from mallette.french import percent

DASHES = ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (7, 2, 1.5, 2)), (0, (3, 1)), (0, (9, 3)), (0, (1, 3)))

ROW = 1.35
"""Height of a row of text, as a share of the text size."""


@dataclass(frozen=True)
class Point:
    """One published value.

    Attributes:
        year: year of the survey.
        value: percentage.
        text: the value as it is written.
        part: rank of the part of the curve; points of different parts are never joined.
        change: what changes when this point starts a part, in a few words.
        low, high: bounds of the interval, when the sample size is published.
    """

    year: int
    value: float
    text: str
    part: int = 0
    change: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Series:
    label: str
    points: Sequence[Point]


def draw_lines(canvas: Canvas, layout: Layout, series: Sequence[Series]) -> None:
    """Draw series over the years, names at the right end (over the drawing when it is narrow)."""
    height = {"diapo": SLIDE_HEIGHT, "etroit": 300 + 22 * len(series)}.get(layout.name, 380)
    canvas.set_size_inches(layout.inches(layout.width), layout.inches(height))
    ax = canvas.subplots()
    for rank, one in enumerate(series):
        _draw_series(ax, rank, one, layout)
    years = sorted({point.year for one in series for point in one.points})
    top = max(point.high or point.value for one in series for point in one.points)
    breaks = _breaks(series, years, layout)
    rows = max((one.row + len(one.lines) for one in breaks), default=0)
    ax.set_ylim(0, top * 1.12 / (1 - rows * ROW * layout.text / (height * 0.8)))
    ax.set_xlim(years[0] - 0.8, years[-1] + 0.8)
    ax.set_xticks(_spaced(years, layout))
    ax.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))
    ax.grid(axis="y")
    ax.set_axisbelow(True)
    _mark_breaks(ax, breaks, layout)
    _name(ax, series, layout, height)


def _draw_series(ax: Axes, rank: int, one: Series, layout: Layout) -> None:
    colour, marker = COLOURS[rank % len(COLOURS)], MARKERS[rank % len(MARKERS)]
    for part, run in groupby(one.points, key=lambda point: point.part):
        points = list(run)
        ax.plot(
            [p.year for p in points],
            [p.value for p in points],
            color=colour,
            marker=marker,
            linestyle=DASHES[rank % len(DASHES)],
            markerfacecolor=PAPER if part else colour,  # hollow: not comparable with the first part
            markeredgecolor=colour,
            markeredgewidth=1.6,
        )
    for point in one.points:
        if point.low is not None and point.high is not None:
            ax.plot([point.year] * 2, [point.low, point.high], color=colour, linewidth=layout.text / 11, alpha=0.75)


def _spaced(years: Sequence[int], layout: Layout) -> list[int]:
    """Keep the years whose labels do not touch, from the last one back, and the first if there is room."""
    span = max(1, years[-1] - years[0])
    apart = span * layout.text * 3.4 / (layout.width * _room(layout))
    kept = [years[-1]]
    for year in reversed(years):
        if kept[-1] - year >= apart:
            kept.append(year)
    return kept[::-1]


@dataclass(frozen=True)
class _Break:
    """Where curves are cut: between two years, what changes on lines of text, and the first of their rows."""

    middle: float
    lines: Sequence[str]
    row: int


def _breaks(series: Sequence[Series], years: Sequence[int], layout: Layout) -> list[_Break]:
    """Return where curves are cut, from the right; texts that would meet stand on other rows."""
    found: dict[int, tuple[int, list[str]]] = {}
    for one in series:
        for before, after in zip(one.points, one.points[1:], strict=False):
            if after.change:
                year, words = found.get(after.year, (0, []))
                found[after.year] = max(year, before.year), [*words, *after.change.split(", ")]
    letter = CHARACTER * layout.text
    width = layout.width * _room(layout)
    ends: list[float] = []  # of each row, from the right
    placed = []
    for year, (before, words) in sorted(found.items(), reverse=True):
        middle = (before + year) / 2
        at = (middle - years[0] + 0.8) / (years[-1] - years[0] + 1.6) * width
        lines = textwrap.wrap(", ".join(dict.fromkeys(words)), max(12, int(at / letter)))
        row = next((i for i in range(len(ends)) if all(at < end for end in ends[i : i + len(lines)])), len(ends))
        ends[row : row + len(lines)] = [at - letter * (max(map(len, lines)) + 1)] * len(lines)
        placed.append(_Break(middle, lines, row))
    return placed


def _mark_breaks(ax: Axes, breaks: Sequence[_Break], layout: Layout) -> None:
    """Draw a dashed line where curves are cut and, in the band over them, what changes."""
    for one in breaks:
        ax.axvline(one.middle, color=MUTED, linestyle=(0, (4, 3)), linewidth=1)
        ax.annotate(
            "\n".join(one.lines),
            (one.middle, 1),
            xycoords=("data", "axes fraction"),
            xytext=(-4, -2 - one.row * ROW * layout.text * 0.75),
            textcoords="offset points",
            ha="right",
            va="top",
            color=MUTED,
            style="italic",
            in_layout=False,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.5},
        )


def _room(layout: Layout) -> float:
    """Return the share of the width that the axes take, about."""
    return 0.85 if layout is NARROW else 0.65


def _name(ax: Axes, series: Sequence[Series], layout: Layout, height: int) -> None:
    """Write names and last values at the right end, pushed apart where they would overlap."""
    low, high = ax.get_ylim()
    step = (high - low) * layout.text * 1.3 / (height * 0.82)
    ends = sorted((one.points[-1].value, rank) for rank, one in enumerate(series))
    places: list[float] = []
    for value, _ in ends:
        places.append(max(value, places[-1] + step) if places else value)
    excess = max(0.0, places[-1] - high)
    for index in range(len(places) - 1, -1, -1):  # slide back what went over the top
        ceiling = places[index + 1] - step if index + 1 < len(places) else high
        places[index] = min(places[index], ceiling) if excess else places[index]
    for (value, rank), place in zip(ends, places, strict=True):
        one, colour = series[rank], COLOURS[rank % len(COLOURS)]
        last = one.points[-1].text
        text = last if layout is NARROW else f"{one.label} {last}"
        ax.annotate(
            text,
            (one.points[-1].year, value),
            xytext=(1.02, place),
            textcoords=("axes fraction", "data"),
            va="center",
            color=colour,
            fontweight="bold",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.7, "shrinkB": 4, "relpos": (0, 0.5)},
        )
    if layout is NARROW:
        handles = [
            ax.plot([], [], color=COLOURS[r % 7], marker=MARKERS[r % 7], linestyle=DASHES[r % 7], label=one.label)[0]
            for r, one in enumerate(series)
        ]
        ax.figure.legend(handles=handles, loc="outside upper left", frameon=False, handlelength=3)
