"""The life of a séance: open, join, ask, answer, close, reveal, finish, erase.

A question is asked in at most two *rounds*: ``tour`` 1 (before) and 2 (after). A round that closed never opens again:
two displays of nearly the same answers would tell one person's.
"""

from __future__ import annotations

import dataclasses
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection, Row, delete, insert, update

from mallette import units
from mallette.disclosure import enough
from mallette.faults import ContentError
from mallette.paths import Project
from mallette.questions import Question, make
from mallette.seance import clock, rows, tables
from mallette.seance.errors import (
    Closed,
    Full,
    NotAllowed,
    NotJoined,
    SeanceError,
    Unavailable,
    UnknownSeance,
)
from mallette.seance.model import (
    ALPHABET,
    CLOSED,
    CODE_LENGTH,
    GRACE,
    LONGEST_TIMER,
    MOST_EXPECTED,
    OPEN,
    REVEALED,
    Kept,
    Round,
    Seance,
    Text,
    digest,
    new_code,
    new_token,
    normal_code,
    room_for,
)
from mallette.seance.questions import Asked, questions_of
from mallette.seance.store import Store

__all__ = [
    "Closed",
    "Full",
    "Kept",
    "NotAllowed",
    "NotJoined",
    "Round",
    "Seance",
    "SeanceError",
    "Seances",
    "Text",
    "Unavailable",
    "UnknownSeance",
    "normal_code",
]


