"""The tables of the store: séances, the tools that a room fills in, and the assignments that people do.

No name, no address, no time finer than the day but for a deadline, deleted on closing.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    String,
    Table,
    false,
)

SCHEMA = 5
"""Grows when a table changes in a way that an older or newer mallette cannot read."""

UPGRADES: dict[int, tuple[str, ...]] = {
    1: ("ALTER TABLE answers ADD COLUMN number INTEGER DEFAULT 0 NOT NULL",),
    2: ("DROP TABLE crossings",),
    3: (),
    4: (),
}
"""Version → what makes a store of that version one of the next, on SQLite and on PostgreSQL, tables that are missing
aside: these are made after it."""

metadata = MetaData()

schema = Table("mallette_schema", metadata, Column("number", Integer, primary_key=True, autoincrement=False))

seances = Table(
    "seances",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(6), nullable=False, unique=True),
    Column("unit", String, nullable=False),
    Column("title", String, nullable=False),
    Column("questions", JSON, nullable=False),  # a copy: an edit of the course must not change what answers mean
    Column("expected", Integer, nullable=False),
    Column("opened", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("finished", Boolean, nullable=False, server_default=false()),
)

# Without a row number (SQLite) and with a hash in the key, the order of rows in the file is not that of arrival.
participants = Table(
    "participants",
    metadata,
    Column("seance", ForeignKey("seances.id", ondelete="CASCADE"), primary_key=True),
    Column("token", String(64), primary_key=True),  # SHA-256 of what the phone holds
    sqlite_with_rowid=False,
)

rounds = Table(
    "rounds",
    metadata,
    Column("seance", ForeignKey("seances.id", ondelete="CASCADE"), primary_key=True),
    Column("question", String, primary_key=True),
    Column("tour", Integer, primary_key=True, autoincrement=False),
    Column("rank", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("deadline", Double),
)

answers = Table(
    "answers",
    metadata,
    Column("seance", Integer, primary_key=True, autoincrement=False),
    Column("question", String, primary_key=True),
    Column("tour", Integer, primary_key=True, autoincrement=False),
    Column("token", String(64), primary_key=True),
    Column("mark", String(16), nullable=False),  # random: the order in which answers are read, the name of a text
    Column("value", JSON, nullable=False),
    Column("released", Boolean, nullable=False, server_default=false()),
    # The phone's own number of this answer: the highest is the last that the person gave. 0 once the round is closed.
    Column("number", Integer, nullable=False, server_default="0"),
    ForeignKeyConstraint(
        ["seance", "question", "tour"], ["rounds.seance", "rounds.question", "rounds.tour"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(["seance", "token"], ["participants.seance", "participants.token"], ondelete="CASCADE"),
    sqlite_with_rowid=False,
)

# A tool to fill in that the trainer offers, and the copy of it that each table of the room shares.
tools = Table(
    "tools",
    metadata,
    Column("seance", ForeignKey("seances.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("content", JSON, nullable=False),  # a copy: an edit of the course must not change what a row means
    Column("offered", Boolean, nullable=False),
)

boards = Table(
    "boards",
    metadata,
    Column("seance", Integer, primary_key=True, autoincrement=False),
    Column("tool", String, primary_key=True),
    Column("board", Integer, primary_key=True, autoincrement=False),  # number of the table in the room
    Column("place", String, primary_key=True),  # a field, or "table/row"
    Column("value", JSON, nullable=False),  # null for a row that was taken away
    Column("born", Integer, nullable=False),  # in which order rows came
    Column("number", Integer, nullable=False),  # grows with each change of the copy: what a phone has seen
    ForeignKeyConstraint(["seance", "tool"], ["tools.seance", "tools.name"], ondelete="CASCADE"),
    sqlite_with_rowid=False,
)

# Whoever fills in assignments: without a code until the first hand-in.
learners = Table(
    "learners",
    metadata,
    Column("id", String(16), primary_key=True),  # random
    Column("code", String(5), unique=True),
    Column("word", String(64)),  # a digest of the word that brings the code to another device
    sqlite_with_rowid=False,
)

devices = Table(
    "devices",
    metadata,
    Column("token", String(64), primary_key=True),  # SHA-256 of what the browser holds
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), nullable=False),
    sqlite_with_rowid=False,
)

drafts = Table(
    "drafts",
    metadata,
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("assignment", String, primary_key=True),
    Column("question", String, primary_key=True),
    Column("shape", String(16), nullable=False),  # a digest of the question that was answered: it may change
    Column("value", JSON, nullable=False),  # the answer as the bank counts; null once it is taken back
    Column("number", Integer, nullable=False),  # as of an answer above
    sqlite_with_rowid=False,
)
