"""A question as other programs may take it: a few forms, whatever its type. Writers of a format know these alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

SLACK = 1e-9
"""By how much the ends of a right range give way, since other programs compute with rounded decimals."""


@dataclass(frozen=True)
class Option:
    """Something to tick.

    Attributes:
        share: of the credit that ticking it earns, from −1 to 1.
        feedback: told to who ticked it; may be empty.
    """

    text: str
    share: float
    feedback: str = ""


@dataclass(frozen=True)
class OneOf:
    """Tick one option.

    Attributes:
        fixed: whether the order of the options means something.
    """

    options: tuple[Option, ...]
    fixed: bool = False


@dataclass(frozen=True)
class SomeOf:
    """Tick options: their shares add up, never under 0. Attributes as for :class:`OneOf`."""

    options: tuple[Option, ...]
    fixed: bool = False


@dataclass(frozen=True)
class Truth:
    """Say whether the prompt is true; ``if_true`` and ``if_false`` are told to who answered so."""

    true: bool
    if_true: str = ""
    if_false: str = ""


@dataclass(frozen=True)
class Range:
    """Numbers, ends included, that earn a share of the credit (0 to 1) and get one feedback."""

    low: float
    high: float
    share: float
    feedback: str = ""

    @property
    def ends(self) -> tuple[float, float]:
        """The ends that another program compares with."""
        slack = SLACK if self.share else 0
        return self.low - slack, self.high + slack


@dataclass(frozen=True)
class Amount:
    """Type a number: the first range that holds it counts; the first of all is right and holds ``value``."""

    ranges: tuple[Range, ...]
    value: float

    def around_value(self) -> tuple[Range, ...]:
        """Return ranges of which the middle of the first is ``value``: what many programs show as the answer."""
        first = self.ranges[0]
        middle = (first.low + first.high) / 2
        alone = () if abs(middle - self.value) < SLACK else (replace(first, low=self.value, high=self.value),)
        return (*alone, *self.ranges)


@dataclass(frozen=True)
class Ranking:
    """Put elements in order; they are given in the right one."""

    elements: tuple[str, ...]


@dataclass(frozen=True)
class FreeText:
    """Write a text. ``notes`` are for the person who reads it; nobody does when the question is not graded."""

    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """Read: there is nothing to answer."""


Form = OneOf | SomeOf | Truth | Amount | Ranking | FreeText | Statement


@dataclass(frozen=True)
class Portable:
    """A question out of its bank.

    Attributes:
        lines: what is read before answering, the prompt first.
        form: how to answer, and what each answer is worth.
        graded: whether an answer earns points.
        after: what everybody reads after answering.
    """

    lines: tuple[str, ...]
    form: Form
    graded: bool
    after: tuple[str, ...] = ()
