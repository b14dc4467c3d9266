"""What is read and changed of the tables: one query a function, no rule."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, Row, Table, func, select, update

from mallette.seance.model import Round, Seance
from mallette.seance.tables import answers as answers_
from mallette.seance.tables import participants as participants_
from mallette.seance.tables import rounds as rounds_
from mallette.seance.tables import seances as seances_
from mallette.seance.tables import tools as tools_

_HEAD = [column for column in seances_.c if column.name != "questions"]  # large, and read once


def same(table: Table, **key: object) -> list[ColumnElement[bool]]:
    """Return the conditions that pick the rows of a table by the values of some columns."""
    return [table.c[name] == value for name, value in key.items()]


def one(connection: Connection, table: Table, **key: object) -> Row | None:
    """Return the one row that has these values, if any."""
    return connection.execute(select(table).where(*same(table, **key))).one_or_none()


def change(connection: Connection, table: Table, key: Mapping[str, object], **values: object) -> None:
    """Change the rows that ``key`` picks."""
    connection.execute(update(table).where(*same(table, **key)).values(**values))


def find(connection: Connection, code: str, lock: bool = False) -> Row | None:
    """Return the row of a séance; with ``lock``, no other transaction can change anything of it before the end of ours.

    SQLite needs no lock on the row: there a writing transaction is alone.
    """
    query = select(*_HEAD).where(seances_.c.code == code)
    return connection.execute(query.with_for_update() if lock else query).one_or_none()


def every(connection: Connection) -> list[Row]:
    return list(connection.execute(select(*_HEAD).order_by(seances_.c.id)))


def questions(connection: Connection, seance: int) -> list[dict]:
    return connection.execute(select(seances_.c.questions).where(seances_.c.id == seance)).scalar_one()


def seance(connection: Connection, row: Row) -> Seance:
    tool = None if row.finished else offered(connection, row.id)
    return Seance(
        row.code,
        row.unit,
        row.title,
        row.expected,
        row.opened,
        participants(connection, row.id),
        row.version,
        rounds(connection, row.id),
        row.finished,
        "" if tool is None else tool.title,
    )


def offered(connection: Connection, seance: int) -> Row | None:
    """Return ``name`` and ``title`` of the tool that is offered, if any. Its content is large, and not read."""
    head = select(tools_.c.name, tools_.c.content["titre"].as_string().label("title"))
    return connection.execute(head.where(*same(tools_, seance=seance, offered=True))).one_or_none()


def grow(connection: Connection, seance: int) -> None:
    """Add one to the version of a séance."""
    connection.execute(update(seances_).where(seances_.c.id == seance).values(version=seances_.c.version + 1))


def participants(connection: Connection, seance: int) -> int:
    return connection.execute(select(func.count()).where(participants_.c.seance == seance)).scalar_one()


def joined(connection: Connection, seance: int, token: str) -> bool:
    return one(connection, participants_, seance=seance, token=token) is not None


def rounds(connection: Connection, seance: int) -> tuple[Round, ...]:
    """Return the rounds of a séance in the order they were opened."""
    its_own = same(answers_, seance=rounds_.c.seance, question=rounds_.c.question, tour=rounds_.c.tour)
    count = select(func.count()).where(*its_own).scalar_subquery()
    query = select(rounds_.c.question, rounds_.c.tour, rounds_.c.state, rounds_.c.deadline, count)
    found = connection.execute(query.where(rounds_.c.seance == seance).order_by(rounds_.c.rank))
    return tuple(Round(*row) for row in found)


def answers(connection: Connection, seance: int, question: str, tour: int) -> list[Row]:
    """Return the answers of a round in the random order of their marks."""
    where = same(answers_, seance=seance, question=question, tour=tour)
    return list(connection.execute(select(answers_).where(*where).order_by(answers_.c.mark)))


def in_both_tours(connection: Connection, seance: int, question: str) -> int:
    """Return how many people answered a question in both tours."""
    people = (
        select(answers_.c.token)
        .where(answers_.c.seance == seance, answers_.c.question == question)
        .group_by(answers_.c.token)
        .having(func.count() == 2)
    )
    return connection.execute(select(func.count()).select_from(people.subquery())).scalar_one()
