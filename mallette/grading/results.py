"""The one table that feedback, reports and documents work from: who handed in, what was answered, what it earned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mallette.grading.assignment import Assignment

CODE = "p[0-9]{2,4}"
"""Pattern of a code."""
NOTHING = "rien reçu"
"""Reason of a code that handed nothing in."""


@dataclass(frozen=True)
class Copy:
    """One hand-in, or a code that handed nothing in.

    Attributes:
        code: of the person.
        handed_in: when, in UTC; ``None`` when nothing came, or nothing tells.
        late: whether it came after the limit.
        reason: why it has no grade, in French; empty when it has one.
        answers: question → answer, as the bank counts.
        unread: question → what was typed and could not be read.
        points: question → points; ``None`` while a person has not read it. Nothing for a copy without a grade.
        comments: question → what the evaluator wrote.
    """

    code: str
    handed_in: datetime | None = None
    late: bool = False
    reason: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)
    points: Mapping[str, float | None] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Class:
    """Everybody's work on one assignment.

    Attributes:
        assignment: what was asked.
        copies: in the order of codes.
    """

    assignment: Assignment
    copies: tuple[Copy, ...]

    @property
    def graded(self) -> tuple[Copy, ...]:
        return tuple(copy for copy in self.copies if not copy.reason)
