"""What the browser works out and says: hand-made cases, and what must hold for any figure and any view.

Python works out the same only where it prints (the interval of a figure, the SMIC of a date) or judges (a quiz).
"""

from __future__ import annotations

import itertools
import json
import math
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from mallette.figures import selection as selection_
from mallette.prevalence import wilson
from mallette.smic import iso_date, smic_at
from mallette.widgets import HourlyPay, PrevalenceExplorer
from mallette.widgets.explorer import explorer_labels, explorer_rows
from mallette.widgets.hourly import DEDUCTIONS, EMPTY
from tests.widgets.test_hourly import TABLES, assert_close, worked
from tests.widgets.test_hourly import VECTORS as HOURLY

FOLDER = Path(__file__).parents[1] / "vecteurs"
PREVALENCE = json.loads((FOLDER / "prevalence.json").read_text(encoding="utf-8"))
QUIZ = json.loads((FOLDER / "quiz.json").read_text(encoding="utf-8"))
WIDENED = ("paid_hours", "unpaid_hours", "days", "people", "commission", "in_kind", "unpaid_promise", "debts")


def test_every_calculation_made_by_hand(call_js: Callable) -> None:
    cases = HOURLY["calculs"]
    entered = [{**EMPTY, **case["entrees"]} for case in cases]
    outcomes = call_js(
        "hourly_core",
        "evaluate",
        [[one, TABLES, case.get("aujourdhui", "")] for one, case in zip(entered, cases, strict=True)],
    )
    written = call_js("hourly_text", "sentence", [list(pair) for pair in zip(entered, outcomes, strict=True)])
    for case, found, text in zip(cases, outcomes, written, strict=True):
        expected = case["attendu"]
        if expected["state"] in ("errors", "missing"):
            assert found == expected, case["nom"]
        else:
            assert_close(found, {name: worked(value) for name, value in expected.items()}, case["nom"])
        assert text == case.get("phrase", text), case["nom"]


def test_no_published_row_gets_hours_nobody_published(call_js: Callable) -> None:
    received = HourlyPay.shared_state()["donnees"]
    rows = received["remunerations"]
    asked = [[{**EMPTY, **{name: row[name] for name in EMPTY if name in row}}, received] for row in rows]
    for row, found in zip(rows, call_js("hourly_core", "evaluate", asked), strict=True):
        if row["unit"] == "par tâche" or row["nature"] == "chiffre_affaires":
            assert found["state"] == "refusal"
        elif row["unit"] == "par heure" or (row["paid_hours"] and row["unit"] in ("par jour", "par vacation")):
            assert found["state"] == "result"
            assert found["left"] is None, "no month without a number of days"
            assert (found["comparison"] == "currency") == (row["currency"] == "USD")
        else:
            assert found["state"] == "missing"


def _figures(chance: random.Random) -> dict:
    low, high = sorted(10 ** chance.uniform(-2, 6) for _ in range(2))
    return {
        **EMPTY,
        "amount": [low, high],
        "paid_hours": chance.uniform(0.5, 11),
        "unit": chance.choice(["par jour", "par semaine", "par mois", "par an"]),
        "date": chance.choice(["2005", "2016-03", "2024-10-20"]),
        "unpaid_hours": chance.uniform(0, 12),
        "days": chance.uniform(1, 30),
        "unpaid_promise": chance.uniform(0, 100),
        "debts": chance.uniform(0, 1e4),
        "fines": chance.uniform(0, 1e4),
    }


