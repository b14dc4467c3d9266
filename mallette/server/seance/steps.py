"""Where a séance is: its steps (every question in both tours, with its state), and what the trainer projects."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mallette.french import NBSP
from mallette.questions import Question
from mallette.seance import clock
from mallette.seance.model import CLOSED, OPEN, REVEALED, Round, Seance
from mallette.seance.questions import POSITIONNEMENT, QUIZ, SATISFACTION, Asked

Key = tuple[str, int]
"""A round: id of the question, tour."""

DURATIONS = ((0, "sans limite"), (30, "30 secondes"), (60, "1 minute"), (120, "2 minutes"), (300, "5 minutes"))
"""Timers offered, in seconds."""
_STATUS = {"": "À poser", OPEN: "Ouverte", CLOSED: "Fermée", REVEALED: "Dévoilée"}
_SECTIONS = (
    ("depart", "Positionnement, au début", POSITIONNEMENT, 1, "Avant tout apport : où chacun se situe."),
    ("quiz", "Questions", QUIZ, 1, "Une question fermée peut être posée une seconde fois, après le débat."),
    ("acquis", "Acquis, à la fin", POSITIONNEMENT, 2, "Les mêmes questions qu’au début : la comparaison s’affiche."),
)


def plural(number: int, one: str, many: str) -> str:
    """Return ``3 réponses``; zero is singular, as French wants."""
    return f"{number}{NBSP}{many if number > 1 else one}"


def spaced(code: str) -> str:
    """Return a code as people read it: ``ABC DEF``."""
    return f"{code[:3]}{NBSP}{code[3:]}"


def kept(seance: Seance) -> str:
    """Return ``34 réponses gardées``."""
    return plural(sum(item.answers for item in seance.rounds), "réponse gardée", "réponses gardées")


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
        return plural(self.answers, "réponse", "réponses")


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
