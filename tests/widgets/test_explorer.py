"""The prevalence explorer in a notebook, and what of it is printed."""

from __future__ import annotations

import html

import pytest

from mallette import data
from mallette.french import number, percent
from mallette.widgets import PrevalenceExplorer
from mallette.widgets.explorer import MAX_PRODUCTS, explorer_rows


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"produits": ["kanabis"]}, "« cannabis »"),
        ({"par": "region"}, "« temps »"),
        ({"annee": 1999}, "2014"),
        ({"produits": ["ketamine"]}, "par='temps'"),
        ({"produits": ["alcool"], "indicateur": "annee"}, "experimentation"),
    ],
)
def test_a_wrong_choice_is_refused_and_says_what_exists(arguments: dict, said: str) -> None:
    with pytest.raises(ValueError, match="Valeur inconnue|Nos données n’ont aucune valeur") as error:
        PrevalenceExplorer(**arguments)
    assert said in str(error.value).replace("\u00a0", " ")


def test_too_many_products_are_refused() -> None:
    codes = sorted({row["produit"] for row in explorer_rows()})[: MAX_PRODUCTS + 1]
    with pytest.raises(ValueError, match="de 1 à 6 produits"):
        PrevalenceExplorer(codes, annee=2014)


def test_the_version_without_javascript_holds_every_value_and_its_source() -> None:
    widget = PrevalenceExplorer(["cocaine"], annee=2014)
    page = widget.fallback_html()
    rows = [
        row
        for row in explorer_rows()
        if (row["produit"], row["indicateur"], row["annee"]) == ("cocaine", "experimentation", 2014)
        and row["champ"] == "18-64 ans"
        and row["sexe"] == "ensemble"
        and row["age"] != "ensemble"
    ]
    assert rows
    for row in rows:
        assert f"<td>{percent(row['valeur'])}</td><td>{number(row['n'])}</td>" in page
    (figure,) = widget.figures()
    assert f'alt="{html.escape(figure.alt)}"' in page
    assert "<details open>" in page, "a closed table is not printed"
    assert html.escape(data.source("TAT_2016").label) in page
    assert figure.source_line in widget.text()
    assert percent(rows[0]["valeur"]) in widget.text()


def test_what_is_printed_follows_the_view() -> None:
    widget = PrevalenceExplorer(["cannabis", "ketamine"], annee=2014)
    (by_age,) = widget.figures()
    assert "Kétamine" not in by_age.text(), "nothing is published for it at this date"
    widget.vue = {**widget.vue, "par": "sexe"}
    (by_sex,) = widget.figures()
    assert {line[1] for line in by_sex.table.rows} == {"Femmes", "Hommes"}
    widget.vue = {**widget.vue, "par": "temps", "champs": ["17 ans", "18-64 ans"]}
    titles = [figure.title for figure in widget.figures()]
    assert len(titles) == 2, "one figure for each population"
    assert sorted("17 ans" in title for title in titles) == [False, True]
    page = widget.fallback_html()
    assert len(set(ids := [part.split('"')[0] for part in page.split(' id="')[1:]])) == len(ids)
