"""Faults that tests of the store and of the whole workshop cause: a full disk, a lock, a folder nobody may write to."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mallette.seance import store as store_module
from mallette.seance.store import FILE_NAME, Store
from tests.conftest import ROOT


class SmallDisk:
    """A disk of 1 MB or a few that a test fills and empties: a real one for root, else SQLite's own limit of pages.

    The limit stands in for the disk where nothing can be mounted: SQLite raises the same error at the same places of a
    transaction, but its journal may still grow.
    """

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, megabytes: int = 1) -> None:
        self.folder, self._patch = folder, monkeypatch
        folder.mkdir()
        self.real = os.geteuid() == 0 and mount("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder)

    def fill(self, store: Store) -> None:
        """Leave no room; to be done again when the store has made some, by moving its journal into its file."""
        if self.real:
            with (self.folder / "photos").open("ab", buffering=0) as ballast, pytest.raises(OSError, match="space"):
                while True:
                    ballast.write(bytes(512))
        else:
            self._patch.setitem(store_module.PRAGMAS, "max_page_count", "1")  # no page more than there are
            store.close()

    def empty(self) -> None:
        if self.real:
            (self.folder / "photos").unlink()
        else:
            self._patch.delitem(store_module.PRAGMAS, "max_page_count")

    def close(self) -> None:
        if self.real:
            unmount(self.folder, "--lazy")


@contextmanager
def locked(location: Path | str, seconds: float | None = None) -> Iterator[None]:
    """Have another process hold the lock of a writer, for the length of the block or for a given time."""
    script = f"""
import sys, time
from sqlalchemy import select
from mallette.seance.store import Store
from mallette.seance.tables import seances
from pathlib import Path
location = {str(location)!r}
with Store(location if "://" in location else Path(location)).writing() as connection:
    connection.execute(select(seances).with_for_update())
    print("pris", flush=True)
    {f"time.sleep({seconds})" if seconds else "sys.stdin.read()"}
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout.readline() == "pris\n"
        yield
        holder.stdin.close()
        assert holder.wait(30) == 0


def mount(*arguments: object) -> bool:
    return subprocess.run(["mount", *map(str, arguments)], capture_output=True).returncode == 0


def unmount(folder: Path, *options: str) -> None:
    subprocess.run(["umount", *options, str(folder)], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Forbid writing in a folder: by its rights, or for root, who ignores them, by a read-only mount."""
    if os.geteuid() != 0:
        (folder / FILE_NAME).chmod(0o400)
        folder.chmod(0o500)
        yield
        folder.chmod(0o700)
        (folder / FILE_NAME).chmod(0o600)
        return
    if not mount("--bind", folder, folder):
        pytest.skip("ni droits qui s’appliquent à root, ni montage possible")
    try:
        assert mount("-o", "remount,bind,ro", folder)
        yield
    finally:
        unmount(folder, "--lazy")  # a server may be trying to open the file
