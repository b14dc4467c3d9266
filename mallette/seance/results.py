"""Answers of a room → what may be shown of them. Pure functions: no store, no HTTP, no HTML.

Every number and sentence a page shows is a ready text here; templates only lay them out. Rules of what is withheld are in
:mod:`mallette.seance.disclosure`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mallette.quiz.bank import Question

EXACT, CLASSES, BLURRED, NOTHING = "exacte", "classes", "floue", ""
"""Precision of a result: counts and shares; shares by classes; “almost everybody”; nothing shown."""


@dataclass(frozen=True)
class Bar:
    """One possible answer, or one class of a histogram.

    Attributes:
        key: place in the question, the same in both rounds.
        label: the answer in words.
        shown: its figure in words, ``12 personnes (60 %)`` or ``de 20 à 40 %``; empty when it is not given.
        low: length of the bar that is certain, 0 to 100.
        high: length of the bar at most; equal to ``low`` when exact.
        count: people; ``None`` unless exact.
        share: people in 100 of those who answered, rounded; ``None`` unless exact.
        place: mean place given by the room (``ordre``), from 1; ``None`` otherwise.
        right: whether it is a right answer; ``None`` before the answer is revealed or where nothing is right.
        panel: answers of the panel; ``None`` without panel or before it is revealed.
        panel_share: the same in 100.
        marks: words that go with the label: ``valeur publiée : 47,8 %``.
        explanation: what the bank says of this answer; empty before it is revealed.
    """

    key: int
    label: str
    shown: str = ""
    low: float = 0
    high: float = 0
    count: int | None = None
    share: int | None = None
    place: float | None = None
    right: bool | None = None
    panel: int | None = None
    panel_share: int | None = None
    marks: tuple[str, ...] = ()
    explanation: str = ""


@dataclass(frozen=True)
class Published:
    """The published value of a number question. ``value`` and ``band`` are ready texts with their unit.

    Attributes:
        value: ``47,8 %``.
        band: what counts as right or close, ``de 42,8 à 52,8 %``; may be empty.
        source: may be empty.
    """

    value: str
    band: str
    source: str


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
        published: once revealed, for number questions.
        panel_origin: where the panel comes from, once revealed; may be empty.
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
    published: Published | None = None
    panel_origin: str = ""
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
        raise NotImplementedError


@dataclass(frozen=True)
class Crossing:
    """How the answers to two questions go together.

    Attributes:
        first, second: ids of the questions; the rows are answers to the first, the columns to the second.
        first_prompt, second_prompt: their texts.
        rows, columns: labels, some of them groups of answers.
        cells: text of each cell: ``12 personnes``, ``de 10 à 14``, ``masqué``.
        withheld: why there is no table (French); empty when there is one.
        protection: sentences that say how figures were protected.
    """

    first: str
    second: str
    first_prompt: str
    second_prompt: str
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    withheld: str = ""
    protection: tuple[str, ...] = ()


def result(
    question: Question, answers: Sequence, tour: int = 1, expected: bool = False, before: Sequence | None = None
) -> Result:
    """Return what may be shown of a closed round.

    Args:
        answers: canonical values, in no order.
        tour: 1 or 2.
        expected: whether the right answer, published value, panel and explanations are revealed.
        before: answers of the round of this question that was published before this one; **give them for tour 2**, so
            that nobody can subtract the two displays. ``None`` when there is none.
    """
    raise NotImplementedError


def comparison(question: Question, before: Sequence, after: Sequence, expected: bool = False) -> Comparison:
    """Return both rounds of a question side by side. Arguments as for :func:`result`."""
    raise NotImplementedError


def crossable(question: Question) -> bool:
    """Tell whether a question may take part in a crossing: one answer among a few."""
    return question.kind in ("choix_unique", "vrai_faux", "opinion", "concordance")


def crossing(
    first: Question,
    second: Question,
    pairs: Sequence[tuple],
    results: tuple[Result, Result] | None = None,
) -> Crossing:
    """Return the table of two questions, or why it cannot be shown.

    Args:
        pairs: answers of those who answered both.
        results: what was published of each question alone; **give them**: people who answered only one of the two could
            otherwise be found by subtraction. ``None`` when everybody answered both.

    Raises:
        ValueError: a question is not :func:`crossable`.
    """
    raise NotImplementedError