def test_what_holds_for_any_figure(call_js: Callable) -> None:
    chance = random.Random(1)
    entered = [_figures(chance) for _ in range(200)]

    def evaluate(cases: list[dict]) -> list[dict]:
        return call_js("hourly_core", "evaluate", [[case, TABLES] for case in cases])

    results = evaluate(entered)
    longer = evaluate([{**case, "unpaid_hours": case["unpaid_hours"] + 0.5} for case in entered])
    names = [chance.choice(DEDUCTIONS) for _ in entered]
    poorer = evaluate([{**case, name: (case[name] or 0) + 50} for case, name in zip(entered, names, strict=True)])
    opened = evaluate([{**case, "amount": [case["amount"][0], None]} for case in entered])
    for result, long_day, poor, half in zip(results, longer, poorer, opened, strict=True):
        for bound in ("low", "high"):
            names = ("announced", "unpaid", "deducted", "left", "hours")
            announced, unpaid, deducted, left, hours = (result[name][bound] for name in names)
            assert announced - unpaid - deducted == pytest.approx(left, rel=1e-9, abs=1e-6)
            assert left == pytest.approx(result["rate"][bound] * hours, rel=1e-9, abs=1e-6)
        assert result["rate"]["low"] <= result["rate"]["high"]
        if result["left"]["low"] >= 0:
            assert long_day["rate"]["low"] <= result["rate"]["low"], "a longer day never pays an hour more"
            assert long_day["rate"]["high"] <= result["rate"]["high"]
        assert poor["rate"]["high"] < result["rate"]["high"]
        assert poor["presence_rate"] == result["presence_rate"], "a deduction changes what is left, nothing else"
        for name in ("rate", "left", "smic_hours_net", "break_even_gross", "ratio_net"):
            assert half[name]["low"] is not None
            assert half[name]["high"] is None, "an unknown bound stays unknown"
    hours = [result["break_even_net"]["high"] for result in results]
    even = evaluate(
        [
            {**case, "unpaid_hours": None, "paid_hours": most}
            for case, most in zip(entered, hours, strict=True)
            if 0.1 < most <= 24
        ]
    )
    assert even
    for result in even:
        assert result["rate"]["high"] == pytest.approx(result["smic"]["net"], rel=1e-9)


def test_a_range_holds_every_calculation_of_its_numbers(call_js: Callable) -> None:
    """The corners of the intervals are enough: no number between two bounds gives a figure outside."""
    chance = random.Random(3)
    wide, inside = [], []
    for _ in range(60):
        bounds = {name: sorted(chance.uniform(1, 8) for _ in range(2)) for name in ("amount", *WIDENED)}
        shape = {
            "unit": chance.choice(["par heure", "par jour", "par semaine", "par mois"]),
            "hours_unit": chance.choice(["jour", "semaine"]),
            "date": "2024-10",
            "months": chance.choice([None, 6]),
            "debts_both": chance.choice([False, True]),
            "unpaid_hours_both": chance.choice([False, True]),
        }
        wide.append({**EMPTY, **shape, **bounds})
        inside += [
            {**EMPTY, **shape, **{name: chance.uniform(*pair) for name, pair in bounds.items()}} for _ in range(20)
        ]
    results = call_js("hourly_core", "evaluate", [[case, TABLES] for case in [*wide, *inside]])
    for place, result in enumerate(results[: len(wide)]):
        assert result["state"] == "result"
        for one in results[len(wide) + 20 * place :][:20]:
            for name in ("rate", "left", "hours", "deducted", "ratio_net", "smic_hours_net", "legal_net"):
                low, high = result[name]["low"], result[name]["high"]
                if low is not None and high is not None:  # a wage that all deductions eat gives no ratio
                    slack = 1e-9 * max(1, abs(low), abs(high))
                    assert low - slack <= one[name]["low"] <= one[name]["high"] <= high + slack, name


