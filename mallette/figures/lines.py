"""Values through time: one mark per series, joined only while survey, territory and way of asking stay the same."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FuncFormatter, MaxNLocator

from mallette.figures.bars import CHARACTER
from mallette.figures.style import COLOURS, MARKERS, MUTED, NARROW, SLIDE_HEIGHT, Layout
from mallette.french import percent

DASHES = ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (7, 2, 1.5, 2)), (0, (3, 1)), (0, (9, 3)), (0, (1, 3)))


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
    ax.set_ylim(0, top * 1.12)
    ax.set_xlim(years[0] - 0.8, years[-1] + 0.8)
    ax.set_xticks(_spaced(years, layout))
    ax.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))
    ax.grid(axis="y")
    ax.set_axisbelow(True)
    _mark_breaks(ax, series, layout)
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
            markerfacecolor="#ffffff" if part else colour,  # hollow: not comparable with the first part
            markeredgecolor=colour,
            markeredgewidth=1.6,
        )
    for point in one.points:
        if point.low is not None and point.high is not None:
            ax.plot([point.year] * 2, [point.low, point.high], color=colour, linewidth=layout.text / 11, alpha=0.75)


def _spaced(years: Sequence[int], layout: Layout) -> list[int]:
    """Keep the years whose labels do not touch, from the last one back, and the first if there is room."""
    span = max(1, years[-1] - years[0])
    room = layout.width * (0.85 if layout is NARROW else 0.65)
    apart = span * layout.text * 3.0 / room
    kept = [years[-1]]
    for year in reversed(years):
        if kept[-1] - year >= apart:
            kept.append(year)
    return kept[::-1]


def _mark_breaks(ax: Axes, series: Sequence[Series], layout: Layout) -> None:
    """Draw a dashed line where curves are cut, with what changes; texts that would meet go down a line."""
    found: dict[tuple[int, str], int] = {}
    for one in series:
        for before, after in zip(one.points, one.points[1:], strict=False):
            if after.change:
                key = after.year, after.change
                found[key] = max(found.get(key, 0), before.year)
    left, right = ax.get_xlim()
    width = layout.width * (0.85 if layout is NARROW else 0.65)
    letter = CHARACTER * layout.text
    ends: list[float] = []  # of each row of text, from the right
    for (year, change), before in sorted(found.items(), reverse=True):
        middle = (before + year) / 2
        ax.axvline(middle, color=MUTED, linestyle=(0, (4, 3)), linewidth=1)
        at = (middle - left) / (right - left) * width
        lines = textwrap.wrap(change, max(12, int(at / letter)))
        start = at - letter * max(map(len, lines))
        row = next((i for i in range(len(ends)) if all(at < end for end in ends[i : i + len(lines)])), len(ends))
        ends[row : row + len(lines)] = [start] * len(lines)
        ax.annotate(
            "\n".join(lines),
            (middle, 1),
            xycoords=("data", "axes fraction"),
            xytext=(-4, -2 - row * layout.text),
            textcoords="offset points",
            ha="right",
            va="top",
            color=MUTED,
            style="italic",
            in_layout=False,
        )


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
