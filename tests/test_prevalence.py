"""The interval around a percentage: as published elsewhere, and as its own definition asks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mallette.prevalence import wilson
from mallette.widgets.explorer import explorer_rows

VECTORS = json.loads((Path(__file__).parent / "vecteurs" / "prevalence.json").read_text(encoding="utf-8"))
Z95 = 1.959963984540054


@pytest.mark.parametrize("case", VECTORS["wilson"])
def test_wilson_gives_the_published_intervals(case: dict) -> None:
    assert wilson(case["pct"], case["n"]) == pytest.approx(case["attendu"], abs=0.051)


def test_wilson_bounds_are_the_proportions_that_a_score_test_just_rejects() -> None:
    """The definition itself, solved by bisection: |p̂ − p| = z √(p (1 − p) / n)."""

    def solve(observed: float, n: int, low: float, high: float) -> float:
        inside_is_high = high == observed
        for _ in range(60):
            middle = (low + high) / 2
            accepted = abs(observed - middle) <= Z95 * (middle * (1 - middle) / n) ** 0.5
            if accepted == inside_is_high:
                high = middle
            else:
                low = middle
        return 100 * low

    pairs = {(row["valeur"], row["n"]) for row in explorer_rows() if row["n"]}
    assert pairs
    for percent, n in pairs:
        p = percent / 100
        assert wilson(percent, n) == pytest.approx([solve(p, n, 0, p), solve(p, n, p, 1)], abs=0.051)


def test_no_interval_without_a_sample_size() -> None:
    assert wilson(42, None) is None
