"""The life of a séance: open, join, ask, answer, close, reveal, finish, erase.

A question is asked in at most two *rounds*: ``tour`` 1 (before) and 2 (after). A round that closed never opens again:
two displays of nearly the same answers would tell one person's.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from mallette.paths import Project
from mallette.quiz import bank
from mallette.seance.errors import (
    Closed,
    Full,
    NotAllowed,
    NotJoined,
    SeanceError,
    Unavailable,
    UnknownSeance,
)
from mallette.seance.questions import Asked
from mallette.seance.store import Store

__all__ = [
    "Closed", "Full", "NotAllowed", "NotJoined", "Round", "Seance", "SeanceError", "Seances", "Text", "Unavailable",
    "UnknownSeance", "normal_code",
]  # fmt: skip

ALPHABET = "BCDFGHJKMNPRTVWXY3479"
"""Letters and digits of a code: none that looks like another, no vowel (no word is made by chance)."""
CODE_LENGTH = 6
OPEN, CLOSED, REVEALED = "ouverte", "close", "revelee"
MOST_EXPECTED = 300
LONGEST_TIMER = 3600
"""In seconds."""
GRACE = 2.0
"""Seconds after the deadline during which an answer that was on its way is still taken, unless the round was closed."""
FEWEST_TEXTS = 5
"""Free texts are shown to the trainer from this number of answers (the floor of every group result)."""


@dataclass(frozen=True)
class Round:
    """One time a question is asked.

    Attributes:
        question: id of the question.
        tour: 1 (before) or 2 (after).
        state: ``"ouverte"``, ``"close"`` or ``"revelee"``.
        deadline: when it is due to close, in seconds since the epoch; ``None`` without timer or once closed.
        answers: number of answers so far.
    """

    question: str
    tour: int
    state: str
    deadline: float | None
    answers: int


@dataclass(frozen=True)
class Seance:
    """A séance as it stands.

    Attributes:
        code: what participants type, without space.
        unit: slug of the unit.
        title: title of the unit when the séance was opened.
        expected: number of participants the trainer expects.
        opened: day of opening.
        participants: number of phones that joined.
        version: grows with each change that every page has to follow (rounds, released texts, crossings, end). A phone
            that joins or answers changes ``participants`` and ``Round.answers`` only: sixty phones need not fetch the
            page again because one of them answered.
        rounds: in the order they were opened.
        finished: nobody can join or answer any more; only reading, revealing, releasing and erasing are left.
    """

    code: str
    unit: str
    title: str
    expected: int
    opened: date
    participants: int
    version: int
    rounds: tuple[Round, ...]
    finished: bool

    @property
    def current(self) -> Round | None:
        """The round that is open, if any: there is one at most."""
        return next((item for item in self.rounds if item.state == OPEN), None)


@dataclass(frozen=True)
class Text:
    """A free text as the trainer reads it.

    Attributes:
        id: random name, the same at each reading, that tells nothing of who wrote it.
        text: what was written.
        released: whether the room may see it.
    """

    id: str
    text: str
    released: bool


def normal_code(typed: str) -> str:
    """Return a code as it is kept: capitals, without spaces or hyphens."""
    return "".join(character for character in typed.upper() if not character.isspace() and character not in "-‐‑–")


class Seances:
    """Every séance of a course.

    Codes are taken in any spelling (:func:`normal_code`). Every method may raise :class:`UnknownSeance` (but
    :meth:`open`, :meth:`ongoing` and :meth:`erase`) and :class:`Unavailable`. A method that changes something returns
    once it is on the disk.

    Args:
        store: where they are kept.
        course: where units are read when a séance opens; afterwards a séance holds its own copy of its questions.
        now: the clock, in seconds since the epoch.
    """

    def __init__(self, store: Store, course: Project, now: Callable[[], float] = time.time) -> None:
        self._store, self._course, self._now = store, course, now

    # The trainer opens and looks.

    def open(self, unit: str, expected: int) -> Seance:
        """Open a séance of the unit named ``unit`` for about ``expected`` people.

        Raises:
            NotAllowed: unknown or broken unit, or ``expected`` not in 1..300.
        """
        raise NotImplementedError

    def ongoing(self) -> list[Seance]:
        """Return every séance that was not erased, those that are finished included, oldest first."""
        raise NotImplementedError

    def get(self, code: str) -> Seance:
        """Return the séance as it stands."""
        raise NotImplementedError

    def questions(self, code: str) -> tuple[Asked, ...]:
        """Return what this séance can ask, as it was when the séance opened."""
        raise NotImplementedError

    def question(self, code: str, question_id: str) -> bank.Question:
        """Return one of them.

        Raises:
            NotAllowed: the séance has no such question.
        """
        raise NotImplementedError

    # A participant joins and answers.

    def join(self, code: str) -> str:
        """Return a new random token, of which only the SHA-256 is kept.

        Raises:
            Closed: the séance is finished.
            Full: max(2 × expected, expected + 10) phones have joined.
        """
        raise NotImplementedError

    def knows(self, code: str, token: str) -> bool:
        """Tell whether ``token`` was given by this séance."""
        raise NotImplementedError

    def record(self, code: str, token: str, question: str, tour: int, raw: object) -> None:
        """Keep an answer; it replaces the one this token gave in this round. Returns after COMMIT.

        Two tabs of a phone are one token: the last answer stays. A retry of what is kept already succeeds even when the
        round has closed meanwhile: its first acknowledgement was lost on the way. An answer that meets the closing is
        either counted and acknowledged, or refused.

        Raises:
            AnswerError: the question does not allow this answer.
            NotJoined: unknown token.
            NotAllowed: unknown question, or ``tour`` not 1 or 2.
            Closed: the round is not open, or its deadline passed more than :data:`GRACE` ago.
        """
        raise NotImplementedError

    def own_answer(self, code: str, token: str, question: str, tour: int) -> object | None:
        """Return what this token answered, as :meth:`record` took it (``ordre`` as places); ``None`` for nothing."""
        raise NotImplementedError

    # The trainer conducts.

    def open_question(self, code: str, question: str, tour: int = 1, seconds: int | None = None) -> None:
        """Open a round, with a timer of ``seconds`` (1..3600) if given. Opening the open round again changes nothing.

        Raises:
            NotAllowed: unknown question or tour, wrong timer, another round is open, or this one was closed already.
            Closed: the séance is finished.
        """
        raise NotImplementedError

    def close_question(self, code: str, question: str, tour: int) -> None:
        """Close a round, which publishes its result; does nothing when it is closed already.

        Raises:
            NotAllowed: this round was never opened.
        """
        raise NotImplementedError

    def reveal(self, code: str, question: str, tour: int) -> None:
        """Let the right answer of a closed round be shown; does nothing when it is already.

        Raises:
            NotAllowed: this round was never opened, or is still open.
        """
        raise NotImplementedError

    def due(self, code: str) -> list[Round]:
        """Return the open rounds whose deadline has passed, for the caller to close."""
        raise NotImplementedError

    # What the room answered: closed rounds only.

    def answers(self, code: str, question: str, tour: int) -> list:
        """Return the answers of a closed round in a random order, the same at each call, never that of arrival.

        Raises:
            Closed: this round is still open, or was never opened.
        """
        raise NotImplementedError

    def pairs(self, code: str, first: tuple[str, int], second: tuple[str, int]) -> list[tuple]:
        """Return the answers to two closed rounds (question, tour) of those who answered both, in a random order.

        Raises:
            Closed: one of them is still open, or was never opened.
        """
        raise NotImplementedError

    def texts(self, code: str, question: str, tour: int) -> list[Text]:
        """Return the free texts of a closed round, in a stable random order; none below :data:`FEWEST_TEXTS` answers.

        Raises:
            Closed: this round is still open, or was never opened.
            NotAllowed: this question does not ask for a text.
        """
        raise NotImplementedError

    def release(self, code: str, text_id: str, released: bool = True) -> None:
        """Let the room see a free text, or hide it again.

        Raises:
            NotAllowed: no text that the trainer may read has this id.
        """
        raise NotImplementedError

    def crossings(self, code: str) -> list[tuple[tuple[str, int], tuple[str, int]]]:
        """Return the crossings shown so far, as pairs of (question, tour), in the order they were asked."""
        raise NotImplementedError

    def remember_crossing(self, code: str, first: tuple[str, int], second: tuple[str, int]) -> None:
        """Note that two closed rounds are crossed; does nothing when these two are already.

        Each question takes part in one crossing a séance: two crossings that share one could be subtracted.

        Raises:
            NotAllowed: the same question twice, or one of them was crossed with something else.
            Closed: one of the rounds is still open, or was never opened.
        """
        raise NotImplementedError

    # The end.

    def finish(self, code: str) -> None:
        """End the séance: the open round closes, nobody joins or answers any more. Finishing twice changes nothing."""
        raise NotImplementedError

    def erase(self, code: str) -> None:
        """Erase all there is of a séance; once done, or when nothing is left of it, does nothing.

        SQLite: no byte of it stays in the file or its journal, and the file itself goes with the last séance.
        PostgreSQL: rows are deleted; their bytes leave the disk when the server vacuums and recycles its journal.

        Raises:
            Unavailable: something could not be erased; calling again goes on from there.
        """
        raise NotImplementedError
