"""The evaluator's file of names: read as spreadsheets save it, each bad line told, never from inside the course."""

from __future__ import annotations

from pathlib import Path

import pytest

from mallette.faults import ContentError
from mallette.grading.documents import names
from mallette.grading.documents.names import Person
from mallette.paths import Project


@pytest.fixture
def course(tmp_path: Path) -> Project:
    (tmp_path / "cours").mkdir()
    return Project(tmp_path / "cours")


TEXT = "code;nom;structure\r\np4807;Zoé Éléonore;Foyer « L’Étape »\r\n\r\nP0012;Noé Œuvrard;\r\n"
PEOPLE = {"p4807": Person("Zoé Éléonore", "Foyer « L’Étape »"), "p0012": Person("Noé Œuvrard")}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_as_any_spreadsheet_saves_it(course, tmp_path, encoding):
    path = tmp_path / "noms.csv"
    path.write_bytes(TEXT.encode(encoding))
    assert names.load(path, course) == PEOPLE
    path.write_bytes(TEXT.replace(";", "\t").encode(encoding))
    assert names.load(path, course) == PEOPLE


def test_columns_may_change_places_and_the_structure_may_be_missing(course, tmp_path):
    path = tmp_path / "noms.csv"
    path.write_text("Nom,Code\nZoé,p4807\n", encoding="utf-8")
    assert names.load(path, course) == {"p4807": Person("Zoé")}


def test_each_bad_line_is_told_with_its_number(course, tmp_path):
    path = tmp_path / "noms.csv"
    path.write_text("code;nom\np4807;Zoé\n4807;Noé\np4807;Ana\np1234;\np9999;Léa;Foyer\n", encoding="utf-8")
    with pytest.raises(ContentError) as error:
        names.load(path, course)
    assert [fault.line for fault in error.value.faults] == [3, 4, 5, 6]
    assert all(fault.remedy for fault in error.value.faults)


@pytest.mark.parametrize("heads", ["", "p4807;Zoé\n", "code;prenom\n", "code;code;nom\n"])
def test_columns_without_their_names_are_refused(course, tmp_path, heads):
    path = tmp_path / "noms.csv"
    path.write_text(heads, encoding="utf-8")
    with pytest.raises(ContentError, match="colonnes"):
        names.load(path, course)


def test_a_file_inside_the_course_is_refused_even_behind_a_link(course, tmp_path):
    inside = course.root / "noms.csv"
    inside.write_text(TEXT, encoding="utf-8")
    link = tmp_path / "noms.csv"
    link.symlink_to(inside)
    for path in (inside, link, course.root / "absent.csv", course.root.parent / "cours" / ".." / "cours" / "noms.csv"):
        with pytest.raises(ContentError, match="se copie et se publie"):
            names.load(path, course)


def test_a_file_that_is_not_there_is_told(course, tmp_path):
    with pytest.raises(ContentError, match="introuvable"):
        names.load(tmp_path / "absent.csv", course)
