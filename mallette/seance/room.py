"""A séance for whoever answers it, and what its closed rounds say.

A question is asked in at most two *rounds*: ``tour`` 1 (before) and 2 (after).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Row, insert

from mallette.disclosure import enough
from mallette.paths import Project
from mallette.questions import Question, make
from mallette.seance import clock, results, rows, tables
from mallette.seance.displays import Result
from mallette.seance.errors import Closed, Full, NotAllowed, NotJoined, UnknownSeance
from mallette.seance.model import (
    ALPHABET,
    CODE_LENGTH,
    GRACE,
    OPEN,
    Kept,
    Round,
    Seance,
    Text,
    digest,
    new_token,
    normal_code,
    room_for,
)
from mallette.seance.questions import Asked
from mallette.seance.store import Store


class Stored:
    """Séances in a store, by the code that people type."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @contextmanager
    def _read(self, code: str) -> Iterator[tuple[Connection, Row]]:
        with self._store.reading() as connection:
            yield connection, found_row(connection, code)

    @contextmanager
    def _changing(self, code: str) -> Iterator[tuple[Connection, Row]]:
        """Give the séance, which nobody else can change before the block ends."""
        with self._store.writing() as connection:
            yield connection, found_row(connection, code, lock=True)


class Room(Stored):
    """What phones and pages ask of the séances of a course.

    Codes are taken in any spelling (:func:`normal_code`). Every method may raise :class:`UnknownSeance` and
    :class:`~mallette.seance.errors.Unavailable`. A method that changes something returns once it is on the disk.

    Args:
        store: where they are kept.
        course: where units are read when a séance opens; afterwards a séance holds its own copy of its questions.
        now: the clock of timed rounds, in seconds since the epoch.
    """

    def __init__(self, store: Store, course: Project, now: Callable[[], float] = clock.now) -> None:
        super().__init__(store)
        self._course, self._now = course, now
        self._asked: dict[str, dict[str, Asked]] = {}  # never changes while a séance lives

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
            key = {"seance": row.id, "question": question, "tour": tour, "token": known}
            before = rows.one(connection, tables.answers, **key)
            try:
                self._taking(connection, row, question, tour)
            except Closed:
                if before is not None and before.value == value:
                    return _kept(form, before.number, value)  # a retry: what it asks for is on the disk
                raise
            latest = 0 if before is None else before.number
            number = latest + 1 if number is None else number
            if before is None:
                mark = secrets.token_hex(8)
                connection.execute(insert(tables.answers).values(**key, mark=mark, value=value, number=number))
            elif number > latest:
                rows.change(connection, tables.answers, key, value=value, number=number)
            else:
                return _kept(form, latest, before.value)
        return _kept(form, number, value)

    def kept(self, code: str, token: str, question: str, tour: int) -> Kept | None:
        """Return what is kept of this token in a round; ``None`` for nothing."""
        form = self._asked_in(code, question, tour)
        with self._read(code) as (connection, row):
            found = rows.one(
                connection, tables.answers, seance=row.id, question=question, tour=tour, token=digest(token)
            )
        return None if found is None else _kept(form, found.number, found.value)

    def due(self, code: str) -> list[Round]:
        """Return the open rounds whose deadline has passed, for the caller to close."""
        now = self._now()
        with self._read(code) as (connection, row):
            asked = rows.rounds(connection, row.id)
        return [item for item in asked if item.state == OPEN and item.deadline is not None and item.deadline <= now]

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

    def result(self, seance: Seance, item: Round, expected: bool) -> Result:
        """Return what may be shown of a closed round, the one published before it taken into account.

        Args:
            expected: whether its right answer is told.

        Raises:
            Closed: this round is still open.
        """
        earlier, before = seance.earlier(item), None
        if earlier:
            both = self.in_both_tours(seance.code, item.question)
            before = results.Earlier(self.answers(seance.code, earlier.question, earlier.tour), both)
        given = self.answers(seance.code, item.question, item.tour)
        return results.result(self.question(seance.code, item.question), given, item.tour, expected, before)

    def _questions(self, code: str) -> dict[str, Asked]:
        known = as_code(code) or ""
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

    def _taking(self, connection: Connection, row: Row, question: str, tour: int) -> None:
        """Raise :class:`Closed` unless this round still takes answers."""
        asked = rows.one(connection, tables.rounds, seance=row.id, question=question, tour=tour)
        if row.finished or asked is None or asked.state != OPEN:
            raise Closed("Cette question n’est pas ouverte.")
        if asked.deadline is not None and self._now() >= asked.deadline + GRACE:
            raise Closed("Le temps est écoulé.")

    def _over(self, connection: Connection, row: Row, *asked: tuple[str, int]) -> None:
        """Raise :class:`Closed` unless all these rounds are over."""
        for question, tour in asked:
            found = rows.one(connection, tables.rounds, seance=row.id, question=question, tour=tour)
            if found is None or found.state == OPEN:
                raise Closed("Cette question n’est pas encore fermée.")


def as_code(typed: object) -> str | None:
    """Return a code as it is kept; ``None`` for what cannot be one."""
    code = normal_code(typed) if type(typed) is str else ""
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else None


def found_row(connection: Connection, typed: str, lock: bool = False) -> Row:
    code = as_code(typed)
    row = rows.find(connection, code, lock) if code else None
    if row is None:
        raise UnknownSeance("Aucune séance n’a ce code. Vérifiez-le sur l’écran.")
    return row


def _kept(question: Question, number: int, value: object) -> Kept:
    return Kept(number, question.shown(value))
