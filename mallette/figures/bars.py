"""Horizontal bars in named groups, each with its value written beside it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from mallette.figures.style import CHARACTER, COLOURS, HATCHES, INK, MUTED, PAPER, Layout


@dataclass(frozen=True)
class Bar:
    """One line of the chart.

    Attributes:
        label: name of the line.
        value: length of the bar; ``None`` when no value is published (``text`` then says so).
        text: value as written beside the bar.
        low, high: bounds drawn as a thin line over the bar.
        style: rank of the colour and of the hatch.
    """

    label: str
    value: float | None
    text: str
    low: float | None = None
    high: float | None = None
    style: int = 0


@dataclass(frozen=True)
class Group:
    """Bars under a heading, which may have several lines; an empty title writes none."""

    title: str
    bars: Sequence[Bar]


def draw_bars(
    canvas: Canvas, layout: Layout, groups: Sequence[Group], above: bool = False, most: int | None = None
) -> None:
    """Draw ``groups`` on as many columns as the layout has and the bars need, all on the same scale from zero.

    Args:
        above: write each label over its bar instead of beside it (long labels).
        most: columns at most; those of the layout by default.
    """
    if above:
        groups = [Group(group.title, [_wrapped(bar, layout) for bar in group.bars]) for group in groups]
    columns = _columns(groups, most or layout.columns, above)
    longest = max(_lines(column, above) for column in columns)
    canvas.set_size_inches(layout.inches(layout.width), layout.inches(layout.row(longest + 0.5) * (longest + 0.5)))
    top = max((bar.high or bar.value or 0) for group in groups for bar in group.bars) or 1
    axes = canvas.subplots(1, len(columns), squeeze=False)[0]
    for ax, column in zip(axes, columns, strict=True):
        names = 0 if above else max(len(bar.label) for group in column for bar in group.bars)
        room = layout.width / len(columns) - (names + 2) * CHARACTER * layout.text
        text = max(len(bar.text) for group in groups for bar in group.bars) * CHARACTER * layout.text
        ax.set_xlim(0, top / max(0.25, 1 - (text + layout.text) / room))
        _draw_column(ax, column, layout, above, longest)


def _columns(groups: Sequence[Group], most: int, above: bool) -> list[list[Group]]:
    """Share groups between columns in reading order, so that the tallest column is as short as possible."""
    count = min(most, len(groups))
    if _lines(groups, above) <= 8:  # a small chart reads better on one column
        count = 1
    for limit in range(1, _lines(groups, above) + 1):
        columns: list[list[Group]] = [[]]
        for group in groups:
            if columns[-1] and _lines([*columns[-1], group], above) > limit:
                columns.append([])
            columns[-1].append(group)
        if len(columns) <= count:
            return columns
    return [list(groups)]


def _lines(groups: Sequence[Group], above: bool) -> int:
    labels = sum(_height(bar.label) for group in groups for bar in group.bars) if above else 0
    return sum(len(group.bars) + _height(group.title) for group in groups) + labels


def _height(text: str) -> int:
    return text.count("\n") + 1 if text else 0


def _wrapped(bar: Bar, layout: Layout) -> Bar:
    width = int(layout.width / (CHARACTER * layout.text)) - 1
    return replace(bar, label=textwrap.fill(bar.label, width))


def _draw_column(ax: Axes, groups: Sequence[Group], layout: Layout, above: bool, height: int) -> None:
    y, ticks = 0.0, []
    gap = (ax.get_xlim()[1] - ax.get_xlim()[0]) * 0.015
    for group in groups:
        if group.title:
            height_of_title = _height(group.title)
            ax.text(gap, y + (height_of_title - 1) / 2, group.title, fontweight="bold", va="center", ha="left")
            y += height_of_title
        for bar in group.bars:
            if above:
                ax.text(gap, y + (_height(bar.label) - 1) / 2, bar.label, va="center", ha="left", in_layout=False)
                y += _height(bar.label)
            ticks.append((y, "" if above else bar.label))
            _draw_bar(ax, y, bar, gap)
            y += 1
    ax.set_yticks([tick for tick, _ in ticks], [label for _, label in ticks])
    ax.set_ylim(height - 0.5, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)


def _draw_bar(ax: Axes, y: float, bar: Bar, gap: float) -> None:
    if bar.value is None:
        ax.text(gap, y, bar.text, va="center", color=MUTED, style="italic")
        return
    rank = bar.style % len(COLOURS)
    ax.barh(y, bar.value, height=0.68, color=COLOURS[rank], hatch=HATCHES[rank])
    end = bar.value
    if bar.low is not None and bar.high is not None:
        ax.plot([bar.low, bar.high], [y, y], color=PAPER, linewidth=4.5, solid_capstyle="butt")
        ax.plot([bar.low, bar.high], [y, y], color=INK, linewidth=1.6, marker="|", markersize=6)
        end = max(end, bar.high)
    ax.text(end + gap, y, bar.text, va="center")


def fit(label: str, layout: Layout) -> str:
    """Shorten a label that is wider than the drawing (the table has it whole)."""
    return textwrap.shorten(label, int(layout.width / (CHARACTER * layout.text)) - 1, placeholder=" …")
