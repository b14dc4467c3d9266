"""Is a tool’s file read whole, and each defect told with its place? Does paper ask what the screen asks?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from mallette.faults import ContentError
from mallette.paths import Project
from mallette.tools import collection, paper
from mallette.tools.values import LONGEST, fields, problem

ESSAI = Path(__file__).with_name("essai.yml")


@pytest.fixture
def course(tmp_path: Path) -> Project:
    """A course with one page and one tool."""
    folder = tmp_path / "book" / "outils"
    folder.mkdir(parents=True)
    (tmp_path / "book" / "accueil.md").write_text("# Accueil\n", encoding="utf-8")
    shutil.copy(ESSAI, folder)
    return Project(tmp_path)


def test_a_tool_with_every_kind_of_field_and_view_has_no_fault(course: Project):
    assert collection.check(course) == []
    assert {field["type"] for field in fields(collection.tool("essai", course).data).values()} == {
        "texte", "long", "choix", "plusieurs", "date", "nombre", "fonction", "tableau"
    }  # fmt: skip


DEFECTS = [
    # What is written, what it becomes, words of the fault.
    ("id: recit,", "id: objet,", "deux champs portent l’identifiant « objet »"),
    ("type: choix, libelle: Axe, choix: [Prévenir, Réparer]", "type: choix, libelle: Axe", "il manque « choix »"),
    ("libelle: Récit", "libelle: Récit, unite: h", "un champ « long » n’a pas de « unite »"),
    ("cle: [besoin, service]", "cle: [besoin, servise]", "colonne inconnue « servise »"),
    (
        "choix-de: {tableau: besoins, colonne: besoin}",
        "choix-de: {tableau: besoin, colonne: besoin}",
        "tableau inconnu",
    ),
    ("date: jour, mois: [6", "date: fait, mois: [6", "la colonne « fait » n’est pas de genre « date »"),
    (
        "tableau: lignes, date: jour, texte: fait, champ: recit",
        "tableau: lignes, date: jour, texte: fait, champ: axe",
        "un brouillon s’écrit dans un champ « long »",
    ),
    ("liens: {Prévenir:", "liens: {Prévoir:", "« Prévoir » n’est pas une valeur du champ"),
    ("montre: [besoin, fait]", "montre: [besoin, faits]", "colonne inconnue « faits »"),
    (
        "page: book/accueil.md, texte: L’accueil}\nconservation",
        "page: book/rien.md, texte: x}\nconservation",
        "n’existe pas",
    ),
    ("jour: 2026-03-12", "jour: le 12 mars", "on attend une date"),
    ("heures: 2}", "heures: deux}", "on attend un nombre"),
    ("point: L’accord est écrit", "points: L’accord est écrit", "colonne inconnue « points »"),
    ("fixe: true\n", "fixe: vrai\n", "true ou false"),
    ("type: texte, libelle: Objet", "type: text, libelle: Objet", "valeur inconnue « text »"),
    ("aide: Tout peut rester vide.", "aide: Tout **peut** rester vide.", "balisage"),
    ("tableau: lignes, si: [{colonne: service, vide: true}], ", "tableau: lignes, ", "il manque « si »"),
]


@pytest.mark.parametrize(("old", "new", "words"), DEFECTS, ids=[words for _, _, words in DEFECTS])
def test_a_defect_is_told_with_its_line(course: Project, old: str, new: str, words: str):
    path = course.book / "outils" / "essai.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        collection.load(path, course)
    told = [fault for fault in caught.value.faults if words in fault.message]
    assert told and told[0].remedy, str(caught.value)
    line = text[: text.index(old)].count("\n") + 1
    assert any(abs(fault.line - line) <= 2 for fault in told), told
    assert [fault for fault in collection.check(course) if words in fault.message]


def test_two_tools_of_one_name_are_told(course: Project):
    other = course.modules / "1-essai" / "outils"
    other.mkdir(parents=True)
    shutil.copy(ESSAI, other)
    assert len([fault for fault in collection.check(course) if "s’appellent « essai »" in fault.message]) == 2


def test_an_unknown_tool_is_answered_with_a_close_one(course: Project):
    with pytest.raises(LookupError, match="essai"):
        collection.tool("esai", course)


def test_paper_asks_all_that_the_screen_asks(course: Project):
    tool = collection.tool("essai", course)
    sheet, text = paper.html(tool), paper.text(tool)
    for field in fields(tool.data).values():
        assert field["libelle"] in sheet and field["libelle"] in text
        for column in field.get("colonnes", ()):
            assert column["libelle"] in sheet
    assert "L’accord est écrit" in sheet and "☐\u00a0Jeunes" in sheet
    heads = BeautifulSoup(sheet, "html.parser").find_all("th")
    assert all(head.get_text(strip=True) for head in heads)  # a header without a word names nothing to who listens


VALUES = [
    ({"type": "texte"}, "x", True),
    ({"type": "texte"}, "x" * (LONGEST + 1), False),
    ({"type": "texte"}, 3, False),
    ({"type": "nombre"}, 3.5, True),
    ({"type": "nombre"}, None, True),
    ({"type": "nombre"}, True, False),
    ({"type": "nombre"}, float("nan"), False),
    ({"type": "date"}, "2026-02-30", False),
    ({"type": "date"}, "", True),
    ({"type": "plusieurs"}, ["a"], True),
    ({"type": "plusieurs"}, [["a"]], False),
    ({"type": "tableau", "colonnes": [{"id": "a", "type": "texte"}]}, [{"_": "r1", "a": "x"}], True),
    ({"type": "tableau", "colonnes": [{"id": "a", "type": "texte"}]}, [{"_": "../x", "a": "x"}], False),
    ({"type": "tableau", "colonnes": [{"id": "a", "type": "texte"}]}, [{"b": "x"}], False),
    ({"type": "tableau", "colonnes": [{"id": "a", "type": "texte"}]}, "x", False),
]


@pytest.mark.parametrize(("field", "value", "good"), VALUES)
def test_a_value_is_one_that_the_field_may_hold(field: dict, value: object, good: bool):
    assert (problem(field, value) == "") is good
