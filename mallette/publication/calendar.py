"""The sessions of the programme as a calendar (RFC 5545). A session whose day is not known is left out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

from mallette import files, programme, version
from mallette.paths import Project
from mallette.programme import Series, Session

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
    """Write the calendar of one's own dates, or of the announced series when there are none.

    Returns:
        Its file, the number of its sessions, and those that are left out.

    Raises:
        ContentError: the programme has defects.
        OSError: the file cannot be written.
    """
    series = programme.current(course)
    path = course.publication / "calendrier" / "seances.ics"
    files.write({path: text(series, datetime.combine(version.day(course), time(), UTC))})
    left_out = [session for session in series.sessions if not session.start]
    return path, len(series.sessions) - len(left_out), left_out


def text(series: Series, stamp: datetime) -> bytes:
    """Return the calendar of the sessions whose start is known.

    Args:
        stamp: of the content, in UTC.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//mallette//programme//FR", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_escaped(series.title)}", *_ZONE]
    for session in series.sessions:
        if session.start:
            lines += _event(session, series.source or series.title, stamp)
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _event(session: Session, series: str, stamp: datetime) -> Iterator[str]:
    # The identity stays when the date or the title of a session changes: an agenda then moves it.
    identity = hashlib.sha256(f"{series}/{session.key}".encode()).hexdigest()[:24]
    people = [
        ", ".join(filter(None, [person.name, person.title])) + (f" ({person.note})" if person.note else "")
        for person in session.speakers
    ]
    yield "BEGIN:VEVENT"
    yield f"UID:{identity}@mallette.invalid"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;TZID=Europe/Paris:{session.start:%Y%m%dT%H%M%S}"
    yield f"DTEND;TZID=Europe/Paris:{session.end:%Y%m%dT%H%M%S}"
    yield f"SUMMARY:{_escaped(session.heading)}"
    if told := [*session.questions, *people]:
        yield f"DESCRIPTION:{_escaped(chr(10).join(told))}"
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
