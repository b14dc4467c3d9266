"""The trainer's first page: units of which to open a séance, séances to take up again."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import lru_cache

from mallette import checks, french, stamps
from mallette.paths import Project
from mallette.seance import questions
from mallette.seance.seances import Seance
from mallette.server.seance import access, actions, web
from mallette.server.seance.steps import TrainerState, kept, plural, spaced
from mallette.units import Unit, units

USUAL_GROUP = 20
"""Number of people proposed when a séance opens."""
HOW_MANY = "Indiquez le nombre de personnes attendues, de 1 à 300."


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
        return OfferedUnit(
            unit.slug,
            unit.label,
            unit.title,
            notes,
            fault=f"Cette unité ne peut pas ouvrir de séance pour l’instant. {faults[0]}",
        )
    groups = [asked.group for asked in questions.questions_of(unit)]
    positions = groups.count(questions.POSITIONNEMENT)
    return OfferedUnit(
        unit.slug,
        unit.label,
        unit.title,
        notes,
        summary=f"{plural(groups.count(questions.QUIZ), 'question', 'questions')}, et "
        f"{plural(positions, 'question', 'questions')} de positionnement.",
    )


def offers(course: Project) -> tuple[OfferedUnit, ...]:
    """Return every unit of a course, in its order. Takes seconds the first time."""
    return _offers_of(course, stamps.fingerprint({*stamps.book_sources(course), *stamps.deck_sources(course)}))


@lru_cache(maxsize=1)
def _offers_of(course: Project, fingerprint: str) -> tuple[OfferedUnit, ...]:
    # Checking a unit takes a sixth of a second: nothing is checked twice.
    return tuple(_offered(unit) for unit in units(course))


def listed(seance: Seance, trainer: TrainerState) -> OngoingSeance:
    """Return a séance as the first page lists it."""
    return OngoingSeance(
        code=spaced(seance.code),
        address=f"{access.TRAINER_PATH}/s/{seance.code}",
        title=seance.title,
        opened=french.day(seance.opened),
        joined=plural(seance.participants, "personne a rejoint", "personnes ont rejoint"),
        kept=kept(seance),
        resumed=seance.code not in trainer.known,
        finished=seance.finished,
    )


class Home(access.TrainerPage, web.Posted):
    """Units to open, séances to take up again; a form opens a séance."""

    async def home(self, status: int = 200, message: str = "") -> None:
        """Finish with the first page."""
        try:
            ongoing = await self.ask(self.context.seances.ongoing)
        except web.Refusal as refusal:
            ongoing, status, message = [], refusal.status_code, refusal.message
        offered = await asyncio.to_thread(offers, self.context.course)
        self.page(
            "formateur",
            status,
            static=web.STATIC,
            message=message,
            confirm=None,
            units=offered,
            usual=USUAL_GROUP,
            book=(self.context.course.html / "index.html").is_file(),
            ongoing=[listed(seance, self.context.trainer) for seance in ongoing],
        )

    async def get(self) -> None:
        await self.home()

    async def post(self) -> None:
        fields = self.fields()
        try:
            expected = actions.whole(fields.get("attendus", ""), HOW_MANY)
            seance = await self.ask(self.context.seances.open, fields.get("unite", ""), expected)
        except web.Refusal as refusal:
            await self.home(refusal.status_code, refusal.message)
            return
        self.context.trainer.known.add(seance.code)
        await self.context.keep_secret()
        self.redirect(f"{access.TRAINER_PATH}/s/{seance.code}", status=303)