def test_absurd_figures_get_a_message_or_a_finite_result(call_js: Callable) -> None:
    chance = random.Random(2)
    wild = [math.nan, math.inf, -math.inf, -1, 1e-9, 1e308, 0, 0.1, 23.9, 1e9]
    plain = [*[None] * 60, 0, 0.1, 5, 11.9, [1, 11.9]]
    entered = [
        {
            **EMPTY,
            **{
                name: chance.choice(chance.choice([plain] * 60 + [wild]))
                for name, value in EMPTY.items()
                if value is None and name != "beside"
            },
            "amount": chance.choice(chance.choice([wild, *[[60, [50, 80], [None, 80], [50, None]]] * 5])),
            "paid_hours": chance.choice(chance.choice([wild, *[[8, [8, 10]]] * 5])),
            "date": "2024",
            "unit": chance.choice(["par heure", "par jour", "par vacation", "par mois"]),
            "hours_unit": chance.choice(["jour", "vacation", "semaine", "mois"]),
            "days_unit": chance.choice(["mois", "semaine"]),
        }
        for _ in range(800)
    ]
    outcomes = call_js("hourly_core", "evaluate", [[case, TABLES] for case in entered])
    written = call_js("hourly_text", "sentence", [list(pair) for pair in zip(entered, outcomes, strict=True)])
    assert Counter(outcome["state"] for outcome in outcomes)["result"] > 50
    for outcome, text in zip(outcomes, written, strict=True):
        assert outcome["state"] != "errors" or all(outcome["fields"].values())
        assert not any(word in text for word in ("NaN", "∞", "Infinity", "undefined", "null"))


def test_the_browser_reads_dates_and_smic_alike(call_js: Callable) -> None:
    written = [date for date, _ in HOURLY["dates"]]
    assert call_js("hourly_legal", "isoDate", [[date] for date in written]) == [iso_date(date) for date in written]
    dates = [
        "2003",
        "2004",
        "2012",
        "2018",
        "2018-11",
        "2004-06",
        "2022",
        "2024-10",
        "2024-11-01",
        "2026",
        "2027-01-01",
        "",
    ]
    found = call_js("hourly_legal", "smicAt", [[date, TABLES["smic"]] for date in dates])
    ours = [smic_at(date, TABLES["smic"]) for date in dates]
    assert found == [smic if isinstance(smic, str) else asdict(smic) for smic in ours]


def test_a_scheme_is_in_force_only_for_the_years_it_was_read_for(call_js: Callable) -> None:
    cases = HOURLY["reperes"]
    found = call_js(
        "hourly_legal", "comparatorsAt", [[case["date"], case["devise"], TABLES["comparateurs"]] for case in cases]
    )
    for case, schemes in zip(cases, found, strict=True):
        assert len(schemes) == len(case["attendu"]), case["date"]
        for one, (*told, hour) in zip(schemes, case["attendu"], strict=True):
            assert [one[name] for name in ("name", "amount", "unit", "known", "first", "last")] == told, case["date"]
            assert_close(one["hour"], worked(hour), one["name"])


def test_minimums_follow_the_age_and_the_scale_of_the_date(call_js: Callable) -> None:
    cases = HOURLY["minima"]
    asked = [[asdict(smic_at(case["date"], TABLES["smic"])), TABLES["smic_regles"], case["age"]] for case in cases]
    for case, minimums in zip(cases, call_js("hourly_legal", "legalMinimums", asked), strict=True):
        told = [[one[name] for name in ("pct", "hourly", "monthly", "dated")] for one in minimums]
        assert len(told) == len(case["attendu"]), case["explication"]
        for found, expected in zip(told, case["attendu"], strict=True):
            assert found == pytest.approx([worked(value) for value in expected], rel=1e-9), case["explication"]


def test_what_a_payslip_adds_is_worked_out_by_hand(call_js: Callable) -> None:
    cases = HOURLY["bulletin"]
    asked = [
        [
            {**EMPTY, **case["saisis"]},
            asdict(smic_at(case["date"], TABLES["smic"])),
            worked(case["semaine"]),
            TABLES["majorations"],
        ]
        for case in cases
    ]
    for case, found in zip(cases, call_js("hourly_legal", "payslip", asked), strict=True):
        assert_close(found, worked(case["attendu"]), case["explication"])


def test_two_calculations_side_by_side(call_js: Callable) -> None:
    cases = HOURLY["cote_a_cote"]
    entered = [[{**EMPTY, **case[name]}, TABLES] for case in cases for name in ("un", "autre")]
    outcomes = call_js("hourly_core", "evaluate", entered)
    ratios = call_js("hourly_core", "ratioOf", [list(pair) for pair in zip(outcomes[::2], outcomes[1::2], strict=True)])
    for case, found in zip(cases, ratios, strict=True):
        assert_close(found, worked(case["attendu"]), case["explication"])


