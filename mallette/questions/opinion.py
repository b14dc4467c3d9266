"""``opinion``: a scale, nothing right nor wrong. An answer is the index of a label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeGuard

from mallette.handwritten.plain import TO_FILL
from mallette.handwritten.structure import Difference
from mallette.questions.base import Possible, Question, is_index
from mallette.questions.forms import Form, OneOf, Option
from mallette.questions.schema import texts
from mallette.questions.words import quoted


class Opinion(Question[int]):
    title = "Opinion"
    about = "Une échelle, sans bonne réponse ni crédit."
    fields = {
        "echelle": texts("De 2 à 7 étiquettes, d’un bout à l’autre.", 2, 7),
        "retours": texts("Un retour par étiquette, dans le même ordre.", 2, 7),
    }
    hint = "Votre avis : il n’y a pas de bonne réponse."
    expected = "Choisissez un point de l’échelle."
    reveal_label = "Envoyer les retours aux téléphones"
    secret = ("retours",)
    sensitive = True
    told_on_phones = True

    @classmethod
    def rules(cls, raw: Mapping) -> Iterator[Difference]:
        labels, feedback = len(raw["echelle"]), len(raw["retours"])
        if labels != feedback:
            yield Difference(
                ("retours",),
                f"{feedback} retours pour {labels} étiquettes",
                "écrivez un retour par étiquette de « echelle », dans le même ordre",
            )

    def valid(self, answer: object) -> TypeGuard[int]:
        return is_index(answer, len(self.content["echelle"]))

    def solution(self) -> list[str]:
        pairs = zip(self.content["echelle"], self.content["retours"], strict=True)
        return [f"{label} : {text}" for label, text in pairs]

    def form(self) -> OneOf:
        pairs = zip(self.content["echelle"], self.content["retours"], strict=True)
        return OneOf(tuple(Option(label, 1, text) for label, text in pairs), fixed=True)

    @classmethod
    def from_form(cls, form: Form, graded: bool) -> dict | None:
        if not isinstance(form, OneOf) or graded:
            return None
        told = [option.feedback or TO_FILL for option in form.options]
        return {"echelle": [option.text for option in form.options], "retours": told}

    def explained(self, answer: int) -> list[str]:
        return [self.content["retours"][answer]]

    def possible(self) -> tuple[Possible, ...]:
        return tuple(map(Possible, self.content["echelle"]))

    def places(self, answer: int) -> Sequence[int]:
        return (answer,)

    def moves(self, before: Sequence[int], after: Sequence[int], revealed: bool) -> Iterator[str]:
        high = (len(before) + 1) // 2
        labels = quoted(self.content["echelle"][high:], "ou")
        yield (f"{labels} : {sum(before[high:])} sur {sum(before)} avant, {sum(after[high:])} sur {sum(after)} après.")
