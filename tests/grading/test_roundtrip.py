"""The whole nbgrader cycle on the real exercises: nobody gets points for nothing, nobody loses points for nothing.

Hand-ins go through ``zip_collect`` under pseudonyms, as the guide of the evaluator says.
"""

from __future__ import annotations

import html
import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbgrader.plugins import FileNameCollectorPlugin

from mallette import templates
from mallette.grading import feedback
from mallette.grading.questions import Question, fill_in, questions
from mallette.grading.roundtrip import Course, GradingError, Score
from tests.grading.copies import cell, read, right_answers, wrong_answer

EXERCISES = Path(__file__).resolve().parents[2] / "exercices"
ASSIGNMENTS = sorted(path.stem for path in EXERCISES.glob("source/*/*.ipynb"))
MADE = ("release", "submitted", "autograded", "feedback", "downloaded", "gradebook.db*", ".ipynb_checkpoints")

AS_IS, UNTOUCHED, WRONG, DAMAGED = "p01", "p02", "p03", "p0004"
"""Source handed in as it is, untouched release, wrong answers; right answers but two that are unreadable, and the last
check cell deleted."""
UNREADABLE = {0: "{variable} = je ne sais pas", 1: '{variable} = "aucune idée"'}
"""Rank of a question → what is typed in its answer cell: not Python, then a text that is not an answer."""


@dataclass(frozen=True)
class Graded:
    """One assignment after the whole cycle."""

    course: Course
    name: str
    questions: list[Question]
    collected: list[str]

    def scores(self, pseudonym: str) -> dict[str, Score]:
        return self.course.scores(self.name, pseudonym)

    def outputs(self, pseudonym: str, grade_id: str) -> list[nbformat.NotebookNode]:
        return cell(read(self.course.graded(self.name, pseudonym)), grade_id).outputs


def copy_of(folder: Path) -> Course:
    shutil.copytree(EXERCISES, folder, ignore=shutil.ignore_patterns(*MADE))
    return Course(folder)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return copy_of(tmp_path_factory.mktemp("cours") / "exercices")


