"""``effacer``: the hand-ins of an assignment, their drafts, grades, feedback and documents go; the assignment stays."""

from __future__ import annotations

import shutil
from pathlib import Path

from nbgrader.api import MissingEntry
from sqlalchemy import text

from mallette.grading import gradebook, report
from mallette.grading.drafts import Drafts
from mallette.grading.gradebook import GradingError
from mallette.paths import Project
from mallette.seance.errors import Unavailable
from mallette.seance.store import FILE_NAME, Store

FOLDERS = ("submitted", "autograded", "feedback")


def codes(course: Project, name: str) -> list[str]:
    """Return the codes of which something is kept for this assignment."""
    folder = gradebook.folder(course)
    return sorted({path.parent.name for kind in FOLDERS for path in folder.glob(f"{kind}/*/{name}")})


def erase(course: Project, name: str) -> None:
    """Erase the hand-ins of an assignment, and the codes that are left without any.

    Raises:
        GradingError: the drafts or the gradebook cannot be written; hand-ins are then still there.
    """
    _erase_drafts(course, name)
    folder = gradebook.folder(course)
    with gradebook.opened(course) as book:
        for code in [student.id for student in book.students]:
            try:
                book.remove_submission(name, code)
            except MissingEntry:
                continue
            if not book.student_submissions(code):
                book.remove_student(code)
        book.db.execute(text("PRAGMA secure_delete = on"))
        book.db.commit()
        book.db.execute(text("VACUUM"))
        book.db.commit()
    shutil.rmtree(report.folder(course, name), ignore_errors=True)
    for code in codes(course, name):
        for kind in FOLDERS:
            shutil.rmtree(folder / kind / code / name, ignore_errors=True)
            if (folder / kind / code).is_dir() and not any((folder / kind / code).iterdir()):
                (folder / kind / code).rmdir()


def _erase_drafts(course: Project, name: str) -> None:
    """Erase what the form keeps, whether a workshop is running or not."""
    place = course.seances
    if isinstance(place, Path) and not (place / FILE_NAME).is_file():
        return
    store = Store(place)
    try:
        Drafts(store).erase(name)
    except Unavailable as error:
        raise GradingError(str(error)) from error
    finally:
        store.close()
