"""Are the fiches-actions read whole, and is each defect told with its line, in words that mend it?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from mallette import checks
from mallette.faults import ContentError, Fault
from mallette.fiches import collection
from mallette.paths import Project

Replace = Callable[[Path, str, str], None]
SANTAL = "    slug: 4-santal\n"


def told(course: Project) -> list[Fault]:
    """Return what is wrong with the fiches-actions of a course."""
    return checks.faults_of(partial(collection.check, course), "")


CASES = [
    # What is written, what a person leaves in its place, what the message holds.
    (SANTAL, "    slug: 4-Santal\n", "n’est pas un nom court"),
    (SANTAL, "    slug: santal\n", "ne commence pas par le numéro"),
    ("  - numero: 4\n", "  - numero: 7\n", "le numéro est 7, la fiche est à la place 4"),
    ('    titre: "Santal"\n', '    titre: ""\n', "texte vide"),
    ("    publics: [proches, habitants, proximite]\n", "    publics: [proche, habitants, proximite]\n", "« proche »"),
    ("    publics: [proches, habitants, proximite]\n", "    publics: [proches, proches]\n", "cité deux fois"),
    ('tend les rapports.", de: theme-5}', 'tend les rapports.", de: theme-55}', "« theme-55 »"),
    ("cle: ROCHE_2008", "cle: ROCHE_2080", "clé de citation inconnue"),
    ('origine: rapport, raison: "la fiche nomme', 'origine: report, raison: "la fiche nomme', "valeur inconnue"),
    ("    modules: [5, 6]\n", "    modules: [cinq]\n", "on attend ici un nombre entier"),
    ('"Lancée en 2012."', '"Lancée en **2012**."', "balisage"),
    ('"Lancée en 2012."', '"Lancée en 2012, ecrire a nom@example.org."', "adresse électronique"),
    ('"Lancée en 2012."', "", "valeur vide"),
    ('  trend: "TREND', '  jamais: "Personne"\n  trend: "TREND', "ne sert à aucune fiche"),
]


@pytest.mark.parametrize(("old", "new", "words"), CASES, ids=[case[2] for case in CASES])
def test_a_defect_is_told_on_its_line(small_course: Project, replace_in: Replace, old: str, new: str, words: str):
    before = small_course.fiches.read_text(encoding="utf-8")
    line = before[: before.index(old)].count("\n") + 1
    replace_in(small_course.fiches, old, new)
    (fault,) = told(small_course)
    assert (fault.file, fault.line) == ("data/fiches-actions.yml", line)
    assert words in fault.message.replace("\u00a0", " ")
    assert fault.remedy


def test_a_missing_field_names_the_fiche_and_says_what_to_write(small_course: Project, replace_in: Replace):
    replace_in(small_course.fiches, '    lieu: "Centre social La Castellane, Marseille."\n', "")
    (fault,) = told(small_course)
    assert "5-parcours-sante-jeunes" in fault.message and "lieu" in fault.message
    assert "Non précisé" in fault.remedy


def test_all_defects_come_at_once_and_nothing_is_loaded(small_course: Project, replace_in: Replace):
    for old, new, _ in (CASES[5], CASES[6], CASES[7]):
        replace_in(small_course.fiches, old, new)
    with pytest.raises(ContentError) as caught:
        collection.load(small_course)
    assert len(caught.value.faults) == 3


def test_an_unreadable_file_is_told(small_course: Project):
    small_course.fiches.write_text("titre: a : b\n", encoding="utf-8")
    assert "YAML illisible" in told(small_course)[0].message
    small_course.fiches.write_text("", encoding="utf-8")
    assert "vide" in told(small_course)[0].message


def test_the_eleven_fiches_of_the_report_are_there_with_what_is_known(course: Project):
    fiches = collection.load(course)
    assert [fiche.number for fiche in fiches.fiches] == [*range(1, 12)]
    named = {fiche.slug for fiche in fiches.fiches if any(logic.by_report for logic in fiche.logics)}
    assert named == {"7-reduction-des-risques", "8-gestion-des-traces", "9-soutien-aux-proches"}, (
        "le rapport ne rattache lui-même que ces trois fiches à une logique"
    )
    assert fiches.fiche("8-gestion-des-traces").period == "Non précisée.", "une date inconnue ne s’invente pas"
    assert all(fiche.unknown for fiche in fiches.fiches), "aucune fiche ne donne de budget : chacune doit le dire"


def test_a_fiche_that_does_not_exist_gets_a_suggestion(course: Project):
    with pytest.raises(LookupError, match="4-santal"):
        collection.load(course).fiche("4-santale")