@pytest.fixture(scope="module", params=ASSIGNMENTS)
def graded(request: pytest.FixtureRequest, course: Course, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    name = request.param
    source = read(course.source(name))
    asked, right = questions(source), right_answers(source)
    release = course.generate(name)

    wrong = fill_in(read(release), {item.id: wrong_answer(item, right[item.id]) for item in asked})
    damaged = fill_in(read(release), right)
    for rank, typed in UNREADABLE.items():
        cell(damaged, f"{asked[rank].id}-reponse").source = typed.format(variable=asked[rank].variable)
    checks = [item for item in damaged.cells if item.metadata.nbgrader.grade]
    damaged.cells.remove(checks[-1])

    folder = tmp_path_factory.mktemp("copies")
    files = {AS_IS: course.source(name), UNTOUCHED: release}
    for pseudonym, notebook in ((WRONG, wrong), (DAMAGED, damaged)):
        files[pseudonym] = folder / f"{pseudonym}.ipynb"
        nbformat.write(notebook, files[pseudonym])
    collected = course.collect(name, files)
    for pseudonym in collected:
        course.autograde(name, pseudonym)
    return Graded(course, name, asked, collected)


def automatic(scores: dict[str, Score]) -> dict[str, float]:
    """Return the points given by the checks, texts left out."""
    return {grade_id: score.points for grade_id, score in scores.items() if grade_id.endswith("-controle")}


def maximum(scores: dict[str, Score]) -> dict[str, float]:
    return {grade_id: score.maximum for grade_id, score in scores.items() if grade_id.endswith("-controle")}


def test_every_hand_in_is_collected(graded):
    assert graded.collected == sorted([AS_IS, UNTOUCHED, WRONG, DAMAGED])


def test_points_are_those_that_the_statements_announce(graded):
    given = {grade_id.split("-")[0]: score.maximum for grade_id, score in graded.scores(AS_IS).items()}
    assert given == {question.id: question.points for question in graded.questions}


def test_the_source_as_it_is_earns_every_automatic_point(graded):
    scores = graded.scores(AS_IS)
    assert automatic(scores) == maximum(scores)


def test_an_untouched_release_earns_nothing(graded):
    assert set(automatic(graded.scores(UNTOUCHED)).values()) == {0}


def test_wrong_answers_earn_nothing(graded):
    assert set(automatic(graded.scores(WRONG)).values()) == {0}


def test_each_lost_point_is_explained_in_one_french_sentence(graded):
    for pseudonym in (WRONG, UNTOUCHED):
        for grade_id in automatic(graded.scores(pseudonym)):
            error = graded.outputs(pseudonym, grade_id)[-1]
            assert (error.ename, error.traceback) == ("Feedback", [error.evalue])
            assert error.evalue.endswith(".")


def test_unreadable_answers_lose_their_own_points_only_and_a_deleted_check_none(graded):
    scores = graded.scores(DAMAGED)
    lost = {f"{graded.questions[rank].id}-controle" for rank in UNREADABLE}
    assert automatic(scores) == {
        grade_id: 0 if grade_id in lost else points for grade_id, points in maximum(scores).items()
    }
    assert "n’a pas pu être lue" in graded.outputs(DAMAGED, f"{graded.questions[0].id}-controle")[-1].evalue
    assert graded.outputs(DAMAGED, f"{graded.questions[1].id}-controle")[-1].evalue.startswith("Écrivez")


def test_texts_wait_for_a_person(graded):
    texts = [question.id for question in graded.questions if question.kind == "texte"]
    scores = graded.scores(AS_IS)
    assert texts
    assert all(scores[f"{name}-tache"].points is None for name in texts)


def test_the_feedback_says_points_answers_and_reasons_without_code(graded):
    written = feedback.write(graded.course, graded.name)
    pages = {path.parents[1].name: path.read_text(encoding="utf-8") for path in written}
    assert sorted(pages) == graded.collected
    first = graded.questions[0]
    reason = graded.outputs(WRONG, f"{first.id}-controle")[-1].evalue
    assert html.escape(reason) in pages[WRONG]
    assert reason not in html.unescape(pages[AS_IS])
    total = sum(question.points for question in graded.questions if question.kind != "texte")
    assert f"<strong>{total:g} sur" in pages[AS_IS]
    assert "<strong>0 sur" in pages[UNTOUCHED]
    for page in pages.values():
        assert "http" not in page
        assert "import" not in page
        assert page.count("<h2>") == len(graded.questions)


def test_what_a_participant_types_is_shown_as_text(course):
    question = Question("q1", "texte", "reponse_1", "Dire", "", 1)
    hostile = nbformat.v4.new_code_cell("reponse_1 = '<script>alert(1)</script>'", metadata={})
    told = feedback._told(question, {"q1-reponse": hostile}, {"q1-tache": Score(None, 1)})
    shown = templates.render(
        "grading/templates/feedback.html.j2", title="", pseudonym="", total="", waiting=True, told=[told]
    )
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_a_release_gives_nothing_away_and_still_makes_the_form(graded):
    release = read(graded.course.release(graded.name))
    text = nbformat.writes(release)
    for secret in ("HIDDEN TESTS", "BEGIN SOLUTION", "GRILLE", "Grille"):
        assert secret not in text
    for question in graded.questions:
        lines = [line for line in cell(release, f"{question.id}-reponse").source.splitlines() if line[:1] != "#"]
        assert lines == [f"{question.variable} = ..."]
    shown = [(item.id, item.kind, item.title, item.choices, item.points) for item in questions(release)]
    assert shown == [(item.id, item.kind, item.title, item.choices, item.points) for item in graded.questions]


@pytest.mark.parametrize("name", ["p07_prevalence.ipynb", "depot/p123_taux-horaire.ipynb", "C:\\copies\\p07_a.ipynb"])
def test_a_pseudonym_is_read_from_the_name_of_the_file(course, name):
    found = FileNameCollectorPlugin(config=course.config).collect(name)
    assert found["student_id"] in ("p07", "p123")


@pytest.mark.parametrize("name", ["Jeanne_prevalence.ipynb", "p07_prevalence (1).ipynb", "p07_prevalence.pdf"])
def test_a_name_or_a_double_is_not_collected(course, name):
    assert FileNameCollectorPlugin(config=course.config).collect(name) is None


def test_what_nbgrader_refuses_is_said(course):
    with pytest.raises(GradingError, match="p99"):
        course.autograde(ASSIGNMENTS[0], "p99")
