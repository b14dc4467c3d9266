"""Where answers are kept: SQLite in a folder of the trainer, or PostgreSQL by URL.

Longer than other files: what keeps an acknowledged answer from being lost (opening, beginning, the file that may go,
what a failure leaves) is proved together.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    func,
    insert,
    inspect,
    make_url,
    select,
    update,
)
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from mallette.seance import erasing, trouble
from mallette.seance.errors import Unavailable
from mallette.seance.tables import SCHEMA, UPGRADES, learners, metadata, schema, seances
from mallette.seance.trouble import StoreFault

FILE_NAME = "seances.db"
PATIENCE = 5.0
"""How long a transaction waits for another one before it gives up, in seconds."""

PRAGMAS = {
    "journal_mode": "wal",  # readers do not wait for the writer
    "synchronous": "full",  # with WAL, "normal" loses acknowledged answers at a power cut
    "wal_autocheckpoint": "100",  # pages; at 1,000 the journal alone takes the last 4 MB of a disk, and keeps them
    "foreign_keys": "on",
    "secure_delete": "on",  # what is deleted or replaced is overwritten in the file, see mallette.seance.erasing
    "temp_store": "memory",  # no answer in a temporary file
}
_PREPARING = 0x6D616C6C  # advisory lock of PostgreSQL: two servers that start together make the tables once


class Store:
    """The tables of :mod:`mallette.seance.tables`, in one SQLite file or one PostgreSQL database.

    Nothing is opened before the first transaction, and a failure leaves nothing half open: every transaction may
    fail with :class:`~mallette.seance.errors.Unavailable`, and the next one works as soon as the cause is gone.
    Any thread may call it. Writers wait for one another; readers see the last commit.

    Args:
        location: a folder, or the SQLAlchemy URL of a PostgreSQL database.
        patience: how long to wait for a lock, in seconds.

    Attributes:
        trouble: why it does not work, in French; empty when it does. What can be read but not written does not work:
            only a change that succeeds ends the trouble of one that failed.
    """

    def __init__(self, location: Path | str, patience: float = PATIENCE) -> None:
        self._url = location if isinstance(location, str) and "://" in location else ""
        self._file = None if self._url else Path(location) / FILE_NAME
        self._journal = Path(f"{self._file}-wal")
        self._patience = patience
        self.trouble = ""
        self._cannot_write = False
        self._opening = threading.Lock()
        self._engine: Engine | None = None
        self._known: tuple[int, int] | None = None
        """The file whose tables were checked (device, inode): another one, or none, must not pass for it."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the store.

        Raises:
            Unavailable: the store cannot be read.
        """
        options = {} if self._file else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._explained(), self._begun(options) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are on the disk when the block ends, or not made at all.

        Raises:
            Unavailable: the store cannot be written; nothing was changed.
        """
        with self._explained(writing=True), self._begun({"writing": True}) as connection:
            yield connection

    def rewrite(self, connection: Connection) -> None:
        """Leave nothing in the pages of the file but the rows there are (SQLite), once this transaction is over."""
        if self._file is not None:
            erasing.rewrite(connection)

    def scrub(self) -> None:
        """Leave nothing of deleted rows in the journal; remove both files when nothing is left (SQLite).

        Raises:
            Unavailable: something still reads what should go.
        """
        if self._file is None:
            return
        with self._explained():
            if not self._overwrite_journal(self._ready()):
                raise StoreFault(trouble.STILL_READ)
            with self._begun({"writing": True}) as connection:
                if _holds_anything(connection):
                    return
                # Under the write lock: no other process can be writing to the file that goes. Windows keeps files
                # that another thread reads; nothing is left in them.
                with contextlib.suppress(PermissionError):
                    for suffix in ("", "-wal", "-shm"):
                        self._file.with_name(FILE_NAME + suffix).unlink(missing_ok=True)
                self._known = None
            self._release()

    def close(self) -> None:
        """Close every connection; the next transaction opens new ones."""
        engine = self._engine
        if engine is not None and self._file is not None:  # its journal goes with the last connection
            with contextlib.suppress(SQLAlchemyError, sqlite3.Error, OSError):
                self._overwrite_journal(engine)
        self._release()

    def _release(self) -> None:
        with self._opening:
            engine, self._engine = self._engine, None
        if engine is not None:
            with self._watched():
                engine.dispose()

    @contextmanager
    def _explained(self, writing: bool = False) -> Iterator[None]:
        """Turn what the database or the system says into :class:`Unavailable`, and start afresh next time."""
        try:
            yield
            if writing or not self._cannot_write:
                self.trouble, self._cannot_write = "", False
        except (SQLAlchemyError, sqlite3.Error, OSError, ImportError, StoreFault) as error:
            text = trouble.message(error, self._file)
            if text in (trouble.DAMAGED, trouble.FOREIGN, trouble.NEWER, trouble.OLDER):
                self._known = None  # the remedy is to put it elsewhere: a new file is then no loss
            if text != trouble.BUSY:  # else readers can go on
                with contextlib.suppress(SQLAlchemyError, sqlite3.Error):
                    self._release()
            self.trouble, self._cannot_write = text.format(place=self._place()), writing or self._cannot_write
            raise Unavailable(self.trouble) from error

    def _place(self) -> str:
        """Return what messages call the store: never a password."""
        if self._file:
            return f"« {self._file} »"
        try:
            url = make_url(self._url)
        except (ArgumentError, ValueError):
            return "« MALLETTE_SEANCES »"
        return f"« {url.database or ''} » ({url.host or 'cet ordinateur'})"

    @contextmanager
    def _begun(self, options: dict) -> Iterator[Connection]:
        """Give a connection in a transaction that is surely about the file that has our name."""
        while True:
            with self._ready().connect().execution_options(**options) as connection, connection.begin():
                if self._in_place(connection):
                    yield connection
                    return
            self._release()

    def _in_place(self, connection: Connection) -> bool:
        """Tell whether the file was neither replaced nor removed since it was opened: SQLite would go on in a ghost.

        Raises:
            StoreFault: it was removed, and there was something in it.
        """
        if self._file is None:
            return True
        found = _identity(self._file)
        if found is not None and found == self._known:
            return True
        if found is None and _holds_anything(connection):
            raise StoreFault(trouble.VANISHED)
        self._known = None  # another server of this course erased the last séance, or a copy was put back
        return False

    def _ready(self) -> Engine:
        with self._opening:
            if self._engine is None:
                engine = self._sqlite(self._file) if self._file else self._postgresql()
                with self._watched():
                    try:
                        self._prepare(engine)
                    except BaseException:
                        engine.dispose()
                        raise
                self._engine = engine
            return self._engine

    def _sqlite(self, file: Path) -> Engine:
        if not file.exists():
            if self._known is not None:
                raise StoreFault(trouble.VANISHED)
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # SQLite gives its journal the rights of the file. An existing file is never opened here: closing it would
            # drop the locks of this process.
            with contextlib.suppress(FileExistsError):
                os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o600))
        engine = create_engine(
            URL.create("sqlite+pysqlite", database=str(file)),
            hide_parameters=True,
            connect_args={"timeout": self._patience},
            pool_timeout=self._patience,
        )

        @event.listens_for(engine, "connect")
        def configure(connection: sqlite3.Connection, _record: object) -> None:
            connection.isolation_level = None  # the driver must not begin transactions by itself
            for name, value in PRAGMAS.items():
                _set_pragma(connection, name, value, self._patience)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            # A writer that began as a reader could be refused at once, without waiting.
            writing = connection.get_execution_options().get("writing")
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

        return engine

    def _postgresql(self) -> Engine:
        try:
            url = make_url(self._url)
        except (ArgumentError, ValueError) as error:
            raise StoreFault(trouble.WRONG_URL) from error
        if url.get_backend_name() != "postgresql":
            raise StoreFault(trouble.WRONG_URL)
        milliseconds = int(1000 * self._patience)
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            hide_parameters=True,
            pool_pre_ping=True,
            pool_timeout=self._patience,
            connect_args={"connect_timeout": max(2, int(self._patience)), "tcp_user_timeout": milliseconds},
        )

        @event.listens_for(engine, "connect")
        def configure(connection: Any, _record: object) -> None:
            connection.autocommit = True
            connection.execute(f"SET lock_timeout = {milliseconds}")
            connection.execute("SET synchronous_commit = on")
            connection.autocommit = False

        return engine

    def _prepare(self, engine: Engine) -> None:
        """Make the tables of a new store, bring those of an older mallette up to date; refuse any other store."""
        # Before connecting: what replaces the file meanwhile will be noticed.
        found = _identity(self._file) if self._file else None
        killed = self._file and self._journal.exists()
        with engine.connect() as connection:
            ready = _version(connection) == SCHEMA
        if not ready:
            with engine.connect().execution_options(writing=True) as connection, connection.begin():
                if not self._file:
                    connection.execute(select(func.pg_advisory_xact_lock(_PREPARING)))
                _bring_up_to_date(connection)
        if self._file:
            self._known = found
            if killed:  # or another server runs
                with contextlib.suppress(sqlite3.Error, OSError):
                    self._overwrite_journal(engine)  # it may have been erasing

    def _overwrite_journal(self, engine: Engine) -> bool:
        connection = engine.raw_connection()
        try:
            return erasing.overwrite_journal(connection, self._journal)
        finally:
            connection.close()

    def _watched(self) -> contextlib.AbstractContextManager[None]:
        return erasing.watched_journal(self._journal) if self._file else contextlib.nullcontext()


