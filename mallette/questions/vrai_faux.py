"""``vrai_faux``: a statement to judge. An answer is ``"vrai"`` or ``"faux"``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeGuard

from mallette.handwritten.plain import TO_FILL
from mallette.questions import guessing
from mallette.questions.base import Possible, Question
from mallette.questions.forms import Form, Truth
from mallette.questions.guessing import Strategy
from mallette.questions.schema import block, text

_WORDS = {"vrai": "Vrai", "faux": "Faux"}
_TRUTH = "récrivez une partie de ces affirmations pour que la réponse soit l’autre"


def _by_words(question: Question) -> list[str]:
    balance = guessing.hedged(question.prompt) + guessing.restraint(question.prompt)
    return [] if balance == 0 else ["vrai" if balance > 0 else "faux"]


class TrueFalse(Question[str]):
    title = "Vrai ou faux"
    about = "Une affirmation à juger. Crédit : 1 ou 0."
    fields = {
        "reponse": {"description": "La réponse juste : vrai ou faux.", "type": "string", "enum": [*_WORDS]},
        "explications": block(
            "Ce que lit la personne après chaque réponse.",
            {
                "vrai": text("Après « vrai »."),
                "faux": text("Après « faux »."),
            },
        ),
    }
    hint = "Vrai ou faux ?"
    expected = "Choisissez « vrai » ou « faux »."
    goal = "la bonne réponse"
    gradable = True
    secret = ("reponse", "explications")
    strategies = (
        Strategy("vrai", guessing.always("vrai"), _TRUTH, (guessing.FIRST,)),
        Strategy("faux", guessing.always("faux"), _TRUTH, (guessing.SECOND, guessing.LAST)),
        Strategy(
            "faux si un mot est absolu, vrai s’il nuance",
            _by_words,
            guessing.WORDS,
            (guessing.NUANCED, guessing.MEASURED),
        ),
    )

    def valid(self, answer: object) -> TypeGuard[str]:
        return answer in ("vrai", "faux")

    def worth(self, answer: str) -> float:
        return 1 if answer == self.content["reponse"] else 0

    def right_answer(self) -> str:
        return self.content["reponse"]

    def outcomes(self) -> Mapping[Fraction, int]:
        return {Fraction(1): 1, Fraction(0): 1}

    def solution(self) -> list[str]:
        right = self.content["reponse"]
        return [f"La réponse est : {right}. {self.content['explications'][right]}"]

    def explained(self, answer: str) -> list[str]:
        return [self.content["explications"][answer]]

    def form(self) -> Truth:
        texts = self.content["explications"]
        return Truth(self.content["reponse"] == "vrai", texts["vrai"], texts["faux"])

    @classmethod
    def from_form(cls, form: Form, graded: bool) -> dict | None:
        if not isinstance(form, Truth):
            return None
        texts = {"vrai": form.if_true or TO_FILL, "faux": form.if_false or TO_FILL}
        return {"reponse": "vrai" if form.true else "faux", "explications": texts}

    def possible(self) -> tuple[Possible, ...]:
        return tuple(
            Possible(label, word == self.content["reponse"], self.content["explications"][word])
            for word, label in _WORDS.items()
        )

    def places(self, answer: str) -> Sequence[int]:
        return ([*_WORDS].index(answer),)
