"""What may be shown of a room's answers, as plain data: every figure and sentence is a text ready for a page."""

from __future__ import annotations

from dataclasses import dataclass

from mallette.french import number
from mallette.questions.histogram import Axis
from mallette.questions.numbers import Published

EXACT, CLASSES, BLURRED, NOTHING = "exacte", "classes", "floue", ""
"""Precision of a result: counts and shares; shares by classes; “almost everybody”; nothing shown."""


@dataclass(frozen=True)
class Bar:
    """One possible answer, or one class of a histogram.

    Attributes:
        key: place in the question, the same in both rounds.
        label: the answer in words.
        shown: its figure in words, ``12 personnes (60 %)`` or ``de 20 à 40 %``; empty when it is not given.
        people: its count in words, ``12 personnes`` or ``de 4 à 8 personnes``; empty unless exact or by classes.
        low: length of the bar that is certain, 0 to 100.
        high: length of the bar at most; equal to ``low`` when exact.
        count: people; ``None`` unless exact.
        share: people in 100 of those who answered, rounded; ``None`` unless exact.
        place: mean place given by the room to an element, from 1; ``None`` otherwise.
        right: whether it is a right answer; ``None`` before the answer is revealed or where nothing is right.
        panel: answers of the panel; ``None`` without panel or before it is revealed.
        panel_share: the same in 100.
        mark: words that go with the label: ``valeur publiée : 47,8 %``, ``lecture de l’équipe…``; often empty.
        explanation: what the bank says of this answer; empty before it is revealed.
    """

    key: int
    label: str
    shown: str = ""
    people: str = ""
    low: float = 0
    high: float = 0
    count: int | None = None
    share: int | None = None
    place: float | None = None
    right: bool | None = None
    panel: int | None = None
    panel_share: int | None = None
    mark: str = ""
    explanation: str = ""

    @property
    def mean_place(self) -> str:
        """``place moyenne : 2,3``; empty where there is none."""
        return "" if self.place is None else f"place moyenne : {number(self.place)}"


@dataclass(frozen=True)
class Result:
    """What may be shown of one round.

    Attributes:
        question, prompt, kind: id, text and type of the question.
        tour: 1 or 2.
        count: people who answered; ``None`` below the minimum.
        withheld: why nothing is shown (French); empty when something is.
        precision: ``exacte``, ``classes``, ``floue``, or empty when nothing is shown.
        context: lines to read with the question: instruction of an order, situation of a case.
        bars: in the order of the question.
        summary: sentences that say the result in words.
        protection: sentences that say how figures were protected; often empty.
        caption: what the bars are, when it is not the answers of the room.
        axis: for number questions.
        published: once revealed, for number questions.
        panel_origin: who the panel was, how many and when, once revealed; empty without panel.
        reading: the sentence that gives the team's reading, once revealed; empty without one.
        points: what the bank says of the question as a whole, once revealed.
        source: of the right answer, once revealed; may be empty.
    """

    question: str
    prompt: str
    kind: str
    tour: int
    count: int | None = None
    withheld: str = ""
    precision: str = NOTHING
    context: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()
    summary: tuple[str, ...] = ()
    protection: tuple[str, ...] = ()
    caption: str = ""
    axis: Axis | None = None
    published: Published | None = None
    panel_origin: str = ""
    reading: str = ""
    points: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Comparison:
    """The two rounds of a question side by side; never more than their two results say.

    Attributes:
        question, prompt, kind: of the question.
        before, after: the two results.
        withheld: why they are not compared (French); empty when they are.
        summary: sentences that say what moved.
        protection: sentences that say how figures were protected.
    """

    question: str
    prompt: str
    kind: str
    before: Result
    after: Result
    withheld: str = ""
    summary: tuple[str, ...] = ()
    protection: tuple[str, ...] = ()

    @property
    def rows(self) -> list[tuple[Bar, Bar]]:
        """The bars of both rounds, answer by answer; empty when withheld."""
        if self.withheld:
            return []
        after = {bar.key: bar for bar in self.after.bars}
        return [(bar, after[bar.key]) for bar in self.before.bars]
