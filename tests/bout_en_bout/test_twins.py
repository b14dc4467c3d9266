"""The browser finds what Python finds, on the shared vectors and on the real data."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from mallette import prevalence, prevalence_text
from mallette.hourly import as_dict, evaluate
from mallette.hourly_reference import iso_date, smic_at
from mallette.hourly_text import sentence
from mallette.widgets.explorer import explorer_labels, explorer_rows
from tests.test_hourly import TABLES, assert_close, inputs_of, worked
from tests.test_hourly import VECTORS as HOURLY

FOLDER = Path(__file__).parents[1] / "vecteurs"
PREVALENCE = json.loads((FOLDER / "prevalence.json").read_text(encoding="utf-8"))
QUIZ = json.loads((FOLDER / "quiz.json").read_text(encoding="utf-8"))
EMPTY = {"amount_low": None, "amount_high": None, "unit": "par jour", "currency": "EUR", "nature": "", "date": "",
         "paid_hours": None, "unpaid_hours": None, "days": None, "unpaid_promise": None, "unpaid_promise_unit": "pct",
         "debts": None, "fines": None, "losses": None, "consumption": None, "subject": "Avec ces chiffres"}  # fmt: skip


def _browser_inputs(case: dict) -> dict:
    return {**EMPTY, **case["entrees"]}


def test_the_browser_finds_every_vector(call_js: Callable) -> None:
    cases = HOURLY["calculs"]
    asked = [[_browser_inputs(case), TABLES, case.get("aujourdhui", "")] for case in cases]
    outcomes = call_js("hourly_core", "evaluate", asked)
    for case, found in zip(cases, outcomes, strict=True):
        expected = case["attendu"]
        plain = expected["state"] in ("errors", "missing")
        assert_close(found, expected if plain else {k: worked(v) for k, v in expected.items()}, case["nom"])
        ours = as_dict(evaluate(inputs_of(case), TABLES, case.get("aujourdhui", "")))
        assert found.keys() == ours.keys(), case["nom"]
        assert_close(found, ours, case["nom"])


def test_the_browser_writes_the_same_sentences(call_js: Callable) -> None:
    cases = HOURLY["calculs"]
    outcomes = [evaluate(inputs_of(case), TABLES, case.get("aujourdhui", "")) for case in cases]
    asked = [[_browser_inputs(case), as_dict(outcome)] for case, outcome in zip(cases, outcomes, strict=True)]
    written = call_js("hourly_text", "sentence", asked)
    for case, outcome, text in zip(cases, outcomes, written, strict=True):
        assert text == sentence(inputs_of(case), outcome), case["nom"]
        assert text == case.get("phrase", text), case["nom"]


def test_the_browser_reads_dates_and_smic_alike(call_js: Callable) -> None:
    written = [date for date, _ in HOURLY["dates"]]
    assert call_js("hourly_core", "isoDate", [[date] for date in written]) == [iso_date(date) for date in written]
    dates = ["2003", "2004", "2004-06", "2022", "2024-10", "2024-11-01", "2026", "2027-01-01", ""]
    found = call_js("hourly_core", "smicAt", [[date, TABLES["smic"]] for date in dates])
    ours = [smic_at(date, TABLES["smic"]) for date in dates]
    assert found == [smic if isinstance(smic, str) else asdict(smic) for smic in ours]


def test_a_scheme_is_in_force_only_for_the_years_it_was_read_for(call_js: Callable) -> None:
    cases = HOURLY["reperes"]
    found = call_js(
        "hourly_core", "comparatorsAt", [[case["date"], case["devise"], TABLES["comparateurs"]] for case in cases]
    )
    for case, schemes in zip(cases, found, strict=True):
        told = [[one[name] for name in ("name", "amount", "unit", "known", "first", "last")] for one in schemes]
        assert told == case["attendu"], case["date"]


def test_a_scale_of_another_year_is_flagged(call_js: Callable) -> None:
    cases = HOURLY["minima"]
    asked = [[asdict(smic_at(case["date"], TABLES["smic"])), TABLES["smic_regles"]] for case in cases]
    for case, minimums in zip(cases, call_js("hourly_core", "legalMinimums", asked), strict=True):
        for item, (hourly, dated) in zip(minimums, case["attendu"], strict=True):
            assert item["hourly"] == pytest.approx(worked(hourly), rel=1e-9)
            assert item["dated"] is dated


def test_quiz_scores(call_js):
    questions, vectors = QUIZ["questions"], QUIZ["reponses"]
    arguments = [[questions[item["question"]], item["reponse"]] for item in vectors]
    assert call_js("../../questions/types", "valid", arguments) == [item["valide"] for item in vectors]
    assert call_js("../../questions/types", "credit", arguments) == pytest.approx([item["credit"] for item in vectors])
    allowed = [item for item in vectors if item["valide"]]
    arguments = [[questions[item["question"]], item["reponse"]] for item in allowed]
    assert call_js("../../questions/types", "verdict", arguments) == [item["verdict"] for item in allowed]
    for name, orders in (("shownOrder", QUIZ["ordres"]), ("shuffled", QUIZ["melanges"])):
        assert call_js("../../questions/ordre", name, [[item["graine"], item["nombre"]] for item in orders]) == [
            item["ordre"] for item in orders
        ]


def test_prevalence_every_vector(call_js):
    labels = PREVALENCE["libelles"]
    chosen = call_js("explorer_core", "select", [[case["lignes"], case["vue"]] for case in PREVALENCE["cas"]])
    said = call_js("explorer_text", "sentence", [
        [selection, case["vue"], labels] for selection, case in zip(chosen, PREVALENCE["cas"], strict=True)
    ])
    assert said == [case["phrase"] for case in PREVALENCE["cas"]]
    warned = call_js("explorer_text", "warnings", [
        [selection, case["vue"], labels] for selection, case in zip(chosen, PREVALENCE["cas"], strict=True)
    ])
    assert warned == [case["avertissements"] for case in PREVALENCE["cas"]]
    bounds = call_js("explorer_core", "wilson", [[case["pct"], case["n"]] for case in PREVALENCE["wilson"]])
    assert bounds == [prevalence.wilson(case["pct"], case["n"]) for case in PREVALENCE["wilson"]]


def test_prevalence_on_the_real_data(call_js):
    rows = explorer_rows()
    labels = explorer_labels(rows)
    views = [
        {**prevalence.DEFAULT_VIEW, "produits": produits, "indicateur": indicateur, "par": par, "annee": annee,
         "sexe": sexe, "age": age, "champs": champs}
        for produits, indicateur, par, annee, sexe, age, champs in itertools.product(
            (["cannabis"], ["tabac", "alcool", "cocaine", "heroine"]), labels["indicateurs"], prevalence.VIEWS,
            (2014, 2017, 2022, 2023), ("ensemble", "detail"), ("ensemble", "18-25"), ([], list(labels["champs"])),
        )
    ]  # fmt: skip
    chosen = [prevalence.select(rows, view) for view in views]
    assert sum(bool(selection["series"]) for selection in chosen) > 100
    assert call_js("explorer_core", "select", [[rows, view] for view in views]) == chosen
    pairs = [[selection, view, labels] for selection, view in zip(chosen, views, strict=True)]
    assert call_js("explorer_text", "sentence", pairs) == [prevalence_text.sentence(*pair) for pair in pairs]
    assert call_js("explorer_text", "warnings", pairs) == [prevalence_text.warnings(*pair) for pair in pairs]
