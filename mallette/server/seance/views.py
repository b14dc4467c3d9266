"""What the trainer's two views show, worked out from a séance. Templates only lay it out.

The functions that take ``seances`` read the store: call them in its thread; they raise SeanceError when it cannot be
read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from mallette.seance import report, results
from mallette.seance.displays import Comparison, Result
from mallette.seance.seances import CLOSED, OPEN, REVEALED, Seance, Seances, Text
from mallette.server import network, portal
from mallette.server.seance.steps import (
    DURATIONS,
    Choice,
    Key,
    Section,
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


@dataclass(frozen=True)
class Button:
    """One thing that can be put on the projector, or one address that it can show."""

    id: str
    label: str
    query: str
    current: bool


@dataclass(frozen=True)
class Control:
    """The control page of a séance in progress; see its template."""

    code: str
    title: str
    stage: str
    address: str
    in_room: bool
    qr: Markup
    addresses: Sequence[Button]
    participants: int
    expected: int
    turned_away: Collection[str]
    resumed: str
    on_screen: str
    screens: Sequence[Button]
    now: Step | None
    next: Step | None
    open: bool
    result: Result | None
    comparison: Comparison | None
    texts: Sequence[Text] | None
    sections: Sequence[Section]
    durations: Sequence[tuple[int, str]] = DURATIONS
    sheets: str = ""  # address of the sheets to print

    @property
    def moves_on(self) -> bool:
        """Whether the next question is the thing to do: nothing is left to show of this one, or only on phones."""
        return self.now is None or self.now.state != CLOSED or self.now.question.told_on_phones


@dataclass(frozen=True)
class Screen:
    """What the projector shows.

    ``kind`` is ``accueil``, ``question``, ``resultat``, ``comparaison``, ``textes`` or ``fin``; what a kind does not
    need is ``None`` or empty.
    """

    kind: str
    title: str
    code: str
    stage: str
    short_address: str
    participants: int = 0
    qr: Markup | None = None
    step: Step | None = None
    context: Sequence[str] = ()
    options: Sequence[str] = ()
    result: Result | None = None
    comparison: Comparison | None = None
    texts: Sequence[str] = ()
    erased: bool = False


def result(seances: Seances, seance: Seance, step: Step, expected: bool | None = None) -> Result:
    """Return what may be shown of a closed round, its right answer included once revealed (or if ``expected``)."""
    return report.closed_round(
        seances, seance, step.question, step.round, step.state == REVEALED if expected is None else expected
    )


def comparison(seances: Seances, seance: Seance, step: Step | None, steps: dict[Key, Step]) -> Comparison | None:
    """Return both tours side by side; ``None`` unless ``step`` is a closed second one."""
    if step is None or not asked_twice(step, steps):
        return None
    first = steps[step.question.id, 1]
    expected = REVEALED in (step.state, first.state)
    return results.comparison(
        step.question, result(seances, seance, first, expected), result(seances, seance, step, expected)
    )


def addresses(rooms: Mapping[str, str], shown: str) -> list[Button]:
    """Return the addresses between which the trainer may choose: none when there is no choice.

    Args:
        rooms, shown: see :class:`~mallette.server.seance.context.Context`.
    """
    buttons = [
        Button(
            address.replace(".", "-"),
            f"{address} ({card})" if card else address,
            urlencode({"adresse": address}),
            address == shown,
        )
        for address, card in rooms.items()
    ]
    return buttons if len(buttons) > 1 else []


def control(
    seances: Seances,
    code: str,
    trainer: TrainerState,
    address: str,
    turned_away: Collection[str],
    addresses: Sequence[Button] = (),
) -> Control:
    """Return the control page of a séance.

    Args:
        address: what phones open to join.
        addresses: see :func:`addresses`.
        turned_away: why phones could not join, as :mod:`.limits` names it; empty when all could.

    Raises:
        SeanceError: the séance is unknown or its store cannot be read.
    """
    seance = seances.get(code)
    steps = steps_of(seances.questions(code), seance)
    screen, now = _on_screen(seance, trainer.choices.get(code), steps)
    texts = None
    if now and now.closed and now.question.written:
        texts = seances.texts(code, now.question.id, now.tour)
    return Control(
        code=spaced(code),
        title=seance.title,
        stage=f"{moment(seance)} {now.key if now else ''} {now.state if now else ''}",
        address=address,
        in_room=f"//{network.LOOPBACK}:" not in address,
        qr=Markup(portal.qr_code(address)),
        addresses=addresses,
        participants=seance.participants,
        expected=seance.expected,
        turned_away=turned_away,
        resumed="" if code in trainer.known else kept(seance),
        on_screen=SCREENS[screen],
        screens=_buttons(screen, now, steps),
        now=now,
        next=next_step(steps, seance),
        open=seance.current is not None,
        result=result(seances, seance, now) if now and now.closed else None,
        comparison=comparison(seances, seance, now, steps),
        texts=texts,
        sections=sections(steps),
    )


def screen(seances: Seances, code: str, trainer: TrainerState, address: str) -> Screen:
    """Return what the projector shows. Arguments and errors as for :func:`control`."""
    seance = seances.get(code)
    steps = steps_of(seances.questions(code), seance)
    choice = trainer.choices.get(code)
    kind, step = _on_screen(seance, choice, steps)
    details: dict[str, object] = {}
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
    return Screen(
        kind=kind,
        title=seance.title,
        code=spaced(code),
        stage=f"{kind}{state}",
        step=step,
        short_address=short(address),
        **details,
    )


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


def thanks(code: str, address: str) -> Screen:
    """Return what the projector shows once the séance is erased."""
    return Screen(kind="fin", title="", code=spaced(code), stage="fin", short_address=short(address), erased=True)


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


def _buttons(screen: str, now: Step | None, steps: dict[Key, Step]) -> list[Button]:
    buttons = [Button("accueil", "Code et QR", "ecran=accueil", screen == "accueil")]

    def about(kind: str, label: str) -> None:
        query = urlencode({"ecran": kind, "question": now.question.id, "tour": now.tour})
        buttons.append(Button(kind, label, query, screen == kind))

    if now and now.state == OPEN:
        about("question", "La question")
    if now and now.closed:
        about("resultat", "Le résultat")
        if asked_twice(now, steps):
            about("comparaison", "Avant et après")
        if now.question.written:
            about("textes", "Les textes choisis")
    return buttons
