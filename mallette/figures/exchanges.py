"""Diagram of the steering committee of the TAT approach: three levels, and what passes within and between them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from mallette import data
from mallette.figures import selection
from mallette.figures.figure import Figure, Table
from mallette.figures.style import CHARACTER, COLOURS, GRID, INK, SOFT, Layout
from mallette.french import NBSP, SEPARATOR

ARROWS = {"horizontal": "entre pairs", "montant": "vers le haut", "descendant": "vers le bas"}


@dataclass(frozen=True)
class Level:
    """A band of the diagram.

    Attributes:
        name, role: who, and what they bring.
        inside: what peers of this level exchange.
        below: exchanges with the next level down, as (direction, text).
    """

    name: str
    role: str
    inside: str
    below: Sequence[tuple[str, str]]


def copiltat() -> Figure:
    """Return the three levels of the committee with their horizontal and vertical exchanges."""
    rows = data.rows("copiltat")
    order = [row for row in rows if row["sens"] == "niveau"]
    names = {row["niveau"]: row["libelle"] for row in order}
    codes = list(names)
    levels = [
        Level(
            row["libelle"],
            row["description"],
            next(one["libelle"] for one in rows if one["sens"] == "horizontal" and one["niveau"] == row["niveau"]),
            [(one["sens"], one["libelle"]) for one in rows if _under(one, row["niveau"], codes)],
        )
        for row in order
    ]
    exchanges = [row for row in rows if row["sens"] in ARROWS]
    bands = SEPARATOR.join(f"{row['libelle'].lower()} ({row['description']})" for row in order)
    said = SEPARATOR.join(
        f"{row['libelle']} ({ARROWS[row['sens']]}, {names[row['niveau']].lower()})" for row in exchanges
    )
    return Figure(
        title="Le comité de pilotage TAT, trois niveaux et deux sens d’échange",
        alt=f"Schéma à trois bandes, de haut en bas{NBSP}: {bands}. "
        "Des flèches horizontales relient les pairs, des flèches verticales relient les niveaux. "
        f"Ce qui passe{NBSP}: {said}.",
        table=Table(
            ["Ce qui passe", "Sens", "Qui le reçoit", "Précision"],
            [[row["libelle"], ARROWS[row["sens"]], names[row["niveau"]], row["description"]] for row in exchanges],
        ),
        sources=selection.sources(*rows),
        population="partenaires de la démarche, arrondissements du nord de Marseille",
        period="comité créé en 2011, décrit en 2016",
        notes=["La place des flèches verticales et les mots courts sont une lecture de l’équipe."],
        draw=lambda canvas, layout: _draw(canvas, layout, levels),
    )


def _under(row: selection.Row, level: str, codes: Sequence[str]) -> bool:
    """Tell whether an exchange passes between ``level`` and the level below: the receiver is at the arrow's head."""
    if row["sens"] == "montant":
        return row["niveau"] == level
    return row["sens"] == "descendant" and codes.index(row["niveau"]) == codes.index(level) + 1


def _draw(canvas: Canvas, layout: Layout, levels: Sequence[Level]) -> None:
    """Draw in CSS pixels, y downwards: bands one under the other, arrows in the gaps between them."""
    canvas.set_layout_engine("none")
    ax = canvas.add_axes((0, 0, 1, 1))
    ax.set_axis_off()
    grid = _Grid(layout)
    y = grid.pad / 2
    for rank, level in enumerate(levels):
        y = _band(ax, grid, level, rank, y) + grid.pad
        for row in grid.rows(level.below):
            y = _gap(ax, grid, row, y) + grid.pad
    height = y - grid.pad / 2
    canvas.set_size_inches(layout.inches(layout.width), layout.inches(height))
    ax.set_xlim(0, layout.width)
    ax.set_ylim(height, 0)


class _Grid:
    """Sizes of the diagram: two columns, an arrow and a text each, or one on a narrow page."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.columns = min(2, layout.columns)
        self.step, self.arrow = layout.text * 1.35, layout.text * 2.4
        self.pad = layout.text * (0.45 if layout.columns > 2 else 0.7)
        self.column = (layout.width - 4 * self.pad) / self.columns
        self.characters = int((self.column - self.arrow - 2 * self.pad) / (CHARACTER * layout.text))

    def left(self, column: int) -> float:
        return 3 * self.pad + column * self.column

    def wrap(self, text: str) -> list[str]:
        return textwrap.wrap(text, self.characters)

    def rows(self, items: Sequence[tuple[str, str]]) -> list[Sequence[tuple[str, str]]]:
        return [items[start : start + self.columns] for start in range(0, len(items), self.columns)]


def _band(ax: Axes, grid: _Grid, level: Level, rank: int, top: float) -> float:
    """Draw one level and return where it ends: its name and role, then what its peers exchange, beside or below."""
    role, inside = grid.wrap(level.role), grid.wrap(level.inside)
    beside = grid.columns > 1
    own = grid.step * (1.1 + len(role))
    among = grid.step * max(len(inside), 1.2)
    height = 2 * grid.pad + (max(own, among) if beside else own + 0.3 * grid.step + among)
    edge = grid.layout.width - 2 * grid.pad
    ax.add_patch(Rectangle((grid.pad, top), edge, height, facecolor=SOFT, edgecolor=GRID, linewidth=1))
    ax.add_patch(Rectangle((grid.pad, top), grid.layout.text * 0.4, height, facecolor=COLOURS[rank], edgecolor="none"))
    left = grid.left(0) if beside else grid.left(0) + grid.arrow + grid.pad
    ax.text(left, top + grid.pad + grid.step / 2, level.name, va="center", fontweight="bold")
    ax.text(left, top + grid.pad + grid.step * (1.1 + len(role) / 2), "\n".join(role), va="center", linespacing=1.25)
    middle = top + height / 2 if beside else top + height - grid.pad - among / 2
    start = grid.left(grid.columns - 1)
    _arrow(ax, (start, middle), (start + grid.arrow, middle), "<|-|>", grid.layout)
    ax.text(start + grid.arrow + grid.pad, middle, "\n".join(inside), va="center", linespacing=1.25, style="italic")
    return top + height


def _gap(ax: Axes, grid: _Grid, row: Sequence[tuple[str, str]], top: float) -> float:
    """Draw exchanges between two levels side by side and return where they end."""
    texts = [grid.wrap(text) for _, text in row]
    height = grid.step * max(1.7, *(len(lines) for lines in texts))
    for column, ((direction, _), lines) in enumerate(zip(row, texts, strict=True)):
        left = grid.left(column)
        tail, head = (top + height, top) if direction == "montant" else (top, top + height)
        _arrow(ax, (left + grid.arrow / 2, tail), (left + grid.arrow / 2, head), "-|>", grid.layout)
        words = "\n".join(lines)
        ax.text(left + grid.arrow + grid.pad, top + height / 2, words, va="center", linespacing=1.25)
    return top + height


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], head: str, layout: Layout) -> None:
    properties = {"arrowstyle": head, "color": INK, "linewidth": layout.text / 9, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", xy=end, xytext=start, arrowprops=properties | {"mutation_scale": layout.text * 0.9})
