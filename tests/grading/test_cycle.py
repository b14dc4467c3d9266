"""The whole cycle: nobody gets points for nothing, nobody loses points for nothing, and nothing is lost on the way."""

from __future__ import annotations

import html
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mallette.checks import exercises
from mallette.grading import collect, erase, feedback, grade, gradebook, handin, state
from mallette.grading.assignment import Assignment, handed_out, load
from mallette.grading.gradebook import GradingError
from mallette.paths import Project
from tests.grading import copies


def points(course: Project, asked: Assignment, code: str) -> dict[str, float | None]:
    with gradebook.opened(course) as book:
        return {name: score.points for name, score in gradebook.scores(book, asked.name, code).items()}


def automatic(asked: Assignment) -> dict[str, float]:
    return {item.id: item.points for item in asked.items if not item.question.rubric}


def test_right_answers_earn_all_and_wrong_or_none_nothing(asked: Assignment, graded_course: Project) -> None:
    copies.hand_in(asked, graded_course, "p0001", copies.right(asked))
    copies.hand_in(asked, graded_course, "p0002", {item.id: copies.wrong(item) for item in asked.items})
    copies.hand_in(asked, graded_course, "p0003", {})
    grade.grade(asked, graded_course)
    waiting = {item.id: None for item in asked.texts}
    nothing = dict.fromkeys(automatic(asked), 0)
    assert points(graded_course, asked, "p0001") == {**automatic(asked), **waiting}
    assert points(graded_course, asked, "p0002") == {**nothing, **waiting}
    assert points(graded_course, asked, "p0003") == {**nothing, **waiting}


def test_nbgrader_itself_gives_the_same_points(asked: Assignment, graded_course: Project) -> None:
    """``nbgrader autograde`` and formgrader's button go through the same steps."""
    copies.hand_in(asked, graded_course, "p0001", {**copies.right(asked), "choix": 0, "plusieurs": [0]})
    grade.grade(asked, graded_course)
    ours = points(graded_course, asked, "p0001")
    run = [Path(sys.executable).with_name("nbgrader"), "autograde", asked.name, "--force"]
    subprocess.run(run, cwd=graded_course.exercises, check=True, capture_output=True)
    assert points(graded_course, asked, "p0001") == ours
    assert ours["plusieurs"] == 1


def test_a_second_grading_changes_nothing_and_a_new_key_tells_who_changes(
    asked: Assignment, graded_course: Project
) -> None:
    copies.hand_in(asked, graded_course, "p0001", copies.right(asked))
    copies.hand_in(asked, graded_course, "p0002", {"vf": "vrai"})
    assert grade.grade(asked, graded_course).graded == ["p0001", "p0002"]
    assert grade.grade(asked, graded_course).kept == ["p0001", "p0002"]

    path = graded_course.exercises / "devoirs" / "essai.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("reponse: faux", "reponse: vrai"), encoding="utf-8")
    changed = load("essai", graded_course)
    assert any("ne suit plus" in fault.message for fault in exercises.check(graded_course))
    with pytest.raises(GradingError, match="preparer"):
        grade.grade(changed, graded_course)
    copies.prepared(graded_course)
    outcome = grade.grade(changed, graded_course)
    assert outcome.changes == [grade.Change("p0001", "vf", 1, 0), grade.Change("p0002", "vf", 0, 1)]
    assert grade.grade(changed, graded_course).changes == []


def test_a_text_keeps_its_points_until_it_changes(asked: Assignment, graded_course: Project) -> None:
    copies.hand_in(asked, graded_course, "p0001", copies.right(asked))
    grade.grade(asked, graded_course)
    with gradebook.opened(graded_course) as book:
        gradebook.give(book, asked.name, "p0001", "ecrire", 2.5, "Bien.")
    copies.hand_in(asked, graded_course, "p0001", {**copies.right(asked), "vf": "vrai"})
    grade.grade(asked, graded_course)
    assert points(graded_course, asked, "p0001")["ecrire"] == 2.5
    copies.hand_in(asked, graded_course, "p0001", {**copies.right(asked), "ecrire": "Un autre texte."})
    grade.grade(asked, graded_course)
    assert points(graded_course, asked, "p0001")["ecrire"] is None


