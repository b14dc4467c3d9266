"""A quiz that can be answered without being read is told; one that cannot is left alone."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from mallette import checks
from mallette.checks import guessing
from mallette.grading import assignment
from mallette.paths import Project
from mallette.quiz import blind
from tests.grading.copies import ESSAI

WORDS = ("le", "la", "une", "jour", "hall", "rue", "ami", "prix", "soir", "mois", "ville", "argent", "travail", "dette")
LOT = random.Random()


@pytest.fixture(autouse=True)
def same_lot() -> None:
    LOT.seed(9)


def text(length: int) -> str:
    words = LOT.choices(WORDS, k=40)
    return " ".join(words)[:length].strip().capitalize() + f" {LOT.randrange(10**6)}"


def statement(number: int, answer: str) -> dict:
    return {
        "id": f"affirmation-{number}",
        "type": "vrai_faux",
        "objectif": "o1",
        "enonce": text(60),
        "reponse": answer,
        "explications": {"vrai": "a", "faux": "b"},
    }


def choice(number: int, right: set[int], lengths: list[int], kind: str = "choix_unique") -> dict:
    choices = [
        {"texte": text(length), "explication": "a", **({"juste": True} if place in right else {})}
        for place, length in enumerate(lengths)
    ]
    return {"id": f"choix-{number}", "type": kind, "objectif": "o1", "enonce": text(40), "choix": choices}


def judgement(number: int, position: int) -> dict:
    return {
        "id": f"jugement-{number}",
        "type": "concordance",
        "objectif": "o1",
        "enonce": "a",
        "situation": "a",
        "hypothese": "a",
        "information": "a",
        "lecture": {"position": position},
        "explications": ["a"] * 5,
    }


def lengths(longest: int | None = None) -> list[int]:
    drawn = [LOT.randrange(20, 60) for _ in range(4)]
    if longest is not None:
        drawn[longest] = 90
    return drawn


def places(count: int) -> list[int]:
    """Return places of right answers, each as often as another, in no order."""
    return LOT.sample([number % 4 for number in range(count)], count)


def write(path: Path, questions: list[dict]) -> None:
    """Write a bank of which question ``n`` is on line ``n + 3``."""
    lines = ",\n".join(json.dumps(question, ensure_ascii=False) for question in questions)
    path.write_text(f'{{"titre": "Essai", "questions":\n[\n{lines}\n]}}\n', encoding="utf-8")


@pytest.fixture
def faults_of(small_course: Project) -> Callable[[list[dict]], list]:
    def check(questions: list[dict]) -> list:
        write(small_course.modules / "1-essai" / "quiz.yml", questions)
        assert checks.unit_faults(checks.units(small_course)[0]) == [], "seule la règle essayée doit mordre"
        return guessing.check(small_course)

    return check


GUESSED = {
    "« faux »": lambda: [statement(number, "faux") for number in range(12)],
    "« la réponse la plus longue »": lambda: [
        choice(number, {place}, lengths(place)) for number, place in enumerate(places(8))
    ],
    "« la première réponse »": lambda: [choice(number, {0}, lengths()) for number in range(10)],
    "« ni la première réponse ni la dernière »": lambda: [
        choice(number, {1 + number % 2}, lengths()) for number in range(16)
    ],
    "« toutes les cases »": lambda: [
        choice(number, {0, 1, 2, 3} - {place}, lengths(), "choix_multiple") for number, place in enumerate(places(16))
    ],
    "« moins plausible (−2 ou −1) »": lambda: [judgement(number, -1 - number % 2) for number in range(12)],
}


@pytest.mark.parametrize("name", GUESSED)
def test_a_bank_that_is_guessed_is_told_with_what_carries_it(faults_of: Callable, name: str) -> None:
    questions = GUESSED[name]()
    told = [
        fault
        for fault in faults_of(questions)
        if name.replace(" »", "\u00a0»").replace("« ", "«\u00a0") in fault.message
    ]
    assert len(told) == 1
    assert (told[0].file, told[0].line) == ("modules/1-essai/quiz.yml", 3)
    assert f"{questions[0]['id']} (ligne 3), {questions[1]['id']} (ligne 4)" in told[0].message
    assert told[0].remedy


def test_a_balanced_bank_and_one_too_short_to_tell_are_left_alone(faults_of: Callable) -> None:
    right = [{place, (place + 1 + number % 3) % 4} for number, place in enumerate(places(12))]
    questions = [
        *(statement(number, "vrai" if number % 2 else "faux") for number in range(12)),
        *(choice(number, {place}, lengths()) for number, place in enumerate(places(16))),
        *(choice(50 + number, boxes, lengths(), "choix_multiple") for number, boxes in enumerate(right)),
        *(judgement(number, (-2, -1, 1, 2, 0)[number % 5]) for number in range(15)),
    ]
    assert faults_of(questions) == []
    assert faults_of([statement(number, "faux") for number in range(3)]) == []


def test_a_habit_that_only_the_whole_course_shows_is_told_once_with_every_file(small_course: Project) -> None:
    for number in range(1, 5):
        folder = small_course.modules / f"{number}-essai"
        if number > 1:
            shutil.copytree(small_course.modules / "1-essai", folder)
        write(folder / "quiz.yml", [statement(rank, "faux") for rank in range(4)])
    (fault,) = guessing.check(small_course)
    assert fault.message.startswith("les quiz du cours")
    for number in range(1, 5):
        assert f"modules/{number}-essai/quiz.yml\u00a0: affirmation-0 (ligne 3)" in fault.message


def write_assignment(course: Project, name: str, asked: list[tuple[int, list[int]]]) -> None:
    """Write an assignment of single choices, from the place of the right answer and the lengths of all."""
    path = assignment.path(name, course)
    path.parent.mkdir(parents=True, exist_ok=True)
    held = yaml.safe_load(ESSAI.read_text(encoding="utf-8"))
    questions = [choice(number, {right}, sizes) for number, (right, sizes) in enumerate(asked)]
    for question, (_, sizes) in zip(questions, asked, strict=True):
        question |= {"titre": "Choisir", "points": 1}
        for letter, one, size in zip("abcd", question["choix"], sizes, strict=True):
            one["texte"] = letter * size
    held["questions"] = [*questions, held["questions"][-1]]
    path.write_text(yaml.safe_dump(held, allow_unicode=True), encoding="utf-8")
    assert assignment.check(name, course) == [], "seule la règle essayée doit mordre"


ALIKE = [9, 9, 9, 9]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("la troisième réponse", [(2, ALIKE)] * 3),
        ("la réponse la plus longue", [(0, [9, 5, 6, 7]), (3, [6, 7, 5, 9]), (1, [5, 9, 7, 6])]),
        ("la réponse la plus courte", [(0, [4, 5, 6, 7]), (3, [6, 7, 5, 4]), (1, [5, 4, 7, 6])]),
        ("", [(0, [9, 5, 6, 7]), (3, [9, 7, 5, 6]), (1, [5, 9, 7, 6])]),
        ("", [(1, ALIKE)] * 2),
    ],
)
def test_an_assignment_where_one_habit_earns_everything_is_told(small_course: Project, name: str, asked: list) -> None:
    write_assignment(small_course, "essai", asked)
    faults = guessing.check(small_course)
    assert len(faults) == bool(name)
    for fault in faults:
        assert fault.file == "exercices/devoirs/essai.yml"
        assert fault.message.startswith(f"ce devoir se devine sans lire\u00a0: «\u00a0{name}\u00a0»")
        assert "choix-0 (ligne " in fault.message and "choix-2 (ligne " in fault.message


def test_a_habit_of_all_assignments_together_is_told(small_course: Project) -> None:
    for rank in range(6):
        write_assignment(small_course, f"essai-{rank}", [(1, ALIKE)] * 2)
    faults = guessing.check(small_course)
    assert "«\u00a0la deuxième réponse\u00a0»" in faults[0].message
    assert {fault.message.split(" sans lire")[0] for fault in faults} == {"les devoirs du cours se devinent"}


def test_a_bank_with_another_defect_is_left_to_its_own_check(small_course: Project) -> None:
    path = small_course.modules / "1-essai" / "quiz.yml"
    write(path, [*(statement(number, "faux") for number in range(12)), choice(1, set(), lengths())])
    assert guessing.check(small_course) == []
    path.write_text("titre: [", encoding="utf-8")
    assert guessing.check(small_course) == []


def test_a_bank_that_a_panel_answered_is_played_like_another(small_course: Project) -> None:
    path = small_course.modules / "1-essai" / "quiz.yml"
    judged = judgement(1, 0)
    del judged["lecture"]
    judged["panel"] = {
        "reponses": [1, 2, 4, 3, 0],
        "effectif": 10,
        "origine": "éducateurs de rue",
        "date": "2026-03-12",
    }
    write(path, [*(statement(number, "faux") for number in range(12)), judged])
    # As « mallette panel » writes it: without quotes, which YAML reads as a day.
    path.write_text(path.read_text(encoding="utf-8").replace('"2026-03-12"', "2026-03-12"), encoding="utf-8")
    assert checks.unit_faults(checks.units(small_course)[0]) == []
    (fault,) = guessing.check(small_course)
    assert "« faux »".replace("« ", "«\u00a0").replace(" »", "\u00a0»") in fault.message


def test_the_table_shows_every_strategy_and_marks_those_that_are_told(
    small_course: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    write(small_course.modules / "1-essai" / "quiz.yml", [statement(number, "faux") for number in range(12)])
    assert blind.main([str(small_course.root)]) == 0
    lines = {line.split()[1]: line for line in capsys.readouterr().out.splitlines() if line.startswith("vrai_faux")}
    assert "signalée" in lines["faux"] and "100\u202f%" in lines["faux"]
    assert "signalée" not in lines["vrai"]
