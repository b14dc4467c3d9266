"""Small-group rules: what counts may be shown so that nobody's answer can be worked out. Pure functions on counts.

Rules and the attacks behind them: notes/reliability.md §3.2. Suppression in tables follows Hundepool et al.,
*Statistical Disclosure Control*, Wiley, 2012, ch. 4: primary and complementary suppression, then an audit of the
bounds an attacker can compute. The attacker knows every display of the séance and how many people answered what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MINIMUM = 5
"""Answers below which nothing is shown."""
POSSIBLE_VALUES = 3
"""Values that a hidden count must at least be able to take."""

Interval = tuple[int, int]
"""Lowest and highest integer, both included."""


def enough(answers: int) -> bool:
    """Tell whether a group of ``answers`` people may be shown at all."""
    return answers >= MINIMUM


def near_unanimity(counts: Sequence[int]) -> int | None:
    """Return the index of the answer that all but two people at most gave, ``None`` when there is none.

    On a sensitive question such a group is shown alike whether 0, 1 or 2 people differ. ``counts`` are those of
    exclusive answers, five at least in all.
    """
    raise NotImplementedError


@dataclass(frozen=True)
class Table:
    """A table of counts as it may be shown.

    Attributes:
        cells: for each row, what is known of each cell: an exact count ``(12, 12)``, a class ``(10, 14)``, or
            ``None`` for a hidden cell.
    """

    cells: tuple[tuple[Interval | None, ...], ...]
