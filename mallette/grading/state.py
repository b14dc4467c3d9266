"""Where the work on an assignment stands: code by code, what was handed in, graded, read and returned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from mallette.french import number
from mallette.grading import collect, grade, gradebook, notebook
from mallette.grading.assignment import Assignment
from mallette.grading.handin import Handin, Unreadable
from mallette.grading.results import NOTHING, Class, Copy
from mallette.paths import Project

TO_GRADE = "à corriger"
HEADS = ("Code", "Remise", "Corrigée", "Texte lu", "Retour")


def table(assignment: Assignment, course: Project) -> Class:
    """Return every code with its answers and points; a copy without a grade has a reason in the place of points."""
    name = assignment.name
    key = b"" if notebook.stale(assignment, course) else notebook.path(name, course).read_bytes()
    handed = grade.handed_in(course, name)
    limit = gradebook.due(course, name)
    copies = []
    with gradebook.opened(course) as book:
        for code in sorted({*handed, *(student.id for student in book.students)}):
            when = collect.when(course, name, code) if code in handed else None
            late = bool(when and limit and when > limit.replace(tzinfo=UTC))
            reason, read = _graded(key, course, assignment, code) if code in handed else (NOTHING, Handin())
            scores = {} if reason else gradebook.scores(book, name, code)
            points = {name: score.points for name, score in scores.items()}
            comments = {name: score.comment for name, score in scores.items() if score.comment}
            copies.append(Copy(code, when, late, reason, read.answers, read.unread, points, comments))
    return Class(assignment, tuple(copies))


def _graded(key: bytes, course: Project, assignment: Assignment, code: str) -> tuple[str, Handin]:
    """Return why a hand-in has no grade of today's key, empty when it has one; and what was read in it."""
    try:
        content = grade.content_of(gradebook.submitted(course, assignment.name, code))
    except Unreadable as error:
        return str(error), Handin()
    mark, read = grade.graded_copy(course, assignment, code)
    return ("", read) if mark == grade.fingerprint(key, content) else (TO_GRADE, Handin())


def lines(held: Class, course: Project) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the closing table, under :data:`HEADS`."""
    texts = [item.id for item in held.assignment.texts]
    for copy in held.copies:
        read = sum(copy.points.get(name) is not None for name in texts)
        total = sum(points or 0 for points in copy.points.values())
        returned = feedback_of(course, held.assignment.name, copy.code)
        yield (
            copy.code,
            NOTHING if copy.reason == NOTHING else "en retard" if copy.late else "reçue",
            "" if copy.reason == NOTHING else copy.reason or (number(total) if held.assignment.points else "oui"),
            "" if copy.reason or not texts else "oui" if read == len(texts) else f"{read} sur {len(texts)}",
            "oui" if returned else "",
        )


def feedback_of(course: Project, name: str, code: str) -> bool:
    """Tell whether the feedback of a copy is at least as recent as its grade."""
    page = gradebook.feedback(course, name, code)
    graded = gradebook.graded(course, name, code)
    try:
        return page.stat().st_mtime >= graded.stat().st_mtime
    except OSError:
        return False
