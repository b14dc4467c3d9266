"""Which day a publication bears: that of its content, never that of the clock."""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

from mallette.faults import ContentError, Fault, relative
from mallette.paths import Project

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def day(course: Project) -> date:
    """Return the day of the last commit of the course; without git, that of its data.

    ``SOURCE_DATE_EPOCH`` wins (https://reproducible-builds.org/specs/source-date-epoch/).

    Raises:
        ContentError: neither tells a day.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not seconds:
        try:
            command = ["git", "-C", str(course.root), "log", "-1", "--format=%ct"]
            seconds = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
        except OSError:
            pass  # no git here
    if seconds.isdecimal():
        return datetime.fromtimestamp(int(seconds), UTC).date()
    try:
        return date.fromisoformat(json.loads(course.datapackage.read_text(encoding="utf-8"))["created"][:10])
    except (KeyError, TypeError, ValueError):
        place = relative(course.datapackage, course.root)
        remedy = 'écrivez « "created": "2026-11-22T00:00:00Z" »'
        raise ContentError([Fault(place, 0, "ces données n’ont pas de jour", remedy)]) from None


def changed(course: Project, folder: Path) -> dict[str, date]:
    """Return the day of the last commit of each file under ``folder``, by path from the root; nothing without git."""
    command = ["git", "-C", str(course.root), "log", "--format=%cs", "--name-only", "--relative", "--", str(folder)]
    try:
        lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    except OSError:
        return {}
    found: dict[str, date] = {}
    last = None
    for line in filter(None, lines):
        if _DAY.fullmatch(line):
            last = date.fromisoformat(line)
        elif last:
            found.setdefault(line, last)
    return found
