"""Questions read from a notebook, answers written back as literals."""

from __future__ import annotations

import ast

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mallette.grading.answers import LONGEST_TEXT, Feedback
from mallette.grading.questions import Question, fill_in, questions

TEXT = Question("q9", "texte", "reponse_9", "Écrire", "", 4.0)


def _cell(kind: str, grade_id: str, source: str, ours: dict | None = None, **nbgrader) -> nbformat.NotebookNode:
    make = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
    metadata = {"nbgrader": {"grade_id": grade_id, **nbgrader}}
    return make(source, metadata=metadata | ({"mallette": ours} if ours else {}))


@pytest.fixture
def notebook() -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(
        cells=[
            _cell("markdown", "intro", "# Devoir"),
            _cell("markdown", "q1-enonce", "### Lire (1 point)\n\nQui ?\n\n* **a.** Elle.\n* **b.** Lui, *peut-être*."),
            _cell("code", "q1-reponse", "reponse_1 = ...", {"type": "choix", "variable": "reponse_1"}, solution=True),
            _cell("code", "q1-controle", "", grade=True, points=1),
            _cell("markdown", "q2-enonce", "### Combien ? (1,5 point)\n\nCalculez."),
            _cell(
                "code",
                "q2-reponse",
                "reponse_2 = ...",
                {"type": "nombre", "variable": "reponse_2", "unite": "€", "min": 0, "max": 10},
                solution=True,
            ),
            _cell("code", "q2-controle", "", grade=True, points=1.5),
            _cell("markdown", "q3-tache", "### Dire (4 points)\n\nExpliquez.", task=True, points=4),
            _cell("code", "q3-reponse", "reponse_3 = ...", {"type": "texte", "variable": "reponse_3"}, solution=True),
        ]
    )


def test_statement_choices_unit_and_points_come_from_the_cells_around(notebook):
    first, second, third = questions(notebook)
    assert (first.title, first.statement, first.points) == ("Lire", "Qui ?", 1)
    assert first.choices == {"a": "Elle.", "b": "Lui, *peut-être*."}
    assert (second.title, second.unit, second.minimum, second.maximum) == ("Combien ?", "€", 0, 10)
    assert (third.kind, third.points, third.choices) == ("texte", 4, {})


def test_answers_are_written_where_they_belong_and_nowhere_else(notebook):
    before = [cell.source for cell in notebook.cells]
    fill_in(notebook, {"q1": "B", "q2": "2,5"})
    after = [cell.source for cell in notebook.cells]
    assert after[2] == 'reponse_1 = "b"'
    assert after[5] == "reponse_2 = 2.5"
    assert [text for i, text in enumerate(after) if i not in (2, 5)] == [
        text for i, text in enumerate(before) if i not in (2, 5)
    ]


@pytest.mark.parametrize("values", [{"q1": "z"}, {"q1": "a", "q2": 11}, {"q3": "   "}])
def test_nothing_is_written_when_one_answer_is_out_of_its_domain(notebook, values):
    before = [cell.source for cell in notebook.cells]
    with pytest.raises(Feedback):
        fill_in(notebook, values)
    assert [cell.source for cell in notebook.cells] == before


@given(st.text(max_size=LONGEST_TEXT))
def test_a_text_is_never_code_and_comes_back_whole(text):
    """Quotes, backslashes, control characters or code in a text stay a text."""
    if not text.strip():
        return
    tree = ast.parse(TEXT.source(text))
    (statement,) = tree.body
    assert isinstance(statement, ast.Assign)
    assert ast.literal_eval(statement.value) == text.strip()


def test_a_long_text_stays_readable_for_the_grader():
    source = TEXT.source("Je lui demande d’abord combien de temps il reste sur place. " * 20)
    assert max(len(line) for line in source.splitlines()) <= 100
