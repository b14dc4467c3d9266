"""The interval drawn around a published percentage; the browser has its twin (``widgets/static/explorer_core.js``)."""

from __future__ import annotations

import math

_Z95 = 1.959963984540054  # 97.5th percentile of the standard normal distribution


def wilson(percent: float, n: int | None) -> list[float] | None:
    """Return the 95 % Wilson score interval of a proportion, in percent rounded to 0.1, or None without ``n``.

    Args:
        percent: observed proportion, 0 to 100.
        n: number of people asked, as if they had been drawn at random. The surveys are weighted: the true interval
            is wider.

    Source: E. B. Wilson (1927), Journal of the American Statistical Association 22(158), p. 209-212.
    """
    if not n:
        return None
    p = percent / 100
    z2 = _Z95 * _Z95
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z95 / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return [_round1(100 * max(0, centre - half)), _round1(100 * min(1, centre + half))]


def _round1(value: float) -> float:
    """Round to 0.1, halves up, as the browser does."""
    return math.floor(value * 10 + 0.5) / 10
