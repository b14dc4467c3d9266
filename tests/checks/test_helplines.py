"""Is a wrong or unknown number found where it is written, and a promise that no page attests?"""

from __future__ import annotations

import pytest

from mallette import helplines
from mallette.checks import helplines as checks
from mallette.faults import Fault
from mallette.paths import Project

NB = "\u00a0"
WRONG = [
    ("Victimes : 116 006.", "se coupe"),
    ("Le 0800 23 13 13 répond.", "0800 23 13 13"),
    ("Drogues Info Service, 0.800.23.13.13.", "0.800.23.13.13"),
    ("Composez le 31 14.", "31 14"),
    ("Appelez le 118.", "n’est pas dans"),
    ("Un numéro national : 3040.", "n’est pas dans"),
    ("Appelez le 01 99 00 12 34.", "n’est pas dans"),
    ("Écoute Alcool est un service gratuit.", "Écoute Alcool"),
    ("Le 119, anonyme, répond.", "Allô enfance"),
    ("Ces lieux sont gratuits.", "de tous à la fois"),
    ("Des lignes d’écoute anonymes.", "de tous à la fois"),
]
RIGHT = [
    f"Victimes : 116{NB}006.",
    "Le 15, le 17 ou le 112.",
    "Appelez le 119.",
    "L’appel du 18 juin.",
    "Le numéro du 2021 est sorti.",
    "Drogues Info Service est gratuit et anonyme.",
    "Un stage gratuit.",
    "Le loyer est de 3 114 € et la ligne 12 passe là.",
    "Un soin gratuit et anonyme.",
    "L’article L3421-1 et le 222-37.",
    "En 2014, 112 usagers sur 4 000.",
]


def _faults(course: Project, text: str) -> list[Fault]:
    return checks.faults_in(f"Titre.\n\n{text}\n", "page.md", helplines.load(course))


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_a_number_that_is_not_of_the_file_is_found(course: Project, text: str, told: str) -> None:
    (fault,) = _faults(course, text)
    assert fault.line == 3 and told in fault.message and fault.remedy


@pytest.mark.parametrize("text", RIGHT)
def test_what_the_file_says_and_other_numbers_pass(course: Project, text: str) -> None:
    assert _faults(course, text) == []


def test_pages_tables_units_and_roles_are_compared(small_course: Project, replace_in) -> None:
    unit = small_course.modules / "1-essai"
    replace_in(unit / "module.md", "  minutes: 60", "  lignes: [samo]\n  minutes: 60")
    replace_in(unit / "module.md", "Du texte.", "Voyez {ligne}`samuu`.\n\n```{lignes} samu droge\n```")
    replace_in(unit / "quiz.yml", "Il pleut.", "Appelez le 118.")
    found = sorted(checks.check(small_course))
    assert [(fault.file, fault.line) for fault in found] == [
        ("modules/1-essai/module.md", 7),
        ("modules/1-essai/module.md", 15),
        ("modules/1-essai/module.md", 17),
        ("modules/1-essai/quiz.yml", 6),
    ]
    assert "samu" in found[0].remedy and "drogues" in found[2].remedy


def test_an_expression_calls_for_its_word_and_its_line(small_course: Project, replace_in) -> None:
    module = small_course.modules / "1-essai" / "module.md"
    replace_in(module, "Du texte.", "Une overdose. On recrute par\nune annonce en ligne.")
    told = [fault.message for fault in checks.check(small_course)]
    assert len(told) == 2 and "naloxone" in told[0] and "numerique" in told[1]
    replace_in(module, "Une overdose.", "Une overdose, et la naloxone.")
    replace_in(module, "  minutes: 60", "  lignes: [numerique]\n  minutes: 60")
    assert checks.check(small_course) == []
