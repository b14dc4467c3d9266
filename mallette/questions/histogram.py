"""Numbers as classes and on a line, and what sums them up: from the domain of the question, never from extremes."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mallette.french import number, with_unit

MOST_CLASSES = 12
"""Classes that a projector shows and a phone can scroll."""
QUARTILES_FROM = 8
"""Answers from which quartiles are given: two at least in each quarter."""
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Classes:
    """Classes of equal width; the first and last are cut at the ends of the domain.

    Attributes:
        bounds: ends of the classes, one more than there are classes; a class holds its lower end, the last one both.
        width: of a whole class.
    """

    bounds: tuple[float, ...]
    width: float

    @property
    def labels(self) -> list[str]:
        """``10 à moins de 20``, ``90 à 100``."""
        pairs = list(zip(self.bounds, self.bounds[1:], strict=False))
        words = [*["à moins de"] * (len(pairs) - 1), "à"]
        return [f"{number(low)} {word} {number(high)}" for (low, high), word in zip(pairs, words, strict=True)]

    def place(self, value: float) -> int:
        inner = self.bounds[1:-1]
        return sum(value >= bound - _TOLERANCE for bound in inner)


def classes(domain: Mapping) -> Classes:
    """Return the classes of a domain ``{min, max, pas}``: the narrowest of 1, 2 or 5 × 10ⁿ that are few enough.

    A class is never narrower than the step of the question.
    """
    low, high, step = domain["min"], domain["max"], domain["pas"]
    exponent = math.floor(math.log10((high - low) / MOST_CLASSES))
    for width in (factor * 10.0**power for power in (exponent, exponent + 1, exponent + 2) for factor in (1, 2, 5)):
        first, last = math.floor(low / width + _TOLERANCE), math.ceil(high / width - _TOLERANCE)
        whole = abs(width / step - round(width / step)) < 1e-6 and width > step - _TOLERANCE
        if whole and last - first <= MOST_CLASSES:
            inner = [round(index * width, 9) for index in range(first + 1, last)]
            return Classes((low, *inner, high), width)
    return Classes((low, high), high - low)


@dataclass(frozen=True)
class Axis:
    """The domain of a number question drawn as a line; all places go from 0 (its lower end) to 100.

    Attributes:
        low, high: ends of the domain, as texts.
        median: place of the median; ``None`` when it is not shown.
        quartiles: places of the first and third quartiles; ``None`` when they are not shown.
        published: place of the published value, once revealed.
        band: places of the ends of what counts as right or close, once revealed.
    """

    low: str
    high: str
    median: float | None = None
    quartiles: tuple[float, float] | None = None
    published: float | None = None
    band: tuple[float, float] | None = None


@dataclass(frozen=True)
class Spread:
    """Median and quartiles, rounded to a tenth of a class and never finer than the step.

    Attributes:
        median: in the unit of the question.
        quartiles: first and third, ``None`` with too few answers.
    """

    median: float
    quartiles: tuple[float, float] | None


def spread(answers: Sequence[float], domain: Mapping) -> Spread:
    """Return the median and quartiles (inclusive method of :func:`statistics.quantiles`) of at least two answers."""
    step = max(domain["pas"], classes(domain).width / 10)

    def rounded(value: float) -> float:
        return min(max(round(round(value / step) * step, 9), domain["min"]), domain["max"])

    first, middle, third = statistics.quantiles(answers, n=4, method="inclusive")
    few = len(answers) < QUARTILES_FROM
    return Spread(rounded(middle), None if few else (rounded(first), rounded(third)))


def interval(low: float, high: float, unit: str) -> str:
    """Return ``de 42,8 à 52,8 %``."""
    return f"de {number(low)} à {with_unit(high, unit)}"
