"""``ordre``: elements to put in order. An answer lists the indices of the elements from first to last.

The bank lists the elements in the right order; a page lists them shuffled, and counts them so.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import TypeGuard

from mallette.handwritten.plain import TO_FILL
from mallette.handwritten.structure import Difference
from mallette.questions import guessing
from mallette.questions.base import Possible, Question, are_indices, repeated
from mallette.questions.forms import Form, Ranking
from mallette.questions.guessing import Strategy
from mallette.questions.schema import block, text

_SHUFFLE = "changez l’identifiant de la question, dont dépend l’ordre montré, ou la longueur des éléments"


def _sorted(measure: Callable[[str], int]) -> guessing.Answers:
    def answers(question: Order) -> list[list[int]]:
        values = [measure(element["texte"]) for element in question.elements]
        return [sorted(range(len(values)), key=lambda place: -values[place])] if len({*values}) > 1 else []

    return answers


class Order(Question[list[int]]):
    title = "Ordre"
    about = "Des éléments à ranger. Crédit : 2 × paires bien rangées ÷ paires − 1, jamais sous 0."
    fields = {
        "consigne_ordre": text(
            "Ce que veulent dire la première et la dernière place : « du plus ancien au plus récent »."
        ),
        "elements": {
            "description": "Les éléments, écrits ici dans le bon ordre.",
            "type": "array",
            "minItems": 3,
            "maxItems": 8,
            "items": block(
                "Un élément.",
                {
                    "texte": text("Texte de l’élément."),
                    "explication": text("Pourquoi il est à cette place."),
                },
            ),
        },
    }
    label = "Mise en ordre"
    expected = "Mettez tous les éléments dans l’ordre, chacun une fois."
    goal = "l’ordre complet"
    caption = "Le bon ordre, et les personnes qui ont mis chaque élément à sa place"
    exclusive = False
    ranked = True
    gradable = True
    strategies = (
        Strategy("l’ordre montré", lambda question: [question.shown_order()], _SHUFFLE, (guessing.FIRST,)),
        Strategy(
            "l’ordre montré, à l’envers", lambda question: [question.shown_order()[::-1]], _SHUFFLE, (guessing.LAST,)
        ),
        Strategy("du plus long au plus court", _sorted(len), _SHUFFLE, (guessing.LONG,)),
        Strategy("du plus court au plus long", _sorted(guessing.shortness), _SHUFFLE, (guessing.SHORT,)),
    )

    @classmethod
    def rules(cls, raw: Mapping) -> Iterator[Difference]:
        return repeated(raw["elements"], "elements")

    @property
    def elements(self) -> Sequence[Mapping]:
        return self.content["elements"]

    def shown_order(self) -> list[int]:
        return shown_order(self.id, len(self.elements))

    def valid(self, answer: object) -> TypeGuard[list[int]]:
        return are_indices(answer, len(self.elements)) and len(answer) == len(self.elements)

    def from_shown(self, answer: list[int]) -> list[int]:
        order = self.shown_order()
        return [order[place] for place in answer]

    def shown(self, kept: list[int]) -> list[int]:
        order = self.shown_order()
        return [order.index(element) for element in kept]

    def worth(self, answer: list[int]) -> float:
        pairs = list(combinations(answer, 2))
        return max(0, 2 * sum(first < second for first, second in pairs) / len(pairs) - 1)

    def right_answer(self) -> list[int]:
        return list(range(len(self.elements)))

    def outcomes(self) -> Mapping[Fraction, int]:
        found: Counter[Fraction] = Counter()
        pairs = math.comb(len(self.elements), 2)
        for wrong, orders in enumerate(_inversions(len(self.elements))):
            found[max(Fraction(0), 1 - Fraction(2 * wrong, pairs))] += orders
        return found

    def without_answers(self) -> dict:
        elements = [{"texte": self.elements[index]["texte"]} for index in self.shown_order()]
        return {**super().without_answers(), "elements": elements}

    def context(self) -> list[str]:
        return [self.content["consigne_ordre"]]

    def options(self) -> list[str]:
        return [self.elements[index]["texte"] for index in self.shown_order()]

    def solution(self) -> list[str]:
        return [f"{place}. {item['texte']} : {item['explication']}" for place, item in enumerate(self.elements, 1)]

    def form(self) -> Ranking:
        return Ranking(tuple(item["texte"] for item in self.elements))

    def afterwards(self) -> list[str]:
        return self.solution()

    @classmethod
    def from_form(cls, form: Form, graded: bool) -> dict | None:
        if not isinstance(form, Ranking):
            return None
        listed = [{"texte": text, "explication": TO_FILL} for text in form.elements]
        return {"consigne_ordre": TO_FILL, "elements": listed}

    def explained(self, answer: list[int]) -> list[str]:
        return self.solution()

    def possible(self) -> tuple[Possible, ...]:
        """One element each; who puts it at its place counts for it."""
        return tuple(Possible(item["texte"], None, item["explication"]) for item in self.elements)

    def places(self, answer: list[int]) -> Sequence[int]:
        return [element for place, element in enumerate(answer) if place == element]

    def mean_places(self, given: Sequence[list[int]]) -> list[float]:
        return [
            1 + sum(answer.index(element) for answer in given) / len(given) for element in range(len(self.elements))
        ]


def shuffled(seed: str, count: int) -> list[int]:
    """Return the numbers below ``count`` in an order that depends on ``seed`` only: any order, as likely as another.

    Algorithm: Fisher-Yates shuffle drawing from a 32-bit linear congruential generator (multiplier 1664525,
    increment 1013904223: Press et al., Numerical Recipes, 3rd ed., §7.1) seeded with the FNV-1a hash of ``seed``
    (UTF-8): easy to write alike in both languages.
    """
    state = 2166136261
    for byte in seed.encode():
        state = (state ^ byte) * 16777619 % 2**32
    order = list(range(count))
    for last in range(count - 1, 0, -1):
        state = (state * 1664525 + 1013904223) % 2**32
        other = (state >> 16) % (last + 1)  # the low bits of such a generator hardly vary
        order[last], order[other] = order[other], order[last]
    return order


def shown_order(seed: str, count: int) -> list[int]:
    """Return the order in which ``count`` elements are first shown: never the right one."""
    order = shuffled(seed, count)
    return order[1:] + order[:1] if order == sorted(order) else order


def _inversions(count: int) -> list[int]:
    """Return how many orders of ``count`` elements have 0, 1, 2… pairs in the wrong order (Mahonian numbers)."""
    row = [1]
    for size in range(2, count + 1):
        row = [sum(row[max(0, k - size + 1) : k + 1]) for k in range(len(row) + size - 1)]
    return row
