"""The life of a séance, as its trainer conducts it: open, ask, close, reveal, finish, erase.

A round that closed never opens again: two displays of nearly the same answers would tell one person's.
"""

from __future__ import annotations

import dataclasses
import re
from datetime import date

from sqlalchemy import Connection, Row, delete, insert, update

from mallette import units
from mallette.disclosure import enough
from mallette.faults import ContentError
from mallette.seance import rows, tables
from mallette.seance.errors import Closed, NotAllowed
from mallette.seance.model import (
    CLOSED,
    LONGEST_TIMER,
    MOST_EXPECTED,
    OPEN,
    REVEALED,
    Seance,
    new_code,
    room_for,
)
from mallette.seance.questions import Asked, questions_of
from mallette.seance.room import Room, as_code, found_row


class Seances(Room):
    """Every séance of a course. :meth:`ongoing` and :meth:`erase` know every code, :meth:`open` makes one."""

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
            return rows.seance(connection, found_row(connection, code))

    def ongoing(self) -> list[Seance]:
        """Return every séance that was not erased, those that are finished included, oldest first."""
        with self._store.reading() as connection:
            return [rows.seance(connection, row) for row in rows.every(connection)]

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
            rows.change(connection, tables.seances, {"id": row.id}, expected=expected)

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
                key = {"seance": row.id, "question": question, "tour": tour}
                rows.change(connection, tables.rounds, key, state=REVEALED)
                rows.grow(connection, row.id)

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
            found = rows.one(connection, tables.answers, seance=row.id, mark=text_id)
            if found is None or not asked[found.question].question.written:
                raise unknown
            self._over(connection, row, (found.question, found.tour))
            if not enough(len(rows.answers(connection, row.id, found.question, found.tour))):
                raise unknown
            if found.released is not released:
                rows.change(connection, tables.answers, {"seance": row.id, "mark": text_id}, released=released)
                rows.grow(connection, row.id)

    def finish(self, code: str) -> None:
        """End the séance: the open round closes, nobody joins or answers any more. Finishing twice changes nothing."""
        with self._changing(code) as (connection, row):
            if not row.finished:
                self._close(connection, row)
                rows.change(connection, tables.seances, {"id": row.id}, finished=True)
                rows.grow(connection, row.id)

    def erase(self, code: str) -> None:
        """Erase all there is of a séance; once done, or when nothing is left of it, does nothing.

        SQLite: no byte of it stays in the file, its journal or the blocks that they give back
        (:mod:`mallette.seance.erasing`: and what stays possible), and the file itself goes with the last séance.
        PostgreSQL: rows are deleted; their bytes leave the disk when the server vacuums and recycles its journal.

        Raises:
            Unavailable: something could not be erased; calling again goes on from there.
        """
        known = as_code(code)
        if known is None:
            return
        with self._store.writing() as connection:
            connection.execute(delete(tables.seances).where(tables.seances.c.code == known))  # the rest goes with it
            self._store.rewrite(connection)
        self._asked.pop(known, None)
        self._store.scrub()

    def _readable(self, slug: str) -> tuple[str, tuple[Asked, ...]]:
        try:
            unit = units.unit(slug, self._course)
        except LookupError as error:
            raise NotAllowed(f"Impossible d’ouvrir la séance : {error}.") from error
        try:
            return unit.title, questions_of(unit)
        except ContentError as error:
            raise NotAllowed(f"Impossible d’ouvrir la séance, l’unité a un défaut. {error.faults[0]}") from error

    def _round(self, connection: Connection, row: Row, question: str, tour: int) -> Row:
        found = rows.one(connection, tables.rounds, seance=row.id, question=question, tour=tour)
        if found is None:
            raise NotAllowed("Cette question n’a pas été ouverte.")
        return found

    def _close(self, connection: Connection, row: Row) -> None:
        """Close the open round. What serves only while it is open goes: its deadline, the numbers of its answers."""
        rows.change(connection, tables.rounds, {"seance": row.id, "state": OPEN}, state=CLOSED, deadline=None)
        connection.execute(
            update(tables.answers)
            .where(tables.answers.c.seance == row.id, tables.answers.c.number > 0)
            .values(number=0)
        )
