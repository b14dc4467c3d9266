"""Sessions of the course (``data/programme.yml``): dates, places, speakers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mallette import french
from mallette.handwritten import listing, structure
from mallette.handwritten.structure import Difference
from mallette.paths import Project

SCHEMA = Path(__file__).with_name("programme.schema.json")
ITEMS = structure.Items("seances", "séance", "numero")
_MONTH = re.compile(r"\d{4}-\d{2}")
_HOURS = re.compile(r"(\d{1,2}) ?h ?(\d{2})? ?[-–] ?(\d{1,2}) ?h ?(\d{2})?".replace(" ", "[ \u00a0\u202f]"))


@dataclass(frozen=True)
class Speaker:
    """Someone named in the programme; ``note`` holds « sous réserve » and the like."""

    name: str
    title: str = ""
    note: str = ""


@dataclass(frozen=True)
class Session:
    """One seminar of the programme.

    Attributes:
        number: rank in the series, from 1.
        date: ISO date (``2021-01-21``) or month (``2021-10``), as known.
        hours: ``"14h-17h"`` as displayed.
        unit: slug of the unit that treats it, written or to come.
        questions: what the session asks, in the kit's own words.
    """

    number: int
    title: str
    date: str
    hours: str
    unit: str
    place: str
    questions: tuple[str, ...]
    speakers: tuple[Speaker, ...]

    @property
    def start(self) -> datetime.datetime | None:
        """When it begins, in the time of Paris without its zone; ``None`` when the day is not known."""
        return _moment(self.date, self.hours, 0)

    @property
    def end(self) -> datetime.datetime | None:
        """When it ends, as :attr:`start`."""
        return _moment(self.date, self.hours, 1)

    @property
    def date_text(self) -> str:
        """The date in French, as precise as it is known: « 21 janvier 2021 », « octobre 2021 »."""
        return french.day(self.date)


@dataclass(frozen=True)
class Series:
    """The sessions in order, with what introduces them; ``source`` is a citation key."""

    title: str
    organiser: str
    note: str
    source: str
    sessions: tuple[Session, ...]


def load(course: Project) -> Series:
    """Return the programme.

    Raises:
        ContentError: with every fault of the file.
    """
    data = listing.read(course.programme, course.root, SCHEMA, ITEMS, _differences).data
    sessions = [
        Session(
            row["numero"],
            row["titre"],
            row["date"],
            row["horaires"],
            row["unite"],
            row.get("lieu", ""),
            tuple(row["questions"]),
            tuple(
                Speaker(person["nom"], person.get("qualite", ""), person.get("note", ""))
                for person in row.get("intervenants") or ()
            ),
        )
        for row in data["seances"]
    ]
    return Series(data["titre"], data["organisateur"], data.get("note", ""), data["source"], tuple(sessions))


def _differences(data: dict) -> Iterator[Difference]:
    for rank, row in enumerate(data["seances"]):
        if not _known_date(row["date"]):
            yield Difference(
                ("seances", rank, "date"),
                f"date « {row['date']} » incomprise",
                "écrivez 2021-01-21, ou 2021-10 quand le jour n’est pas connu",
            )
        elif not _known_hours(row["horaires"]):
            yield Difference(
                ("seances", rank, "horaires"),
                f"horaires « {row['horaires']} » incompris",
                'écrivez "14h-17h" ou "9h30-12h", le début avant la fin',
            )


def _moment(date: str, hours: str, end: int) -> datetime.datetime | None:
    """Return when a session starts, or ends; ``None`` when its day is not known.

    Raises:
        ValueError: the day or the hours are not of this world.
    """
    if _MONTH.fullmatch(date):
        return None
    found = _HOURS.fullmatch(hours)
    if not found:
        raise ValueError(hours)
    hour, minute = found[1 + 2 * end], found[2 + 2 * end] or 0
    return datetime.datetime.strptime(date, "%Y-%m-%d").replace(hour=int(hour), minute=int(minute))


def _known_hours(hours: str) -> bool:
    try:
        return str(_moment("2021-01-21", hours, 0)) < str(_moment("2021-01-21", hours, 1))
    except ValueError:
        return False


def _known_date(text: str) -> bool:
    for pattern in ("%Y-%m-%d", "%Y-%m"):
        try:
            datetime.datetime.strptime(text, pattern)
        except ValueError:
            continue
        return True
    return False
