"""Every question of every unit, asked in a séance: does it fit the projector and a phone?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mallette.paths import Project
from mallette.questions import Question
from mallette.seance.questions import questions_of
from mallette.units import unit, units
from tests import formatrice, salle
from tests.conftest import ROOT

pytestmark = [pytest.mark.endurance, pytest.mark.timeout(600)]
COURSE = Project(ROOT)
PEOPLE = 7
PROJECTOR = {"width": 1280, "height": 720}
SETTLED_MS = 400
OUTSIDE = """() => [...document.querySelectorAll("main *")]
    .filter((item) => item.getClientRects().length && !item.closest(".mallette-cache, svg"))
    .filter((item) => { const box = item.getBoundingClientRect();
        return box.right > innerWidth + 1 || box.bottom > innerHeight + 1; })
    .map((item) => item.textContent.trim().slice(0, 60))"""
LEAST_PIXELS = 13
SMALLEST = """() => Math.min(...[...document.querySelectorAll("main *")]
    .filter((item) => [...item.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
    .map((item) => parseFloat(getComputedStyle(item).fontSize)))"""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[salle.Room]:
    running = salle.start(COURSE, tmp_path / "seances")
    yield running
    running.close()


def some_answer(question: Question, person: int) -> object:
    """Return an answer that the question allows; different people give different ones."""
    content = question.content
    match question.kind:
        case "vrai_faux":
            return ("vrai", "faux")[person % 2]
        case "choix_unique":
            return person % len(content["choix"])
        case "choix_multiple":
            return [person % len(content["choix"])]
        case "opinion":
            return person % len(content["echelle"])
        case "concordance":
            return person % 5 - 2
        case "numerique" | "estimation":
            low, high = content["domaine"]["min"], content["domaine"]["max"]
            return low + (high - low) * person // PEOPLE
        case "ordre":
            places = list(range(len(content["elements"])))
            return places[person % len(places) :] + places[: person % len(places)]
        case "reflexion":
            return "Une réflexion de quelques mots, qui ne nomme personne."


@pytest.mark.parametrize("slug", [item.slug for item in units(COURSE)])
def test_each_question_fits_the_projector_and_a_phone(
    slug: str, room: salle.Room, page_check: Callable[..., Page], no_overflow: Callable
) -> None:
    trainer = formatrice.enter(room)
    code = trainer.open(PEOPLE, slug)
    people = [room.phone().join(code) for _ in range(PEOPLE)]
    projector = page_check(room.context.trainer_address)
    projector.set_viewport_size(PROJECTOR)
    projector.goto(f"{room.url}formateur/s/{code}/ecran")
    phone = page_check(f"{room.url}s/{code}", viewport="etroit")
    phone.get_by_role("button", name="Participer").click()
    faults = []

    def look(question: Question, moment: str) -> None:
        projector.wait_for_timeout(SETTLED_MS)
        no_overflow(phone)
        faults.extend(f"{question.id}, {moment} : « {text} » sort de l’écran" for text in projector.evaluate(OUTSIDE))
        if (size := projector.evaluate(SMALLEST)) < LEAST_PIXELS:
            faults.append(f"{question.id}, {moment} : un texte de {size:.1f} pixels ne se lit pas du fond de la salle")

    for question in (asked.question for asked in questions_of(unit(slug, COURSE))):
        trainer.does(code, "ouvrir", question=question.id)
        expect(phone.get_by_role("button", name="Envoyer ma réponse")).to_be_visible()
        look(question, "ouverte")
        for number, person in enumerate(people):
            reply = person.answer(code, question.id, some_answer(question, number))
            assert reply.status == 200, (question.id, reply.text)
        trainer.does(code, "fermer", question=question.id, confirme=1)
        look(question, "fermée")
        trainer.does(code, "reveler", question=question.id)
        look(question, "montrée")
    assert faults == []
