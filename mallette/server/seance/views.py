"""What the trainer's two views show, worked out from a séance. Templates only lay it out.

The functions that take ``seances`` read the store: call them in its thread; they raise SeanceError when it cannot be
read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from urllib.parse import urlencode

from markupsafe import Markup

from mallette.seance import results
from mallette.seance.displays import Comparison, Result
from mallette.seance.model import CLOSED, OPEN, REVEALED, Seance
from mallette.seance.seances import Seances
from mallette.server import network, portal
from mallette.server.seance.steps import (
    DURATIONS,
    Choice,
    Key,
    Step,
    TrainerState,
    asked_twice,
    kept,
    moment,
    next_step,
    sections,
    spaced,
    steps_of,
)

View = dict[str, object]
"""What one template lays out: it says what is in it."""


def result(seances: Seances, seance: Seance, step: Step, expected: bool | None = None) -> Result:
    """Return what may be shown of a closed round, its right answer included once revealed (or if ``expected``)."""
    return seances.result(seance, step.round, step.state == REVEALED if expected is None else expected)


def comparison(seances: Seances, seance: Seance, step: Step | None, steps: dict[Key, Step]) -> Comparison | None:
    """Return both tours side by side; ``None`` unless ``step`` is a closed second one."""
    if step is None or not asked_twice(step, steps):
        return None
    first = steps[step.question.id, 1]
    expected = REVEALED in (step.state, first.state)
    return results.comparison(
        step.question, result(seances, seance, first, expected), result(seances, seance, step, expected)
    )


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


def control(
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
    screen, now = _on_screen(seance, trainer.choices.get(code), steps)
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


def screen(seances: Seances, code: str, trainer: TrainerState, address: str) -> View:
    """Return what the projector shows: its ``kind``, one of :data:`SCREENS`, and what this kind needs.

    Arguments and errors as for :func:`control`.
    """
    seance = seances.get(code)
    steps = steps_of(seances.questions(code), seance)
    choice = trainer.choices.get(code)
    kind, step = _on_screen(seance, choice, steps)
    details: View = {}
    if seance.finished:
        kind = "fin"
    elif kind == "accueil":
        details = {"qr": Markup(portal.qr_code(address)), "participants": seance.participants}
    elif kind == "question":
        details = {"context": step.question.on_screen(), "options": step.question.options()}
    elif kind == "resultat":
        details = {"result": result(seances, seance, step)}
    elif kind == "comparaison":
        details = {"comparison": comparison(seances, seance, step, steps)}
    elif kind == "textes":
        texts = seances.texts(code, step.question.id, step.tour)
        details = {"texts": [item.text for item in texts if item.released], "result": result(seances, seance, step)}
    state = f" {step.key} {step.state}" if step else ""
    return {
        "kind": kind,
        "title": seance.title,
        "code": spaced(code),
        "stage": f"{kind}{state}",
        "short_address": short(address),
        "step": step,
        "erased": False,
        **details,
    }


def short(address: str) -> str:
    """Return what a person types before the code: ``192.168.1.20:8866/s``."""
    return address.removeprefix("http://").rsplit("/", 1)[0]


SCREENS = {
    "accueil": "le code et le QR",
    "question": "la question",
    "resultat": "le résultat",
    "comparaison": "avant et après",
    "textes": "les textes choisis",
    "fin": "merci",
}
"""What can be on the projector, in words."""


def thanks(code: str) -> View:
    return {"kind": "fin", "title": "", "code": spaced(code), "stage": "fin", "erased": True}


def _on_screen(seance: Seance, choice: Choice | None, steps: dict[Key, Step]) -> tuple[str, Step | None]:
    """Return what the projector shows, and the step that both views are about."""
    last = seance.current or (seance.rounds[-1] if seance.rounds else None)
    step = steps.get((last.question, last.tour)) if last else None
    if choice and choice.moment == moment(seance):
        return choice.screen, steps.get((choice.question, choice.tour), step)
    if step is None:
        return "accueil", None
    if step.state == OPEN:
        return "question", step
    if step.question.written:
        return "textes", step
    return ("comparaison" if asked_twice(step, steps) else "resultat"), step


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
