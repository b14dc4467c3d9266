"""A document of a tool without a screen: an old file opens, time erases, two become one, people are noticed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent
TOOL = {"nom": "essai", **yaml.safe_load((HERE / "essai.yml").read_text(encoding="utf-8"))}
TOOL = json.loads(json.dumps(TOOL, default=str))
CORE, MERGE, PRIVACY = ("../../tools/" + name for name in ("core", "merge", "privacy"))


@pytest.fixture(scope="session")
def js(call_js: Callable) -> Callable:
    """Return ``js(module, function, *arguments)``."""
    return lambda module, function, *arguments: call_js(module, function, [list(arguments)])[0]


def opened(js: Callable, **changes: object) -> dict:
    """Return the document of the old file, its values changed."""
    found = js(CORE, "readFile", TOOL, (HERE / "essai-ancien.json").read_text(encoding="utf-8"))["document"]
    return {**found, "valeurs": {**found["valeurs"], **changes}}


def row(name: str, **cells: object) -> dict:
    return {"_": name, "jour": "", "besoin": "", "service": "", "fait": "", "heures": None, **cells}


def test_a_file_of_an_older_version_opens_and_loses_nothing(js: Callable):
    found = opened(js)
    values = found["valeurs"]
    assert values["objet"] == "Le hall" and "sujet" not in values  # a field that bears another name now
    assert values["recit"] == "12" and values["publics"] == ["Jeunes"] and values["axe"] == "Observer"
    assert values["lignes"][0]["fait"] == "Présence" and values["lignes"][0]["_"] == "r1"
    assert [line["point"] for line in values["verifications"]] == ["L’accord est écrit", "La relation existe"]
    assert dict(js(CORE, "unknown", TOOL, found)) == {
        "couleur": "un champ qui n’existe plus",
        "lignes, humeur": "calme",
    }
    again = js(CORE, "readFile", TOOL, json.dumps(found))["document"]
    assert again == found


def test_what_does_not_fit_is_kept_beside(js: Callable):
    lines = [{"_": "r1", "jour": "demain", "heures": "deux"}, {"jour": "2026-03-12", "heures": 1e300}, {"fait": "x"}]
    found = js(CORE, "upgraded", TOOL, {"valeurs": {"cout": "cher", "lignes": lines}, "id": None})
    rows = found["valeurs"]["lignes"]
    assert [(one["jour"], one["heures"]) for one in rows] == [("", None), ("2026-03-12", 1e300), ("", None)]
    assert dict(js(CORE, "unknown", TOOL, found)) == {
        "cout, illisible": "cher",
        "lignes, jour, illisible": "demain",
        "lignes, heures, illisible": "deux",
    }
    assert js(CORE, "upgraded", TOOL, found)["valeurs"] == found["valeurs"]
    assert len({one["_"] for one in rows}) == 3 and found["id"] != "null"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "illisible"),
        ("[1]", "autreFichier"),
        ("null", "autreFichier"),
        ('{"mallette": "outil", "format": 1, "outil": "autre", "valeurs": {}}', "autreOutil"),
        ('{"mallette": "outil", "format": 2, "outil": "essai", "valeurs": {}}', "plusRecent"),
        ('{"mallette": "outil", "format": 1, "outil": "essai", "valeurs": {"lignes": 3, "cout": "x"}}', None),
    ],
)
def test_a_file_that_is_no_document_is_named(js: Callable, text: str, fault: str | None):
    assert js(CORE, "readFile", TOOL, text).get("probleme") == fault


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [("2026-03-12", 6, "2026-09-12"), ("2026-08-31", 6, "2027-02-28"), ("2027-11-30", 3, "2028-02-29")],
)
def test_months_are_those_of_the_calendar(js: Callable, day: str, months: int, expected: str):
    assert js(CORE, "laterDay", day, months) == expected


def test_rows_go_once_their_time_is_over_and_only_their_number_is_noted(call_js: Callable, js: Callable):
    rows = [row("r1", jour="2026-01-10", fait="vieux"), row("r2", jour="2026-03-01"), row("r3", fait="sans date")]
    rows.append(row("r4", jour="0026-01-10", fait="une année de deux chiffres n’est pas une vieille ligne"))
    rows.append(row("r5", jour="9999-12-31", fait="un jour qui n’est pas venu non plus"))
    held = opened(js, lignes=rows)
    assert js(CORE, "expired", TOOL, held, "2026-07-10") == []  # six months to the day: not over yet
    assert [one["_"] for one in js(CORE, "expired", TOOL, held, "2026-07-11")] == ["r1"]
    assert js(CORE, "expired", TOOL, {**held, "mois": None}, "2030-01-01") == []


A = row("r1", besoin="Passer", service="Médiation", fait="Présence à 17 h", heures=2)
MERGES = {
    # My rows, the other's, what is chosen; services and texts of the rows of the document made of both.
    "la même": ([A], [A], {}, [("Médiation", "Présence à 17 h", 2)]),
    "une copie qui a changé": ([A], [{**A, "fait": "Présence à 18 h"}], {}, [("Médiation", "Présence à 17 h", 2)]),
    "l’autre est choisie": (
        [A], [{**A, "fait": "Présence à 18 h"}], {"lignes/r1": "autre"}, [("Médiation", "Présence à 18 h", 2)],
    ),
    "les deux sont gardées": (
        [A], [{**A, "fait": "Présence à 18 h"}], {"lignes/r1": "deux"},
        [("Médiation", "Présence à 17 h", 2), ("Médiation", "Présence à 18 h", 2)],
    ),
    "la même chose sous un autre nom": (
        [A], [{**A, "_": "x9", "service": " médiation ", "heures": None}], {}, [("Médiation", "Présence à 17 h", 2)],
    ),
    "une case vide prend l’autre": ([{**A, "heures": None}], [A], {}, [("Médiation", "Présence à 17 h", 2)]),
    "une case vide de l’autre prend la mienne": (
        [A], [{**A, "fait": "Présence à 18 h", "heures": None}], {"lignes/r1": "autre"},
        [("Médiation", "Présence à 18 h", 2)],
    ),
    "deux services répondent au même besoin": (
        [A], [row("x1", besoin="Passer", service="Bailleur", fait="Éclairage")], {},
        [("Médiation", "Présence à 17 h", 2), ("Bailleur", "Éclairage", None)],
    ),
    "une ligne vide ne compte pas": ([A, row("r2")], [row("x2")], {}, [("Médiation", "Présence à 17 h", 2)]),
    "deux fois la même clé chez l’autre": (
        [A], [{**A, "_": "x1"}, {**A, "_": "x2", "fait": "Relais"}], {},
        [("Médiation", "Présence à 17 h", 2), ("Médiation", "Relais", 2)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", MERGES.values(), ids=MERGES)
def test_two_documents_become_one(js: Callable, case: tuple):
    mine, theirs, chosen, expected = case
    found = js(MERGE, "merged", TOOL, opened(js, lignes=mine), opened(js, lignes=theirs), chosen)
    assert [(one["service"], one["fait"], one["heures"]) for one in found["lignes"]] == expected
    names = [one["_"] for one in found["lignes"]]
    assert len(set(names)) == len(names)


def test_a_field_left_empty_takes_what_the_other_says(js: Callable):
    mine, theirs = opened(js, objet="", axe="Prévenir"), opened(js, objet="Le parc", axe="Réparer", publics=[])
    assert js(MERGE, "merged", TOOL, mine, theirs, {})["objet"] == "Le parc"
    assert js(MERGE, "merged", TOOL, mine, theirs, {})["axe"] == "Prévenir"
    assert js(MERGE, "merged", TOOL, mine, theirs, {"axe": "autre"})["axe"] == "Réparer"
    assert js(MERGE, "merged", TOOL, mine, theirs, {"publics": "autre"})["publics"] == ["Jeunes"]
    told = js(MERGE, "compare", TOOL, mine, theirs)
    assert {one["champ"] for one in told["champs"]} == {"objet", "axe", "publics"}
    assert js(MERGE, "isSame", js(MERGE, "compare", TOOL, mine, mine)) is True


SEEN = {
    "Écrire à jeanne.martin@exemple.fr ce soir": ["courriel"],
    "appeler le 06 39 98 12 34": ["telephone"],
    "vu au 12 bis, rue des Lilas": ["adresse"],
    "Mme Martin a prévenu": ["nom"],
    "c’est Karim B. qui le dit": ["nom"],
    "la mère, Sonia Lopez, est venue": ["nom"],
    "Le Centre Social ouvre à 9 h, la Mission Locale aussi": [],
    "Médiatrice, Protection judiciaire de la jeunesse, CAARUD": [],
    "Depuis le 12 mars 2026, 17 h à 22 h, onze foyers sur seize": [],
    "": [],
}


@pytest.mark.parametrize("text", SEEN)
def test_what_looks_like_somebody_is_noticed(js: Callable, text: str):
    assert [one["genre"] for one in js(PRIVACY, "suspicions", text)] == SEEN[text]


def test_the_whole_document_is_looked_at(js: Callable):
    held = opened(js, lignes=[row("r1", fait="Mme Martin a prévenu")])
    held["titre"] = "Groupe de jeanne.martin@exemple.fr"
    assert {one["genre"] for one in js(PRIVACY, "suspicionsOf", held)} == {"nom", "courriel"}
