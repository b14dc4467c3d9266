"""``choix_multiple``: one or several right choices. An answer is a list of indices of choices, at least one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from mallette.questions.base import are_indices
from mallette.questions.choices import Choices


class MultipleChoice(Choices):
    title = "Choix multiple"
    about = (
        "Une ou plusieurs réponses justes. Crédit : (justes cochées − fausses cochées) ÷ nombre de justes, jamais sous "
        "0."
    )
    hint = "Une ou plusieurs réponses."
    expected = "Cochez au moins une des réponses proposées."
    goal = "toutes les bonnes réponses et aucune autre"
    exclusive = False

    def valid(self, answer: object) -> bool:
        return are_indices(answer, len(self.choices)) and len(answer) > 0

    def keep(self, raw: object) -> list[int]:
        return sorted(super().keep(raw))

    def worth(self, answer: list[int]) -> float:
        ticked, right = {*answer}, self.right
        return max(0, (len(ticked & right) - len(ticked - right)) / len(right))

    def outcomes(self) -> Mapping[Fraction, int]:
        right = len(self.right)
        wrong = len(self.choices) - right
        found = Counter()
        for ticked in range(right + 1):
            for extra in range(wrong + 1):
                found[Fraction(max(0, ticked - extra), right)] += math.comb(right, ticked) * math.comb(wrong, extra)
        found[Fraction(0)] -= 1  # no box at all is no answer
        return found

    def context(self) -> list[str]:
        return ["Plusieurs réponses possibles : le total des parts peut dépasser 100 %."]

    def on_paper(self) -> list[str]:
        return [self.hint]

    def places(self, answer: list[int]) -> Sequence[int]:
        return answer
