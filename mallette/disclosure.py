"""Small-group rules: what counts may be shown so that nobody's answer can be worked out. Pure functions on counts.

They follow Hundepool et al., *Statistical Disclosure Control*, Wiley, 2012. The attacker knows every display of a
séance, or a report on graded work, and how many people answered what.
"""

from __future__ import annotations

from collections.abc import Sequence

MINIMUM = 5
"""Answers below which nothing is shown."""
DOUBT = 2
"""People who may stand elsewhere than it seems, so that a hidden count can take three values at least: those that
“almost everybody” leaves out, those who may have changed their minds between two rounds that look alike."""
MANY = 10
"""Answers from which all but two people are truly almost everybody."""
ALMOST_NOBODY = "personne ou presque"
Interval = tuple[int, int]
"""Lowest and highest integer, both included."""


def enough(answers: int) -> bool:
    """Tell whether a group of ``answers`` people may be shown at all."""
    return answers >= MINIMUM


def near_unanimity(counts: Sequence[int]) -> int | None:
    """Return the index of the answer that all but two people at most gave, ``None`` when there is none.

    On a sensitive question such a group is shown alike whether 0, 1 or 2 people differ: three possible values, so that
    “almost everybody” never means 100 %. ``counts`` are those of exclusive answers, five at least in all.
    """
    most = max(counts)
    return counts.index(most) if sum(counts) - most <= DOUBT else None


def almost_everybody(answers: int) -> str:
    """Return how all but two of ``answers`` people at most are told."""
    return "presque tout le monde" if answers >= MANY else "la plupart ou presque tout le monde"


# Two rounds of one question ---------------------------------------------------------------------------------------
#
# People are compared, not numbers of answers: one who leaves and one who comes keep the total. Whoever supposes that
# those who answered both rounds did not change their minds subtracts the two displays, and what is left is the answers
# of those who answered one only. So every second round that this supposition allows (two changes of mind more, at
# most) is shown in one and the same way: by intervals that follow from what is public already, the first display and
# how many people came and left. Any other second round shows that more people changed their minds, and may be shown.


def tells_of_few(left: int, came: int, both: int, fewest: int) -> bool:
    """Tell whether subtracting two rounds would tell of a group smaller than ``fewest``.

    Args:
        left, came: people who answered the round published first only, the other one only.
        both: people who answered both; when some left and some came, they are a group to be found too.
    """
    return any(0 < group < fewest for group in (left, came, both if left and came else 0))


def as_displayed(counts: Sequence[int], sensitive: bool) -> list[Interval]:
    """Return the counts that the display of a round, taken alone, leaves possible."""
    most = near_unanimity(counts) if sensitive else None
    if most is None:
        return [(count, count) for count in counts]
    total = sum(counts)
    return [(total - DOUBT, total) if place == most else (0, DOUBT) for place in range(len(counts))]


def look_alike(published: Sequence[Interval], left: int, came: int, total: int, sensitive: bool) -> list[Interval]:
    """Return the counts of the second rounds that may not be told apart. They depend on what is public alone.

    Each count has three values at least. On a sensitive question, “almost everybody” hides which of several rooms it
    stands for: all of them are within the bounds, or none.

    Args:
        published: counts that the round published first leaves possible (:func:`as_displayed`).
        left, came: people who answered that round only, the second one only.
        total: answers of the second round.
    """
    bounds = [(max(0, low - left - DOUBT), min(total, high + came + DOUBT)) for low, high in published]
    before = None
    while sensitive and bounds != before:
        before = bounds
        for most, (low, high) in enumerate(bounds):
            if high >= total - DOUBT and sum(least for least, _ in bounds) - low <= DOUBT:
                bounds = [
                    (min(ends[0], total - DOUBT), total) if place == most else (0, max(ends[1], DOUBT))
                    for place, ends in enumerate(bounds)
                ]
    return bounds
