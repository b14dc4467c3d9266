"""Sessions (``data/programme.yml``): those of the announced series, and the dates of whoever uses the kit."""

from __future__ import annotations

import calendar
import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mallette import french, units
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
    """One session.

    Attributes:
        key: tells it from the others of its series, whatever its date.
        number: rank in the announced series, from 1; 0 in a cycle of one's own.
        date: ISO date (``2021-01-21``) or month (``2021-10``), as known.
        hours: ``"14h-17h"`` as displayed.
        unit: slug of the unit that treats it, written or to come; possibly empty in a cycle of one's own.
        questions: what the session asks, in the kit's own words.
    """

    key: str
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

    @property
    def weekday(self) -> str:
        """« jeudi », or nothing when the day is not known."""
        return french.weekday(self.start) if self.start else ""

    @property
    def heading(self) -> str:
        """The title, with its number when it has one."""
        return f"{self.number}. {self.title}" if self.number else self.title

    @property
    def over(self) -> datetime.datetime:
        """From when on it belongs to the past: its end, or that of its month when the day is not known."""
        if self.end:
            return self.end
        year, month = map(int, self.date.split("-"))
        return datetime.datetime(year, month, calendar.monthrange(year, month)[1], 23, 59)


@dataclass(frozen=True)
class Series:
    """The sessions in order, with what introduces them; ``source`` is a citation key, empty for one's own cycle."""

    title: str
    organiser: str
    note: str
    source: str
    sessions: tuple[Session, ...]


def load(course: Project) -> Series:
    """Return the announced series.

    Raises:
        ContentError: with every fault of the file.
    """
    data = _read(course)
    sessions = [_session(row, str(row["numero"]), row["titre"]) for row in data["seances"]]
    return Series(data["titre"], data["organisateur"], data.get("note", ""), data["source"], tuple(sessions))


def cycle(course: Project) -> Series | None:
    """Return the dates that whoever uses the kit has written, in their order; nothing when there are none.

    Raises:
        ContentError: with every fault of the file.
    """
    data = _read(course).get("cycle")
    if not data:
        return None
    titles = {unit.slug: unit.title for unit in units.units(course)}
    seen: Counter[str] = Counter()
    sessions = []
    for row in data["seances"]:
        name = row.get("unite") or row["titre"]
        seen[name] += 1
        sessions.append(_session(row, f"{name}/{seen[name]}", row.get("titre") or titles[row["unite"]]))
    sessions.sort(key=lambda session: session.start or session.over)
    return Series(data["titre"], data.get("organisateur", ""), data.get("note", ""), "", tuple(sessions))


def current(course: Project) -> Series:
    """Return what is to be given to people: the cycle of one's own, or the announced series.

    Raises:
        ContentError: with every fault of the file.
    """
    return cycle(course) or load(course)


def _read(course: Project) -> dict:
    rules = partial(_differences, known=[unit.slug for unit in units.units(course)])
    return listing.read(course.programme, course.root, SCHEMA, ITEMS, rules).data


def _session(row: Mapping, key: str, title: str) -> Session:
    return Session(
        key,
        row.get("numero", 0),
        title,
        row["date"],
        row["horaires"],
        row.get("unite", ""),
        row.get("lieu", ""),
        tuple(row.get("questions", ())),
        tuple(
            Speaker(person["nom"], person.get("qualite", ""), person.get("note", ""))
            for person in row.get("intervenants") or ()
        ),
    )


def _differences(data: dict, known: Iterable[str]) -> Iterator[Difference]:
    yield from _moments(data["seances"], ("seances",))
    place = ("cycle", "seances")
    dates = data.get("cycle", {}).get("seances", ())
    yield from _moments(dates, place)
    for rank, row in enumerate(dates):
        name = row.get("unite")
        if name and name not in known:
            near = structure.suggestion(name, list(known))
            yield Difference((*place, rank, "unite"), f"aucune unité ne s’appelle « {name} »", near)
        elif not name and "titre" not in row:
            yield Difference((*place, rank), "cette séance n’a ni unité ni titre", "ajoutez « unite: » ou « titre: »")


def _moments(rows: Iterable[dict], place: tuple[str, ...]) -> Iterator[Difference]:
    for rank, row in enumerate(rows):
        if not _known_date(row["date"]):
            yield Difference(
                (*place, rank, "date"),
                f"date « {row['date']} » incomprise",
                "écrivez 2021-01-21, ou 2021-10 quand le jour n’est pas connu",
            )
        elif not _known_hours(row["horaires"]):
            yield Difference(
                (*place, rank, "horaires"),
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
