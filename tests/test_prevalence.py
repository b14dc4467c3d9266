"""The interval around a percentage: as published elsewhere, and as its own definition asks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mallette.prevalence import HALF_STEP, UNKNOWN, breaks, rounding, wilson
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


@pytest.mark.parametrize("step", HALF_STEP)
def test_a_rounded_value_has_the_intervals_of_all_it_may_stand_for(step: str) -> None:
    for row in explorer_rows():
        if not row["n"] or row["arrondi"] != step:
            continue
        low, high = rounding(row["valeur"], step)
        within = [wilson(low + (high - low) * rank / 50, row["n"]) for rank in range(51)]
        assert wilson(row["valeur"], row["n"], step) == [min(a for a, _ in within), max(b for _, b in within)]


def test_a_rounded_zero_is_anything_up_to_half_a_step() -> None:
    assert rounding(0, "unite") == (0, 0.5)
    # 0.5 % of 1 000: p = 0.005, z² = 3.8415; centre (0.005 + 0.00192) / 1.00384 = 0.00690;
    # half 1.96 / 1.00384 × √(0.005 × 0.995 / 1 000 + 3.8415 / 4 000 000) = 1.9525 × 0.0024360 = 0.00476.
    assert wilson(0, 1000, "unite") == [0, 1.2]


def test_a_curve_is_cut_where_survey_territory_or_way_of_asking_change_and_not_where_nobody_says() -> None:
    metropole, overseas = "France métropolitaine", "France métropolitaine et outre-mer"
    told = [
        ("Baromètre santé", UNKNOWN, UNKNOWN),
        ("Baromètre santé", metropole, "téléphone"),
        ("Baromètre santé", overseas, "téléphone"),
        ("Baromètre santé", metropole, UNKNOWN),
        ("Baromètre santé", metropole, "questionnaire"),
        ("EROPP", UNKNOWN, "questionnaire"),
    ]
    rows = [dict(zip(("enquete", "territoire", "mode"), one, strict=True), annee=rank) for rank, one in enumerate(told)]
    assert [(before["annee"], after["annee"], list(changed)) for before, after, changed in breaks(rows)] == [
        (1, 2, ["territoire"]),
        (2, 3, ["territoire"]),
        (3, 4, ["mode"]),
        (4, 5, ["enquete"]),
    ]


def test_no_interval_without_a_sample_size() -> None:
    assert wilson(42, None) is None
