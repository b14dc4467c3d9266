"""The trainer's first page: units of which to open a séance, séances to take up again."""

from __future__ import annotations

import asyncio
from functools import lru_cache

from mallette import checks, french, stamps
from mallette.paths import Project
from mallette.seance import questions
from mallette.seance.model import Seance
from mallette.server.seance import access, actions, web
from mallette.server.seance.control import kept
from mallette.server.seance.screen import TrainerState, View, spaced
from mallette.units import Unit, units

USUAL_GROUP = 20
"""Number of people proposed when a séance opens."""
HOW_MANY = "Indiquez le nombre de personnes attendues, de 1 à 300."


def _offered(unit: Unit) -> View:
    """Return a unit as the first page offers it; ``fault`` says why it cannot be chosen."""
    told = {
        "slug": unit.slug,
        "label": unit.label,
        "title": unit.title,
        "notes": "/livre/" + unit.page.rsplit("/", 1)[0] + "/formateur.html",
    }
    faults = checks.unit_faults(unit)
    if faults:
        return {**told, "fault": f"Cette unité ne peut pas ouvrir de séance pour l’instant. {faults[0]}"}
    groups = [asked.group for asked in questions.questions_of(unit)]
    quiz, positions = (
        french.plural(groups.count(group), "question", "questions")
        for group in (questions.QUIZ, questions.POSITIONNEMENT)
    )
    return {**told, "fault": "", "summary": f"{quiz}, et {positions} de positionnement."}


def offers(course: Project) -> tuple[View, ...]:
    """Return every unit of a course, in its order. Takes seconds the first time."""
    return _offers_of(course, stamps.fingerprint({*stamps.book_sources(course), *stamps.deck_sources(course)}))


@lru_cache(maxsize=1)
def _offers_of(course: Project, fingerprint: str) -> tuple[View, ...]:
    # Checking a unit takes a sixth of a second: nothing is checked twice.
    return tuple(_offered(unit) for unit in units(course))


def _listed(seance: Seance, trainer: TrainerState) -> View:
    return {
        "code": spaced(seance.code),
        "address": f"{access.TRAINER_PATH}/s/{seance.code}",
        "title": seance.title,
        "opened": french.day(seance.opened),
        "joined": french.plural(seance.participants, "personne a rejoint", "personnes ont rejoint"),
        "kept": kept(seance),
        "resumed": seance.code not in trainer.known,
        "finished": seance.finished,
    }


class Home(access.TrainerPage, web.Posted):
    """Units to open, séances to take up again; a form opens a séance."""

    async def home(self, status: int = 200, message: str = "") -> None:
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
            ongoing=[_listed(seance, self.context.trainer) for seance in ongoing],
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
