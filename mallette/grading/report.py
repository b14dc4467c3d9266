"""``bilan``: what a class earned, code by code for the evaluator, and as a group for others.

Two kinds of files that nobody should mix up: ``confidentiel-…`` tells of each code, ``diffusable-…`` follows the rules
for small groups (:mod:`mallette.disclosure`). What has no grade is an empty cell and a reason, never 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mallette import files
from mallette.grading import code_report, code_tables, group_report
from mallette.grading.assignment import Assignment
from mallette.grading.documents.odt import odt
from mallette.grading.documents.sheet import html
from mallette.grading.objectives import DEFAULT, Thresholds
from mallette.grading.results import Class
from mallette.paths import Project

FOLDER = "documents"


def write(asked: Assignment, course: Project, thresholds: Thresholds = DEFAULT) -> list[Path]:
    """Write the report of an assignment and return its files, all of them or none.

    Raises:
        ContentError: another assignment has defects.
        GradingError: the gradebook cannot be read.
        OSError: disk full, folder that cannot be written.
    """
    from mallette.grading import state

    made = contents(state.table(asked, course), earlier(asked, course), thresholds, date.today())
    found = {folder(course, asked.name) / name: content for name, content in made.items()}
    files.write(found)
    return [*found]


def folder(course: Project, name: str) -> Path:
    """Return where the documents of an assignment go; git ignores it."""
    return course.exercises / FOLDER / name


def earlier(asked: Assignment, course: Project) -> list[Class]:
    """Return what was answered to the ``positionnement`` of the same unit."""
    from mallette.grading import assignment, state

    if asked.kind == "positionnement":
        return []
    others = (assignment.load(name, course) for name in assignment.names(course) if name != asked.name)
    same = [other for other in others if other.kind == "positionnement" and other.unit == asked.unit]
    return [held for held in (state.table(other, course) for other in same) if held.graded]


def contents(held: Class, before: Sequence[Class], thresholds: Thresholds, day: date) -> dict[str, bytes]:
    """Return the files of the report, by name.

    Args:
        before: answers to the ``positionnement`` of the same unit.
        day: printed on the page of the group.
    """
    private = code_report.sheet(held, before, thresholds)
    public = group_report.sheet(held, before, thresholds, day)
    return {
        "confidentiel-par-code.html": html(private).encode(),
        "confidentiel-par-code.csv": code_tables.by_code(held, before).encode(),
        "confidentiel-questions.csv": code_tables.by_question(held).encode(),
        "diffusable-groupe.html": html(public).encode(),
        "diffusable-groupe.odt": odt(public),
        "diffusable-groupe.csv": group_report.csv(held, before, thresholds).encode(),
    }
