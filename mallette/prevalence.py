"""What a published percentage can stand for: its rounding, its interval; the browser has its twin
(``widgets/static/explorer_core.js``)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]

_Z95 = 1.959963984540054  # 97.5th percentile of the standard normal distribution

HALF_STEP = {"dixieme": 0.05, "unite": 0.5, "inconnu": 1.0}
"""How far, in percentage points, the value may be from the one printed, by code of the column ``arrondi``.

« inconnu » was read without a decimal on a page that drops some: 26 was printed for 26.9, so one whole point.
"""
WARNINGS = {
    "contradiction": "une autre page donne une autre valeur",
    "champ_incertain": "la page ne dit pas exactement sur quelle population",
    "calcul": "valeur calculée, et non publiée telle quelle",
    "etiquette": "valeur lue sur l’étiquette d’un graphique, année rattachée d’après l’ordre du texte",
}
"""What a reader is told, by code of the column ``avertissement``: on screen, in print and in the files."""
UNKNOWN = "non précisé"
"""A territory or a way of asking that no page read tells."""


def breaks(rows: Sequence[Row]) -> list[tuple[Row, Row, dict[str, tuple[str, str]]]]:
    """Return where the curve through some rows is cut: the row before, the row after, and what changes.

    A change is a column and its two values. Territory and way of asking are compared with the last that is known: what
    no page tells is no change.
    """
    known: dict[str, str] = {}
    found = []
    for before, row in zip([rows[0], *rows], rows, strict=False):
        told = {name: row[name] for name in ("enquete", "territoire", "mode") if row[name] != UNKNOWN}
        changes = {name: (known[name], new) for name, new in told.items() if known.get(name, new) != new}
        known |= told
        if changes:
            found.append((before, row, changes))
    return found


def rounding(percent: float, step: str) -> tuple[float, float]:
    """Return the least and the greatest percentage that are published as ``percent``.

    Args:
        percent: published percentage, 0 to 100.
        step: key of :data:`HALF_STEP`.
    """
    half = HALF_STEP[step]
    return max(0.0, percent - half), min(100.0, percent + half)


def wilson(percent: float, n: int | None, step: str | None = None) -> list[float] | None:
    """Return the 95 % Wilson score interval of a proportion, in percent rounded to 0.1, or None without ``n``.

    With a ``step`` it holds the intervals of every proportion published as ``percent``: both bounds rise with the
    proportion, so that is the lower bound of the least one and the upper bound of the greatest.

    Args:
        percent: observed proportion, 0 to 100.
        n: number of people asked, as if they had been drawn at random. The surveys are weighted: the true interval
            is wider.
        step: key of :data:`HALF_STEP`, None for a proportion that is not rounded.

    Source: E. B. Wilson (1927), Journal of the American Statistical Association 22(158), p. 209-212.
    """
    if not n:
        return None
    low, high = rounding(percent, step) if step else (percent, percent)
    return [_round1(100 * max(0, _bound(low, n, -1))), _round1(100 * min(1, _bound(high, n, 1)))]


def _bound(percent: float, n: int, side: int) -> float:
    p = percent / 100
    z2 = _Z95 * _Z95
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    return centre + side * _Z95 / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))


def _round1(value: float) -> float:
    """Round to 0.1, halves up, as the browser does."""
    return math.floor(value * 10 + 0.5) / 10