def _set_pragma(connection: sqlite3.Connection, name: str, value: str, patience: float) -> None:
    """Set a pragma, waiting for locks: SQLite gives up at once when two connections turn a new file to WAL together."""
    deadline = time.monotonic() + patience
    while True:
        try:
            connection.execute(f"PRAGMA {name}={value}")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        time.sleep(0.02)


def _version(connection: Connection) -> int | None:
    """Return the version of the store's tables, which this mallette can read or upgrade; ``None`` when it has none.

    Raises:
        StoreFault: they are of any other version, or not ours.
    """
    present = set(inspect(connection).get_table_names())
    if schema.name not in present:
        if present & set(metadata.tables):
            raise StoreFault(trouble.FOREIGN)
        return None
    number = connection.scalar(select(schema.c.number))
    if number != SCHEMA and number not in UPGRADES:
        raise StoreFault(trouble.NEWER if number is None or number > SCHEMA else trouble.OLDER)
    return number


def _bring_up_to_date(connection: Connection) -> None:
    """Make the tables, or upgrade them; another server may just have done either."""
    version = _version(connection)
    if version is None:
        metadata.create_all(connection)
        connection.execute(insert(schema).values(number=SCHEMA))
        return
    for number in range(version, SCHEMA):
        for statement in UPGRADES[number]:
            connection.exec_driver_sql(statement)
    metadata.create_all(connection)
    connection.execute(update(schema).values(number=SCHEMA))


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_dev, status.st_ino


def _holds_anything(connection: Connection) -> bool:
    return any(connection.scalar(select(table.c.id).limit(1)) is not None for table in (seances, learners))
