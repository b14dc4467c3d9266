"""The form of an assignment: what it shows of a copy, and how what was answered becomes a hand-in.

An assignment is open from the moment it is prepared. The form and a notebook end in the same file: the one
that was released, with literals in its answer cells.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from mallette.faults import ContentError
from mallette.french import NBSP, day
from mallette.grading import assignment, notebook
from mallette.grading.assignment import Assignment, Item
from mallette.grading.drafts import Draft, Drafts, Work
from mallette.grading.handin import Handin, Unreadable, read
from mallette.paths import Project
from mallette.questions import Question
from mallette.seance.errors import NotAllowed, Unavailable
from mallette.seance.model import order_seed

if TYPE_CHECKING:
    from nbformat import NotebookNode

T = TypeVar("T")
CHANGING = (
    "Ce devoir a changé depuis qu’il a été préparé. Prévenez la personne qui évalue : elle doit le préparer de nouveau."
)
RETURNED = "Le retour de cette copie est déjà rendu : elle ne change plus."


class NotWritten(Unavailable):
    """The copy could not be written; what was answered is kept."""

    for_participants = (
        "L’ordinateur de l’atelier n’arrive pas à écrire votre copie. Vos réponses sont gardées : prévenez la personne "
        "qui évalue, puis remettez de nouveau."
    )

    def __init__(self) -> None:
        super().__init__(
            "La copie d’un devoir ne s’écrit pas : vérifiez la place et les droits du dossier « exercices », et "
            "qu’aucun autre programme ne tient « exercices/gradebook.db »."
        )


def opened(course: Project) -> list[str]:
    return [name for name in assignment.names(course) if is_open(name, course)]


def is_open(name: str, course: Project) -> bool:
    """Tell whether there is an assignment of that name, and it is prepared."""
    return assignment.path(name, course).is_file() and assignment.handed_out(name, course).is_file()


@dataclass
class Forms:
    """The open assignments of a course. Each is read once, and again when one of its files changes.

    Attributes:
        course: the course.
        drafts: what was answered.
    """

    course: Project
    drafts: Drafts
    _read: dict[tuple, tuple[object, Any]] = field(default_factory=dict)

    def open(self, name: str) -> Assignment:
        """Return an open assignment.

        Raises:
            LookupError: none of that name is open.
            NotAllowed: it cannot be answered for now; the message says why.
        """
        if not is_open(name, self.course):
            raise LookupError(name)
        described, ours = assignment.path(name, self.course), notebook.path(name, self.course)
        return self._once(_load, name, described, ours, assignment.handed_out(name, self.course))

    def limit(self, name: str) -> datetime | None:
        """Return when copies are late (UTC); ``None`` when they never are. The first call imports nbgrader."""
        return self._once(_due, name, self.course.exercises / "gradebook.db")

    def _once(self, function: Callable[[Project, str], T], name: str, *files: Path) -> T:
        """Return what ``function`` gives for an assignment, computed again when one of ``files`` has changed."""
        stamp = [file.stat().st_mtime_ns if file.is_file() else None for file in files]
        kept = self._read.get((function, name))
        if kept is None or kept[0] != stamp:
            self._read[function, name] = kept = (stamp, function(self.course, name))
        return kept[1]

    def state(self, asked: Assignment, token: str) -> dict[str, object]:
        """Return what the form shows: the questions without anything that tells an answer, and this person's own.

        ``perimees`` lists the questions that changed after they were answered; ``remise`` is what was handed in.
        """
        work = self.drafts.work(token, asked.name)
        kept = _current(asked, work)
        return {
            "porteur": order_seed(token, "porteur"),
            "questions": [_shown(item, token) for item in asked.items],
            "reponses": {name: _as_shown(asked.item(name).question, draft) for name, draft in kept.items()},
            "perimees": [item.id for item in asked.items if item.id in work.answers and item.id not in kept],
            "remise": self.handed_in(asked, token, work) if work.code else None,
        }

    def record(self, asked: Assignment, token: str, name: str, raw: object, number: int) -> dict[str, object]:
        """Keep an answer, or take it back (``None``); return what is kept after COMMIT, maybe a later answer.

        Raises:
            KeyError: unknown question.
            AnswerError: the question does not allow this answer.
            mallette.seance.errors.SeanceError: nothing was recorded.
        """
        question = asked.item(name).question
        value = None if raw is None else question.keep(raw)
        kept = self.drafts.record(token, asked.name, name, Draft(_shape(question), value, number))
        return _as_shown(question, kept)

    def hand_in(self, asked: Assignment, token: str, now: datetime) -> dict[str, object]:
        """Write the copy of the holder of ``token`` where ``relever`` writes those of others; return its receipt.

        Raises:
            mallette.seance.errors.SeanceError: nothing was handed in; the message says why.
        """
        from mallette.grading import collect, gradebook
        from mallette.grading.gradebook import GradingError

        work = self.drafts.work(token, asked.name)
        answers = _answers(asked, work)
        if not answers:
            raise NotAllowed("Répondez au moins à une question avant de remettre votre copie.")
        try:
            release = self._once(_released, asked.name, assignment.handed_out(asked.name, self.course))
        except GradingError as error:
            raise NotAllowed(CHANGING) from error
        try:
            taken = () if work.code else self._codes()
            code = self.drafts.enrol(token, taken)
            if gradebook.feedback(self.course, asked.name, code).is_file():
                raise NotAllowed(RETURNED)
            collect.keep(asked, self.course, code, Handin(answers), now, release)
        except (GradingError, OSError) as error:
            raise NotWritten from error
        return self.handed_in(asked, token, self.drafts.work(token, asked.name)) or {}

    def handed_in(self, asked: Assignment, token: str, work: Work) -> dict[str, object] | None:
        """Return the receipt of a copy; ``None`` when there is none (any more)."""
        from mallette.grading import collect, gradebook

        when = collect.when(self.course, asked.name, work.code)
        try:
            content = gradebook.submitted(self.course, asked.name, work.code).read_bytes()
            answers = read(content, asked).answers
        except (OSError, Unreadable):
            return None
        receipt, limit = self.drafts.receipt(token), self.limit(asked.name)
        if when is None or receipt is None:
            return None
        return {
            "code": receipt.code,
            "mot": receipt.word,
            "quand": in_words(when),
            "retard": limit is not None and when > limit,
            "reponses": len(answers),
            "changee": answers != _answers(asked, work),
        }

    def _codes(self) -> list[str]:
        """Return the codes that somebody has, wherever their copies came from."""
        place = self.course.exercises / "submitted"
        folders = [path.name for path in place.iterdir()] if place.is_dir() else []
        return [*folders, *self._once(_students, "", self.course.exercises / "gradebook.db")]


def _load(course: Project, name: str) -> Assignment:
    try:
        found = assignment.load(name, course)
    except ContentError as error:
        raise NotAllowed(CHANGING) from error
    if notebook.stale(found, course):
        raise NotAllowed(CHANGING)
    return found


def _due(course: Project, name: str) -> datetime | None:
    from mallette.grading import gradebook

    found = gradebook.due(course, name)
    return found and found.replace(tzinfo=UTC)


def _released(course: Project, name: str) -> NotebookNode:
    from mallette.grading import collect

    return collect.released(name, course)


def _students(course: Project, _name: str) -> list[str]:
    from mallette.grading import gradebook

    return gradebook.codes(course)


def in_words(when: datetime) -> str:
    """Return a moment in the time of this computer: ``le 18 décembre 2026 à 18 h 05``."""
    here = when.astimezone()
    return f"le {day(here.date())} à {here.hour}{NBSP}h{NBSP}{here.minute:02d}"


def _shown(item: Item, token: str) -> dict[str, object]:
    return {
        "question": item.question.without_answers(),
        "titre": item.title,
        "points": notebook.points(item.points) if item.points else "",
        "rang": item.rank,
        "graine": order_seed(token, item.id),
    }


def _shape(question: Question) -> str:
    shown = json.dumps(question.without_answers(), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def _current(asked: Assignment, work: Work) -> dict[str, Draft]:
    """Return what was answered to the questions as they are now."""
    shapes = {item.id: _shape(item.question) for item in asked.items}
    return {name: draft for name, draft in work.answers.items() if shapes.get(name) == draft.shape}


def _answers(asked: Assignment, work: Work) -> dict[str, object]:
    return {name: draft.value for name, draft in _current(asked, work).items() if draft.value is not None}


def _as_shown(question: Question, draft: Draft) -> dict[str, object]:
    """Return an answer as the form counts."""
    return {"numero": draft.number, "reponse": None if draft.value is None else question.shown(draft.value)}
