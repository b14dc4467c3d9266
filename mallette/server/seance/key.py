"""The trainer's secret: new at each start, but the same for a workshop that restarts in the middle of a séance.

A trainer in front of forty people must not look for a new address because the laptop stumbled.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from pathlib import Path

FILE_NAME = "formateur.cle"
_SECRET = re.compile(r"[0-9A-Za-z_-]{43}")


def new() -> str:
    """Return a random secret of 256 bits."""
    return secrets.token_urlsafe(32)


class Key:
    """The file that holds the secret while there is a séance, beside its answers and as private as them.

    Args:
        folder: the folder of the store; ``None`` (PostgreSQL) keeps nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self._file = folder / FILE_NAME if folder else None

    def read(self) -> str:
        """Return the secret of an earlier run; empty when there is none that only this account could read."""
        if self._file is None:
            return ""
        try:
            with self._file.open(encoding="ascii") as file:
                status = os.fstat(file.fileno())
                text = file.read(100)
        except (OSError, ValueError):
            return ""
        private = os.name != "posix" or (status.st_mode & 0o077 == 0 and status.st_uid == os.geteuid())
        return text if private and _SECRET.fullmatch(text) else ""

    def keep(self, secret: str) -> None:
        """Write the secret for the next run; where it cannot be written, the next run has a new one."""
        if self._file is None or self.read() == secret:
            return
        self.forget()
        with contextlib.suppress(OSError):
            handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secret)

    def forget(self) -> None:
        """Remove the file: the next run has a new secret."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.unlink(missing_ok=True)
