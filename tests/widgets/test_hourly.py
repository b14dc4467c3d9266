"""The calculator in a notebook and on paper."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from mallette import data
from mallette.smic import Range
from mallette.widgets import HourlyPay, hourly_paper
from mallette.widgets.hourly import EMPTY

VECTORS = json.loads((Path(__file__).parents[1] / "vecteurs" / "hourly.json").read_text(encoding="utf-8"))
TABLES = VECTORS["tables"]
ON_PAPER = {"announced": "E", "unpaid": "F", "left": "H", "deducted": "G", "hours": "I", "rate": "J"}


def worked(expected: object) -> object:
    """Return an expected value with its written-out operations done: "400/14" becomes 28.57…, pairs become ranges."""
    if isinstance(expected, str) and re.fullmatch(r"[\d.()*/+ -]+", expected) and not re.fullmatch(r"[\d-]+", expected):
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
        assert found is not None, where
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-9), where
    else:
        assert found == expected, where


def test_the_vectors_hold_rows_that_the_page_receives() -> None:
    received = HourlyPay.shared_state()["donnees"]
    for name, rows in TABLES.items():
        for row in rows:
            assert any(row.items() <= candidate.items() for candidate in received[name]), row


def test_an_unknown_row_is_answered_with_close_ones() -> None:
    with pytest.raises(ValueError, match="vendeur_grenoble_2024"):
        HourlyPay("vendeur_grenoble")
    with pytest.raises(ValueError, match="paid_hours"):
        HourlyPay("vendeur_grenoble_2024", heures=12)


@pytest.mark.parametrize("case", VECTORS["calculs"], ids=lambda case: case["nom"])
def test_the_sheet_works_out_what_the_page_does(case: dict) -> None:
    entered = {**EMPTY, **case["entrees"]}
    found = {
        letter: vars(value) if isinstance(value, Range) else value
        for letter, value in hourly_paper.worked(entered).items()
    }
    if case["attendu"]["state"] == "result":
        expected = {ON_PAPER[name]: worked(value) for name, value in case["attendu"].items() if name in ON_PAPER}
        assert_close(found, expected, case["nom"])
    elif case["attendu"]["state"] != "errors":
        assert found["J"] is None
    page = hourly_paper.html(entered, TABLES["smic"], [], [])
    assert not re.search("nan|inf|None", page)


def test_the_sheet_writes_what_is_known_and_leaves_lines_for_the_rest() -> None:
    paper = HourlyPay("guetteur_marseille_2015").fallback_html()
    assert "50\u00a0€ à 80\u00a0€ par jour" in paper
    assert "9,61\u00a0€ brut, 7,49\u00a0€ net" in paper
    assert "……" in paper
    assert "SMIC horaire, les dix" not in paper
    last = data.rows("smic")[-1]["smic_horaire_brut"]
    assert f"{last:.2f}".replace(".", ",") in HourlyPay().fallback_html()
    full = HourlyPay(
        "guetteur_marseille_2015", paid_hours=10, unpaid_hours=1, days=8, debts=100, unpaid_promise=10
    ).fallback_html()
    assert "……" not in full
    assert "« gras »" in HourlyPay(amount=10, unit="« gras »").fallback_html()
    assert "<b>" not in HourlyPay(amount=10, unit="<b>gras</b>").fallback_html()


def test_the_sheet_says_what_its_letters_do_not() -> None:
    widget = HourlyPay(
        amount=1000,
        people=(4, 5),
        paid_hours=(30, 35),
        hours_unit="semaine",
        days=10,
        months=12,
        idle_months=3,
        debts=1200,
        debts_months=12,
        debts_both=True,
    )
    paper = widget.fallback_html()
    for told in (
        "partagé entre 4 à 5 personnes",
        "Heures payées par semaine",
        "30 à 35\u00a0h",
        "portent sur 12 mois, dont 3 sans revenu ou en prison",
        "dettes sur 12 mois",
        "À compter aussi pour une personne au SMIC\u00a0: dettes",
    ):
        assert told in paper, told
    assert "18\u202f000\u00a0€ à 22\u202f500\u00a0€" in paper  # 1 000 × 10 jours × 9 mois ÷ 5 ou 4


def test_a_row_that_counts_other_offences_is_no_gain_of_dealing() -> None:
    kinds = {row["id"]: row["activity"] for row in HourlyPay.shared_state()["donnees"]["remunerations"]}
    assert kinds.pop("infractions_non_violentes_etats_unis_2017") == "informel"
    assert set(kinds.values()) == {"trafic"}


def test_no_note_for_authors_reaches_the_page() -> None:
    received = json.dumps(HourlyPay.shared_state(), ensure_ascii=False)
    internal = [row["note_interne"] for name in ("remunerations", "smic", "comparateurs") for row in data.rows(name)]
    assert any(internal)
    assert not [note for note in internal if note and note in received]


@pytest.mark.parametrize(("remuneration", "why"), [("bras_droit_france_2016", "à la tâche"), (None, "pas un revenu")])
def test_the_sheet_says_when_no_rate_can_be_had(remuneration: str | None, why: str) -> None:
    nature = "enquete" if remuneration else "chiffre_affaires"
    widget = HourlyPay(remuneration, amount=900, nature=nature, paid_hours=10, days=5)
    assert why in widget.fallback_html()
    assert why in widget.text()


@pytest.mark.parametrize("row", data.rows("remunerations"), ids=lambda row: row["id"])
def test_every_published_row_opens_with_its_source(row: dict) -> None:
    widget = HourlyPay(row["id"])
    assert data.source(row["source_id"]).url in json.dumps(widget.donnees["sources"], ensure_ascii=False)
    assert data.source(row["source_id"]).label in widget.text()
    assert data.source(row["source_id"]).label.split("&")[0] in widget.fallback_html()
