"""What the two types of multiple choice share: each choice has its explanation, each person an order of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from mallette.handwritten.plain import TO_FILL
from mallette.handwritten.structure import Difference
from mallette.questions import guessing
from mallette.questions.base import A, Possible, Question, repeated
from mallette.questions.forms import OneOf, Option, SomeOf
from mallette.questions.schema import block, ref, text
from mallette.questions.words import stop

_ABOUT_OTHERS = re.compile(
    r"\b(?:(?:ces|les autres|les deux) (?:réponses|propositions|choix)|(?:réponse|proposition) (?:précédente|suivante)"
    r"|choix (?:précédent|suivant)|ci-dess(?:us|ous)|ni (?:à |de )?l[’']une? ni (?:à |de )?l[’']autre)\b",
    re.IGNORECASE,
)
"""Words by which a choice speaks of the others."""
_AMOUNT = re.compile(r"\D{0,20}?([−-]?\d[\d \u00a0\u202f]*(?:[.,]\d+)?)\D{0,20}")


MOVE = "changez la bonne réponse de place dans certaines de ces questions"


def at(place: int) -> guessing.Answers:
    return lambda question: [place % len(question.choices)]


def by(measure: Callable[[str], int]) -> guessing.Answers:
    return lambda question: guessing.most([choice["texte"] for choice in question.choices], measure)


CHOSEN: tuple[tuple[str, guessing.Answers, str], ...] = (
    (guessing.FIRST, at(0), MOVE),
    (guessing.SECOND, at(1), MOVE),
    (guessing.THIRD, lambda question: [2] if len(question.choices) > 3 else [], MOVE),
    (guessing.LAST, at(-1), MOVE),
    (guessing.LONG, by(len), guessing.LENGTHS),
    (guessing.SHORT, by(guessing.shortness), guessing.LENGTHS),
    (guessing.NUANCED, by(guessing.hedged), guessing.WORDS),
    (guessing.MEASURED, by(guessing.restraint), guessing.WORDS),
)
"""One choice among several: the name of the family, which one, how to mend it."""


class Choices(Question[A]):
    """Choices of which some are right."""

    fields = {
        "choix": {
            "description": "Les réponses proposées, chacune avec l’explication montrée après validation.",
            "type": "array",
            "minItems": 2,
            "maxItems": 8,
            "items": ref("choix"),
        },
        "ordre_fixe": ref("ordre_fixe"),
    }
    optional = ("ordre_fixe",)
    gradable = True
    definitions = {
        "choix": block(
            "Une réponse proposée.",
            {
                "texte": text("La réponse proposée."),
                "juste": {"description": "true si la réponse est juste ; à omettre sinon.", "type": "boolean"},
                "explication": text("Pourquoi elle est juste ou non : montrée après validation."),
            },
            optional=("juste",),
        ),
        "ordre_fixe": {
            "description": "true quand les choix ont un ordre à eux (montants, âges, dates, durées, niveaux, un choix "
            "qui parle des autres) ; à omettre sinon : chaque personne les voit alors dans un ordre à "
            "elle.",
            "type": "boolean",
        },
    }

    @classmethod
    def rules(cls, raw: Mapping) -> Iterator[Difference]:
        right = sum(bool(choice.get("juste")) for choice in raw["choix"])
        if right == 0:
            yield Difference(("choix",), "aucun choix n’est juste", "ajoutez « juste: true » à la bonne réponse")
        elif cls.exclusive and right > 1:
            yield Difference(
                ("choix",),
                f"{right} choix sont justes, un seul peut l’être",
                "gardez un seul « juste: true », ou prenez le type choix_multiple",
            )
        yield from repeated(raw["choix"], "choix")
        if not raw.get("ordre_fixe"):
            yield from _own_order(raw["choix"])

    @property
    def choices(self) -> Sequence[Mapping]:
        return self.content["choix"]

    @property
    def right(self) -> set[int]:
        """Indices of the right choices."""
        return {index for index, choice in enumerate(self.choices) if choice.get("juste")}

    def without_answers(self) -> dict:
        return {**super().without_answers(), "choix": [{"texte": choice["texte"]} for choice in self.choices]}

    def solution(self) -> list[str]:
        return [
            f"{'Juste' if item.right else 'Faux'} : {stop(item.label)} {item.explanation}" for item in self.possible()
        ]

    def shared(self, wrong: float) -> tuple[tuple[Option, ...], bool]:
        """Return the choices, of which the right ones share the credit, and whether their order is fixed.

        Args:
            wrong: what a wrong choice takes of the share of a right one.
        """
        share = 1 / len(self.right)
        listed = (
            Option(item.label, share if item.right else -wrong * share if wrong else 0, item.explanation)
            for item in self.possible()
        )
        return tuple(listed), bool(self.content.get("ordre_fixe"))

    def explained(self, answer: A) -> list[str]:
        told = self.right | {*self.places(answer)}
        return [line for index, line in enumerate(self.solution()) if index in told]

    def possible(self) -> tuple[Possible, ...]:
        return tuple(
            Possible(choice["texte"], bool(choice.get("juste")), choice["explication"]) for choice in self.choices
        )


def read(form: OneOf | SomeOf) -> dict:
    """Return the fields of choices: those that earn a share are right."""
    listed = []
    for option in form.options:
        right = {"juste": True} if option.share > 0 else {}
        listed.append({"texte": option.text, **right, "explication": option.feedback or TO_FILL})
    fixed = {"ordre_fixe": True} if form.fixed or any(_own_order(listed)) else {}
    return {**fixed, "choix": listed}


def _own_order(choices: list[dict]) -> Iterator[Difference]:
    """Yield the signs that choices, which each person would see in another order, have an order of their own."""
    remedy = "ajoutez « ordre_fixe: true » à la question, ou changez le texte"
    for index, choice in enumerate(choices):
        for name in ("texte", "explication"):
            if found := _ABOUT_OTHERS.search(choice[name]):
                yield Difference(
                    ("choix", index, name),
                    f"« {found.group()} » parle des autres choix, que chaque personne voit dans un ordre à elle",
                    remedy,
                )
    amounts = [found for choice in choices if (found := _AMOUNT.fullmatch(choice["texte"]))]
    if len(choices) > 2 and len(amounts) == len(choices):
        values = [float(re.sub(r"\s", "", found[1]).replace(",", ".").replace("−", "-")) for found in amounts]
        if all(a < b for a, b in pairwise(values)) or all(a > b for a, b in pairwise(values)):
            yield Difference(
                ("choix",), "ces nombres sont rangés, et chaque personne verrait les choix dans un ordre à elle", remedy
            )
