"""``numerique``: a number to find. An answer is a number inside the domain; some interval of them is accepted."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from fractions import Fraction

from mallette.french import number, with_unit
from mallette.handwritten.plain import TO_FILL
from mallette.handwritten.structure import Difference
from mallette.questions.forms import Amount, Form, Range
from mallette.questions.guessing import Strategy
from mallette.questions.numbers import Numbers
from mallette.questions.schema import block, text

_SLACK = 1e-9
_BOUNDS = "déplacez les bornes de « domaine » autour de la valeur"
_DECIMALS = 6
"""Digits that count in a number of another program: what it adds beyond is noise."""


def _rounded(range: Range) -> tuple[float, float]:
    return round(range.low, _DECIMALS), round(range.high, _DECIMALS)


def _short(value: float) -> float:
    return int(value) if value == int(value) else value


def _nearest(question: Numbers, wanted: float) -> float:
    rank = bisect_left(question.proposed(), wanted, key=question.at)
    around = question.proposed()[max(rank - 1, 0) : rank + 1]
    return min(map(question.at, around), key=lambda value: abs(value - wanted))


def _middle(question: Numbers) -> list[float]:
    return [_nearest(question, (question.domain["min"] + question.domain["max"]) / 2)]


def _round_number(question: Numbers) -> list[float]:
    low, high = question.domain["min"], question.domain["max"]
    unit = 10.0 ** math.floor(math.log10((high - low) / 2))
    found = _nearest(question, unit * round((low + high) / 2 / unit))
    return [found] if [found] != _middle(question) else []


def _first_quarter(question: Numbers) -> list[float]:
    low, high = question.domain["min"], question.domain["max"]
    return [_nearest(question, low + (high - low) / 4)]


class Number(Numbers):
    title = "Nombre"
    about = "Un nombre à saisir. Crédit : 1 dans l’intervalle accepté, bornes comprises."
    fields = {
        **Numbers.fields,
        "accepte": block(
            "Intervalle des réponses acceptées, bornes comprises.",
            {
                "min": {"description": "Plus petite réponse acceptée.", "type": "number"},
                "max": {"description": "Plus grande réponse acceptée.", "type": "number"},
            },
        ),
        "explications": block(
            "Ce que lit la personne selon sa réponse.",
            {
                "juste": text("Réponse acceptée."),
                "trop_bas": text("Réponse trop basse."),
                "trop_haut": text("Réponse trop haute."),
            },
        ),
    }
    goal = "une réponse acceptée"
    gradable = True
    secret = ("accepte", "explications", "pieges")
    near, value_title, found = "accepté", "Réponse attendue", "juste"
    strategies = (
        Strategy("le milieu du domaine", _middle, _BOUNDS),
        Strategy("le nombre rond le plus proche du milieu", _round_number, _BOUNDS),
        Strategy("le premier quart du domaine", _first_quarter, _BOUNDS),
    )

    @classmethod
    def band_rules(cls, raw: Mapping) -> Iterator[Difference]:
        accepted, domain = raw["accepte"], raw["domaine"]
        if accepted["min"] > accepted["max"]:
            yield Difference(("accepte",), "« min » doit être au plus égal à « max »", "échangez-les ou corrigez-les")
        if accepted["min"] < domain["min"] or accepted["max"] > domain["max"]:
            yield Difference(
                ("accepte",), "l’intervalle accepté sort du domaine", "gardez « accepte » dans « domaine »"
            )

    @classmethod
    def value_rules(cls, raw: Mapping, value: float) -> Iterator[Difference]:
        yield from super().value_rules(raw, value)
        accepted = raw["accepte"]
        if accepted["min"] <= accepted["max"] and not accepted["min"] <= value <= accepted["max"]:
            yield Difference(
                ("accepte",),
                f"l’intervalle accepté ne contient pas la valeur publiée ({value:g})",
                "corrigez « accepte » ou la valeur",
            )

    def band(self) -> tuple[float, float]:
        return self.content["accepte"]["min"], self.content["accepte"]["max"]

    @classmethod
    def from_form(cls, form: Form, graded: bool) -> dict | None:
        """The domain is that of the ranges; without any around the right one, it goes from 0 to twice the answer."""
        if not (isinstance(form, Amount) and form.ranges and form.ranges[0].share == 1):
            return None
        (low, high), others = _rounded(form.ranges[0]), form.ranges[1:]
        first = min([low, *(_rounded(item)[0] for item in others)] if others else [low, 0, 2 * low])
        last = max([high, *(_rounded(item)[1] for item in others)] if others else [high, 0, 2 * high])
        last = first + 1 if first == last else last
        value = min(max(round(form.value, _DECIMALS), low), high)
        numbers = (first, last, low, high, value)
        step = next(count for count in range(_DECIMALS + 1) if all(round(item, count) == item for item in numbers))
        told = {"juste": form.ranges[0].feedback, "trop_bas": "", "trop_haut": ""}
        for item in others:
            side = "trop_bas" if _rounded(item)[1] <= low else "trop_haut"
            told[side] = told[side] or item.feedback
        return {
            "unite": TO_FILL,
            "domaine": {"min": _short(first), "max": _short(last), "pas": _short(10**-step)},
            "accepte": {"min": _short(low), "max": _short(high)},
            "valeur": _short(value),
            "explications": {name: text or TO_FILL for name, text in told.items()},
        }

    def worth(self, answer: float) -> float:
        low, high = self.band()
        return 1 if low <= answer <= high else 0

    def verdict(self, answer: float) -> str:
        if self.credit(answer) == 0:
            return "trop_bas" if answer < self.band()[0] else "trop_haut"
        return "juste"

    def right_answer(self) -> float:
        return self.value

    def outcomes(self) -> Mapping[Fraction, int]:
        low, high = self.band()
        proposed = self.proposed()
        before, until = (
            bisect_left(proposed, low - _SLACK, key=self.at),
            bisect_right(proposed, high + _SLACK, key=self.at),
        )
        inside = max(until - before, 0)
        return {Fraction(1): inside, Fraction(0): len(proposed) - inside}

    def solution(self) -> list[str]:
        low, high = self.band()
        return [
            f"Réponse attendue : {self.published}. {self.content['explications']['juste']}",
            f"Réponses acceptées : de {number(low)} à {with_unit(high, self.unit)}.",
        ]

    def explained(self, answer: float) -> list[str]:
        name = self.verdict(answer)
        traps = () if name == "juste" else self.content.get("pieges", ())
        fallen = [trap["explication"] for trap in traps if trap["min"] <= answer <= trap["max"]]
        return fallen[:1] or [self.content["explications"][name]]

    def told(self) -> dict:
        return {**super().told(), "points": (self.content["explications"]["juste"],)}
