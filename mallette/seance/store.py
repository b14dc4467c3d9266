"""Where answers are kept: SQLite in a folder of the trainer, or PostgreSQL by URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

FILE_NAME = "seances.db"
PATIENCE = 5.0
"""How long a transaction waits for another one before it gives up, in seconds."""


class Store:
    """The tables of :mod:`mallette.seance.tables`, in one SQLite file or one PostgreSQL database.

    Nothing is opened before the first transaction, and a failure leaves nothing half open: every transaction may
    fail with :class:`~mallette.seance.errors.Unavailable`, and the next one works as soon as the cause is gone.
    Any thread may call it. Writers wait for one another; readers see the last commit.

    Args:
        location: a folder, or the SQLAlchemy URL of a PostgreSQL database.
        patience: how long to wait for a lock, in seconds.
    """

    def __init__(self, location: Path | str, patience: float = PATIENCE) -> None:
        raise NotImplementedError

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the store.

        Raises:
            Unavailable: the store cannot be read.
        """
        raise NotImplementedError

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are on the disk when the block ends, or not made at all.

        Raises:
            Unavailable: the store cannot be written; nothing was changed.
        """
        raise NotImplementedError

    def scrub(self) -> None:
        """Leave no byte of deleted rows on the disk; remove the file when no séance is left (SQLite).

        Raises:
            Unavailable: something still reads what should go.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Close every connection; the next transaction opens new ones."""
        raise NotImplementedError
