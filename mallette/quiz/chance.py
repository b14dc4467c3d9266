"""What chance gives: the exact distribution of the credit of somebody who answers at random.

To answer at random is to take each answer that a question allows with the same probability: one choice, any set of
boxes but the empty one, true or false, a step of the domain, an order of the elements, a point of the scale. Credits
are those of :mod:`mallette.quiz.scoring`. The credits of several questions add up, so the distribution of a total is
the convolution of theirs: nothing is simulated.

A distribution is an array: index ``k`` holds the probability of a credit of ``k / GRID``. Every credit of a choice,
of an order or of a reading is a multiple of ``1 / GRID``; those of a panel may not be, and are rounded up, which can
only make chance look better than it is. Convolutions go through an FFT: probabilities are exact to about 1e-12.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np

from mallette.quiz import scoring

GRID = 840
"""Least common multiple of 1 to 8, the numbers of choices and of elements."""
POINTS = (-2, -1, 0, 1, 2)
_SLACK = 1e-9


def plausibility(question: Mapping) -> list[float]:
    """Return the credit of each point of a concordance question, for the purpose of playing blind.

    A panel gives its answers at this point ÷ those at its mode; a reading of the team (``lecture``) gives 1 at its
    ``position`` and at the second one that it admits (``admise``).
    """
    if reading := question.get("lecture"):
        right = {reading["position"], reading.get("admise", reading["position"])}
        return [1.0 if point in right else 0.0 for point in POINTS]
    counts = question["panel"]["reponses"]
    return [count / max(counts) for count in counts]


def credit(question: Mapping, answer: object) -> float:
    """Return the credit of ``answer``; as :func:`plausibility` tells for a concordance question."""
    if question["type"] == "concordance":
        return plausibility(question)[answer + 2]
    return scoring.credit(question, answer)


def right_answers(question: Mapping) -> tuple[set, int]:
    """Return the best answers to a ``choix_unique`` or a ``concordance``, and how many answers are possible."""
    if question["type"] == "choix_unique":
        return {place for place, choice in enumerate(question["choix"]) if choice.get("juste")}, len(question["choix"])
    if reading := question.get("lecture"):
        return {reading["position"]}, len(POINTS)
    credits = plausibility(question)
    return {point for point, value in zip(POINTS, credits, strict=True) if value == 1}, len(POINTS)


def steps(question: Mapping) -> list[float]:
    """Return the numbers that a ``numerique`` question allows."""
    low, high, step = (question["domaine"][name] for name in ("min", "max", "pas"))
    return [low + step * index for index in range(round((high - low) / step) + 1)]


def random_answer(question: Mapping) -> np.ndarray:
    """Return the distribution of the credit of a random answer to a question that gives credit."""
    match question["type"]:
        case "choix_unique":
            return hit(1 / len(question["choix"]))
        case "choix_multiple":
            right = sum(bool(choice.get("juste")) for choice in question["choix"])
            wrong = len(question["choix"]) - right
            return _weighted({
                (ticked, extra): math.comb(right, ticked) * math.comb(wrong, extra)
                for ticked in range(right + 1) for extra in range(wrong + 1) if ticked or extra
            }, lambda pair: Fraction(max(0, pair[0] - pair[1]), right))  # fmt: skip
        case "vrai_faux":
            return hit(1 / 2)
        case "numerique":
            allowed, accepted = steps(question), question["accepte"]
            inside = [accepted["min"] - _SLACK <= value <= accepted["max"] + _SLACK for value in allowed]
            return hit(sum(inside) / len(allowed))
        case "ordre":
            pairs = math.comb(len(question["elements"]), 2)
            return _weighted(dict(enumerate(_inversions(len(question["elements"])))),
                             lambda wrong: max(Fraction(0), 1 - Fraction(2 * wrong, pairs)))
        case "concordance":
            credits = plausibility(question)
            return _weighted(dict.fromkeys(range(5), 1), lambda index: Fraction(credits[index]))
    raise ValueError(question["type"])


def hit(probability: float) -> np.ndarray:
    """Return the distribution of a credit of 1 with this probability, else 0."""
    found = np.zeros(GRID + 1)
    found[0], found[GRID] = 1 - probability, probability
    return found


def total(distributions: Iterable[np.ndarray]) -> np.ndarray:
    """Return the distribution of the sum of independent credits."""
    parts = Counter(part.tobytes() for part in distributions)  # most questions are alike: one transform for them all
    arrays = {key: np.frombuffer(key) for key in parts}
    step = math.gcd(*(int(place) for array in arrays.values() for place in np.flatnonzero(array))) or 1
    size = sum(len(arrays[key][::step]) * count for key, count in parts.items()) + 1
    length = 1 << size.bit_length()
    spectrum = np.ones(length // 2 + 1, dtype=complex)
    for key, count in parts.items():
        spectrum *= np.fft.rfft(arrays[key][::step], length) ** count
    found = np.zeros(step * size)
    found[::step] = np.clip(np.fft.irfft(spectrum, length)[:size], 0, None)
    return found


def mean(distribution: np.ndarray) -> float:
    """Return the expected credit."""
    return float(distribution @ np.arange(len(distribution))) / GRID


def at_least(distribution: np.ndarray, score: float) -> float:
    """Return the probability of a credit of ``score`` or more."""
    return float(distribution[max(0, math.ceil(score * GRID - 1e-6)):].sum())


def _weighted(weights: Mapping, credit_of) -> np.ndarray:
    found = np.zeros(GRID + 1)
    for key, weight in weights.items():
        found[math.ceil(credit_of(key) * GRID - _SLACK)] += weight
    return found / found.sum()


def _inversions(count: int) -> list[int]:
    """Return how many orders of ``count`` elements have 0, 1, 2… pairs in the wrong order (Mahonian numbers)."""
    row = [1]
    for size in range(2, count + 1):
        row = [sum(row[max(0, k - size + 1):k + 1]) for k in range(len(row) + size - 1)]
    return row
