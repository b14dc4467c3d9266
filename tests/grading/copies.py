"""A course of exercises that tests may spoil, and the right and wrong answers of its assignments."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import nbformat

from mallette.grading.questions import Question, questions


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def cell(notebook: nbformat.NotebookNode, grade_id: str) -> nbformat.NotebookNode:
    return next(item for item in notebook.cells if item.metadata.nbgrader.grade_id == grade_id)


def right_answers(source: nbformat.NotebookNode) -> dict[str, Any]:
    """Return question id → the literal that the solution assigns."""
    answers = {}
    for question in questions(source):
        statements = ast.parse(cell(source, f"{question.id}-reponse").source).body
        answers[question.id] = ast.literal_eval(statements[-1].value)
    return answers


def wrong_answer(question: Question, right: Any) -> Any:
    """Return an answer that the question accepts and that is not the right one."""
    if question.kind == "choix":
        return next(letter for letter in question.choices if letter != right)
    if question.kind == "liste":
        return [letter for letter in question.choices if letter not in right]
    if question.kind == "nombre":
        return question.maximum if right != question.maximum else question.minimum
    return "Je ne sais pas."
