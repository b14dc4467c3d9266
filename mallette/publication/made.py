"""What a publication makes, told in one table by ``mallette publier``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mallette.french import number
from mallette.terminal import table


@dataclass(frozen=True)
class Made:
    """A line of that table.

    Attributes:
        name: file or files, from the root of the course.
        use: what they are for.
        holds: what they hold: « 22 questions ».
        size: in bytes.
    """

    name: str
    use: str
    holds: str
    size: int


def closing(made: Iterable[Made]) -> str:
    """Return the table."""
    rows = [(item.name, item.use, item.holds, number(item.size)) for item in made]
    return table(("Fichier", "Pour", "Contient", "Octets"), rows)
