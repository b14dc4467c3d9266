"""The calculator in a notebook and on paper."""

from __future__ import annotations

import json

import pytest

from mallette import data
from mallette.hourly import Inputs
from mallette.widgets import HourlyPay


def test_a_trainer_reads_the_result_in_python() -> None:
    widget = HourlyPay("vendeur_grenoble_2024", days=6)
    assert widget.resultat["state"] == "result"
    assert widget.resultat["verdict"] == "above"
    assert widget.resultat["left"] == {"low": 2400, "high": 2400}
    widget.saisie = {**widget.saisie, "debts": 2400}
    assert widget.resultat["left"] == {"low": 0, "high": 0}
    assert widget.phrase == widget.resultat["sentence"]
    assert widget.text().startswith(widget.phrase)


def test_a_text_typed_in_place_of_a_number_is_a_fault_not_a_crash() -> None:
    widget = HourlyPay("vendeur_grenoble_2024")
    widget.saisie = {**widget.saisie, "days": "douze"}
    assert list(widget.resultat["fields"]) == ["days"]
    assert json.dumps(widget.static_state(), allow_nan=False)
    assert widget.fallback_html()


def test_an_unknown_row_is_answered_with_close_ones() -> None:
    with pytest.raises(ValueError, match="vendeur_grenoble_2024"):
        HourlyPay("vendeur_grenoble")
    with pytest.raises(ValueError, match="paid_hours"):
        HourlyPay("vendeur_grenoble_2024", heures=12)


def test_the_paper_version_writes_what_is_known_and_leaves_lines_for_the_rest() -> None:
    paper = HourlyPay("guetteur_marseille_2015").fallback_html()
    assert "de 50 à 80\u00a0€ par jour" in paper
    assert "9,61\u00a0€ brut, 7,49\u00a0€ net" in paper
    assert "……" in paper
    assert "SMIC horaire, les dix" not in paper
    last = data.rows("smic")[-1]["smic_horaire_brut"]
    assert f"{last:.2f}".replace(".", ",") in HourlyPay().fallback_html()
    full = HourlyPay(
        "guetteur_marseille_2015", paid_hours=10, unpaid_hours=1, days=8, debts=100, unpaid_promise=10
    ).fallback_html()
    assert "……" not in full


def test_the_paper_version_escapes_what_is_typed() -> None:
    assert "<b>" not in HourlyPay(amount_low=10, amount_high=10, paid_hours=2, subject="<b>gras</b>").fallback_html()


@pytest.mark.parametrize("row", data.rows("remunerations"), ids=lambda row: row["id"])
def test_every_published_row_opens_with_its_source(row: dict) -> None:
    widget = HourlyPay(row["id"])
    assert data.source(row["source_id"]).url in json.dumps(widget.donnees["sources"], ensure_ascii=False)
    assert data.source(row["source_id"]).label in widget.text()
    assert {**Inputs().__dict__, "remuneration": ""}.keys() == widget.saisie.keys()
