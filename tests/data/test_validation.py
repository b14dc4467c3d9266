"""A trainer who breaks a table is told where, what and how to mend it; never a traceback, never a false alarm."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from mallette.data.validation import validate
from mallette.faults import Fault
from mallette.paths import Project
from tests.conftest import ROOT

CASES = Path(__file__).resolve().parents[1] / "cas" / "donnees"
BROKEN = sorted(folder for folder in CASES.iterdir() if (folder / "attendu.yml").is_file())


def plain(text: str) -> str:
    """Return ``text`` with ordinary spaces: the expected texts are typed by hand."""
    return " ".join(text.split())


def test_a_sound_package_has_no_fault(course: Project):
    assert validate(course) == []


@pytest.mark.parametrize("case", BROKEN, ids=lambda folder: folder.name)
def test_a_broken_package_gives_exactly_the_expected_faults(course: Project, case: Path):
    expected = yaml.safe_load((case / "attendu.yml").read_text(encoding="utf-8"))
    for path in case.iterdir():
        if path.name != "attendu.yml":
            shutil.copy(path, course.data / path.name)
    for name in expected.get("absents", []):
        (course.data / name).unlink()

    faults = validate(course)

    assert [(fault.file, fault.line) for fault in faults] == [
        (f["fichier"], f["ligne"]) for f in expected["defauts"]
    ], "\n".join(map(str, faults))
    for fault, wanted in zip(faults, expected["defauts"], strict=True):
        assert plain(wanted["dit"]) in plain(fault.message)
        assert fault.remedy, "a fault says how to mend the file"


def test_a_fault_names_the_cell_the_rule_and_the_remedy(course: Project):
    path = course.data / "prevalences.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",7.3,", ',"7,3",'), encoding="utf-8")

    assert validate(course) == [
        Fault(
            "data/prevalences.csv",
            3,
            "colonne «\u00a0valeur_pct\u00a0»\u00a0: «\u00a07,3\u00a0» n’est pas un nombre",
            "écrivez le nombre avec un point décimal\u00a0: 7.3",
        )
    ]


def test_every_bad_cell_is_told_however_many_there_are(course: Project):
    """A table of a thousand bad lines is told whole."""
    path = course.data / "contexte_marche.csv"
    header, line, *_ = path.read_text(encoding="utf-8").splitlines()
    bad = line.replace("2017,", "{},").replace("2700", "beaucoup")
    lines = [bad.format(1990 + i % 40).replace("impact", f"impact {i}") for i in range(1200)]
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")

    assert sum("beaucoup" in fault.message for fault in validate(course)) == 1200


def test_columns_may_come_in_any_order(course: Project):
    from mallette import data

    before = data.rows("champs", course)
    path = course.data / "champs.csv"
    lines = [line.split(",", 1) for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("".join(f"{rest},{code}\n" for code, rest in lines), encoding="utf-8")

    assert validate(course) == []
    assert data.rows("champs", course) == before


def test_the_package_is_valid_for_the_readers_of_table_schema():
    """What others publish from it reads it with frictionless; the kit itself does without."""
    from frictionless import Package

    assert Package(str(ROOT / "data" / "datapackage.json")).validate().flatten(["type", "note"]) == []