def test_what_is_typed_in_a_field(call_js: Callable) -> None:
    cases = HOURLY["quantites"]
    assert call_js("hourly_fields", "quantity", [[text] for text, _ in cases]) == [value for _, value in cases]
    again = [[value] for _, value in cases if not isinstance(value, str)]
    retyped = call_js("hourly_fields", "shown", again)
    assert call_js("hourly_fields", "quantity", [[text] for text in retyped]) == [value for (value,) in again]


def test_an_empty_form_is_the_same_for_the_page_and_the_notebook(call_js: Callable) -> None:
    assert call_js("hourly_fields", "emptyState", [[]]) == [{"remuneration": "", **EMPTY}]


def test_a_link_carries_every_case(call_js: Callable) -> None:
    cases = [{"remuneration": "", **EMPTY, **case["entrees"]} for case in HOURLY["calculs"]]
    cases = [case for case in cases if not case["remuneration"] and "NaN" not in str(case["amount"])]
    cases = [{**case, "nature": "", "subject": EMPTY["subject"], "date": case["date"][:10]} for case in cases]
    cases.append({**cases[0], "beside": cases[1]})
    links = call_js("hourly_fields", "linkValues", [[case, TABLES] for case in cases])
    assert call_js("hourly_fields", "fromLink", [[link, TABLES] for link in links]) == cases


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


def test_what_is_said_of_prevalences(call_js):
    labels, cases = PREVALENCE["libelles"], PREVALENCE["cas"]
    chosen = call_js("explorer_core", "select", [[case["lignes"], case["vue"]] for case in cases])
    asked = [[selection, case["vue"], labels] for selection, case in zip(chosen, cases, strict=True)]
    assert call_js("explorer_text", "sentence", asked) == [case["phrase"] for case in cases]
    assert call_js("explorer_warnings", "warnings", asked) == [case["avertissements"] for case in cases]


def test_intervals_on_screen_are_those_of_the_figures(call_js):
    pairs = sorted({(row["valeur"], row["n"], row["arrondi"]) for row in explorer_rows() if row["n"]})
    pairs += [(case["pct"], case["n"], None) for case in PREVALENCE["wilson"]]
    assert call_js("explorer_core", "wilson", [list(pair) for pair in pairs]) == [wilson(*pair) for pair in pairs]


def _views(rows: list[dict]) -> list[dict]:
    """Every view of one product, and of the products a trainer would compare."""
    products = [[product] for product in sorted({row["produit"] for row in rows})]
    views = []
    for chosen in [*products, ["cannabis", "cocaine"], ["tabac", "alcool", "cannabis"]]:
        own = [row for row in rows if row["produit"] in chosen]
        for indicator, champs, age, sexe in itertools.product(
            sorted({row["indicateur"] for row in own}),
            ([], sorted({row["champ"] for row in rows})),
            ("ensemble", "18-25"),
            ("ensemble", "detail"),
        ):
            base = {
                "produits": chosen,
                "indicateur": indicator,
                "champs": champs,
                "age": age,
                "sexe": sexe,
                "annee": 2014,
                "affichage": "graphique",
            }
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
    for first, *_ in call_js("explorer_warnings", "warnings", mixed):
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
        {"produits": ["tabac", "alcool"], "annee": 2022, "champs": ["élèves par classe"]},
    ]
    widgets = [PrevalenceExplorer(**view) for view in asked]
    for widget, selection in zip(
        widgets, call_js("explorer_core", "select", [[rows, widget.vue] for widget in widgets]), strict=True
    ):
        shown = Counter(
            selection_.marked_text({**point, "valeur_pct": point["valeur"]})
            for line in selection["series"]
            for point in line["points"]
        )
        tables = [figure.table for figure in widget.figures()]
        assert len(tables) == len(selection["champs"])
        printed = Counter(
            line[table.columns.index("Part publiée")]
            for table in tables
            for line in table.rows
            if not any(cell.startswith("Ensemble (") for cell in line)
        )
        assert printed == shown, widget.vue
