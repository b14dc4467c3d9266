"""Leaving nothing of what was erased on the disk, as far as a program can: the SQLite file and its journal.

A file system gives the blocks of a file that is truncated or removed back as they are, and whoever reads the raw disk
finds there what they held. So nothing here gives up a block before it is overwritten. The moments when one would be:

* rows are deleted: ``secure_delete`` overwrites them in the file, :func:`rewrite` the copies that it forgets;
* the journal (``-wal``) holds pages as they were: nobody truncates it, :func:`overwrite_journal` fills it with zeros;
* SQLite removes the journal when the last connection closes, or when it finds it beside an empty file (what is left of
  a server that was killed): :func:`watched_journal`.

The index of the journal (``-shm``) holds numbers of pages, no content.

What a program cannot reach stays possible: a solid-state disk, or a file system that writes elsewhere than in place
(Btrfs, ZFS, APFS, snapshots), keeps former blocks for a while; so do swap, hibernation and backups.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, PoolProxiedConnection, insert, select

from mallette.seance.tables import metadata


def rewrite(connection: Connection) -> None:
    """Make every table anew: their pages hold the rows there are, and zeros.

    When SQLite moves rows from one page to another, ``secure_delete`` does not overwrite what it leaves behind; a page
    that is given up is overwritten whole.
    """
    kept = [(table, connection.execute(select(table)).mappings().all()) for table in metadata.sorted_tables]
    metadata.drop_all(connection)
    metadata.create_all(connection)
    for table, rows in kept:
        if rows:
            connection.execute(insert(table), [dict(row) for row in rows])


def overwrite_journal(connection: PoolProxiedConnection, journal: Path) -> bool:
    """Write zeros over the whole journal, once it is moved into the file; tell whether nobody was in the way.

    One transaction fills it from its beginning, as any other would: other servers may go on meanwhile, and a crash at
    any moment loses nothing. Its pages stay in the file, empty, for the next answers.

    Args:
        connection: out of any transaction.
    """
    cursor = connection.cursor()
    busy, _pages, _moved = cursor.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()
    size = journal.stat().st_size if journal.exists() else 0
    if busy or not size:
        return not busy
    turn = _turn(journal)
    cursor.execute("BEGIN IMMEDIATE")
    cursor.execute("CREATE TABLE zeros (bytes BLOB)")
    cursor.execute("INSERT INTO zeros VALUES (zeroblob(?))", (size,))
    cursor.execute("DROP TABLE zeros")
    cursor.execute("COMMIT")
    return _turn(journal) != turn  # else a reader came in between, and zeros were added at the end


def _turn(journal: Path) -> bytes:
    """Return the bytes of a journal that change each time it is filled from its beginning (file format, § 4.1)."""
    with journal.open("rb") as file:
        return file.read(24)[12:]


@contextmanager
def watched_journal(journal: Path) -> Iterator[None]:
    """Overwrite the journal if it is removed within the block. Not on Windows: there a file that is open stays."""
    with contextlib.ExitStack() as stack:
        file = None
        if os.name == "posix":
            with contextlib.suppress(OSError):
                file = stack.enter_context(journal.open("r+b"))
        try:
            yield
        finally:
            if file and not (status := os.fstat(file.fileno())).st_nlink:
                with contextlib.suppress(OSError):
                    file.write(bytes(status.st_size))
                    file.flush()
                    os.fsync(file.fileno())
