"""``choix_multiple``: one or several right choices. An answer is a list of indices of choices, at least one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeGuard

from mallette.questions import guessing
from mallette.questions.base import are_indices
from mallette.questions.choices import CHOSEN, Choices, at, by, read
from mallette.questions.forms import Form, SomeOf
from mallette.questions.guessing import Strategy

_BOXES = "ajoutez des choix faux et plausibles, ou rendez faux un choix juste : environ la moitié de cases justes"


def _one_box(one: guessing.Answers) -> guessing.Answers:
    return lambda question: [[place] for place in one(question)]


def _all_boxes_but(one: guessing.Answers) -> guessing.Answers:
    return lambda question: [
        [place for place in range(len(question.choices)) if place != left] for left in one(question)
    ]


def _all_boxes(question: Choices) -> list[list[int]]:
    return [list(range(len(question.choices)))]


def _longer_half(question: Choices) -> list[list[int]]:
    order = sorted(range(len(question.choices)), key=lambda place: -len(question.choices[place]["texte"]))
    return [sorted(order[: len(order) // 2])]


class MultipleChoice(Choices[list[int]]):
    title = "Choix multiple"
    about = (
        "Une ou plusieurs réponses justes. Crédit : (justes cochées − fausses cochées) ÷ nombre de justes, jamais sous "
        "0."
    )
    hint = "Une ou plusieurs réponses."
    expected = "Cochez au moins une des réponses proposées."
    goal = "toutes les bonnes réponses et aucune autre"
    exclusive = False
    strategies = (
        Strategy("toutes les cases", _all_boxes, _BOXES),
        Strategy("toutes les cases sauf la dernière", _all_boxes_but(at(-1)), _BOXES),
        Strategy("toutes les cases sauf la plus courte", _all_boxes_but(by(guessing.shortness)), _BOXES),
        Strategy("toutes les cases sauf la plus absolue", _all_boxes_but(by(guessing.absolutes)), _BOXES),
        Strategy("la moitié des cases, les plus longues", _longer_half, guessing.LENGTHS),
        *(Strategy(f"une seule case, {name}", _one_box(which), remedy, (name,)) for name, which, remedy in CHOSEN),
    )

    def valid(self, answer: object) -> TypeGuard[list[int]]:
        return are_indices(answer, len(self.choices)) and len(answer) > 0

    def keep(self, raw: object) -> list[int]:
        return sorted(super().keep(raw))

    def worth(self, answer: list[int]) -> float:
        ticked, right = {*answer}, self.right
        return max(0, (len(ticked & right) - len(ticked - right)) / len(right))

    def right_answer(self) -> list[int]:
        return sorted(self.right)

    def outcomes(self) -> Mapping[Fraction, int]:
        right = len(self.right)
        wrong = len(self.choices) - right
        found: Counter[Fraction] = Counter()
        for ticked in range(right + 1):
            for extra in range(wrong + 1):
                found[Fraction(max(0, ticked - extra), right)] += math.comb(right, ticked) * math.comb(wrong, extra)
        found[Fraction(0)] -= 1  # no box at all is no answer
        return found

    def context(self) -> list[str]:
        return ["Plusieurs réponses possibles : le total des parts peut dépasser 100 %."]

    def on_paper(self) -> list[str]:
        return [self.hint]

    def form(self) -> SomeOf:
        return SomeOf(*self.shared(wrong=1))

    @classmethod
    def from_form(cls, form: Form, graded: bool) -> dict | None:
        return read(form) if isinstance(form, SomeOf) and graded else None

    def places(self, answer: list[int]) -> Sequence[int]:
        return answer
