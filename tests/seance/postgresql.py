"""A PostgreSQL server for tests: Debian's binaries, a folder of its own, a Unix socket, default durability."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg


def binaries() -> Path | None:
    """Return the folder of ``initdb`` and ``postgres``; ``None`` where PostgreSQL is not installed."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin"), *map(Path, os.environ.get("PATH", "").split(os.pathsep))]
    return next((folder for folder in found if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


class Postgresql:
    """A server that a test may stop, kill and start again."""

    def __init__(self, folder: Path) -> None:
        # The path of a Unix socket holds about a hundred characters: pytest's folders are too deep.
        self.home = Path(tempfile.mkdtemp(prefix="mallette-pg-"))
        # The server refuses to run as root.
        self._user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        if self._user:
            shutil.chown(self.home, "postgres", "postgres")
        self._bin = folder
        self._process: subprocess.Popen | None = None
        subprocess.run(
            [
                self._bin / "initdb",
                "-D",
                self.home / "data",
                "-U",
                "mallette",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale",
                "C",
                "--no-sync",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
            **self._user,
        )
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            [self._bin / "postgres", "-D", self.home / "data", "-k", self.home, "-c", "listen_addresses="],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            **self._user,
        )
        end = time.monotonic() + 60
        while True:
            try:
                self.execute("SELECT 1")
                return
            except psycopg.OperationalError:
                assert self._process.poll() is None and time.monotonic() < end, "PostgreSQL ne démarre pas"
                time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End the server: ``SIGINT`` cleanly, ``SIGQUIT`` as a crash (recovery at the next start)."""
        self._process.send_signal(how)
        self._process.wait(30)

    def close(self) -> None:
        if self._process.poll() is None:
            self.stop(signal.SIGQUIT)  # its data goes: nothing to save
        shutil.rmtree(self.home)

    def execute(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(host=str(self.home), user="mallette", dbname=database, autocommit=True) as connection:
            connection.execute(statement)

    def new_database(self) -> str:
        """Return the URL of an empty database: always the same, emptied, for each is 300 files to copy and to erase."""
        others = "datname IS NOT NULL AND pid <> pg_backend_pid()"
        self.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
        self.execute("DROP SCHEMA public CASCADE")
        self.execute("CREATE SCHEMA public")
        return f"postgresql+psycopg://mallette@/postgres?host={self.home}"
