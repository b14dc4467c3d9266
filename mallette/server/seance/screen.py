"""What the room's screen shows of a séance: the step it is at, its result, or what the trainer chose instead.

The functions that take ``seances`` read the store: call them in its thread; they raise SeanceError when it cannot be
read. Templates only lay out what they return.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from markupsafe import Markup

from mallette import french
from mallette.questions import Question
from mallette.seance import clock, results
from mallette.seance.displays import Comparison, Result
from mallette.seance.model import CLOSED, OPEN, REVEALED, Round, Seance
from mallette.seance.questions import POSITIONNEMENT, QUIZ, SATISFACTION, Asked
from mallette.seance.seances import Seances
from mallette.server import portal

View = dict[str, object]
"""What one template lays out: it says what is in it."""
Key = tuple[str, int]
"""A round: id of the question, tour."""

SCREENS = {
    "accueil": "le code et le QR",
    "question": "la question",
    "resultat": "le résultat",
    "comparaison": "avant et après",
    "textes": "les textes choisis",
    "fin": "merci",
}
"""What can be on the projector, in words."""
_STATUS = {"": "À poser", OPEN: "Ouverte", CLOSED: "Fermée", REVEALED: "Dévoilée"}


@dataclass(frozen=True)
class Step:
    """A question in one tour, asked or not yet."""

    asked: Asked
    tour: int
    round: Round | None = None

    @property
    def question(self) -> Question:
        return self.asked.question

    @property
    def key(self) -> str:
        return f"{self.question.id}-{self.tour}"

    @property
    def name(self) -> str:
        """Id of the question, which the trainer's notes use; empty for a generated one."""
        return self.question.id if self.asked.group == QUIZ else ""

    @property
    def state(self) -> str:
        return self.round.state if self.round else ""

    @property
    def closed(self) -> bool:
        return self.state in (CLOSED, REVEALED)

    @property
    def answers(self) -> int:
        return self.round.answers if self.round else 0

    @property
    def remaining(self) -> int | None:
        """Whole seconds before it closes by itself; ``None`` without timer."""
        if self.state != OPEN or self.round.deadline is None:
            return None
        return max(0, math.ceil(self.round.deadline - clock.now()))

    @property
    def label(self) -> str:
        if self.asked.group == POSITIONNEMENT:
            return "Acquis" if self.tour == 2 else "Positionnement"
        if self.asked.group == SATISFACTION:
            return "Satisfaction"
        return self.question.name + (", seconde fois (après)" if self.tour == 2 else "")

    @property
    def status(self) -> str:
        return _STATUS[self.state]

    @property
    def counted(self) -> str:
        return french.plural(self.answers, "réponse", "réponses")


def steps_of(asked: Iterable[Asked], seance: Seance) -> dict[Key, Step]:
    """Return every step by (question, tour), in the order of the unit."""
    rounds = {(item.question, item.tour): item for item in seance.rounds}
    return {
        (item.question.id, tour): Step(item, tour, rounds.get((item.question.id, tour)))
        for item in asked
        for tour in (1, 2)
    }


def asked_twice(step: Step, steps: dict[Key, Step]) -> bool:
    """Tell whether both tours are closed and this is the second one."""
    return step.tour == 2 and step.closed and steps[step.question.id, 1].closed


def moment(seance: Seance) -> str:
    """Return a name of the séance's progress: it changes when a question opens or closes, not when one is revealed."""
    return f"{len(seance.rounds)}{'+' if seance.current else ''}"


@dataclass(frozen=True)
class Choice:
    """What the trainer put on the projector, until a question is opened or closed.

    Attributes:
        screen: ``accueil``, ``resultat``, ``comparaison`` or ``textes``.
        question, tour: the round it is about; an empty question means the last one.
        moment: :func:`moment` of the séance when it was chosen.
    """

    screen: str
    moment: str
    question: str = ""
    tour: int = 1


@dataclass
class TrainerState:
    """What a trainer's views share and no store keeps: it is gone with the server, and nothing is lost with it.

    Attributes:
        choices: what is on the projector, by code.
        known: codes of the séances opened or conducted since the server started; another one was interrupted.
    """

    choices: dict[str, Choice] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def forget(self, code: str) -> None:
        self.choices.pop(code, None)
        self.known.discard(code)


def on_screen(seance: Seance, choice: Choice | None, steps: dict[Key, Step]) -> tuple[str, Step | None]:
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


def view(seances: Seances, code: str, trainer: TrainerState, address: str) -> View:
    """Return what the projector shows: its ``kind``, one of :data:`SCREENS`, and what this kind needs.

    Args:
        address: what phones open to join.

    Raises:
        SeanceError: the séance is unknown or its store cannot be read.
    """
    seance = seances.get(code)
    steps = steps_of(seances.questions(code), seance)
    choice = trainer.choices.get(code)
    kind, step = on_screen(seance, choice, steps)
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


def thanks(code: str) -> View:
    return {"kind": "fin", "title": "", "code": spaced(code), "stage": "fin", "erased": True}


def short(address: str) -> str:
    """Return what a person types before the code: ``192.168.1.20:8866/s``."""
    return address.removeprefix("http://").rsplit("/", 1)[0]


def spaced(code: str) -> str:
    """Return a code as people read it: ``ABC DEF``."""
    return f"{code[:3]}{french.NBSP}{code[3:]}"
