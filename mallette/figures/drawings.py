"""Drawings kept on disk: matplotlib takes about half a second for each, at every build and every start."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

import matplotlib

from mallette import design
from mallette.paths import PACKAGE, project
from mallette.stamps import fingerprint


def kept(key: tuple[str, ...], suffix: str) -> Path | None:
    """Return where the drawing of these key words is or goes, or ``None`` outside of a course.

    The name depends on the key, the code of this package, the tokens and matplotlib: no drawing outlives what made it.
    """
    try:
        folder = project().drawings
    except FileNotFoundError:
        return None
    name = hashlib.sha256("\0".join((*key, _code())).encode()).hexdigest()[:24]
    return folder / f"{name}.{suffix}"


def write(path: Path, content: bytes) -> None:
    """Keep a drawing; several processes may draw the same one, and a course may be read-only."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).replace(path)


@cache
def _code() -> str:
    look = [design.TOKENS, *design.FONTS.glob("*.ttf")]
    return matplotlib.__version__ + fingerprint([*(PACKAGE / "figures").glob("*.py"), *look])
