"""nbgrader's course and gradebook: preparing an assignment, points, what waits for a person.

nbgrader takes two seconds to import: only the verbs of graded work import this module. Its words are English and never
reach the screen: what it refuses becomes :class:`GradingError`.
"""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nbgrader.api import BaseCell, Comment, Grade, Gradebook, InvalidEntry, MissingEntry
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning, SQLAlchemyError
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from mallette.paths import Project

CONFIG = "nbgrader_config.py"
COURSE = "mallette"
NOT_READY = (
    "Le devoir « {name} » n’est pas prêt, ou sa description ou ses données ont changé : "
    "lancez d’abord « mallette noter preparer {name} »."
)


class GradingError(Exception):
    """A step failed; the message says in French what to do.

    Attributes:
        detail: what nbgrader said, in English; may be empty.
    """

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


@dataclass(frozen=True)
class Score:
    """Points of one question of one hand-in.

    Attributes:
        points: what the check or a person gave; ``None`` when a person still has to.
        maximum: points that it is worth.
        comment: what the evaluator wrote about it, possibly empty.
    """

    points: float | None
    maximum: float
    comment: str = ""


def folder(course: Project) -> Path:
    return course.exercises.resolve()


def submitted(course: Project, assignment: str, code: str) -> Path:
    """Return where the hand-in of a code is kept."""
    return folder(course) / "submitted" / code / assignment / f"{assignment}.ipynb"


def graded(course: Project, assignment: str, code: str) -> Path:
    """Return where the hand-in of a code is, once its checks have run."""
    return folder(course) / "autograded" / code / assignment / f"{assignment}.ipynb"


def feedback(course: Project, assignment: str, code: str) -> Path:
    """Return the page that a person gets back."""
    return folder(course) / "feedback" / code / assignment / "retour.html"


def url(course: Project) -> str:
    return f"sqlite:///{folder(course) / 'gradebook.db'}"


@contextlib.contextmanager
def opened(course: Project) -> Iterator[Gradebook]:
    """Give the gradebook of the course.

    Raises:
        GradingError: it cannot be opened or written, for instance because the disk is full.
    """
    try:
        with warnings.catch_warnings(), _quiet("tornado.application"), Gradebook(url(course), COURSE) as book:
            warnings.simplefilter("ignore", SAWarning)  # nbgrader adds to a session in an order that SQLAlchemy notes
            yield book
    except (SQLAlchemyError, InvalidEntry) as error:
        raise GradingError(
            "Le carnet de notes « exercices/gradebook.db » ne s’ouvre pas ou ne s’écrit pas. Fermez les autres "
            "programmes qui l’emploient, vérifiez la place du disque et les droits du dossier, puis recommencez : "
            "les notes déjà écrites y restent.",
            str(error),
        ) from error


@contextlib.contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Have a logger that nbgrader writes to, in English, say nothing in the block."""
    log = logging.getLogger(name)
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(level)


@contextlib.contextmanager
def one_transaction(book: Gradebook) -> Iterator[None]:
    """Have all that is written in the block kept together at its end, or not at all."""
    commit: Callable[[], None] = book.db.commit
    book.db.commit = book.db.flush
    try:
        yield
    except BaseException:
        book.db.rollback()
        raise
    finally:
        book.db.commit = commit
    commit()


def generate(course: Project, assignment: str, due: datetime | None = None) -> None:
    """Make the release of an assignment and its entry in the gradebook.

    Args:
        due: when hand-ins are late, without time zone, in UTC.

    Raises:
        GradingError: nbgrader refused the source, for instance because questions came or went after a first grading.
    """
    config = Config(PyFileConfigLoader(CONFIG, path=str(folder(course))).load_config())
    with _quiet("traitlets"):
        api = NbGraderAPI(CourseDirectory(config=config), config=config)
        result = api.generate_assignment(assignment, force=True)
    if not result["success"]:
        detail = "\n".join(filter(None, (result.get("error"), result.get("log"))))
        if "Cannot add or remove cells" in detail:
            raise GradingError(
                f"Des questions de « {assignment} » ont été ajoutées ou enlevées alors que des copies sont déjà "
                "corrigées. Donnez un autre nom à la nouvelle version du devoir, ou effacez ces copies "
                "(mallette noter effacer).",
                detail,
            )
        raise GradingError(f"Le devoir « {assignment} » n’a pas pu être préparé.", detail)
    if due is not None:
        with opened(course) as book:
            book.update_or_create_assignment(assignment, duedate=due.strftime("%Y-%m-%d %H:%M:%S UTC"))


def due(course: Project, assignment: str) -> datetime | None:
    """Return when hand-ins are late (UTC, without time zone); ``None`` when they never are, or before preparation."""
    with opened(course) as book:
        try:
            return book.find_assignment(assignment).duedate
        except MissingEntry:
            return None


def codes(course: Project) -> list[str]:
    """Return the codes that the gradebook knows, whatever they handed in."""
    with opened(course) as book:
        return sorted(student.id for student in book.students)


def scores(book: Gradebook, assignment: str, code: str) -> dict[str, Score]:
    """Return the points of each question of a graded hand-in; nothing when there is none."""
    try:
        found = book.find_submission_notebook(assignment, assignment, code)
    except MissingEntry:
        return {}
    # Columns, not objects: nbgrader's objects read each cell again for each copy, a third of the time of a class.
    comments = book.db.query(BaseCell.name, Comment.manual_comment).join(Comment.cell)
    told = dict(comments.filter(Comment.notebook_id == found.id).all())
    columns = Grade.needs_manual_grade, Grade.manual_score, Grade.score, Grade.max_score
    grades = book.db.query(BaseCell.name, *columns).join(Grade.cell).filter(Grade.notebook_id == found.id)
    return {
        question(cell): Score(
            None if waits and (by_hand is None or is_text(cell)) else points,
            maximum,
            _comment(question(cell), told),
        )
        for cell, waits, by_hand, points, maximum in grades
    }


def is_text(cell: str) -> bool:
    """Tell whether a graded cell is a text that a person marks."""
    return cell.endswith("-tache")


def question(cell: str) -> str:
    return cell.rpartition("-")[0]


def _comment(name: str, comments: Mapping[str, str | None]) -> str:
    """Return what the evaluator wrote about a question, under its answer or under its task."""
    return "\n".join(filter(None, (comments.get(f"{name}-reponse"), comments.get(f"{name}-tache"))))


def wait_for_a_person(book: Gradebook, assignment: str, code: str, name: str) -> None:
    """Have a text marked again: it is no longer the one that was."""
    book.find_grade(f"{name}-tache", assignment, assignment, code).needs_manual_grade = True


def give(book: Gradebook, assignment: str, code: str, name: str, points: float | None, comment: str) -> None:
    """Write what a person gives to a text, and what is told of it; ``None`` takes the points back.

    Raises:
        GradingError: this hand-in is not graded yet.
    """
    try:
        grade = book.find_grade(f"{name}-tache", assignment, assignment, code)
        remark = book.find_comment(f"{name}-tache", assignment, assignment, code)
    except MissingEntry:
        raise GradingError(f"La copie {code} n’est pas encore corrigée : lancez d’abord « corriger ».") from None
    with one_transaction(book):
        grade.manual_score = points
        grade.needs_manual_grade = points is None
        remark.manual_comment = comment or None
