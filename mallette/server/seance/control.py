"""What the trainer's page shows of a séance in progress: where it is, and every button. Templates only lay it out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from mallette import french
from mallette.seance.model import CLOSED, OPEN, Seance
from mallette.seance.questions import POSITIONNEMENT, QUIZ
from mallette.seance.seances import Seances
from mallette.server import network, portal
from mallette.server.seance.screen import (
    SCREENS,
    Key,
    Step,
    TrainerState,
    View,
    asked_twice,
    comparison,
    moment,
    on_screen,
    result,
    spaced,
    steps_of,
)

DURATIONS = ((0, "sans limite"), (30, "30 secondes"), (60, "1 minute"), (120, "2 minutes"), (300, "5 minutes"))
"""Timers offered, in seconds."""
_SECTIONS = (
    ("depart", "Positionnement, au début", POSITIONNEMENT, 1, "Avant tout apport : où chacun se situe."),
    ("quiz", "Questions", QUIZ, 1, "Une question fermée peut être posée une seconde fois, après le débat."),
    ("acquis", "Acquis, à la fin", POSITIONNEMENT, 2, "Les mêmes questions qu’au début : la comparaison s’affiche."),
)


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    note: str
    steps: Sequence[Step]

    @property
    def progress(self) -> str:
        done = sum(1 for step in self.steps if step.state)
        return f"{done} sur {len(self.steps)}"


def view(
    seances: Seances,
    code: str,
    trainer: TrainerState,
    address: str,
    turned_away: Collection[str],
    addresses: Sequence[View] = (),
    sheets: Sequence[tuple[str, str]] = (),
) -> View:
    """Return the control page of a séance in progress.

    Args:
        address: what phones open to join.
        addresses: see :func:`addresses`.
        turned_away: why phones could not join, as :mod:`.limits` names it; empty when all could.
        sheets: pages of sheets to print, what they are and where; may be empty.

    Raises:
        SeanceError: the séance is unknown or its store cannot be read.
    """
    seance = seances.get(code)
    steps = steps_of(seances.questions(code), seance)
    screen, now = on_screen(seance, trainer.choices.get(code), steps)
    texts = None
    if now and now.closed and now.question.written:
        texts = seances.texts(code, now.question.id, now.tour)
    return {
        "code": spaced(code),
        "title": seance.title,
        "sheets": sheets,
        "stage": f"{moment(seance)} {now.key if now else ''} {now.state if now else ''}",
        "address": address,
        "in_room": f"//{network.LOOPBACK}:" not in address,
        "qr": Markup(portal.qr_code(address)),
        "addresses": addresses,
        "participants": seance.participants,
        "expected": seance.expected,
        "turned_away": turned_away,
        "resumed": "" if code in trainer.known else kept(seance),
        "on_screen": SCREENS[screen],
        "screens": _buttons(screen, now, steps),
        "now": now,
        "next": next_step(steps, seance),
        # The next question is the thing to do when nothing is left to show of this one, or only on phones.
        "moves_on": now is None or now.state != CLOSED or now.question.told_on_phones,
        "open": seance.current is not None,
        "result": result(seances, seance, now) if now and now.closed else None,
        "comparison": comparison(seances, seance, now, steps),
        "texts": texts,
        "sections": sections(steps),
        "durations": DURATIONS,
    }


def sections(steps: dict[Key, Step]) -> list[Section]:
    """Return the steps as the control page lists them; a second time is offered once the first is closed."""
    listing = []
    for name, title, group, tour, note in _SECTIONS:
        listed: list[Step] = []
        for step in (item for item in steps.values() if item.asked.group == group and item.tour == tour):
            again = steps[step.question.id, 2]
            if group == QUIZ and step.closed:
                listed += [step, again]
            elif step.state or tour == 2 or not again.state:  # a first time after the second one would be no comparison
                listed.append(step)
        listing.append(Section(name, title, note, listed))
    return [section for section in listing if section.steps]


def next_step(steps: dict[Key, Step], seance: Seance) -> Step | None:
    """Return the step after the last one asked, in the order of the list; the first one left when there is none."""
    order = [step for section in sections(steps) for step in section.steps]
    first_time = [step for step in order if step.tour == 1 or step.asked.group == POSITIONNEMENT]
    last = seance.rounds[-1] if seance.rounds else None
    place = next(
        (
            index
            for index, step in enumerate(first_time)
            if last and step.question.id == last.question and (step.tour == last.tour or step.asked.group == QUIZ)
        ),
        -1,
    )
    left = [step for step in (*first_time[place + 1 :], *first_time[: max(place, 0)]) if not step.state]
    return left[0] if left else None


def _buttons(screen: str, now: Step | None, steps: dict[Key, Step]) -> list[View]:
    buttons: list[View] = []

    def offer(kind: str, label: str, **about: object) -> None:
        query = urlencode({"ecran": kind, **about})
        buttons.append({"id": kind, "label": label, "query": query, "current": screen == kind})

    def about(kind: str, label: str) -> None:
        offer(kind, label, question=now.question.id, tour=now.tour)

    offer("accueil", "Code et QR")

    if now and now.state == OPEN:
        about("question", "La question")
    if now and now.closed:
        about("resultat", "Le résultat")
        if asked_twice(now, steps):
            about("comparaison", "Avant et après")
        if now.question.written:
            about("textes", "Les textes choisis")
    return buttons


def addresses(rooms: Mapping[str, str], shown: str) -> list[View]:
    """Return the addresses between which the trainer may choose: none when there is no choice.

    Args:
        rooms, shown: see :class:`~mallette.server.seance.context.Context`.
    """
    buttons = [
        {
            "id": address.replace(".", "-"),
            "label": f"{address} ({card})" if card else address,
            "query": urlencode({"adresse": address}),
            "current": address == shown,
        }
        for address, card in rooms.items()
    ]
    return buttons if len(buttons) > 1 else []


def kept(seance: Seance) -> str:
    """Return ``34 réponses gardées``."""
    return french.plural(sum(item.answers for item in seance.rounds), "réponse gardée", "réponses gardées")
