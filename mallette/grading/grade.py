"""``corriger``: the checks of every hand-in, without a kernel; one transaction a copy, then its file.

The file of a graded copy holds a fingerprint of what it was graded with: source notebook, hand-in, version. It is
written last: a copy without it, or with another one, is still to be graded. So a verb that was killed goes on where it
stopped, and a change of key or of ``data/`` grades again what it concerns.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from filelock import FileLock, Timeout
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import OverwriteCells, SaveAutoGrades

from mallette import __version__, files
from mallette.grading import gradebook, handin, notebook, preprocessors
from mallette.grading.assignment import Assignment, handed_out
from mallette.grading.gradebook import GradingError
from mallette.grading.handin import Handin, Unreadable
from mallette.paths import Project

LOCK = ".correction.lock"
PATIENCE = 600
"""How long a second ``corriger`` waits for the first one, in seconds."""


@dataclass(frozen=True)
class Change:
    """Points of a question that are not what they were; ``None`` for no points."""

    code: str
    question: str
    before: float | None
    after: float | None


@dataclass
class Outcome:
    """What ``corriger`` did.

    Attributes:
        graded: codes graded now.
        kept: codes that were graded already, with the same key, data and answers.
        refused: code → why it has no grade.
        remarks: code → what was mended or set aside in its file.
        changes: what a new key, new data or a new hand-in changed.
    """

    graded: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, Sequence[str]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)


def handed_in(course: Project, name: str) -> list[str]:
    """Return the codes that handed something in, sorted."""
    return sorted(path.parents[1].name for path in gradebook.folder(course).glob(f"submitted/*/{name}/{name}.ipynb"))


def grade(
    assignment: Assignment,
    course: Project,
    progress: Callable[[str], None] = lambda text: None,
    waiting: Callable[[], None] = lambda: None,
) -> Outcome:
    """Grade every hand-in that is not yet graded with this key.

    Args:
        progress: told which copy is graded.
        waiting: called when another ``corriger`` is at work; this one goes on after it.

    Raises:
        GradingError: the assignment is not prepared, or the description changed since; the gradebook does not open.
    """
    name = assignment.name
    if notebook.stale(assignment, course) or not handed_out(name, course).is_file():
        raise GradingError(gradebook.NOT_READY.format(name=name))
    lock = FileLock(gradebook.folder(course) / LOCK)
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waiting()
            lock.acquire(timeout=PATIENCE)
    except Timeout:
        raise GradingError("Une autre correction est en cours : attendez qu’elle finisse, puis recommencez.") from None
    try:
        with gradebook.opened(course) as book:
            return _grade(assignment, course, book, progress)
    finally:
        lock.release()


def _grade(assignment: Assignment, course: Project, book: Gradebook, progress: Callable[[str], None]) -> Outcome:
    outcome = Outcome()
    blank = _blank(assignment, course)
    key = notebook.path(assignment.name, course).read_bytes()
    everyone = handed_in(course, assignment.name)
    for rank, code in enumerate(everyone, 1):
        progress(f"{rank} sur {len(everyone)}")
        path = gradebook.submitted(course, assignment.name, code)
        try:
            content = content_of(path)
            mark = fingerprint(key, content)
            graded_with, was = graded_copy(course, assignment, code)
            if graded_with == mark:
                outcome.kept.append(code)
                continue
            found = handin.read(content, assignment)
        except Unreadable as error:
            outcome.refused[code] = str(error)
            continue
        nb = handin.answered(blank, assignment, found)
        preprocessors.run(nb)
        nb.metadata.mallette |= {"empreinte": mark, "remarques": list(found.remarks)}
        before = gradebook.scores(book, assignment.name, code)
        with gradebook.one_transaction(book):
            _save(nb, assignment.name, code, book, _timestamp(path))
            for item in assignment.texts:
                if before and was.answers.get(item.id) != found.answers.get(item.id):
                    gradebook.wait_for_a_person(book, assignment.name, code, item.id)
        text = nbformat.writes(nb) + "\n"
        files.write({gradebook.graded(course, assignment.name, code): text.encode()})
        outcome.graded.append(code)
        if found.remarks:
            outcome.remarks[code] = found.remarks
        if before:
            outcome.changes += _changes(code, before, gradebook.scores(book, assignment.name, code))
    return outcome


def content_of(path: Path) -> bytes:
    """Return what a hand-in holds.

    Raises:
        Unreadable: it is a link, too big, or cannot be read.
    """
    try:
        if path.is_symlink() or path.parent.is_symlink():
            raise Unreadable(handin.LINK)
        if path.stat().st_size > handin.LARGEST_FILE:
            raise Unreadable(handin.TOO_BIG)
        return path.read_bytes()
    except OSError as error:
        raise Unreadable("le fichier ne se lit pas") from error


def fingerprint(key: bytes, content: bytes) -> str:
    """Return what tells whether a grade is still that of this key and this hand-in."""
    digest = hashlib.sha256()
    for part in (key, content, __version__.encode()):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def graded_copy(course: Project, assignment: Assignment, code: str) -> tuple[str, Handin]:
    """Return the fingerprint that a graded copy holds, empty without one, and what it answers; nothing when cut."""
    try:
        held = json.loads(gradebook.graded(course, assignment.name, code).read_text(encoding="utf-8"))
        found = handin.read_cells(held["cells"], assignment)
        return str(held["metadata"].get("mallette", {}).get("empreinte", "")), found
    except (OSError, ValueError, KeyError, TypeError, AttributeError, Unreadable):
        return "", Handin()


def _blank(assignment: Assignment, course: Project) -> NotebookNode:
    """Return our notebook, unanswered, each cell with the checksum by which nbgrader knows what was never changed."""
    told = {"notebook": assignment.name, "assignment": assignment.name, "student": "", "db_url": gradebook.url(course)}
    blank = notebook.make(assignment)
    known, _ = OverwriteCells().preprocess(notebook.make(assignment), {"nbgrader": told})
    for cell, found in zip(blank.cells, known.cells, strict=True):
        if "checksum" in found.metadata.nbgrader:
            cell.metadata.nbgrader.checksum = found.metadata.nbgrader.checksum
    return blank


def _save(nb: NotebookNode, name: str, code: str, book: Gradebook, timestamp: str | None) -> None:
    """Write the points of a copy: nbgrader's own step decides them."""
    book.update_or_create_student(code)
    book.update_or_create_submission(name, code, **({"timestamp": timestamp} if timestamp else {}))
    saver = SaveAutoGrades()
    saver.gradebook = book
    saver.notebook_id = saver.assignment_id = name
    saver.student_id = code
    for index, cell in enumerate(nb.cells):
        saver.preprocess_cell(cell, {}, index)


def _timestamp(path: Path) -> str | None:
    try:
        return path.with_name("timestamp.txt").read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def _changes(code: str, before: Mapping, after: Mapping) -> Iterator[Change]:
    for name, score in after.items():
        was = before[name].points if name in before else None
        if was != score.points:
            yield Change(code, name, was, score.points)
