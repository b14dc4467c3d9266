"""What people fill in before they hand in: kept answer by answer in the store of the séances, without name or hour.

A browser is known by a random token, of which only the SHA-256 is kept. The first hand-in gives its holder a code, and
a word that brings this code to another browser; the word is made from the token and kept as a digest, so that the
browser that received it may be told it again, and nobody else.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, Row, delete, exists, func, insert, select, tuple_, update

from mallette.seance import rows
from mallette.seance.errors import Full, NotAllowed
from mallette.seance.model import ALPHABET, digest
from mallette.seance.store import Store
from mallette.seance.tables import devices, drafts, learners

MOST_LEARNERS = 1000
WORD_LENGTH = 5
_LETTERS = "".join(sign for sign in ALPHABET.lower() if sign.isalpha())
_CODES = range(1000, 10_000)
WRONG = "Ce code et ce mot ne vont pas ensemble : relisez votre reçu."


@dataclass(frozen=True)
class Draft:
    """An answer as it is kept.

    Attributes:
        shape: digest of the question that was answered.
        value: as the bank counts; ``None`` once the answer is taken back.
        number: the browser's own number of this answer, from 1.
    """

    shape: str
    value: object
    number: int


@dataclass(frozen=True)
class Work:
    """What one person has done of an assignment.

    Attributes:
        code: of the person; empty before the first hand-in.
        answers: question → what is kept.
    """

    code: str = ""
    answers: Mapping[str, Draft] = field(default_factory=dict)


@dataclass(frozen=True)
class Receipt:
    """What a hand-in gives.

    Attributes:
        code: of the person.
        word: brings the code to another browser; empty where it came from: the person knows it.
    """

    code: str
    word: str


class Drafts:
    """The drafts of all assignments of a course.

    Args:
        store: where they are kept. Every method may raise :class:`~mallette.seance.errors.Unavailable`.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def knows(self, token: str) -> bool:
        """Tell whether the holder of ``token`` has answered something."""
        with self._store.reading() as connection:
            return _learner(connection, token) is not None

    def work(self, token: str, assignment: str) -> Work:
        """Return what the holder of ``token`` has done of an assignment."""
        with self._store.reading() as connection:
            learner = _learner(connection, token)
            if learner is None:
                return Work()
            same = rows.same(drafts, learner=learner.id, assignment=assignment)
            found = connection.execute(select(drafts).where(*same))
            return Work(learner.code or "", {row.question: Draft(row.shape, row.value, row.number) for row in found})

    def record(self, token: str, assignment: str, question: str, draft: Draft) -> Draft:
        """Keep an answer unless a later one is kept; return, after COMMIT, what is kept.

        Raises:
            Full: too many people already.
        """
        with self._store.writing() as connection:
            learner = _learner(connection, token)
            name = learner.id if learner else _new(connection, token)
            key = {"learner": name, "assignment": assignment, "question": question}
            before = rows.one(connection, drafts, **key)
            values = {"shape": draft.shape, "value": draft.value, "number": draft.number}
            if before is None:
                connection.execute(insert(drafts).values(**key, **values))
            elif draft.number > before.number:
                rows.change(connection, drafts, key, **values)
            else:
                return Draft(before.shape, before.value, before.number)
        return draft

    def receipt(self, token: str) -> Receipt | None:
        """Return the code of the holder of ``token``; ``None`` before the first hand-in."""
        with self._store.reading() as connection:
            learner = _learner(connection, token)
        if learner is None or not learner.code:
            return None
        word = _word(token)
        return Receipt(learner.code, word if hmac.compare_digest(_sealed(learner.id, word), learner.word) else "")

    def enrol(self, token: str, taken: Collection[str]) -> str:
        """Return the code of the holder of ``token``; without one, give it one, and a word.

        Args:
            taken: codes that others have.

        Raises:
            NotAllowed: nothing was answered yet.
        """
        with self._store.writing() as connection:
            learner = _learner(connection, token)
            if learner is None:
                raise NotAllowed("Répondez au moins à une question avant de remettre votre copie.")
            if learner.code:
                return learner.code
            used = {*taken, *connection.scalars(select(learners.c.code).where(learners.c.code.is_not(None)))}
            code = f"p{secrets.choice(_CODES)}"
            while code in used:
                code = f"p{secrets.choice(_CODES)}"
            rows.change(connection, learners, {"id": learner.id}, code=code, word=_sealed(learner.id, _word(token)))
        return code

    def claim(self, token: str, code: str, word: str) -> None:
        """Let the holder of ``token`` go on with a code; what was answered under the code stays before what was not.

        Raises:
            NotAllowed: the word is not that of the code, or this browser has a code already.
        """
        with self._store.writing() as connection:
            wanted = rows.one(connection, learners, code=code)
            if wanted is None or not hmac.compare_digest(_sealed(wanted.id, word), wanted.word):
                raise NotAllowed(WRONG)
            mine = _learner(connection, token)
            if mine is not None and mine.id == wanted.id:
                return
            if mine is not None and mine.code:
                raise NotAllowed(f"Ce navigateur répond déjà avec le code {mine.code} : quittez-le d’abord.")
            if mine is not None:
                there = select(drafts.c.assignment, drafts.c.question).where(drafts.c.learner == wanted.id)
                new = tuple_(drafts.c.assignment, drafts.c.question).not_in(there)
                connection.execute(update(drafts).where(drafts.c.learner == mine.id, new).values(learner=wanted.id))
                connection.execute(delete(learners).where(learners.c.id == mine.id))
            connection.execute(insert(devices).values(token=digest(token), learner=wanted.id))

    def erase(self, assignment: str) -> None:
        """Erase the drafts of an assignment, and whoever is left without any."""
        with self._store.writing() as connection:
            connection.execute(delete(drafts).where(drafts.c.assignment == assignment))
            connection.execute(delete(learners).where(~exists().where(drafts.c.learner == learners.c.id)))
            self._store.rewrite(connection)
        self._store.scrub()


def _learner(connection: Connection, token: str) -> Row | None:
    joined = learners.join(devices, devices.c.learner == learners.c.id)
    return connection.execute(
        select(learners).select_from(joined).where(devices.c.token == digest(token))
    ).one_or_none()


def _new(connection: Connection, token: str) -> str:
    if connection.execute(select(func.count()).select_from(learners)).scalar_one() >= MOST_LEARNERS:
        raise Full("Trop de copies sont commencées sur cet ordinateur : prévenez la personne qui évalue.")
    name = secrets.token_hex(8)
    connection.execute(insert(learners).values(id=name))
    connection.execute(insert(devices).values(token=digest(token), learner=name))
    return name


def _word(token: str) -> str:
    """Return the word of a browser: letters that make no word of the language."""
    signs = hmac.digest(token.encode(), b"mot", "sha256")
    return "".join(_LETTERS[sign % len(_LETTERS)] for sign in signs[:WORD_LENGTH])


def _sealed(learner: str, word: str) -> str:
    return digest(f"{learner}/{word}")
