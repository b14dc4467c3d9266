"""What the papers of one training have in common: what the course knows of it, and nothing that it does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mallette import french
from mallette.grading.documents.names import NOBODY, Person
from mallette.grading.documents.sheet import Block, Field, Space
from mallette.grading.objectives import Thresholds
from mallette.grading.results import NOTHING, Class, Copy
from mallette.questions import Question


@dataclass(frozen=True)
class Training:
    """One training, and what its papers are made from.

    Attributes:
        held: the assignment and its copies.
        before: answers to the ``positionnement`` of the same unit.
        title, label: of the unit.
        minutes: duration of its workshop, as planned.
        people: who is behind each code, as far as the evaluator tells.
        opinions: the questionnaire of satisfaction.
        scheduled: when the programme of the course has it; may be empty.
    """

    held: Class
    before: Sequence[Class]
    title: str
    label: str
    minutes: int
    people: Mapping[str, Person]
    opinions: Sequence[Question]
    thresholds: Thresholds
    scheduled: str = ""

    @property
    def objectives(self) -> Mapping[str, str]:
        return self.held.assignment.objectives

    @property
    def copies(self) -> tuple[Copy, ...]:
        """One copy a code, those of people who handed nothing in among them, in the order of codes."""
        known = {copy.code: copy for copy in self.held.copies}
        return tuple(known.get(code, Copy(code, reason=NOTHING)) for code in sorted({*known, *self.people}))

    def person(self, code: str) -> Person:
        return self.people.get(code, NOBODY)

    def who(self, code: str) -> list[Block]:
        """Return who a paper is about: never a name beside its code."""
        person = self.person(code)
        named: list[Block] = [Field("Nom et prénom", person.name), Field("Employeur ou structure", person.structure)]
        return named if person.name else [Field("Code", code), *named]

    def what(self) -> list[Block]:
        """Return what the training is, blanks where the course does not know."""
        return [
            Field("Intitulé", f"{self.label}. {self.title}"),
            Field("Durée prévue", french.duration(self.minutes)),
            Field("Dates"),
            Field("Lieu"),
        ]


def organisation() -> list[Block]:
    """Return who gives the training: blanks, since the course does not know."""
    return [Field("Organisme de formation"), Field("Numéro de déclaration d’activité"), Field("Représenté par")]


def signed(who: str) -> list[Block]:
    """Return the foot of a paper that somebody signs."""
    return [Field("Fait à, le"), Space(who)]
