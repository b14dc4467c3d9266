"""The sessions of the programme as a calendar (RFC 5545). A session whose day is not known is left out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from mallette import files, programme
from mallette.paths import Project
from mallette.programme import Session

_ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE""".splitlines()
"""Clock changes in France, the same rule since 1996 (directive 2000/84/CE and those before it)."""
_LINE = 75
"""Octets of a line, its end aside."""


def write(course: Project) -> tuple[Path, int, list[Session]]:
    """Write the calendar; return its file, the number of its sessions, and those that are left out.

    Raises:
        ContentError: the programme has defects.
        OSError: the file cannot be written.
    """
    series = programme.load(course)
    known = [session for session in series.sessions if session.start]
    changed = datetime.fromtimestamp(int(course.programme.stat().st_mtime), UTC)
    path = course.publication / "calendrier" / "seances.ics"
    files.write({path: text(series.title, series.source, known, changed)})
    return path, len(known), [session for session in series.sessions if not session.start]


def text(title: str, source: str, sessions: list[Session], changed: datetime) -> bytes:
    """Return the calendar of sessions whose start is known.

    Args:
        source: tells this series from others in the identity of a session, which stays when its date or title changes.
        changed: when the programme was last written, in UTC.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//mallette//programme//FR", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_escaped(title)}", *_ZONE]
    for session in sessions:
        lines += _event(session, source, changed)
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _event(session: Session, source: str, changed: datetime) -> Iterator[str]:
    identity = hashlib.sha256(f"{source}/{session.number}".encode()).hexdigest()[:24]
    people = [
        ", ".join(filter(None, [person.name, person.title])) + (f" ({person.note})" if person.note else "")
        for person in session.speakers
    ]
    yield "BEGIN:VEVENT"
    yield f"UID:{identity}@mallette.invalid"
    yield f"DTSTAMP:{changed:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;TZID=Europe/Paris:{session.start:%Y%m%dT%H%M%S}"
    yield f"DTEND;TZID=Europe/Paris:{session.end:%Y%m%dT%H%M%S}"
    yield f"SUMMARY:{_escaped(f'{session.number}. {session.title}')}"
    yield f"DESCRIPTION:{_escaped(chr(10).join([*session.questions, *people]))}"
    if session.place:
        yield f"LOCATION:{_escaped(session.place)}"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """Return a text as RFC 5545, §3.3.11, wants it."""
    text = re.sub("[\x00-\x09\x0b-\x1f\x7f]", " ", text)
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Return a line cut every 75 octets, never inside a sign; what follows a cut begins with a space."""
    parts, now = [], b""
    for sign in line:
        octets = sign.encode()
        if len(now) + len(octets) > _LINE:
            parts.append(now)
            now = b" "
        now += octets
    return b"\r\n".join([*parts, now]) + b"\r\n"