class Seances:
    """Every séance of a course.

    Codes are taken in any spelling (:func:`normal_code`). Every method may raise :class:`UnknownSeance` (but
    :meth:`open`, :meth:`ongoing` and :meth:`erase`) and :class:`Unavailable`. A method that changes something returns
    once it is on the disk.

    Args:
        store: where they are kept.
        course: where units are read when a séance opens; afterwards a séance holds its own copy of its questions.
        now: the clock of timed rounds, in seconds since the epoch.
    """

    def __init__(self, store: Store, course: Project, now: Callable[[], float] = clock.now) -> None:
        self._store, self._course, self._now = store, course, now
        self._asked: dict[str, dict[str, Asked]] = {}  # never changes while a séance lives

    # The trainer opens and looks.

    def open(self, unit: str, expected: int) -> Seance:
        """Open a séance of the unit named ``unit`` for about ``expected`` people.

        Raises:
            NotAllowed: unknown or broken unit, or ``expected`` not in 1..300.
        """
        if type(expected) is not int or not 1 <= expected <= MOST_EXPECTED:
            raise NotAllowed(f"Le nombre de personnes attendues se trouve entre 1 et {MOST_EXPECTED}.")
        title, questions = self._readable(unit)
        with self._store.writing() as connection:
            code = new_code()
            while rows.find(connection, code):
                code = new_code()
            connection.execute(
                insert(tables.seances).values(
                    code=code,
                    unit=unit,
                    title=title,
                    questions=[dataclasses.asdict(item) for item in questions],
                    expected=expected,
                    opened=date.today(),
                    version=1,
                )
            )
            return rows.seance(connection, _found(connection, code))

    def ongoing(self) -> list[Seance]:
        """Return every séance that was not erased, those that are finished included, oldest first."""
        with self._store.reading() as connection:
            return [rows.seance(connection, row) for row in rows.every(connection)]

    def get(self, code: str) -> Seance:
        """Return the séance as it stands."""
        with self._read(code) as (connection, row):
            return rows.seance(connection, row)

    def questions(self, code: str) -> tuple[Asked, ...]:
        """Return what this séance can ask, as it was when the séance opened."""
        return tuple(self._questions(code).values())

    def question(self, code: str, question_id: str) -> Question:
        """Return one of them.

        Raises:
            NotAllowed: the séance has no such question.
        """
        asked = self._questions(code).get(question_id) if type(question_id) is str else None
        if asked is None:
            raise NotAllowed("Cette séance n’a pas cette question.")
        return asked.question

    # A participant joins and answers.

    def join(self, code: str, token: str = "") -> str:
        """Count one more participant and return the token; one who has joined already is not counted again.

        Args:
            token: what the phone holds (:func:`mallette.seance.model.new_token`); a new one by default.

        Raises:
            Closed: the séance is finished.
            Full: :func:`mallette.seance.model.room_for` phones have joined.
        """
        token = token or new_token()
        with self._changing(code) as (connection, row):
            if row.finished:
                raise Closed("La séance est terminée.")
            if rows.joined(connection, row.id, digest(token)):
                return token
            if rows.participants(connection, row.id) >= room_for(row.expected):
                raise Full(
                    "La séance est complète. Prévenez la personne qui anime : elle peut faire de la place. "
                    "Touchez ensuite à nouveau « Participer »."
                )
            connection.execute(insert(tables.participants).values(seance=row.id, token=digest(token)))
        return token

    def knows(self, code: str, token: str) -> bool:
        """Tell whether ``token`` was given by this séance."""
        with self._read(code) as (connection, row):
            return rows.joined(connection, row.id, digest(token))

    def record(self, code: str, token: str, question: str, tour: int, raw: object, number: int | None = None) -> Kept:
        """Keep an answer unless a later one of this token is kept in this round; return, after COMMIT, what is kept.

        The last answer that the person gave stays, in whatever order answers arrive: a phone numbers them, all its tabs
        together, and the highest number stays. An answer that comes again, or after a later one, changes nothing. A
        retry of what is kept succeeds even when the round has closed meanwhile: its first acknowledgement was lost on
        the way. An answer that meets the closing is either counted and acknowledged, or refused.

        Args:
            number: the phone's own number of this answer, from 1; by default, the one after what is kept.

        Raises:
            AnswerError: the question does not allow this answer.
            NotJoined: unknown token.
            NotAllowed: unknown question, or ``tour`` not 1 or 2.
            Closed: the round is not open, or its deadline passed more than :data:`GRACE` ago.
        """
        form = self._asked_in(code, question, tour)
        value = form.keep(raw)
        with self._changing(code) as (connection, row):
            known = digest(token)
            if not rows.joined(connection, row.id, known):
                raise NotJoined("Rejoignez d’abord la séance.")
            key = (row.id, question, tour, known)
            before = rows.answer(connection, *key)
            try:
                self._taking(connection, row, question, tour)
            except Closed:
                if before is not None and before.value == value:
                    return _kept(form, before.number, value)  # a retry: what it asks for is on the disk
                raise
            latest = 0 if before is None else before.number
            number = latest + 1 if number is None else number
            if before is None:
                connection.execute(
                    insert(tables.answers).values(
                        seance=row.id,
                        question=question,
                        tour=tour,
                        token=known,
                        mark=secrets.token_hex(8),
                        value=value,
                        number=number,
                    )
                )
            elif number > latest:
                connection.execute(
                    update(tables.answers).where(*rows.is_answer(*key)).values(value=value, number=number)
                )
            else:
                return _kept(form, latest, before.value)
        return _kept(form, number, value)

    def kept(self, code: str, token: str, question: str, tour: int) -> Kept | None:
        """Return what is kept of this token in a round; ``None`` for nothing."""
        form = self._asked_in(code, question, tour)
        with self._read(code) as (connection, row):
            found = rows.answer(connection, row.id, question, tour, digest(token))
        return None if found is None else _kept(form, found.number, found.value)

    # The trainer conducts.

    def open_question(self, code: str, question: str, tour: int = 1, seconds: int | None = None) -> None:
        """Open a round, with a timer of ``seconds`` (1..3600) if given. Opening the open round again changes nothing.

        Raises:
            NotAllowed: unknown question or tour, wrong timer, another round is open, or this one was closed already.
            Closed: the séance is finished.
        """
        self._asked_in(code, question, tour)
        if seconds is not None and (type(seconds) is not int or not 1 <= seconds <= LONGEST_TIMER):
            raise NotAllowed(f"La minuterie se règle entre 1 et {LONGEST_TIMER} secondes.")
        with self._changing(code) as (connection, row):
            if row.finished:
                raise Closed("La séance est terminée.")
            asked = rows.rounds(connection, row.id)
            for other in asked:
                same = (other.question, other.tour) == (question, tour)
                if other.state == OPEN and same:
                    return
                if other.state == OPEN:
                    raise NotAllowed("Une autre question est ouverte : fermez-la d’abord.")
                if same:
                    raise NotAllowed(
                        "Cette question a été fermée et ne peut pas rouvrir : deux affichages presque semblables "
                        "diraient la réponse d’une personne. Pour la reposer après l’échange, ouvrez-la « après »."
                    )
            connection.execute(
                insert(tables.rounds).values(
                    seance=row.id,
                    question=question,
                    tour=tour,
                    rank=len(asked),
                    state=OPEN,
                    deadline=None if seconds is None else self._now() + seconds,
                )
            )
            rows.grow(connection, row.id)

    def make_room(self, code: str) -> None:
        """Expect as many people as have joined a full séance: as many again may join. Does nothing unless it is full.

        Raises:
            NotAllowed: no séance holds more.
        """
        with self._changing(code) as (connection, row):
            joined = rows.participants(connection, row.id)
            if joined < room_for(row.expected):
                return
            expected = min(joined, MOST_EXPECTED)
            if joined >= room_for(expected):
                raise NotAllowed(
                    f"Une séance ne peut pas accueillir plus de {joined} téléphones : ouvrez-en une "
                    "seconde pour les autres personnes."
                )
            connection.execute(update(tables.seances).where(tables.seances.c.id == row.id).values(expected=expected))

    def close_question(self, code: str, question: str, tour: int) -> None:
        """Close a round, which publishes its result; does nothing when it is closed already.

        Raises:
            NotAllowed: this round was never opened.
        """
        with self._changing(code) as (connection, row):
            asked = self._round(connection, row, question, tour)
            if asked.state == OPEN:
                self._close(connection, row)
                rows.grow(connection, row.id)

    def reveal(self, code: str, question: str, tour: int) -> None:
        """Let the right answer of a closed round be shown; does nothing when it is already.

        Raises:
            NotAllowed: this round was never opened, or is still open.
        """
        with self._changing(code) as (connection, row):
            asked = self._round(connection, row, question, tour)
            if asked.state == OPEN:
                raise NotAllowed("Fermez la question avant d’en montrer la réponse.")
            if asked.state == CLOSED:
                connection.execute(
                    update(tables.rounds).where(*rows.is_round(row.id, question, tour)).values(state=REVEALED)
                )
                rows.grow(connection, row.id)

    def due(self, code: str) -> list[Round]:
        """Return the open rounds whose deadline has passed, for the caller to close."""
        now = self._now()
        with self._read(code) as (connection, row):
            asked = rows.rounds(connection, row.id)
        return [item for item in asked if item.state == OPEN and item.deadline is not None and item.deadline <= now]

    # What the room answered: closed rounds only.

    def answers(self, code: str, question: str, tour: int) -> list:
        """Return the answers of a closed round in a random order, the same at each call, never that of arrival.

        Raises:
            Closed: this round is still open, or was never opened.
        """
        with self._read(code) as (connection, row):
            self._over(connection, row, (question, tour))
            return [item.value for item in rows.answers(connection, row.id, question, tour)]

    def in_both_tours(self, code: str, question: str) -> int:
        """Return how many people answered both rounds of a question.

        Raises:
            Closed: one of them is still open, or was never opened.
        """
        with self._read(code) as (connection, row):
            self._over(connection, row, (question, 1), (question, 2))
            return rows.in_both_tours(connection, row.id, question)

    def texts(self, code: str, question: str, tour: int) -> list[Text]:
        """Return the free texts of a closed round, in a stable random order; none below
        the floor of every group result (:func:`mallette.disclosure.enough`).

        Raises:
            Closed: this round is still open, or was never opened.
            NotAllowed: this question does not ask for a text.
        """
        if not self._asked_in(code, question, tour).written:
            raise NotAllowed("Cette question ne demande pas de texte.")
        with self._read(code) as (connection, row):
            self._over(connection, row, (question, tour))
            found = rows.answers(connection, row.id, question, tour)
        return [Text(item.mark, item.value, item.released) for item in found] if enough(len(found)) else []

    def release(self, code: str, text_id: str, released: bool = True) -> None:
        """Let the room see a free text, or hide it again.

        Raises:
            NotAllowed: no text that the trainer may read has this id.
        """
        unknown = NotAllowed("Ce texte n’existe pas.")
        if type(text_id) is not str or not re.fullmatch(r"[0-9a-f]{16}", text_id):
            raise unknown
        asked = self._questions(code)
        with self._changing(code) as (connection, row):
            found = rows.marked(connection, row.id, text_id)
            if found is None or not asked[found.question].question.written:
                raise unknown
            self._over(connection, row, (found.question, found.tour))
            if not enough(len(rows.answers(connection, row.id, found.question, found.tour))):
                raise unknown
            if found.released is not released:
                connection.execute(
                    update(tables.answers).where(*rows.is_marked(row.id, text_id)).values(released=released)
                )
                rows.grow(connection, row.id)

    # The end.

    def finish(self, code: str) -> None:
        """End the séance: the open round closes, nobody joins or answers any more. Finishing twice changes nothing."""
        with self._changing(code) as (connection, row):
            if not row.finished:
                self._close(connection, row)
                connection.execute(update(tables.seances).where(tables.seances.c.id == row.id).values(finished=True))
                rows.grow(connection, row.id)

    def erase(self, code: str) -> None:
        """Erase all there is of a séance; once done, or when nothing is left of it, does nothing.

        SQLite: no byte of it stays in the file, its journal or the blocks that they give back
        (:mod:`mallette.seance.erasing`: and what stays possible), and the file itself goes with the last séance.
        PostgreSQL: rows are deleted; their bytes leave the disk when the server vacuums and recycles its journal.

        Raises:
            Unavailable: something could not be erased; calling again goes on from there.
        """
        known = _as_code(code)
        if known is None:
            return
        with self._store.writing() as connection:
            connection.execute(delete(tables.seances).where(tables.seances.c.code == known))  # the rest goes with it
            self._store.rewrite(connection)
        self._asked.pop(known, None)
        self._store.scrub()

    # What the methods above share.

    @contextmanager
    def _read(self, code: str) -> Iterator[tuple[Connection, Row]]:
        with self._store.reading() as connection:
            yield connection, _found(connection, code)

    @contextmanager
    def _changing(self, code: str) -> Iterator[tuple[Connection, Row]]:
        """Give the séance, which nobody else can change before the block ends."""
        with self._store.writing() as connection:
            yield connection, _found(connection, code, lock=True)

    def _readable(self, slug: str) -> tuple[str, tuple[Asked, ...]]:
        """Return the title and the questions of a unit."""
        try:
            unit = units.unit(slug, self._course)
        except LookupError as error:
            raise NotAllowed(f"Impossible d’ouvrir la séance : {error}.") from error
        try:
            return unit.title, questions_of(unit)
        except ContentError as error:
            raise NotAllowed(f"Impossible d’ouvrir la séance, l’unité a un défaut. {error.faults[0]}") from error

    def _questions(self, code: str) -> dict[str, Asked]:
        known = _as_code(code) or ""
        if known not in self._asked:
            with self._read(code) as (connection, row):
                self._asked[known] = {
                    item["question"]["id"]: Asked(make(**item["question"]), item["group"])
                    for item in rows.questions(connection, row.id)
                }
        return self._asked[known]

    def _asked_in(self, code: str, question: str, tour: int) -> Question:
        if type(tour) is not int or tour not in (1, 2):
            raise NotAllowed("Une question se pose au tour 1 (avant) ou 2 (après).")
        return self.question(code, question)

    def _round(self, connection: Connection, row: Row, question: str, tour: int) -> Row:
        found = rows.round_(connection, row.id, question, tour)
        if found is None:
            raise NotAllowed("Cette question n’a pas été ouverte.")
        return found

    def _taking(self, connection: Connection, row: Row, question: str, tour: int) -> None:
        """Raise :class:`Closed` unless this round still takes answers."""
        asked = rows.round_(connection, row.id, question, tour)
        if row.finished or asked is None or asked.state != OPEN:
            raise Closed("Cette question n’est pas ouverte.")
        if asked.deadline is not None and self._now() >= asked.deadline + GRACE:
            raise Closed("Le temps est écoulé.")

    def _close(self, connection: Connection, row: Row) -> None:
        """Close the open round. What serves only while it is open goes: its deadline, the numbers of its answers."""
        connection.execute(
            update(tables.rounds)
            .where(tables.rounds.c.seance == row.id, tables.rounds.c.state == OPEN)
            .values(state=CLOSED, deadline=None)
        )
        connection.execute(
            update(tables.answers)
            .where(tables.answers.c.seance == row.id, tables.answers.c.number > 0)
            .values(number=0)
        )

    def _over(self, connection: Connection, row: Row, *asked: tuple[str, int]) -> None:
        """Raise :class:`Closed` unless all these rounds are over."""
        for question, tour in asked:
            found = rows.round_(connection, row.id, question, tour)
            if found is None or found.state == OPEN:
                raise Closed("Cette question n’est pas encore fermée.")


def _as_code(typed: object) -> str | None:
    """Return a code as it is kept; ``None`` for what cannot be one."""
    code = normal_code(typed) if type(typed) is str else ""
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else None


def _found(connection: Connection, typed: str, lock: bool = False) -> Row:
    code = _as_code(typed)
    row = rows.find(connection, code, lock) if code else None
    if row is None:
        raise UnknownSeance("Aucune séance n’a ce code. Vérifiez-le sur l’écran.")
    return row


def _kept(question: Question, number: int, value: object) -> Kept:
    return Kept(number, question.shown(value))
