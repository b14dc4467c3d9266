"""What chance gives: the exact distribution of the credit of somebody who answers at random.

To answer at random is to take each answer that a question allows with the same probability: one choice, any set of
boxes but the empty one, true or false, a step of the domain, an order of the elements, a point of the scale. Credits
are those of :mod:`mallette.questions`. The credits of several questions add up, so the distribution of a total is
the convolution of theirs: nothing is simulated.

A distribution is an array: index ``k`` holds the probability of a credit of ``k / GRID``. Every credit of a choice,
of an order or of a reading is a multiple of ``1 / GRID``; those of a panel may not be, and are rounded up, which can
only make chance look better than it is. Convolutions go through an FFT: probabilities are exact to about 1e-12.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

import numpy as np

from mallette.questions import Question

GRID = 840
"""Least common multiple of 1 to 8, the numbers of choices and of elements."""
_SLACK = 1e-9


def random_answer(question: Question) -> np.ndarray:
    """Return the distribution of the credit of a random answer to a question that gives credit."""
    weights = question.outcomes()
    found = np.zeros(GRID + 1)
    for credit, count in weights.items():
        found[math.ceil(credit * GRID - _SLACK)] += count
    return found / found.sum()


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
    return float(distribution @ np.arange(len(distribution))) / GRID


def at_least(distribution: np.ndarray, score: float) -> float:
    """Return the probability of a credit of ``score`` or more."""
    return float(distribution[max(0, math.ceil(score * GRID - 1e-6)) :].sum())
