"""``choix_unique``: one right choice. An answer is the index of a choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeGuard

from mallette.questions.base import is_index
from mallette.questions.choices import CHOSEN, MOVE, Choices, read
from mallette.questions.forms import Form, OneOf
from mallette.questions.guessing import Strategy


def _inside(question: Choices) -> list[int]:
    return list(range(1, len(question.choices) - 1)) if len(question.choices) > 3 else []


class SingleChoice(Choices[int]):
    title = "Choix unique"
    about = "Une seule réponse juste. Crédit : 1 ou 0."
    hint = "Une seule réponse."
    goal = "la bonne réponse"
    strategies = (
        *(Strategy(name, which, remedy, (name,)) for name, which, remedy in CHOSEN),
        Strategy("ni la première réponse ni la dernière", _inside, MOVE, group=True),
    )

    def valid(self, answer: object) -> TypeGuard[int]:
        return is_index(answer, len(self.choices))

    def worth(self, answer: int) -> float:
        return 1 if answer in self.right else 0

    def right_answer(self) -> int:
        (place,) = self.right
        return place

    def best(self) -> tuple[set[int], int]:
        return self.right, len(self.choices)

    def outcomes(self) -> Mapping[Fraction, int]:
        return {Fraction(1): 1, Fraction(0): len(self.choices) - 1}

    def form(self) -> OneOf:
        return OneOf(*self.shared(wrong=0))

    @classmethod
    def from_form(cls, form: Form, graded: bool) -> dict | None:
        if not (isinstance(form, OneOf) and graded and sum(option.share == 1 for option in form.options) == 1):
            return None
        whole = tuple(replace(option, share=option.share == 1) for option in form.options)
        return read(replace(form, options=whole))

    def places(self, answer: int) -> Sequence[int]:
        return (answer,)
