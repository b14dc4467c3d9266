"""The hourly pay: the hand-made vectors, then what must hold for any figure."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mallette import data
from mallette.hourly import Errors, Inputs, Missing, Refusal, Result, as_dict, evaluate, inputs_from
from mallette.hourly_reference import iso_date
from mallette.hourly_text import sentence
from mallette.widgets import HourlyPay

VECTORS = json.loads((Path(__file__).parent / "vecteurs" / "hourly.json").read_text(encoding="utf-8"))
TABLES = VECTORS["tables"]


def worked(expected: object) -> object:
    """Return an expected value with its written-out operations done: "400/14" becomes 28.57…, pairs become ranges."""
    if isinstance(expected, str) and re.fullmatch(r"[\d.*/ -]+", expected) and not re.fullmatch(r"[\d-]+", expected):
        return eval(expected, {"__builtins__": {}})  # digits and operators only, from our own file
    if isinstance(expected, list) and len(expected) == 2:
        return {"low": worked(expected[0]), "high": worked(expected[1])}
    return {key: worked(value) for key, value in expected.items()} if isinstance(expected, dict) else expected


def assert_close(found: object, expected: object, where: str) -> None:
    """Fail unless ``found`` holds ``expected``, numbers to 1e-9."""
    if isinstance(expected, dict):
        assert isinstance(found, dict), where
        for key, value in expected.items():
            assert_close(found[key], value, f"{where}.{key}")
    elif isinstance(expected, (int, float)) and not isinstance(expected, bool):
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-9), where
    else:
        assert found == expected, where


def inputs_of(case: dict) -> Inputs:
    return Inputs(**{key: math.nan if value == "NaN" else value for key, value in case["entrees"].items()})


@pytest.mark.parametrize("case", VECTORS["calculs"], ids=lambda case: case["nom"])
def test_vector(case: dict) -> None:
    inputs = inputs_of(case)
    outcome = evaluate(inputs, TABLES, case.get("aujourdhui", ""))
    expected = dict(case["attendu"])
    if expected["state"] in ("errors", "missing"):
        assert as_dict(outcome) == expected
    else:
        assert_close(as_dict(outcome), {key: worked(value) for key, value in expected.items()}, case["nom"])
    if "phrase" in case:
        assert sentence(inputs, outcome) == case["phrase"]


def test_the_core_loads_without_pandas_or_numpy() -> None:
    code = "import sys, mallette.hourly_text; sys.exit(bool({'numpy', 'pandas'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(("written", "read"), VECTORS["dates"])
def test_dates_are_read_in_french_or_iso_order(written: str, read: str | None) -> None:
    assert iso_date(written) == read


def test_the_vectors_hold_rows_that_the_page_receives() -> None:
    received = HourlyPay.shared_state()["donnees"]
    for name, rows in TABLES.items():
        for row in rows:
            assert any(row.items() <= candidate.items() for candidate in received[name]), row


# What must hold for any published figure -----------------------------------------------------------------------------


@pytest.mark.parametrize("row", data.rows("remunerations"), ids=lambda row: row["id"])
def test_no_published_row_gets_hours_nobody_published(row: dict) -> None:
    inputs = inputs_from(row)
    outcome = evaluate(inputs, {"smic": data.rows("smic")})
    if row["unite"] == "par tâche" or row["nature"] == "chiffre_affaires":
        assert isinstance(outcome, Refusal)
    elif row["unite"] == "par heure" or (row["heures_par_jour"] and row["unite"] in ("par jour", "par vacation")):
        assert isinstance(outcome, Result)
        assert outcome.left is None  # no month without a number of days
    else:
        assert isinstance(outcome, Missing)
    assert (outcome.comparison == "currency") == (row["devise"] == "USD") if isinstance(outcome, Result) else True


# What must hold for any figure ---------------------------------------------------------------------------------------

money = st.floats(0.01, 1e6)
monthly = st.floats(0, 1e4)


def _ordered(inputs: Inputs) -> Inputs:
    low, high = sorted((inputs.amount_low, inputs.amount_high))
    return replace(inputs, amount_low=low, amount_high=high)


cases = st.builds(
    Inputs,
    amount_low=money,
    amount_high=money,
    unit=st.sampled_from(["par jour", "par semaine", "par mois", "par an"]),
    date=st.sampled_from(["2005", "2016-03", "2024-10-20"]),
    paid_hours=st.floats(0.5, 11),
    unpaid_hours=st.floats(0, 12),
    days=st.floats(1, 30),
    unpaid_promise=st.floats(0, 100),
    debts=monthly,
    fines=monthly,
).map(_ordered)
SMIC = {"smic": TABLES["smic"]}


@settings(deadline=None)
@given(cases, st.floats(0.1, 0.9))
def test_longer_days_never_raise_what_is_left_of_an_hour(inputs: Inputs, more: float) -> None:
    before, after = evaluate(inputs, SMIC), evaluate(replace(inputs, unpaid_hours=inputs.unpaid_hours + more), SMIC)
    assume(before.left.low >= 0)
    assert after.rate.low <= before.rate.low
    assert after.rate.high <= before.rate.high


@settings(deadline=None)
@given(cases, st.floats(1, 1e4), st.sampled_from(["debts", "fines", "losses", "consumption"]))
def test_a_deduction_always_lowers_the_rate_and_nothing_else(inputs: Inputs, taken: float, name: str) -> None:
    before = evaluate(inputs, SMIC)
    after = evaluate(replace(inputs, **{name: (getattr(inputs, name) or 0) + taken}), SMIC)
    assert after.rate.high < before.rate.high
    assert after.presence_rate == before.presence_rate


@settings(deadline=None)
@given(cases)
def test_the_month_adds_up(inputs: Inputs) -> None:
    result = evaluate(inputs, SMIC)
    for bound in ("low", "high"):
        announced, unpaid, left = (getattr(getattr(result, name), bound) for name in ("announced", "unpaid", "left"))
        assert announced - unpaid - result.deducted == pytest.approx(left, rel=1e-9, abs=1e-6)
        assert left == pytest.approx(getattr(result.rate, bound) * result.month_hours, rel=1e-9, abs=1e-6)
    assert result.rate.low <= result.rate.high


@given(st.floats(20, 120), st.floats(1, 31), st.floats(0, 10))
def test_a_day_as_long_as_the_break_even_is_paid_the_smic(amount: float, days: float, debts: float) -> None:
    inputs = Inputs(amount, amount, date="2024-10-20", paid_hours=8, days=days, debts=debts)
    hours = evaluate(inputs, SMIC).break_even_net.high
    at_even = evaluate(replace(inputs, paid_hours=hours), SMIC)
    assert at_even.rate.high == pytest.approx(at_even.smic.net, rel=1e-9)


@settings(deadline=None)
@given(cases)
def test_an_unknown_bound_stays_unknown(inputs: Inputs) -> None:
    result = evaluate(replace(inputs, amount_high=None), SMIC)
    for values in (result.rate, result.left, result.smic_hours_net, result.break_even_gross, result.ratio_net):
        assert values.low is not None
        assert values.high is None


wild = st.none() | st.floats(allow_nan=True, allow_infinity=True)


@settings(deadline=None)
@given(wild, wild, wild, wild, wild, wild, wild, st.sampled_from(["par heure", "par jour", "par mois"]))
def test_absurd_figures_get_a_message_or_a_finite_result(low, high, paid, unpaid, days, promise, debts, unit) -> None:
    inputs = Inputs(low, high, unit, date="2024", paid_hours=paid, unpaid_hours=unpaid, days=days,
                    unpaid_promise=promise, debts=debts)  # fmt: skip
    outcome = evaluate(inputs, SMIC)
    if isinstance(outcome, Errors):
        assert all(outcome.fields.values())
    assert "nan" not in sentence(inputs, outcome)
    assert "Infinity" not in sentence(inputs, outcome)
