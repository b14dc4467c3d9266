"""Does each mark have its point, and is a refrain found?"""

from __future__ import annotations

import pytest

from mallette.checks import unverified
from mallette.paths import Project

BOX = "```{a-verifier} 2026-11-29\n- `a` Un point.\n```\n"


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("Un mot {verif}`b`, un autre {verif}`a`.\n\n" + BOX, 1, "n’a pas de point"),
        ("Un mot {verif}`a`.\n", 1, "n’a pas de point"),
        (BOX, 2, "aucune marque"),
        ("Un mot {verif}`a`.\n\n" + BOX + "\n" + BOX.replace(" Un point", " Encore"), 7, "deuxième boîte"),
        ("Un mot {verif}`a`.\n\n" + BOX.replace("2026-11-29", "novembre"), 3, "date de la boîte"),
        ("Un mot {verif}`a`.\n\n" + BOX.replace("Un point.", ""), 4, "vide"),
        ("Texte.\n\n```{a-verifier} 2026-11-29\n```\n", 3, "vide"),
        ("Le montant est à vérifier auprès d’un juriste.\n", 1, "à vérifier auprès d’un juriste"),
        ("Texte.\nUn délai : **à vérifier avec un avocat**.\n", 2, "à vérifier avec un avocat"),
        ("Sa portée se vérifie auprès\nd’un juriste.\n", 1, "se vérifie"),
        ("Un délai\u00a0: à vérifier.\n", 1, "à vérifier"),
        ("Un délai (à vérifier).\n", 1, "à vérifier"),
    ],
)
def test_a_defect_is_told_with_its_line(text: str, line: int, told: str) -> None:
    (fault,) = [fault for fault in unverified.faults_of(text, "page.md") if told in fault.message]
    assert fault.line == line and fault.remedy


@pytest.mark.parametrize(
    "text",
    [
        "Un mot {verif}`a` et encore {verif}`a`.\n\n" + BOX,
        "Un mot {verif}`a`.\n\n" + BOX.replace("Un point.", "À vérifier auprès d’un juriste."),
        "C’est une rumeur à vérifier, à plusieurs. Ces mots sont à vérifier. Reste à vérifier avec elle.",
    ],
)
def test_a_page_in_order_passes(text: str) -> None:
    assert unverified.faults_of(text, "page.md") == []


def test_a_quiz_a_deck_and_a_workshop_may_say_it_once(small_course: Project, replace_in) -> None:
    refrain = "À vérifier auprès d’un juriste."
    unit = small_course.modules / "1-essai"
    (small_course.slides / "1-essai.md").write_text(f"# Essai\n\n{refrain}\n", encoding="utf-8")
    replace_in(unit / "quiz.yml", "Il pleut.", refrain)
    assert unverified.check(small_course) == []
    replace_in(unit / "quiz.yml", "vrai: Oui.", f"vrai: {refrain}")
    replace_in(small_course.slides / "1-essai.md", refrain, f"{refrain}\n\n{refrain}")
    assert [(fault.file, fault.line) for fault in sorted(unverified.check(small_course))] == [
        ("modules/1-essai/quiz.yml", 9),
        ("slides/1-essai.md", 5),
    ]
