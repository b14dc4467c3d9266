"""Is a fault of a unit told with its file, its line and its remedy, and no other?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mallette.checks import unit_faults, unit_files
from mallette.paths import Project
from mallette.units import units

Replace = Callable[[Path, str, str], None]

CASES = [
    # file, text, its replacement, expected place, expected line, expected words
    ("module.md", "  minutes: 60\n", "", "modules/1-essai/module.md", 5, "il manque « minutes »"),
    (
        "module.md",
        "minutes: 60",
        "minutes: une heure",
        "modules/1-essai/module.md",
        7,
        "minutes : on attend ici un nombre entier",
    ),
    (
        "module.md",
        "{id: o1, texte: Essayer}",
        "{id: o1}",
        "modules/1-essai/module.md",
        10,
        "objectif « o1 » : il manque « texte »",
    ),
    (
        "module.md",
        "    - {id: o1, texte: Essayer}\n",
        "    - {id: o1, texte: A}\n    - {id: o1, texte: B}\n",
        "modules/1-essai/module.md",
        11,
        "deux objectifs",
    ),
    (
        "module.md",
        "    - {id: o1, texte: Essayer}\n",
        "    - {id: o1, texte: A}\n    - {id: o2, texte: B}\n",
        "modules/1-essai/module.md",
        11,
        "aucune question ne vérifie l’objectif",
    ),
    ("module.md", "public: [tout le monde]", "public: [tout le monde", "modules/1-essai/module.md", 9, "YAML"),
    ("formateur.md", "minutes: 40", "minutes: 45", "modules/1-essai/formateur.md", 3, "65 min"),
    ("formateur.md", "minutes: 20", "minutes: vingt", "modules/1-essai/formateur.md", 4, "étape « Accueil », minutes"),
    ("formateur.md", "```{deroule}\n```\n", "", "modules/1-essai/formateur.md", 0, "le déroulé"),
    ("formateur.md", "si quelqu’un est", "si un mineur est", "modules/1-essai/formateur.md", 0, "sort de la salle"),
    ("formateur.md", "```{questions}\n```\n", "Questions\n", "modules/1-essai/formateur.md", 0, "quels objectifs"),
    (
        "atelier.md",
        "# Atelier d’essai\n",
        "# Atelier d’essai\n\n```{note}\nA\n```\n",
        "modules/1-essai/atelier.md",
        8,
        "{note}",
    ),
    ("atelier.md", "# Atelier d’essai\n", "# Atelier {term}`drogue`\n", "modules/1-essai/atelier.md", 6, "{term}"),
    ("quiz.yml", "reponse: vrai", "reponse: peut-être", "modules/1-essai/quiz.yml", 8, "peut-être"),
]


def test_a_sound_unit_has_no_fault(small_course: Project) -> None:
    assert unit_faults(units(small_course)[0]) == []
    assert unit_files.check_course(small_course) == []


@pytest.mark.parametrize(("name", "old", "new", "place", "line", "words"), CASES, ids=[case[5] for case in CASES])
def test_a_fault_is_told_with_its_place(
    small_course: Project, replace_in: Replace, name: str, old: str, new: str, place: str, line: int, words: str
) -> None:
    unit = units(small_course)[0]
    replace_in(unit.folder / name, old, new)
    faults = unit_faults(unit)
    assert [(fault.file, fault.line) for fault in faults] == [(place, line)]
    assert words in faults[0].message
    assert faults[0].remedy


@pytest.mark.parametrize("name", ["quiz.yml", "formateur.md", "atelier.md"])
def test_a_missing_file_is_told(small_course: Project, name: str) -> None:
    unit = units(small_course)[0]
    (unit.folder / name).unlink()
    assert [fault.file for fault in unit_faults(unit)] == [f"modules/1-essai/{name}"]


def test_all_faults_are_told_at_once(small_course: Project, replace_in: Replace) -> None:
    unit = units(small_course)[0]
    replace_in(unit.chapter, "  resume: Une unité pour les tests.\n", "")
    replace_in(unit.chapter, "minutes: 60", "minutes: -1")
    unit.workshop.unlink()
    assert len(unit_faults(unit)) == 3


def test_a_deck_without_unit_and_a_unit_outside_the_contents_are_told(small_course: Project) -> None:
    (small_course.slides / "9-perdu.md").write_text("# Perdu\n", encoding="utf-8")
    small_course.toc.write_text("format: jb-book\nroot: modules/1-essai/atelier\n", encoding="utf-8")
    told = [(fault.file, fault.line) for fault in sorted(unit_files.check_course(small_course))]
    assert told == [("_toc.yml", 0), ("_toc.yml", 0), ("slides/9-perdu.md", 0)]


def test_sheets_and_the_plan_name_each_other(small_course: Project, replace_in: Replace) -> None:
    unit = units(small_course)[0]
    unit.sheets.write_text("# Fiches\n\n## Cartes de rôle\n\n## Oubliée\n", encoding="utf-8")
    replace_in(unit.trainer, "titre: Accueil}", "titre: Accueil, fiches: [Carte de rôle]}")
    told = {(fault.file, fault.line): fault for fault in unit_faults(units(small_course)[0])}
    place = "modules/1-essai/"
    assert set(told) == {(f"{place}formateur.md", 4), (f"{place}fiches.md", 3), (f"{place}fiches.md", 5)}
    assert "Cartes de rôle" in told[f"{place}formateur.md", 4].remedy
    replace_in(unit.trainer, "[Carte de rôle]", "[Cartes de rôle, Oubliée]")
    assert unit_faults(units(small_course)[0]) == []


def test_a_plan_may_name_a_sheet_of_all_units(small_course: Project, replace_in: Replace) -> None:
    unit = units(small_course)[0]
    replace_in(unit.trainer, "titre: Accueil}", "titre: Accueil, fiches: [Cartons]}")
    assert [fault.file for fault in unit_faults(units(small_course)[0])] == ["modules/1-essai/formateur.md"]
    small_course.common_sheets.parent.mkdir(parents=True, exist_ok=True)
    small_course.common_sheets.write_text("# Fiches\n\n## Cartons\n\n## Axe\n", encoding="utf-8")
    assert unit_faults(units(small_course)[0]) == []