def test_collecting_says_what_it_leaves_and_keeps_the_latest(
    asked: Assignment, graded_course: Project, tmp_path: Path
) -> None:
    place = tmp_path / "copies reçues"
    place.mkdir()
    content = copies.typed(asked, graded_course, {"choix": "b"})
    for name in ("p0001_essai.ipynb", "copie de P0002 (1).ipynb", "Jeanne.ipynb"):
        (place / name).write_bytes(content)
    (place / "p0003.ipynb").write_bytes(b"")
    found = collect.collect(asked, graded_course, place)
    assert found.taken == ["p0001", "p0002"]
    assert [name for name, _ in found.told] == ["Jeanne.ipynb", "p0003.ipynb"]
    assert collect.collect(asked, graded_course, place).same == ["p0001", "p0002"]

    newer = place / "p0001_essai.ipynb"
    newer.write_bytes(copies.typed(asked, graded_course, {"choix": "a"}))
    assert collect.collect(asked, graded_course, place).taken == ["p0001"]
    newer.write_bytes(content)
    os.utime(newer, (0, 0))
    assert collect.collect(asked, graded_course, place).taken == []


def test_the_table_says_where_each_copy_is(asked: Assignment, graded_course: Project) -> None:
    copies.hand_in(asked, graded_course, "p0001", copies.right(asked))
    copies.hand_in(asked, graded_course, "p0002", copies.right(asked))
    grade.grade(asked, graded_course)
    gradebook.submitted(graded_course, asked.name, "p0002").unlink()
    copies.hand_in(asked, graded_course, "p0003", {})
    gradebook.submitted(graded_course, asked.name, "p0003").write_bytes(b"")
    held = state.table(asked, graded_course)
    assert {copy.code: copy.reason for copy in held.copies} == {
        "p0001": "",
        "p0002": state.NOTHING,
        "p0003": state.TO_GRADE,
    }
    assert grade.grade(asked, graded_course).refused == {"p0003": "le fichier est vide"}


def test_a_release_gives_nothing_away(asked: Assignment, graded_course: Project) -> None:
    text = handed_out(asked.name, graded_course).read_text(encoding="utf-8")
    for secret in (
        "HIDDEN TESTS",
        "SOLUTION",
        "GRILLE",
        "mallette.grading",
        "Vous avez divisé",
        "confond",
        "Ce chiffre existe",
    ):
        assert secret not in text
    assert handin.read(text.encode(), asked).answers == {}


def test_a_release_runs_without_the_kit(asked: Assignment, graded_course: Project) -> None:
    """Its code cells need nothing but Python: no package at all is there."""
    nb = json.loads(copies.typed(asked, graded_course, {"choix": "b", "lire-une-case": "10.2"}))
    code = "\n".join("".join(cell["source"]) for cell in nb["cells"] if cell["cell_type"] == "code")
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, encoding="utf-8")
    assert done.stderr == ""
    assert "Réponse 2\u00a0: «\u00a0b\u00a0»." in done.stdout
    assert "Réponse 3\u00a0: pas encore écrite." in done.stdout


def test_what_comes_back_says_points_answers_and_reasons(asked: Assignment, graded_course: Project) -> None:
    answers = {**copies.right(asked), "lire-une-case": 21.0, "ecrire": "<script>alert(1)</script>"}
    copies.hand_in(asked, graded_course, "p0001", answers)
    grade.grade(asked, graded_course)
    assert feedback.write(asked, graded_course) == ["p0001"]
    page = gradebook.feedback(graded_course, asked.name, "p0001").read_text(encoding="utf-8")
    shown = html.unescape(page)
    for told in (
        "Vous avez divisé.",
        "21\u202f%",
        "b. Les deux tableaux.",
        feedback.WAITS,
        "avant la lecture des textes",
    ):
        assert told in shown
    assert "<script" not in page
    assert "confond" not in shown
    assert "http" not in page


def test_erasing_leaves_nothing_of_a_copy(asked: Assignment, graded_course: Project) -> None:
    canary = "canari-7731"
    copies.hand_in(asked, graded_course, "p0001", {**copies.right(asked), "ecrire": canary})
    grade.grade(asked, graded_course)
    feedback.write(asked, graded_course)
    with gradebook.opened(graded_course) as book:
        gradebook.give(book, asked.name, "p0001", "ecrire", 1, canary)
    erase.erase(graded_course, asked.name)
    for path in graded_course.exercises.rglob("*"):
        if path.is_file():
            assert canary.encode() not in path.read_bytes(), path
            assert b"p0001" not in path.read_bytes(), path
    assert state.table(asked, graded_course).copies == ()
