"""``documents``: the papers of a training, all of them or none, in ``exercices/documents/<devoir>/``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from mallette import files, french, programme, spreadsheet, units
from mallette.faults import ContentError
from mallette.grading import report
from mallette.grading.assignment import Assignment
from mallette.grading.documents import group, names, person
from mallette.grading.documents.odt import odt
from mallette.grading.documents.sheet import Sheet, Table, html
from mallette.grading.documents.training import Training
from mallette.grading.objectives import DEFAULT, Thresholds
from mallette.paths import Project
from mallette.quiz import satisfaction

PEOPLE = "personnes"
RESULTS = ("evaluation-des-acquis", "attestation", "certificat-de-realisation", "bilan", "confidentiel-acquis-par-code")
"""Documents of the end of a training."""
IN_TABLES = ("emargement", "confidentiel-acquis-par-code")
"""Documents of a group that a spreadsheet may want too."""


def write(
    asked: Assignment, course: Project, names_file: Path | None = None, thresholds: Thresholds = DEFAULT
) -> list[Path]:
    """Write every paper of an assignment's training and return the files.

    Args:
        names_file: who is behind each code, outside the course (:mod:`mallette.grading.documents.names`).

    Raises:
        ContentError: the file of names has bad lines, or is inside the course; or content of the course has defects.
        GradingError: the gradebook cannot be read.
        OSError: disk full, folder that cannot be written.
    """
    people = names.load(names_file, course) if names_file else {}
    from mallette.grading import state  # nbgrader takes seconds: bad lines are told before

    held = state.table(asked, course)
    before = [held] if asked.kind == "positionnement" else report.earlier(asked, course)
    unit = units.unit(asked.unit, course)
    opinions = satisfaction.load(course)
    scheduled = _scheduled(asked.unit, course)
    made = Training(held, before, unit.title, unit.label, unit.minutes, people, opinions, thresholds, scheduled)
    found = {report.folder(course, asked.name) / name: content for name, content in contents(made, date.today())}
    files.write(found)
    return [*found]


def contents(made: Training, day: date) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every file of a training, at a date; a ``positionnement`` has no results to print."""
    only_before = made.held.assignment.kind == "positionnement"
    for name, sheet in group.every(made, day).items():
        if only_before and name in RESULTS:
            continue
        yield f"{name}.html", html(sheet).encode()
        yield f"{name}.odt", odt(sheet)
        if name in IN_TABLES:
            yield f"{name}.csv", _csv(sheet).encode()
    for copy in made.copies:
        for name, make in person.EVERY.items():
            if only_before and name in RESULTS:
                continue
            sheet = make(made, copy)
            yield f"{PEOPLE}/{copy.code}/{name}.html", html(sheet).encode()
            yield f"{PEOPLE}/{copy.code}/{name}.odt", odt(sheet)


def _csv(sheet: Sheet) -> str:
    """Return the first table of a document for a spreadsheet."""
    first = next(block for block in sheet.blocks if isinstance(block, Table))
    return spreadsheet.text(first.heads, first.rows)


def _scheduled(unit: str, course: Project) -> str:
    """Return when the programme of the course has a unit; nothing when it does not, or cannot be read."""
    if not course.programme.is_file():
        return ""
    try:
        found = [session for session in programme.load(course).sessions if session.unit == unit]
    except ContentError:
        return ""
    return french.SEPARATOR.join(f"{session.date_text}, {session.hours}" for session in found)
