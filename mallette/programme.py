"""Sessions of the course (``data/programme.yml``): dates, places, speakers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import yaml

from mallette import french
from mallette.faults import ContentError, Fault, relative
from mallette.paths import Project


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
        ContentError: the file is missing, is not YAML, or lacks something; every fault is listed.
    """
    place = relative(course.programme, course.root)
    try:
        raw = yaml.safe_load(course.programme.read_text(encoding="utf-8")) or {}
    except (OSError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        raise ContentError([Fault(place, mark.line + 1 if mark else 0, "programme illisible", str(error))]) from error
    faults = [
        Fault(place, 0, f"« {key} » manque", "ajoutez ce champ")
        for key in ("titre", "organisateur", "source", "seances") if not raw.get(key)
    ]
    sessions = []
    for rank, row in enumerate(raw.get("seances") or [], 1):
        name = f"séance {row.get('numero', rank)}"
        for key in ("numero", "titre", "date", "horaires", "unite", "questions"):
            if not row.get(key):
                faults.append(Fault(place, 0, f"{name} : « {key} » manque", "ajoutez ce champ"))
        if not _known_date(str(row.get("date", ""))):
            faults.append(Fault(place, 0, f"{name} : date « {row.get('date')} » incomprise",
                                "écrivez 2021-01-21, ou 2021-10 quand le jour n’est pas connu"))
        if not faults:
            speakers = tuple(
                Speaker(person["nom"], person.get("qualite", ""), person.get("note", ""))
                for person in row.get("intervenants") or []
            )
            sessions.append(Session(
                int(row["numero"]), row["titre"], str(row["date"]), row["horaires"], row["unite"],
                row.get("lieu", ""), tuple(row["questions"]), speakers,
            ))
    if faults:
        raise ContentError(faults)
    return Series(raw["titre"], raw["organisateur"], raw.get("note", ""), raw["source"], tuple(sessions))


def _known_date(text: str) -> bool:
    for pattern in ("%Y-%m-%d", "%Y-%m"):
        try:
            datetime.datetime.strptime(text, pattern)
        except ValueError:
            continue
        return True
    return False
