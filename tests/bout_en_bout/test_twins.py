"""The browser finds what Python finds, on the shared vectors and on the real data."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from mallette.french import percent
from mallette.hourly import as_dict, evaluate
from mallette.hourly_reference import iso_date, smic_at
from mallette.hourly_text import sentence
from mallette.prevalence import wilson
from mallette.widgets import PrevalenceExplorer
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
    assert call_js("scoring", "valid", arguments) == [item["valide"] for item in vectors]
    assert call_js("scoring", "credit", arguments) == pytest.approx([item["credit"] for item in vectors])
    allowed = [item for item in vectors if item["valide"]]
    arguments = [[questions[item["question"]], item["reponse"]] for item in allowed]
    assert call_js("scoring", "verdict", arguments) == [item["verdict"] for item in allowed]
    for name, orders in (("shownOrder", QUIZ["ordres"]), ("shuffled", QUIZ["melanges"])):
        assert call_js("scoring", name, [[item["graine"], item["nombre"]] for item in orders]) == [
            item["ordre"] for item in orders
        ]


def test_what_is_said_of_prevalences(call_js):
    labels, cases = PREVALENCE["libelles"], PREVALENCE["cas"]
    chosen = call_js("explorer_core", "select", [[case["lignes"], case["vue"]] for case in cases])
    asked = [[selection, case["vue"], labels] for selection, case in zip(chosen, cases, strict=True)]
    assert call_js("explorer_text", "sentence", asked) == [case["phrase"] for case in cases]
    assert call_js("explorer_text", "warnings", asked) == [case["avertissements"] for case in cases]


def test_intervals_on_screen_are_those_of_the_figures(call_js):
    pairs = sorted({(row["valeur"], row["n"]) for row in explorer_rows() if row["n"]})
    pairs += [(case["pct"], case["n"]) for case in PREVALENCE["wilson"]]
    assert call_js("explorer_core", "wilson", [list(pair) for pair in pairs]) == [wilson(*pair) for pair in pairs]


def _views(rows: list[dict]) -> list[dict]:
    """Every view of one product, and of the products a trainer would compare."""
    products = [[product] for product in sorted({row["produit"] for row in rows})]
    views = []
    for chosen in [*products, ["cannabis", "cocaine"], ["tabac", "alcool", "cannabis"]]:
        own = [row for row in rows if row["produit"] in chosen]
        for indicator, champs, age, sexe in itertools.product(
            sorted({row["indicateur"] for row in own}), ([], sorted({row["champ"] for row in rows})),
            ("ensemble", "18-25"), ("ensemble", "detail"),
        ):  # fmt: skip
            base = {"produits": chosen, "indicateur": indicator, "champs": champs, "age": age, "sexe": sexe,
                    "annee": 2014, "affichage": "graphique"}  # fmt: skip
            years = {row["annee"] for row in own if row["indicateur"] == indicator and (age, sexe) == ("ensemble",) * 2}
            views += [{**base, "par": par, "annee": year} for par in ("age", "sexe") for year in years]
            views.append({**base, "par": "temps"})
    return views


def test_a_curve_holds_one_population_one_product_and_published_values(call_js):
    rows = explorer_rows()
    labels = explorer_labels(rows)
    views = _views(rows)
    of_product = {code: [row for row in rows if row["produit"] == code] for code in labels["produits"]}
    asked = [[[row for code in view["produits"] for row in of_product[code]], view] for view in views]
    mixed = []
    for view, selection in zip(views, call_js("explorer_core", "select", asked), strict=True):
        for line in selection["series"]:
            points = line["points"]
            assert {(p["champ"], p["produit"], p["indicateur"]) for p in points} == {
                (line["champ"], line["produit"], view["indicateur"])
            }
            place = "annee" if view["par"] == "temps" else view["par"]
            assert len({p[place] for p in points}) == len(points), "two points at one place of the axis"
            assert all(p in of_product[line["produit"]] for p in points)
        if len({line["champ"] for line in selection["series"]}) > 1:
            mixed.append([selection, view, labels])
    assert mixed
    for first, *_ in call_js("explorer_text", "warnings", mixed):
        assert first.startswith("Ces populations ne sont pas comparables")


def test_what_is_printed_holds_the_values_on_screen(call_js):
    rows = explorer_rows()
    asked = [
        {"produits": ["cannabis", "cocaine", "ketamine"], "annee": 2014},
        {"produits": ["tabac", "heroine"], "par": "sexe", "annee": 2014},
        {"produits": ["alcool"], "indicateur": "ivresse_vie", "par": "sexe", "annee": 2022, "champs": ["17 ans"]},
        {"produits": ["tabac"], "indicateur": "quotidien", "par": "temps", "sexe": "detail"},
        {"produits": ["cannabis"], "indicateur": "regulier", "par": "temps", "champs": ["18-64 ans", "17 ans"]},
        {"produits": ["cannabis"], "indicateur": "annee", "par": "temps", "age": "18-25"},
    ]
    widgets = [PrevalenceExplorer(**view) for view in asked]
    for widget, selection in zip(
        widgets, call_js("explorer_core", "select", [[rows, widget.vue] for widget in widgets]), strict=True
    ):
        shown = Counter(percent(point["valeur"]) for line in selection["series"] for point in line["points"])
        tables = [figure.table for figure in widget.figures()]
        assert len(tables) == len(selection["champs"])
        printed = Counter(
            line[table.columns.index("Part publiée")] for table in tables for line in table.rows
            if not any(cell.startswith("Ensemble (") for cell in line)
        )  # fmt: skip
        assert printed == shown, widget.vue
