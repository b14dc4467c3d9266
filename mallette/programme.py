"""Sessions of the course (``data/programme.yml``): dates, places, speakers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mallette import french
from mallette.handwritten import listing, structure
from mallette.handwritten.structure import Difference
from mallette.paths import Project

SCHEMA = Path(__file__).with_name("programme.schema.json")
ITEMS = structure.Items("seances", "séance", "numero")


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


def _known_date(text: str) -> bool:
    for pattern in ("%Y-%m-%d", "%Y-%m"):
        try:
            datetime.datetime.strptime(text, pattern)
        except ValueError:
            continue
        return True
    return False
