"""Tools that the tables of a room fill in: one shared copy a table, a value at a time; the last one written stays.

Whoever has joined may write at any table: people sit where they like. Nothing says who wrote what.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import JSON, Column, Connection, Row, func, insert, select, update

from mallette.seance import rows
from mallette.seance.errors import Closed, NotAllowed, NotJoined
from mallette.seance.model import digest
from mallette.seance.room import Stored
from mallette.seance.tables import boards, tools
from mallette.tools.values import MOST_ROWS, ROW, fields, problem

MOST_BOARDS = 30
"""Tables of a room, at most."""
MOST_PLACES = 3 * MOST_ROWS


@dataclass(frozen=True)
class Offered:
    """A tool in a séance.

    Attributes:
        name: of its file.
        title: as when it was first offered.
        offered: whether phones are led to it; any other can still be read.
        boards: numbers of the tables that wrote something in it.
    """

    name: str
    title: str
    offered: bool
    boards: tuple[int, ...]


class Boards(Stored):
    """The tools of every séance. Methods raise what those of :class:`~mallette.seance.seances.Seances` do."""

    def offer(self, code: str, name: str, content: Mapping) -> None:
        """Offer a tool to the tables, in place of another, whose last words are still taken (:meth:`write`); what was
        written in it before is there again.

        Raises:
            Closed: the séance is finished.
        """
        with self._changing(code) as (connection, row):
            if row.finished:
                raise Closed("La séance est terminée.")
            rows.change(connection, tools, {"seance": row.id}, offered=False)
            known = connection.execute(
                update(tools).where(*rows.same(tools, seance=row.id, name=name)).values(offered=True)
            )
            if known.rowcount == 0:
                connection.execute(insert(tools).values(seance=row.id, name=name, content=dict(content), offered=True))
            rows.grow(connection, row.id)

    def withdraw(self, code: str) -> None:
        """Offer no tool any more, and let nobody write in any; nothing of what was written is lost."""
        with self._changing(code) as (connection, row):
            rows.change(connection, tools, {"seance": row.id}, offered=False)
            rows.grow(connection, row.id)

    def every(self, code: str) -> list[Offered]:
        """Return the tools that were offered, by name; at most one still is."""
        with self._read(code) as (connection, row):
            begun: dict[str, list[int]] = defaultdict(list)
            written = select(boards.c.tool, boards.c.board).where(boards.c.seance == row.id).distinct()
            for tool, board in connection.execute(written.order_by(boards.c.board)):
                begun[tool].append(board)
            heads = select(tools.c.name, tools.c.content["titre"].as_string(), tools.c.offered)
            return [
                Offered(name, title, offered and not row.finished, tuple(begun[name]))
                for name, title, offered in connection.execute(
                    heads.where(tools.c.seance == row.id).order_by(tools.c.name)
                )
            ]

    def offered(self, code: str) -> dict[str, str] | None:
        """Return ``nom`` and ``titre`` of the tool that is offered; ``None`` without one."""
        with self._read(code) as (connection, row):
            found = None if row.finished else rows.offered(connection, row.id)
        return None if found is None else {"nom": found.name, "titre": found.title}

    def content(self, code: str, tool: str) -> Mapping:
        """Return what the file of a tool held when it was first offered.

        Raises:
            NotAllowed: no such tool.
        """
        with self._read(code) as (connection, row):
            return _held(connection, row, tool, tools.c.content).content

    def read(self, code: str, tool: str, board: int, since: int = 0) -> tuple[int, dict[str, object]]:
        """Return the number of the last change of a copy, and what changed after the change ``since``, by place.

        Rows come in the order in which they were added; ``None`` stands for one that was taken away.

        Raises:
            NotAllowed: no such tool or table.
        """
        with self._read(code) as (connection, row):
            _held(connection, row, tool, tools.c.name)
            same = self._of(row, tool, board)
            last = connection.execute(select(func.max(boards.c.number)).where(*same)).scalar_one() or 0
            changed = select(boards).where(*same, boards.c.number > since).order_by(boards.c.born)
            return last, {one.place: one.value for one in connection.execute(changed)}

    def write(self, code: str, token: str, tool: str, board: int, place: str, value: object) -> int:
        """Keep a value in the copy of a table; return the number of this change, after COMMIT.

        As long as a tool is offered, all those of the séance take words: a table that finishes a sentence while the
        trainer goes on to the next tool loses none. To offer none any more closes them all.

        Args:
            place: id of a field, or ``"table/row"``; a row is a mapping of its columns, ``None`` takes it away.

        Raises:
            NotJoined: unknown token.
            Closed: no tool is offered any more, or the séance is finished.
            NotAllowed: no such tool, table or place, or a value that the field may not hold.
        """
        with self._changing(code) as (connection, row):
            if not rows.joined(connection, row.id, digest(token)):
                raise NotJoined("Rejoignez d’abord la séance.")
            content = _held(connection, row, tool, tools.c.content).content
            if row.finished or rows.offered(connection, row.id) is None:
                raise Closed("Aucun outil n’est plus proposé : ce qui était déjà gardé le reste.")
            kept = _fitting(content, place, value)
            same = self._of(row, tool, board)
            last, count = connection.execute(
                select(func.coalesce(func.max(boards.c.number), 0), func.count()).where(*same)
            ).one()
            number = last + 1
            done = connection.execute(
                update(boards).where(*same, boards.c.place == place).values(value=kept, number=number)
            )
            if done.rowcount == 0:
                if count >= MOST_PLACES:
                    raise NotAllowed("Cet outil est plein : enregistrez-le, puis commencez à une autre table.")
                connection.execute(
                    insert(boards).values(
                        seance=row.id, tool=tool, board=board, place=place, value=kept, born=number, number=number
                    )
                )
            return number

    @staticmethod
    def _of(row: Row, tool: str, board: int) -> list:
        if type(board) is not int or not 1 <= board <= MOST_BOARDS:
            raise NotAllowed(f"Les tables se numérotent de 1 à {MOST_BOARDS}.")
        return rows.same(boards, seance=row.id, tool=tool, board=board)


def _held(connection: Connection, row: Row, tool: str, column: Column) -> Row:
    """Return one column of the row of a tool: its content is large."""
    found = connection.execute(select(column).where(*rows.same(tools, seance=row.id, name=tool))).one_or_none()
    if found is None:
        raise NotAllowed("Cet outil n’est pas proposé dans cette séance.")
    return found


def _fitting(content: Mapping, place: str, value: object) -> object:
    """Return what to keep in a place.

    Raises:
        NotAllowed: the tool has no such place, or it may not hold this value.
    """
    name, _, row = place.partition("/")
    field = fields(content).get(name)
    if field is None or (field["type"] == "tableau") != bool(row):
        raise NotAllowed("Cet outil n’a pas ce champ : rechargez la page.")
    if not row:
        wrong, kept = problem(field, value), value
    elif value is None:
        wrong, kept = problem(field, [{ROW: row}]), JSON.NULL
    else:
        kept = {**value, ROW: row} if isinstance(value, Mapping) else value
        wrong = problem(field, [kept])
    if wrong:
        raise NotAllowed(f"{field['libelle']} : {wrong}.")
    return JSON.NULL if kept is None else kept
