"""Hand-ins for tests: what a participant types in the released notebook, and what the program should read of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat

from mallette import files
from mallette.grading import assignment, collect, gradebook, handin, notebook
from mallette.grading.assignment import Assignment, Item
from mallette.grading.handin import Handin
from mallette.paths import Project

ESSAI = Path(__file__).with_name("essai.yml")
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def prepared(course: Project, name: str = "essai") -> Assignment:
    """Put the assignment of these tests in a course, unless it is there, and prepare it."""
    path = assignment.path(name, course)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ESSAI.read_text(encoding="utf-8"), encoding="utf-8")
    asked = assignment.load(name, course)
    files.write({notebook.path(name, course): notebook.text(asked).encode()})
    gradebook.generate(course, name)
    return asked


def right(asked: Assignment) -> dict[str, Any]:
    """Return the answers that earn all points."""
    return {item.id: item.question.right_answer() for item in asked.items if item.question.right_answer() is not None}


def wrong(item: Item) -> Any:
    """Return an answer that the question allows and that earns nothing."""
    question = item.question
    options = range(len(question.options()))
    if question.written:
        return "Je ne sais pas."
    if not options:
        return min(question.domain["min"], question.domain["max"], key=question.worth)
    every = [*options], ["vrai"], ["faux"], *([place] for place in options), [*options][::-1]
    tried = [*options, "vrai", "faux", *every]
    return next(answer for answer in tried if question.valid(answer) and question.credit(answer) == 0)


def typed(asked: Assignment, course: Project, cells: Mapping[str, str]) -> bytes:
    """Return the notebook of somebody who typed ``cells`` (question → what follows « reponse_n = »)."""
    nb = json.loads(assignment.handed_out(asked.name, course).read_text(encoding="utf-8"))
    variables = {f"{item.id}-reponse": (item.variable, cells[item.id]) for item in asked.items if item.id in cells}
    for cell in nb["cells"]:
        if found := variables.get(cell["metadata"]["nbgrader"]["grade_id"]):
            cell["source"] = f"{found[0]} = {found[1]}"
    return json.dumps(nb).encode()


def answered(asked: Assignment, course: Project, answers: Mapping[str, Any]) -> bytes:
    """Return a notebook that holds these answers."""
    nb = handin.answered(collect.released(asked.name, course), asked, Handin(answers))
    return nbformat.writes(nb).encode()


def hand_in(asked: Assignment, course: Project, code: str, answers: Mapping[str, Any]) -> None:
    """Hand in answers as the form does."""
    collect.keep(asked, course, code, Handin(answers), NOW, collect.released(asked.name, course))
