"""The published tables of the TAT report, cell by cell.

The two tables below were typed from the report (Transverscité, June 2016); they are independent of ``data/``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from mallette import data
from mallette.french import number
from mallette.paths import Project
from mallette.prevalence import wilson

COURSE = Project(Path(__file__).resolve().parents[2])

TABLE_1 = """
                cannabis  cocaine  mdma_ecstasy  heroine  alcool    tabac
experimentation 17000000  2200000  1700000       600000   46900000  38200000
annee           4600000   450000   400000        //       42800000  16000000
regulier        1400000   //       //            //       8700000   13300000
quotidien       700000    //       //            //       4600000   13300000
"""
"""Tableau 1: users among people aged 11 to 75, metropolitan France."""

TABLE_2 = """
                                            ensemble 18-25 26-34 35-44 45-54 55-64 hommes femmes
effectifs                                   13039    1809  2271  3021  3048  2890  6127   6912
alcool                     experimentation  95       92    93    95    97    98    97     94
tabac                      experimentation  82       79    82    81    83    83    86     78
cannabis                   experimentation  42       54    59    47    35    19    50     33
poppers                    experimentation  7.3      11.7  11.5  8.2   5.7   1.1   9.9    4.7
cocaine                    experimentation  5.6      7.1   10.2  6.4   4.2   1.4   8.3    3.1
champignons_hallucinogenes experimentation  4.8      6.6   8.4   5.4   3.2   1.3   6.8    2.8
mdma_ecstasy               experimentation  4.3      7.0   8.4   5.3   1.9   0.2   6.1    2.5
colles_solvants            experimentation  2.2      2.5   2.5   2.8   2.9   0.5   3.1    1.4
lsd                        experimentation  2.6      3.3   3.9   3.1   2.1   1.2   4.2    1.2
amphetamines               experimentation  2.3      2.9   3.6   2.2   1.8   1.3   3.4    1.3
heroine                    experimentation  1.5      1.3   1.8   1.7   2.2   0.6   2.5    0.6
alcool                     regulier         17       12    14    15    17    24    26     8
tabac                      quotidien        32       37    36    35    32    20    36     27
cannabis                   regulier         3        8     5     3     1     0     5      2
"""
"""Tableau 2 (experimentation) and the table after it (regular and daily use): percent of people aged 18 to 64, 2014."""


def cells_of_table_1() -> list[tuple[str, str, str]]:
    header, *lines = [line.split() for line in TABLE_1.strip().splitlines()]
    return [(line[0], product, text) for line in lines for product, text in zip(header, line[1:], strict=True)]


def cells_of_table_2() -> list[tuple[str, str, str, float, int]]:
    header, counts, *lines = [line.split() for line in TABLE_2.strip().splitlines()]
    return [
        (product, indicator, group, float(text), int(count))
        for product, indicator, *values in lines
        for group, text, count in zip(header, values, counts[1:], strict=True)
    ]


@pytest.mark.parametrize(("indicator", "product", "text"), cells_of_table_1())
def test_table_1_of_the_tat_report(indicator: str, product: str, text: str):
    where = {"source_id": "TAT_2016", "annee": 2014, "champ": "11-75 ans", "produit": product, "indicateur": indicator}
    expected = (None, "non_disponible") if text == "//" else (int(text), "publie")
    found = tuple(data.lookup("effectifs_usagers", where, column, COURSE) for column in ("effectif", "statut"))
    assert found == expected
    territory = data.lookup("effectifs_usagers", where, "territoire", COURSE)
    assert territory == "France métropolitaine"


@pytest.mark.parametrize(("product", "indicator", "group", "value", "count"), cells_of_table_2())
def test_table_2_of_the_tat_report(product: str, indicator: str, group: str, value: float, count: int):
    sex, age = (group, "ensemble") if group in ("hommes", "femmes") else ("ensemble", group)
    where = {
        "source_id": "TAT_2016",
        "annee": 2014,
        "champ": "18-64 ans",
        "produit": product,
        "indicateur": indicator,
        "sexe": sex,
        "age": age,
    }
    assert data.lookup("prevalences", where, "valeur_pct", COURSE) == value
    # The report gives the number of people asked for the first table only.
    published = count if indicator == "experimentation" else None
    assert data.lookup("prevalences", where, "effectif", COURSE) == published


def test_the_report_is_read_whole_and_nothing_is_added_to_its_tables():
    rows = [
        row
        for row in data.rows("prevalences", COURSE)
        if row["source_id"] == "TAT_2016" and row["champ"] == "18-64 ans" and row["indicateur"] != "usage_problematique"
    ]
    assert len(rows) == len(cells_of_table_2())
    rows = [
        row for row in data.rows("effectifs_usagers", COURSE) if row["edition"].startswith("Drogues, chiffres clés, 6e")
    ]
    assert len([row for row in rows if row["source_id"] == "TAT_2016"]) == len(cells_of_table_1())


@pytest.mark.parametrize(
    ("page", "share", "size", "step", "said"),
    [
        ("seminaires/1-recours-aux-drogues/chapitre.md", 54, 1809, "unite", "entre {} et {}"),
        ("seminaires/1-recours-aux-drogues/chapitre.md", 42, 13039, "unite", "entre {} et {}"),
        ("seminaires/1-recours-aux-drogues/chapitre.md", 1.3, 1809, "dixieme", "entre {} et {}"),
        ("annexes/donnees.md", 54, 1809, None, "{} à {}"),
        ("annexes/donnees.md", 54, 1809, "unite", "{} à {}"),
    ],
)
def test_the_intervals_of_the_text_are_those_of_the_explorer(page, share, size, step, said):
    text = " ".join((COURSE.book / page).read_text(encoding="utf-8").split())
    assert said.format(*(number(end, 1) for end in wilson(share, size, step))) in text


def test_wage_rows_give_consistent_net_hourly_pay():
    """Net hourly pay is the simulated monthly pay over 35 × 52 ÷ 12 hours, to the cent."""
    for row in data.rows("smic", COURSE):
        assert row["smic_horaire_net_approx"] == pytest.approx(
            row["smic_mensuel_net_simule"] * 12 / (35 * 52), abs=0.0051
        )
        assert row["smic_mensuel_brut_35h"] == pytest.approx(row["smic_horaire_brut"] * 35 * 52 / 12, abs=0.02)
