"""Tables are read with the types of their schema, without pandas unless a DataFrame is asked for."""

from __future__ import annotations

import datetime
import subprocess
import sys

import pytest

from mallette import data
from mallette.faults import ContentError
from mallette.paths import Project

CANNABIS = {"annee": 2014, "produit": "cannabis", "indicateur": "experimentation", "champ": "18-64 ans"}


def test_cells_have_the_types_of_the_schema(course: Project):
    row = data.rows("prevalences", course)[0]
    assert (row["annee"], row["valeur_pct"], row["serie"], row["avertissement"]) == (2014, 42.0, True, None)
    assert [type(row[name]) for name in ("annee", "valeur_pct", "serie", "effectif")] == [int, float, bool, int]
    assert data.rows("smic", course)[0]["date_effet"] == datetime.date(2024, 1, 1)


def test_a_missing_number_is_missing_not_zero(course: Project):
    missing = [row["effectif"] for row in data.rows("effectifs_usagers", course) if row["statut"] == "non_disponible"]
    assert missing == [None, None, None]
    assert data.load("effectifs_usagers", course)["effectif"].isna().sum() == 3


def test_rows_are_copies(course: Project):
    data.rows("champs", course)[0]["code"] = "abîmé"
    assert data.rows("champs", course)[0]["code"] == "18-64 ans"


def test_an_edited_table_is_read_again(course: Project):
    assert data.lookup("champs", {"code": "17 ans"}, "age_min", course) == 17
    path = course.data / "champs.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",17,17,", ",16,17,"), encoding="utf-8")
    assert data.lookup("champs", {"code": "17 ans"}, "age_min", course) == 16


@pytest.mark.parametrize(
    ("table", "column", "expected"),
    [
        ("prevalences", "effectif", "Int64"),
        ("prevalences", "annee", "Int64"),
        ("prevalences", "valeur_pct", "float64"),
        ("prevalences", "serie", "boolean"),
        ("prevalences", "note", "string"),
        ("cadre_legal", "date_fin", "datetime64[ns]"),
    ],
)
def test_data_frames_have_nullable_types(course: Project, table: str, column: str, expected: str):
    assert str(data.load(table, course)[column].dtype).startswith(expected)


def test_importing_the_module_does_not_import_pandas():
    code = "import sys, mallette.data; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_lookup_returns_the_only_value(course: Project):
    assert data.lookup("prevalences", CANNABIS | {"age": "ensemble"}, "valeur_pct", course) == 42.0
    assert (
        data.lookup("prevalences", {"produit": "poppers", "effectif": 13039, "age": "ensemble"}, "valeur_pct", course)
        == 7.3
    )
    assert data.lookup("smic", {"date_effet": datetime.date(2024, 11, 1)}, "smic_horaire_brut", course) == 11.88


def test_lookup_does_not_mind_kinds_of_space(course: Project):
    """The tables hold no-break spaces that nobody types."""
    where = {"dispositif": "TAPAJ", "public": "jeunes en errance, 18-25 ans"}
    assert data.lookup("comparateurs", where, "montant", course) == 10


@pytest.mark.parametrize(
    ("table", "where", "column", "said"),
    [
        ("prevalence", {}, "valeur_pct", ["prevalence", "tables connues", "prevalences", "smic"]),
        ("smic", {"jour": 1}, "texte", ["pas de colonne", "jour", "date_effet"]),
        ("smic", {}, "net", ["pas de colonne", "net"]),
        ("prevalences", {"produit": "absinthe"}, "valeur_pct", ["aucune ligne", "produit = absinthe"]),
        ("prevalences", {"produit": "cannabis", "age": "17"}, "valeur_pct", ["2 lignes", "précisez", "serie"]),
    ],
)
def test_lookup_says_in_french_why_it_cannot_answer(course: Project, table, where, column, said):
    with pytest.raises(LookupError) as caught:
        data.lookup(table, where, column, course)
    for words in said:
        assert words in str(caught.value)


def test_a_source_has_a_label_and_an_address(course: Project):
    source = data.source("ANPM_2018", course)
    assert source.label.startswith("ANPM") and source.label.endswith("2018")
    assert source.url.startswith("https://")
    assert data.source("TAT_2016", course).url == ""
    with pytest.raises(LookupError, match="AILLEURS"):
        data.source("AILLEURS", course)


def test_a_broken_table_raises_its_faults_all_at_once(course: Project):
    path = course.data / "champs.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",64,", ",soixante-quatre,"), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        data.rows("champs", course)
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [
        ("data/champs.csv", 2),
        ("data/champs.csv", 5),
    ]


def test_a_missing_table_is_a_content_error(course: Project):
    (course.data / "smic.csv").unlink()
    with pytest.raises(ContentError, match="data/smic.csv"):
        data.load("smic", course)
