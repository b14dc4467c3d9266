"""What the trainer's first page offers: units of which to open a séance, séances to take up again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from mallette import build, checks, french
from mallette.paths import Project
from mallette.seance import questions
from mallette.seance.seances import Seance
from mallette.server.seance import access, board
from mallette.server.seance.desk import Desk
from mallette.server.seance.steps import plural, spaced
from mallette.units import Unit, units


@dataclass(frozen=True)
class OfferedUnit:
    """A unit as the first page offers it.

    ``notes`` is the address of its trainer's notes in the book; ``fault`` says why it cannot be chosen.
    """

    slug: str
    label: str
    title: str
    notes: str
    summary: str = ""
    fault: str = ""


@dataclass(frozen=True)
class OngoingSeance:
    """A séance as the first page lists it."""

    code: str
    address: str
    title: str
    opened: str
    joined: str
    kept: str
    resumed: bool
    finished: bool


def _offered(unit: Unit) -> OfferedUnit:
    notes = "/livre/" + unit.page.rsplit("/", 1)[0] + "/formateur.html"
    faults = checks.unit_faults(unit)
    if faults:
        return OfferedUnit(unit.slug, unit.label, unit.title, notes,
                           fault=f"Cette unité ne peut pas ouvrir de séance pour l’instant. {faults[0]}")
    groups = [asked.group for asked in questions.questions_of(unit)]
    positions = groups.count(questions.POSITIONNEMENT)
    return OfferedUnit(unit.slug, unit.label, unit.title, notes,
                       summary=f"{plural(len(groups) - positions, 'question', 'questions')}, et "
                               f"{plural(positions, 'question', 'questions')} de positionnement.")


def offers(course: Project) -> tuple[OfferedUnit, ...]:
    """Return every unit of a course, in its order. Takes seconds the first time."""
    slides = (path for path in course.slides.rglob("*") if path.is_file())
    return _offers_of(course, build.fingerprint([*build.sources(course), *slides]))


@lru_cache(maxsize=1)
def _offers_of(course: Project, fingerprint: str) -> tuple[OfferedUnit, ...]:
    # Checking a unit takes a sixth of a second: nothing is checked twice.
    return tuple(_offered(unit) for unit in units(course))


def listed(seance: Seance, desk: Desk) -> OngoingSeance:
    """Return a séance as the first page lists it."""
    return OngoingSeance(
        code=spaced(seance.code),
        address=f"{access.TRAINER_PATH}/s/{seance.code}",
        title=seance.title,
        opened=french.day(seance.opened),
        joined=plural(seance.participants, "personne a rejoint", "personnes ont rejoint"),
        kept=board.kept(seance),
        resumed=seance.code not in desk.known,
        finished=seance.finished,
    )
