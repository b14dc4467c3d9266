"""What the two types that ask for a number share: a domain, a published value, classes, a line to draw."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

from mallette.french import exact, number, with_unit
from mallette.handwritten.structure import Difference
from mallette.questions import histogram
from mallette.questions.base import AnswerError, Possible, Question, Tally, is_number
from mallette.questions.forms import Amount, Range
from mallette.questions.histogram import Axis
from mallette.questions.schema import block, ref, text
from mallette.questions.words import some

_PLACE = {
    "table": text("Nom du fichier de data/, sans .csv."),
    "ou": {
        "description": "Colonnes et valeurs qui désignent la ligne.",
        "type": "object",
        "minProperties": 1,
        "additionalProperties": True,
    },
    "colonne": text("Colonne où lire la valeur."),
}
_STEP = {"description": "Écart entre deux réponses voisines.", "type": "number", "exclusiveMinimum": 0}


@dataclass(frozen=True)
class Published:
    """The published value of a number question, as texts with their unit.

    Attributes:
        title: what it is: « Réponse attendue », « Valeur publiée ».
        value: ``47,8 %``.
        near: what answers inside the band are: « accepté », « proche ».
        band: what counts as right or close, ``de 42,8 à 52,8 %``; empty when it is the value alone.
    """

    title: str
    value: str
    near: str
    band: str


class Numbers(Question[float]):
    """A number inside a domain."""

    fields = {
        "unite": text("Unité affichée après le nombre : %, €, heures…"),
        "domaine": ref("domaine"),
        "valeur": {
            "description": "Valeur publiée. Si elle existe dans data/, préférer « valeur_de ».",
            "type": "number",
        },
        "valeur_de": ref("valeur_de"),
    }
    one_of = ("valeur", "valeur_de")
    sourced = True
    definitions = {
        "domaine": block(
            "Réponses possibles.",
            {
                "min": {"description": "Plus petit nombre qu’on peut donner.", "type": "number"},
                "max": {"description": "Plus grand nombre qu’on peut donner.", "type": "number"},
                "pas": _STEP,
            },
        ),
        "valeur_de": block("La valeur publiée, lue dans data/ : une ligne et une seule doit correspondre.", _PLACE),
    }
    reveal_label = "Montrer la valeur publiée"
    value: float  # a bank without it is refused
    near: str
    """What answers inside the band are."""
    value_title: str
    found: str
    """Which of its ``explications`` such an answer gets."""

    @classmethod
    def rules(cls, raw: Mapping) -> Iterator[Difference]:
        domain = raw["domaine"]
        if domain["min"] >= domain["max"]:
            yield Difference(("domaine",), "« min » doit être plus petit que « max »", "échangez-les ou corrigez-les")
            return
        steps = (domain["max"] - domain["min"]) / domain["pas"]
        if abs(steps - round(steps)) > 1e-6:
            yield Difference(
                ("domaine", "pas"),
                "« pas » ne mène pas exactement de « min » à « max »",
                "choisissez un pas qui divise max − min",
            )
        yield from cls.band_rules(raw)
        if "valeur" in raw and "valeur_de" in raw:
            yield Difference(
                ("valeur",),
                "« valeur » et « valeur_de » sont écrits tous les deux",
                "gardez « valeur_de » si le nombre est dans data/, sinon « valeur »",
            )
        elif "valeur" in raw:
            yield from cls.value_rules(raw, raw["valeur"])

    @classmethod
    def band_rules(cls, raw: Mapping) -> Iterator[Difference]:
        """Yield what is wrong in what counts as right or close."""
        return iter(())

    @classmethod
    def value_rules(cls, raw: Mapping, value: float) -> Iterator[Difference]:
        domain = raw["domaine"]
        if not domain["min"] <= value <= domain["max"]:
            name = "valeur_de" if "valeur_de" in raw else "valeur"
            yield Difference(
                (name,),
                f"la valeur {value:g} est hors du domaine ({domain['min']:g} à {domain['max']:g})",
                "corrigez la valeur ou élargissez « domaine »",
            )

    @property
    def domain(self) -> Mapping:
        return self.content["domaine"]

    @property
    def unit(self) -> str:
        return self.content["unite"]

    @property
    def published(self) -> str:
        """The published value with its unit."""
        return with_unit(self.value, self.unit)

    def band(self) -> tuple[float, float]:
        """Return the ends of what counts as right or close, inside the domain."""
        raise NotImplementedError

    def form(self) -> Amount:
        low, high = self.band()
        texts = self.content["explications"]
        traps = (Range(trap["min"], trap["max"], 0, trap["explication"]) for trap in self.content.get("pieges", ()))
        first, last = self.domain["min"], self.domain["max"]
        under = [Range(first, low, 0, texts["trop_bas"])] if first < low else []
        over = [Range(high, last, 0, texts["trop_haut"])] if high < last else []
        return Amount((Range(low, high, 1, texts[self.found]), *traps, *under, *over), self.value)

    def afterwards(self) -> list[str]:
        return [f"{self.value_title} : {self.published}."]

    def proposed(self) -> range:
        """Return the ranks of the numbers that the page proposes, up to hundreds of thousands."""
        low, high, step = (self.domain[name] for name in ("min", "max", "pas"))
        return range(round((high - low) / step) + 1)

    def at(self, rank: int) -> float:
        """Return the number that the page proposes at a rank; they grow."""
        return self.domain["min"] + self.domain["pas"] * rank

    def valid(self, answer: object) -> TypeGuard[float]:
        return is_number(answer) and self.domain["min"] <= answer <= self.domain["max"]

    def keep(self, raw: object) -> int | float:
        if type(raw) in (int, float) and self.valid(raw) and math.isfinite(raw):
            return int(raw) if raw == int(raw) else raw
        low, high = exact(self.domain["min"]), exact(self.domain["max"])
        raise AnswerError(f"Écrivez un nombre entre {low} et {high}.")

    def options(self) -> list[str]:
        return []

    def on_paper(self) -> list[str]:
        return [f"Réponse : ……… {self.unit} (de {number(self.domain['min'])} à {number(self.domain['max'])})"]

    def on_screen(self) -> list[str]:
        return [f"Un nombre, en {self.unit}, de {number(self.domain['min'])} à {number(self.domain['max'])}."]

    def possible(self) -> tuple[Possible, ...]:
        """The classes of a histogram."""
        classes = histogram.classes(self.domain)
        here = classes.place(self.value)
        return tuple(
            Possible(label, mark=f"valeur publiée : {self.published}" if place == here else "")
            for place, label in enumerate(classes.labels)
        )

    def places(self, answer: float) -> Sequence[int]:
        return (histogram.classes(self.domain).place(answer),)

    def told(self) -> dict:
        low, high = self.band()
        band = histogram.interval(low, high, self.unit) if low < high else ""
        return {"published": Published(self.value_title, self.published, self.near, band)}

    def axis(self, revealed: bool, given: Sequence[float] = ()) -> Axis:
        line = Axis(number(self.domain["min"]), with_unit(self.domain["max"], self.unit))
        if revealed:
            line = replace(line, published=self._on_line(self.value), band=self._both(self.band()))
        if given:
            spread = histogram.spread(given, self.domain)
            quartiles = spread.quartiles and self._both(spread.quartiles)
            line = replace(line, median=self._on_line(spread.median), quartiles=quartiles)
        return line

    def sentences(self, given: Sequence[float], counted: Tally, revealed: bool) -> list[str]:
        spread = histogram.spread(given, self.domain)
        lines = [f"Médiane : {with_unit(spread.median, self.unit)} (autant de réponses au-dessous qu’au-dessus)."]
        if spread.quartiles:
            lines.append(f"La moitié centrale des réponses va {histogram.interval(*spread.quartiles, self.unit)}.")
        if revealed:
            good = sum(self.verdict(answer) in ("juste", "proche") for answer in given)
            lines.append(f"{some(good, len(given), 'a donné', 'ont donné')} {self.goal}.")
        return lines

    def _on_line(self, value: float) -> float:
        """Return where a value stands on the line, from 0 to 100."""
        return round(100 * (value - self.domain["min"]) / (self.domain["max"] - self.domain["min"]), 2)

    def _both(self, ends: tuple[float, float]) -> tuple[float, float]:
        return self._on_line(ends[0]), self._on_line(ends[1])
