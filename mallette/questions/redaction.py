"""``redaction``: a text that a person reads and marks with a rubric, in graded work only. An answer is the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeGuard

from mallette.french import number
from mallette.handwritten.structure import Difference
from mallette.questions.base import AnswerError, Question
from mallette.questions.forms import FreeText
from mallette.questions.reflexion import clean
from mallette.questions.schema import block, text

LONGEST_TEXT = 4000
"""Length limit of a text whose question sets none, in characters: two printed pages."""


class Writing(Question[str]):
    title = "Rédaction"
    about = "Un texte qu’une personne lit et note avec une grille. Points : la somme des meilleurs niveaux."
    fields = {
        "lignes": {"description": "Hauteur du champ, en lignes.", "type": "integer", "minimum": 2},
        "longueur": {
            "description": f"Longueur à ne pas dépasser, en caractères ({LONGEST_TEXT} par défaut).",
            "type": "integer",
            "minimum": 200,
            "maximum": 10_000,
        },
        "grille": {
            "description": "Les critères de notation.",
            "type": "array",
            "minItems": 1,
            "maxItems": 8,
            "items": block(
                "Un critère.",
                {
                    "critere": text("Ce que fait un texte qui le remplit."),
                    "niveaux": {
                        "description": "Du plus bas au plus haut.",
                        "type": "array",
                        "minItems": 2,
                        "maxItems": 5,
                        "items": block(
                            "Un niveau.",
                            {
                                "points": {"description": "Points du niveau.", "type": "number", "minimum": 0},
                                "texte": text("Ce qu’on voit dans un texte de ce niveau."),
                            },
                        ),
                    },
                },
            ),
        },
        "exemple": text("Un texte qui aurait tous les points."),
    }
    optional = ("longueur",)
    label = "Texte à rédiger"
    hint = "Une personne lit et note ce texte. N’y nommez personne."
    expected = "Écrivez votre réponse en quelques phrases."
    secret = ("grille", "exemple")
    sensitive = True
    written = True
    rubric = True
    gradable = True

    @classmethod
    def rules(cls, raw: Mapping) -> Iterator[Difference]:
        for index, criterion in enumerate(raw["grille"]):
            points = [level["points"] for level in criterion["niveaux"]]
            if points[0] != 0 or any(high <= low for low, high in pairwise(points)):
                yield Difference(
                    ("grille", index, "niveaux"),
                    "les niveaux ne montent pas à partir de 0 point",
                    "donnez 0 point au premier, puis davantage à chacun des suivants",
                )

    @property
    def criteria(self) -> Sequence[Mapping]:
        return self.content["grille"]

    @property
    def longest(self) -> int:
        """Length limit of the text, in characters."""
        return self.content.get("longueur", LONGEST_TEXT)

    def valid(self, answer: object) -> TypeGuard[str]:
        try:
            return self.keep(answer) == answer
        except AnswerError:
            return False

    def keep(self, raw: object) -> str:
        return clean(raw, self.expected, self.longest)

    def right_answer(self) -> str:
        return self.keep(self.content["exemple"])

    def solution(self) -> list[str]:
        told = []
        for criterion in self.criteria:
            levels = "\u202f; ".join(f"{number(level['points'])} : {level['texte']}" for level in criterion["niveaux"])
            told.append(f"{criterion['critere']} ({levels})")
        return told

    def form(self) -> FreeText:
        return FreeText((*self.solution(), f"Exemple : {self.content['exemple'].strip()}"))

    def afterwards(self) -> list[str]:
        return self.solution()

    def explained(self, answer: str) -> list[str]:
        return self.solution()
