"""What a copy earned for each objective of its unit, and where a person said to stand on it before."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from mallette.grading.assignment import Assignment
from mallette.grading.results import Copy

ACQUIRED, STARTED, NOT_YET = LEVELS = ("acquis", "en cours", "non acquis")


@dataclass(frozen=True)
class Thresholds:
    """From what share of the points, in percent, an objective is said to be acquired, or on its way."""

    acquired: int = 70
    started: int = 40

    def __post_init__(self) -> None:
        if not 0 < self.started < self.acquired <= 100:
            raise ValueError("les seuils vont de 1 à 100, « en cours » avant « acquis »")

    @property
    def told(self) -> str:
        """What a document that uses them says."""
        return (
            f"{ACQUIRED.capitalize()} : {self.acquired} % des points de l’objectif ou plus ; {STARTED} : "
            f"{self.started} % ou plus ; {NOT_YET} : moins. Qui évalue fixe ces seuils : aucun texte ne les donne."
        )


DEFAULT = Thresholds()


@dataclass(frozen=True)
class Outcome:
    """What a graded copy earned for an objective.

    Attributes:
        points: ``None`` while a person has not read one of its texts.
        maximum: points of its questions.
        questions: how many there are.
    """

    points: float | None
    maximum: float
    questions: int

    def level(self, thresholds: Thresholds) -> str:
        """Return one of :data:`LEVELS`; nothing while a text waits."""
        if self.points is None:
            return ""
        share = 100 * self.points / self.maximum + 1e-9
        return ACQUIRED if share >= thresholds.acquired else STARTED if share >= thresholds.started else NOT_YET


def assessed(assignment: Assignment) -> tuple[str, ...]:
    """Return the objectives that have points, in the order of the unit."""
    used = {item.question.objective for item in assignment.items if item.points}
    return tuple(name for name in assignment.objectives if name in used)


def outcomes(copy: Copy, assignment: Assignment) -> Mapping[str, Outcome]:
    """Return what a graded copy earned, by objective; nothing of a copy without a grade."""
    if copy.reason:
        return {}
    found = {}
    for name in assessed(assignment):
        items = [item for item in assignment.items if item.question.objective == name and item.points]
        given = [points for item in items if (points := copy.points.get(item.id)) is not None]
        points = math.fsum(given) if len(given) == len(items) else None
        found[name] = Outcome(points, math.fsum(item.points for item in items), len(items))
    return found


def positions(copy: Copy, assignment: Assignment) -> Mapping[str, str]:
    """Return where somebody said to stand, by objective, from a ``positionnement``."""
    if copy.reason or assignment.kind != "positionnement":
        return {}
    return {
        item.question.objective: item.question.options()[place]
        for item in assignment.items
        if isinstance(place := copy.answers.get(item.id), int)
    }


def total(copy: Copy, assignment: Assignment) -> float | None:
    """Return the points of a copy; ``None`` without a grade, or while a text waits."""
    points = [copy.points.get(item.id) for item in assignment.items if item.points]
    known = [given for given in points if given is not None]
    return math.fsum(known) if known and len(known) == len(points) else None


def label(name: str) -> str:
    """Return ``Objectif 2``."""
    return f"Objectif {name.removeprefix('o')}"
