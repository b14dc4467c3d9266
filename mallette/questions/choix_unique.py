"""``choix_unique``: one right choice. An answer is the index of a choice."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from mallette.questions.base import is_index
from mallette.questions.choices import Choices


class SingleChoice(Choices):
    title = "Choix unique"
    about = "Une seule réponse juste. Crédit : 1 ou 0."
    hint = "Une seule réponse."
    goal = "la bonne réponse"

    def valid(self, answer: object) -> bool:
        return is_index(answer, len(self.choices))

    def worth(self, answer: int) -> float:
        return 1 if answer in self.right else 0

    def best(self) -> tuple[set[int], int]:
        return self.right, len(self.choices)

    def outcomes(self) -> Mapping[Fraction, int]:
        return {Fraction(1): 1, Fraction(0): len(self.choices) - 1}
