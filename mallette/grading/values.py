"""The numbers of an assignment: worked out from ``data/``, or repeated by a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mallette import data
from mallette.faults import ContentError
from mallette.french import exact, number
from mallette.grading import arithmetic
from mallette.grading.arithmetic import NotArithmetic
from mallette.handwritten.structure import Difference
from mallette.paths import Project
from mallette.quiz import bank


def resolve(raw: dict[str, Any], course: Project) -> tuple[list[Difference], dict[str, Any]]:
    """Return what is wrong with the calculations of a number, and the question as a bank would have it."""
    wrong: list[Difference] = []
    names: dict[str, float] = {}

    def read(query: Mapping, *place: str | int) -> float:
        value, told = bank.looked_up(query, place, course)
        wrong.extend(told)
        return value or 0

    def work_out(text: str, *place: str | int) -> float:
        try:
            return arithmetic.evaluate(text, names)
        except NotArithmetic as error:
            if not wrong:
                wrong.append(Difference(place, str(error), "employez les noms de « avec », + − × ÷ et des parenthèses"))
            return 0

    given = [name for name in ("valeur", "valeur_de", "calcul") if name in raw]
    if len(given) > 1:
        wrong.append(Difference((given[1],), f"« {given[0]} » est écrit aussi", "gardez l’un des deux"))
    for name, query in raw.get("avec", {}).items():
        names[name] = read(query, "avec", name)
    if "valeur_de" in raw:
        value = read(raw["valeur_de"], "valeur_de")
    else:
        value = work_out(raw["calcul"], "calcul") if "calcul" in raw else raw["valeur"]
    traps = []
    for index, trap in enumerate(raw.get("pieges", ())):
        fallen = work_out(trap["calcul"], "pieges", index, "calcul")
        if not wrong and abs(fallen - value) <= trap["marge"] + raw["marge"]:
            wrong.append(Difference(("pieges", index), "ce piège touche la bonne réponse", "réduisez les marges"))
        traps.append({**_around(fallen, trap["marge"]), "explication": trap["explication"]})
    own = ("avec", "calcul", "marge", "pieges", "valeur", "valeur_de")
    plain = {name: item for name, item in raw.items() if name not in own}
    accepted = _around(value, raw["marge"])
    return wrong, {**plain, "valeur": value, "accepte": accepted, **({"pieges": traps} if traps else {})}


def _around(value: float, margin: float) -> dict[str, float]:
    """Return an interval; its ends are rounded so that a decimal typed on them is inside."""
    return {"min": round(value - margin - 1e-9, 9), "max": round(value + margin + 1e-9, 9)}


def figures(raw: Mapping, course: Project) -> Iterator[Difference]:
    """Compare the figures that a document repeats with the lines of ``data/`` that it names (``valeurs_de``)."""
    for index, held in enumerate(raw.get("documents", ())):
        for rank, query in enumerate(held.get("valeurs_de", ())):
            place = ("documents", index, "valeurs_de", rank)
            try:
                values = [
                    line[query["colonne"]] for line in data.rows(query["table"], course) if _matches(line, query["ou"])
                ]
            except ContentError:
                return  # the check of the tables says why they cannot be read
            except LookupError as error:
                yield Difference(place, f"valeurs introuvables : {error}", "corrigez « valeurs_de »")
                continue
            if not values:
                yield Difference(place, f"aucune ligne de « {query['table']} »", "corrigez les conditions de « ou »")
            for value in values:
                texts = _written(value)
                if not any(re.search(rf"(?<![\d,]){re.escape(text)}(?![\d,]\d)", held["texte"]) for text in texts):
                    yield Difference(place, f"le texte ne donne pas {texts[0]}", f"relisez data/{query['table']}.csv")


def _matches(line: Mapping[str, Any], where: Mapping[str, Any]) -> bool:
    """Tell whether a line meets every condition: a value, or a list of accepted values; dates are ISO texts."""
    return all(
        line[column] in accepted or str(line[column]) in accepted
        for column, wanted in where.items()
        for accepted in [wanted if isinstance(wanted, list) else [wanted]]
    )


def _written(value: float | None) -> list[str]:
    """Return how a value may be written in French; ``//`` is the sign of the publication for "not available"."""
    return ["//"] if value is None else [exact(value), number(value, 2)]
