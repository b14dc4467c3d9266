"""``estimation``: « à votre avis, combien ? ». An answer is a number inside the domain; there is no credit."""

from __future__ import annotations

from mallette.questions.numbers import Numbers
from mallette.questions.schema import block, text

_TOLERANCE = 1e-9
"""Two decimal numbers that differ by less are the same: 4.2 − 4.1 must count as 0.1."""


class Estimate(Numbers):
    title = "Estimation"
    about = "« À votre avis, combien ? » Sans crédit : montre l’écart avec la valeur publiée."
    fields = {
        **Numbers.fields,
        "proche": {
            "description": "Écart, dans l’unité de la question, en dessous duquel on dit « proche ».",
            "type": "number",
            "minimum": 0,
        },
        "explications": block(
            "Ce que lit la personne selon son estimation.",
            {
                "proche": text("Estimation proche."),
                "trop_bas": text("Estimation trop basse."),
                "trop_haut": text("Estimation trop haute."),
            },
        ),
    }
    goal = "une réponse proche"
    scored = False
    secret = ("proche", "explications")
    near, value_title, found = "proche", "Valeur publiée", "proche"

    def band(self) -> tuple[float, float]:
        gap, domain = self.content["proche"], self.domain
        return max(domain["min"], round(self.value - gap, 9)), min(domain["max"], round(self.value + gap, 9))

    def verdict(self, answer: float) -> str:
        gap = answer - self.value
        if abs(gap) <= self.content["proche"] + _TOLERANCE:
            return "proche"
        return "trop_bas" if gap < 0 else "trop_haut"

    def solution(self) -> list[str]:
        return [f"Valeur publiée : {self.published}.", *self._sides()]

    def told(self) -> dict:
        return {**super().told(), "points": tuple(self._sides())}

    def _sides(self) -> list[str]:
        texts = self.content["explications"]
        return [f"Au-dessous : {texts['trop_bas']}", f"Au-dessus : {texts['trop_haut']}"]
