"""What the answers of a class say of each question: how hard it was, what was chosen, whether it tells people apart.

A class is small: a number that a dozen people would make up is not given, and a sentence says why.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from mallette import prevalence
from mallette.french import number
from mallette.grading.assignment import Item
from mallette.grading.results import Class, Copy

NEVER_FROM = 20
"""Copies from which a choice that nobody ticked says something of the choice."""
DISCRIMINATION_FROM = 40
"""Copies from which a correlation says something of the question.

In simulated groups of 12, a good question looked bad 17 times in 100, and a useless one good 26 times; 4 and 11 at 40.
"""
_Z95 = 1.959963984540054


@dataclass(frozen=True)
class Choice:
    """A possible answer and how many people gave it; ``remark`` is empty when there is nothing to say of it."""

    label: str
    count: int
    right: bool | None
    remark: str = ""


@dataclass(frozen=True)
class Analysis:
    """What is known of one question.

    Attributes:
        item: the question.
        copies: graded copies whose points for it are known.
        passed: those of them that have all its points; half of them at least, for a text.
        interval: 95 % interval of their share, in percent; ``None`` without copies, or without points.
        mean: mean points; ``None`` without copies, or without points.
        waiting: graded copies whose text nobody has read.
        unanswered: graded copies without an answer that could be read.
        choices: what was chosen; empty for a text, a number and an order.
        discrimination: correlation between its points and those of the other questions, with its 95 % interval.
        why_not: why there is no such correlation, in French; empty when there is one.
    """

    item: Item
    copies: int
    passed: int
    interval: tuple[float, float] | None
    mean: float | None
    waiting: int
    unanswered: int
    choices: tuple[Choice, ...]
    discrimination: tuple[float, float, float] | None
    why_not: str


def analyse(held: Class) -> tuple[Analysis, ...]:
    """Return what the graded copies say of each question, in their order."""
    return tuple(_analysis(item, held) for item in held.assignment.items)


def passes(item: Item, points: float) -> bool:
    """Tell whether points are all those of a question; half of them, for a text, which few people fill wholly."""
    return points >= (item.points / 2 if item.question.rubric else item.points)


def correlation(pairs: Sequence[tuple[float, float]]) -> tuple[float, float, float] | None:
    """Return Pearson's correlation and the bounds of its 95 % interval; ``None`` where one side does not vary.

    The interval is Fisher's: atanh of the correlation is about normal, of standard deviation 1 / √(n − 3).

    Args:
        pairs: four at least.
    """
    first, second = ([*side] for side in zip(*pairs, strict=True))
    if min(first) == max(first) or min(second) == max(second):
        return None
    r = max(-1.0, min(1.0, statistics.correlation(first, second)))
    if abs(r) > 1 - 1e-12:
        return r, r, r
    z, half = math.atanh(r), _Z95 / math.sqrt(len(pairs) - 3)
    return r, math.tanh(z - half), math.tanh(z + half)


def _analysis(item: Item, held: Class) -> Analysis:
    graded = held.graded
    known = [given for copy in graded if (given := copy.points.get(item.id)) is not None]
    passed = sum(passes(item, given) for given in known) if item.points else 0
    share = prevalence.wilson(100 * passed / len(known), len(known)) if known and item.points else None
    found, why_not = _discrimination(item, graded)
    return Analysis(
        item,
        len(known),
        passed,
        (share[0], share[1]) if share else None,
        statistics.fmean(known) if known and item.points else None,
        len(graded) - len(known) if item.question.rubric else 0,
        sum(item.id not in copy.answers for copy in graded),
        _choices(item, graded),
        found,
        why_not,
    )


def _choices(item: Item, graded: Sequence[Copy]) -> tuple[Choice, ...]:
    question = item.question
    if question.ranked or question.written or not question.options():
        return ()
    given = [copy.answers[item.id] for copy in graded if item.id in copy.answers]
    tally = question.tally(given)
    never = "jamais choisi" if len(given) >= NEVER_FROM else ""
    return tuple(
        Choice(answer.label, count, answer.right, "" if count or answer.right else never)
        for answer, count in zip(tally.answers, tally.counts, strict=True)
    )


def _discrimination(item: Item, graded: Sequence[Copy]) -> tuple[tuple[float, float, float] | None, str]:
    """Return the corrected item-rest correlation, or why there is none."""
    if not item.points:
        return None, "Cette question ne donne pas de points."
    complete = [
        (points[item.id], round(math.fsum(points.values()) - points[item.id], 9))
        for copy in graded
        if (points := {name: given for name, given in copy.points.items() if given is not None}) and item.id in points
        if len(points) == len(copy.points)
    ]
    if len(complete) < DISCRIMINATION_FROM:
        return None, (
            f"Pas de corrélation avec le reste du devoir : il faut {DISCRIMINATION_FROM} copies dont tous les points "
            f"sont connus, et il y en a {len(complete)}."
        )
    found = correlation(complete)
    if found is None:
        return None, "Pas de corrélation avec le reste du devoir : toutes les copies y ont les mêmes points."
    return found, ""


def discrimination_in_words(found: tuple[float, float, float]) -> str:
    """Return ``0,41 (de 0,12 à 0,63)``."""
    value, low, high = (number(bound, 2) for bound in found)
    return f"{value} (de {low} à {high})"
