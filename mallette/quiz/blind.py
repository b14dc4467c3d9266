"""Can a quiz be guessed? Blind strategies (:mod:`mallette.questions.guessing`) against chance (:mod:`.chance`).

A strategy is played on the questions of its type, in one bank and in the whole course; those that look at the same
thing (the first answer, the longest one…) are also added up over types. Its score is compared with what somebody
earns who answers these very questions at random: how often does that person do as well?

By luck alone, some strategy of forty always does a little better than chance. One is *reported* when chance does as
well less often than :data:`ALPHA` ÷ (number of strategies played on the bank, or on the course). So if no strategy
were worth more than a random answer, a bank would be reported by mistake less than once in a hundred (Bonferroni's
inequality). Few questions prove little: two statements that are both false are one draw in four, which is no sign of
a habit; 26 of 28 are.

``python -m mallette.quiz.blind`` prints the score of every strategy on the whole course.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path

import numpy as np

from mallette.faults import relative
from mallette.french import number, with_unit
from mallette.paths import Project, project
from mallette.questions import TYPES, Question, of
from mallette.questions.guessing import Strategy
from mallette.quiz import bank, chance
from mallette.units import units

ALPHA = 0.01
"""Probability, at most, that a bank is reported though its right answers owe nothing to place, length or words."""
FEW = 3
"""Questions that are enough for a habit to be told in an assignment, when it earns everything."""
COINCIDENCE = 0.05
"""Probability, at most, that chance does as well as such a habit."""
ALL = "tous les types"


@dataclass(frozen=True)
class Asked:
    """A question as its bank has it.

    Attributes:
        file, line: where it is written.
    """

    file: str
    line: int
    question: Question

    @cached_property
    def random(self) -> np.ndarray:
        """Distribution of what chance earns here."""
        return chance.random_answer(self.question)


@dataclass(frozen=True)
class Hand:
    """A question that a strategy answered.

    Attributes:
        credit: what it earned.
        random: distribution of what chance earns there.
    """

    asked: Asked
    credit: float
    random: np.ndarray = field(repr=False)

    @cached_property
    def expected(self) -> float:
        """What chance earns on average."""
        return chance.mean(self.random)


@dataclass(frozen=True)
class Play:
    """A strategy, or a family of them, played on the questions of which it had something to say.

    Attributes:
        kind: type of the questions, or :data:`ALL`.
        name, remedy, families: as in :class:`~mallette.questions.guessing.Strategy`.
    """

    kind: str
    name: str
    remedy: str
    families: tuple[str, ...]
    hands: tuple[Hand, ...]

    @cached_property
    def score(self) -> float:
        return sum(hand.credit for hand in self.hands)

    @cached_property
    def expected(self) -> float:
        """What chance earns on average."""
        return sum(hand.expected for hand in self.hands)

    @property
    def earns_all(self) -> bool:
        """Whether it is right each time, of several, more often than chance often is."""
        return len(self.hands) >= FEW and self.score > len(self.hands) - 1e-9 and self.luck < COINCIDENCE

    @cached_property
    def luck(self) -> float:
        """Probability that chance earns as much or more."""
        by_type = groupby(self.hands, key=lambda hand: hand.asked.question.kind)
        return chance.at_least(
            chance.total(chance.total(hand.random for hand in hands) for _, hands in by_type), self.score
        )


def questions(course: Project) -> dict[str, list[Asked]]:
    """Return the questions of each bank of the course, by file; a bank with another defect is left out."""
    found = {}
    for unit in units(course):
        name = relative(unit.quiz, course.root)
        source, wrong = bank.written(unit.quiz, name)
        if source.faults or source.data is None or wrong:
            continue
        if not any(bank.broken_rules(source.data, None, None)):
            found[name] = [
                Asked(name, source.line(("questions", rank)), of(raw))
                for rank, raw in enumerate(source.data["questions"])
            ]
    return found


def play(asked: Iterable[Asked]) -> list[Play]:
    """Return every strategy and every family that has something to say of these questions, with what it earns."""
    asked = list(asked)
    played = []
    for kind, strategy in ((kind, strategy) for kind, cls in TYPES.items() for strategy in cls.strategies):
        hands = [hand for item in asked if item.question.kind == kind and (hand := _hand(strategy, item))]
        if hands:
            played.append(Play(kind, strategy.name, strategy.remedy, strategy.families, tuple(hands)))
    together = []
    for family in dict.fromkeys(name for item in played for name in item.families):
        parts = [item for item in played if family in item.families]
        if len(parts) > 1:
            remedy = "voyez chaque type : " + " ; ".join(dict.fromkeys(item.remedy for item in parts))
            together.append(Play(ALL, family, remedy, (family,), tuple(hand for item in parts for hand in item.hands)))
    return played + together


def reported(played: list[Play], graded: bool = False) -> list[Play]:
    """Return the plays of one scope that beat chance by more than luck explains.

    A family is left out when one of its strategies is there already.

    Args:
        graded: these are the questions of an assignment. Few, they prove little; but whoever marks would not defend
            that one habit earns all their points: it is told, at the risk of a coincidence.
    """
    found = [item for item in played if item.luck < ALPHA / len(played) or (graded and item.earns_all)]
    told = {family for item in found if item.kind != ALL for family in item.families}
    return [item for item in found if item.kind != ALL or item.name not in told]


def _hand(strategy: Strategy, asked: Asked) -> Hand | None:
    answers = strategy.answers(asked.question)
    if not answers:
        return None
    if strategy.group:
        right, possible = asked.question.best()
        missed = math.comb(possible - len(right), len(answers)) / math.comb(possible, len(answers))
        return Hand(asked, float(not right.isdisjoint(answers)), chance.hit(1 - missed))
    credits = [asked.question.guessed(answer) for answer in answers]
    return Hand(asked, sum(credits) / len(credits), asked.random)


def table(played: list[Play]) -> str:
    """Return the plays as a table of text, types one after the other."""
    lines = [f"{'type':16}{'stratégie':46}{'questions':>9}{'score':>9}{'hasard':>9}{'aussi bien par hasard':>33}"]
    told = reported(played)
    for item in played:
        count = len(item.hands)
        shares = [with_unit(round(100 * value / count), "%") for value in (item.score, item.expected)]
        lines.append(
            f"{item.kind:16}{item.name:46}{count:9}{shares[0]:>9}{shares[1]:>9}{rarity(item.luck):>33}"
            + ("  ← signalée" if item in told else "")
        )
    return "\n".join(lines)


def rarity(probability: float) -> str:
    """Return a probability in words: « 14 % des fois », « 1 fois sur 6 000 »."""
    if probability > 0.01:
        return f"{with_unit(round(100 * probability), '%')} des fois"
    if probability < 1e-8:  # below, the last digits of the computation would be told
        return "moins d’1 fois sur 100 millions"
    times = 1 / probability
    return f"1 fois sur {number(round(times, 1 - len(str(int(times)))))}"


def main(arguments: list[str]) -> int:
    """Print the table of the course in the folder given, or around the current one."""
    asked = questions(project(Path(arguments[0]) if arguments else None))
    print(table(play(item for items in asked.values() for item in items)))
    for name, items in asked.items():
        for found in reported(play(items)):
            print(f"{name}\u00a0: {found.kind}, {found.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
