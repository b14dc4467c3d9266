"""Prevalences: which values a view shows, on which curves, with which intervals.

The same logic runs in the browser (``widgets/static/explorer_core.js``); ``tests/vecteurs/prevalence.json`` holds
cases for both. What is said of a view is in :mod:`mallette.prevalence_text`. A *row* is a dict with the keys of
:data:`COLUMNS`; a *view* (French: ``vue``) is a dict with the keys of :data:`DEFAULT_VIEW`. Percentages run
from 0 to 100.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from mallette.french import NBSP, percent

Row = dict[str, Any]
View = Mapping[str, Any]

COLUMNS = (
    "enquete", "annee", "champ", "territoire", "produit", "indicateur", "sexe", "age",
    "valeur", "n", "arrondi", "remarque", "verifie", "source",
)  # fmt: skip
DEFAULT_VIEW: dict[str, Any] = {
    "par": "age",             # "age", "sexe" or "temps"
    "produits": ["cannabis"],
    "indicateur": "experimentation",
    "annee": 2014,            # without effect when par = "temps"
    "age": "ensemble",        # one age group, when par = "sexe" or "temps"
    "sexe": "ensemble",       # or "detail", when par = "temps"
    "champs": [],             # populations; empty: the one with most values
    "affichage": "graphique",  # or "tableau"
}  # fmt: skip
VIEWS = {"age": "par âge", "sexe": "par sexe", "temps": "dans le temps"}
SEXES = ("hommes", "femmes")
MAX_SERIES = 6
_Z95 = 1.959963984540054  # 97.5th percentile of the standard normal distribution


def wilson(percent: float, n: int | None) -> list[float] | None:
    """Return the 95 % Wilson score interval of a proportion, in percent rounded to 0.1, or None without ``n``.

    Args:
        percent: observed proportion, 0 to 100.
        n: number of people asked, as if they had been drawn at random. The surveys are weighted: the true interval
            is wider.

    Source: E. B. Wilson (1927), Journal of the American Statistical Association 22(158), p. 209-212.
    """
    if not n:
        return None
    p = percent / 100
    z2 = _Z95 * _Z95
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z95 / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return [round1(100 * max(0, centre - half)), round1(100 * min(1, centre + half))]


def round1(value: float) -> float:
    """Round to 0.1, halves up: the same rule in both languages."""
    return math.floor(value * 10 + 0.5) / 10


def percent_text(row: Row) -> str:
    """Return "47,8 %"; a zero says that it is rounded."""
    text = percent(row["valeur"])
    return f"{text} (arrondi)" if row["valeur"] == 0 and row["arrondi"] else text


def age_text(age: str) -> str:
    """Return the label of an age group."""
    return "tous âges" if age == "ensemble" else f"{age}{NBSP}ans"


def sex_names(champ: str) -> dict[str, str]:
    """Return how a population names its two sexes."""
    young = champ.startswith("17")
    return {"hommes": "garçons" if young else "hommes", "femmes": "filles" if young else "femmes"}


def _age_order(age: str) -> int:
    return 0 if age.startswith("moins") else int(re.match(r"\d*", age).group() or 0)


def _covers(row: Row, age: str) -> bool:
    """Tell whether a row is about the age group; everyone asked at 17 is 17."""
    return row["age"] in ("ensemble", "17") if age == "ensemble" else row["age"] == age


def matches(row: Row, view: View) -> bool:
    """Tell whether a row answers a view, whatever its population."""
    if row["produit"] not in view["produits"] or row["indicateur"] != view["indicateur"]:
        return False
    if view["par"] == "age":
        return row["annee"] == view["annee"] and row["sexe"] == "ensemble" and row["age"] != "ensemble"
    if not _covers(row, view["age"]):
        return False
    if view["par"] == "sexe":
        return row["annee"] == view["annee"] and row["sexe"] in SEXES
    return row["sexe"] in SEXES if view["sexe"] == "detail" else row["sexe"] == "ensemble"


def select(rows: Iterable[Row], view: View) -> dict[str, Any]:
    """Return what a view shows.

    Returns:
        ``champs``: populations shown; ``disponibles``: populations that have values, most values first; ``series``: at
        most :data:`MAX_SERIES` dicts ``{produit, champ, sexe, points}``, one curve each, never two populations on one;
        ``ecartees``: series left out; ``manquants``: dicts ``{produit, champs}`` for the products without a curve, with
        the other populations that have one.
    """
    found = [row for row in rows if matches(row, view)]
    counts: dict[str, int] = {}
    for row in found:
        counts[row["champ"]] = counts.get(row["champ"], 0) + 1
    available = sorted(counts, key=lambda champ: -counts[champ])
    champs = [champ for champ in available if champ in view["champs"]] if view["champs"] else available[:1]
    series: list[dict[str, Any]] = []
    for produit in view["produits"]:
        for champ in champs:
            mine = [row for row in found if row["produit"] == produit and row["champ"] == champ]
            groups = SEXES if view["par"] == "temps" and view["sexe"] == "detail" else ("",)
            for sexe in groups:
                points = [row for row in mine if not sexe or row["sexe"] == sexe]
                points.sort(key=lambda row: (
                    row["annee"],
                    SEXES.index(row["sexe"]) if view["par"] == "sexe" else 0,
                    _age_order(row["age"]),
                ))  # fmt: skip
                if points:
                    series.append({"produit": produit, "champ": champ, "sexe": sexe, "points": points})
    missing = []
    for produit in view["produits"]:
        if not any(line["produit"] == produit for line in series):
            elsewhere = {row["champ"] for row in found if row["produit"] == produit}
            others = [champ for champ in available if champ in elsewhere]
            missing.append({"produit": produit, "champs": others})
    return {
        "champs": champs,
        "disponibles": available,
        "series": series[:MAX_SERIES],
        "ecartees": max(0, len(series) - MAX_SERIES),
        "manquants": missing,
    }


def breaks(points: list[Row]) -> list[tuple[Row, Row]]:
    """Return the pairs of consecutive points that come from different surveys."""
    return [(a, b) for a, b in zip(points, points[1:], strict=False) if a["enquete"] != b["enquete"]]
