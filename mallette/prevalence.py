"""Prevalences: which values a view shows, their intervals, and the French sentence that says what is seen.

The same logic runs in the browser (``widgets/static/explorer_core.js``); ``tests/vecteurs/prevalence.json`` holds cases for
both. A *row* is a dict with the keys of :data:`COLUMNS`; a *view* (French: ``vue``) is a dict with the keys of
:data:`DEFAULT_VIEW`. Percentages run from 0 to 100.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

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
NB = "\u00a0"
NNB = "\u202f"
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


def number(value: float) -> str:
    """Return ``value`` as French readers write it, without trailing zero."""
    return (str(int(value)) if value == int(value) else repr(value)).replace(".", ",")


def percent_text(row: Row) -> str:
    """Return "47,8 %"; a zero says that it is rounded."""
    text = f"{number(row['valeur'])}{NNB}%"
    return f"{text} (arrondi)" if row["valeur"] == 0 and row["arrondi"] else text


def age_text(age: str) -> str:
    """Return the label of an age group."""
    return "tous âges" if age == "ensemble" else f"{age}{NB}ans"


def sex_names(champ: str) -> dict[str, str]:
    """Return how a population names its two sexes."""
    return {"hommes": "garçons", "femmes": "filles"} if champ.startswith("17") else {"hommes": "hommes", "femmes": "femmes"}


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
        ``champs``: populations shown; ``disponibles``: populations that have values, most values first; ``series``: at most
        :data:`MAX_SERIES` dicts ``{produit, champ, sexe, points}``, one curve each, never two populations on one;
        ``ecartees``: series left out; ``manquants``: dicts ``{produit, champs}`` for the products without a curve, with the
        other populations that have one.
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
            others = [champ for champ in available if any(r["produit"] == produit and r["champ"] == champ for r in found)]
            missing.append({"produit": produit, "champs": others})
    return {
        "champs": champs,
        "disponibles": available,
        "series": series[:MAX_SERIES],
        "ecartees": max(0, len(series) - MAX_SERIES),
        "manquants": missing,
    }


def _join(texts: list[str]) -> str:
    return texts[0] if len(texts) < 2 else f"{', '.join(texts[:-1])} et {texts[-1]}"


def _gap(low: Row, high: Row) -> str:
    gap = round1(high["valeur"] - low["valeur"])
    return f", soit {number(gap)}{NB}point{'s' if gap >= 2 else ''} d’écart"


def compared(points: list[Row], par: str) -> tuple[Row, Row]:
    """Return the two points that the sentence compares, lower value first: extremes, or both ends of a period."""
    ends = [points[0], points[-1]] if par == "temps" else points
    return min(ends, key=lambda p: p["valeur"]), max(ends, key=lambda p: p["valeur"])


def _apart(points: list[Row], par: str) -> bool | None:
    """Tell whether the intervals of the compared points are disjoint; None when there is nothing to compare."""
    low, high = compared(points, par)
    below, above = wilson(low["valeur"], low["n"]), wilson(high["valeur"], high["n"])
    return below[1] < above[0] if below and above and low["valeur"] < high["valeur"] else None


def _intervals(series: list[dict[str, Any]], par: str, labels: Mapping[str, Any]) -> str:
    """Return the sentence about intervals, empty when no interval is known."""
    apart: list[str] = []
    overlapping: list[str] = []
    several = len({line["champ"] for line in series}) > 1
    for line in series:
        name = [labels["produits"][line["produit"]]["nom"]]
        name += [sex_names(line["champ"])[line["sexe"]]] if line["sexe"] else []
        name += [line["champ"]] if several else []
        verdict = _apart(line["points"], par)
        if verdict is not None:
            (apart if verdict else overlapping).append(" ".join(name))
    if not apart and not overlapping:
        return ""
    if len(apart) + len(overlapping) == len(series) and not (apart and overlapping):
        verb = "sont disjoints" if apart else "se recoupent"
        lead = f"Les intervalles à 95{NNB}% de ces deux valeurs" if len(series) == 1 else (
            f"Chaque fois, les intervalles à 95{NNB}% des deux valeurs citées"
        )
        return f" {lead} {verb} (repère indicatif)."
    lists = [f"disjoints ({', '.join(apart)})"] if apart else []
    lists += [f"qui se recoupent ({', '.join(overlapping)})"] if overlapping else []
    return f" Intervalles à 95{NNB}% des deux valeurs citées (repère indicatif){NB}: {f'{NNB}; '.join(lists)}."


def _by_age(subject: str, points: list[Row]) -> str:
    low, high = min(p["valeur"] for p in points), max(p["valeur"] for p in points)
    lowest = [p for p in points if p["valeur"] == low]
    highest = [p for p in points if p["valeur"] == high]
    if len(points) == 1:
        where = "" if points[0]["age"] == "17" else f" ({age_text(points[0]['age'])})"
        return f"{subject} est de {percent_text(points[0])}{where}, seule valeur publiée"
    if low == high:
        return f"{subject} est de {percent_text(lowest[0])} dans toutes les tranches d’âge publiées"

    def at(group: list[Row]) -> str:
        return f"{percent_text(group[0])} ({_join([age_text(p['age']) for p in group])})"

    return f"{subject} va de {at(lowest)} à {at(highest)}{_gap(lowest[0], highest[0])}"


def _by_sex(subject: str, points: list[Row]) -> str:
    names = sex_names(points[0]["champ"])
    said = [f"{percent_text(p)} des {names[p['sexe']]}" for p in points]
    if len(points) == 1:
        other = next(name for sexe, name in names.items() if sexe != points[0]["sexe"])
        return f"{subject} concerne {said[0]} (valeur non publiée pour les {other})"
    low, high = sorted(points, key=lambda p: p["valeur"])
    return f"{subject} concerne {_join(said)}" + (", sans écart" if low["valeur"] == high["valeur"] else _gap(low, high))


def _over_time(subject: str, points: list[Row], sexe: str) -> str:
    among = f", chez les {sex_names(points[0]['champ'])[sexe]}," if sexe else ""
    first, last = points[0], points[-1]
    if len(points) == 1:
        return f"{subject} est{among} de {percent_text(first)} en {first['annee']}, seule année publiée"
    if first["valeur"] == last["valeur"]:
        text = f"{subject} est{among} de {percent_text(first)} en {first['annee']} comme en {last['annee']}"
    else:
        low, high = sorted((first, last), key=lambda p: p["valeur"])
        text = (
            f"{subject} passe{among} de {percent_text(first)} en {first['annee']} à {percent_text(last)} en {last['annee']}"
            f"{_gap(low, high)}"
        )
    extremes = []
    for word, chosen in (("minimum", min(p["valeur"] for p in points)), ("maximum", max(p["valeur"] for p in points))):
        if chosen not in (first["valeur"], last["valeur"]):
            reached = [p for p in points if p["valeur"] == chosen]
            years = _join([str(p["annee"]) for p in reached])
            extremes.append(f"un {word} de {percent_text(reached[0])} en {years}")
    return f"{text}, avec {_join(extremes)}" if extremes else text


def sentence(selection: Mapping[str, Any], view: View, labels: Mapping[str, Any]) -> str:
    """Return the French text that says what the picture shows; an empty picture says so.

    Args:
        selection: what :func:`select` returned.
        view: the view it was made for.
        labels: ``{"produits": {code: {"de": …}}, "indicateurs": {code: {"phrase", "pronom"}}, "champs": {code: {"chez"}}}``.
    """
    if not selection["series"]:
        return "Aucune valeur publiée ne correspond à ce choix."
    indicator = labels["indicateurs"][view["indicateur"]]
    texts = []
    for champ in selection["champs"]:
        lines = [line for line in selection["series"] if line["champ"] == champ]
        clauses, before = [], None
        for line in lines:
            of = labels["produits"][line["produit"]]["de"]
            if before is None:
                subject = indicator["phrase"].replace("{de}", of)
            else:
                subject = ("elle" if indicator["pronom"] == "celle" else "il") if before == line["produit"] else (
                    f"{indicator['pronom']} {of}"
                )
            before = line["produit"]
            points = line["points"]
            if view["par"] == "age":
                clauses.append(_by_age(subject, points))
            elif view["par"] == "sexe":
                clauses.append(_by_sex(subject, points))
            else:
                clauses.append(_over_time(subject, points, line["sexe"]))
        if not clauses:
            continue
        whole = view["par"] == "age" or view["age"] == "ensemble"
        who = labels["champs"][champ]["chez"] if whole else f"chez les {age_text(view['age'])}"
        lead = who[0].upper() + who[1:] if texts or view["par"] == "temps" else f"En {view['annee']}, {who}"
        texts.append(f"{lead}, {f'{NNB}; '.join(clauses)}.")
    return " ".join(texts) + _intervals(selection["series"], view["par"], labels)


def breaks(points: list[Row]) -> list[tuple[Row, Row]]:
    """Return the pairs of consecutive points that come from different surveys."""
    return [(a, b) for a, b in zip(points, points[1:], strict=False) if a["enquete"] != b["enquete"]]


def warnings(selection: Mapping[str, Any], view: View, labels: Mapping[str, Any]) -> list[str]:
    """Return the French sentences that keep a reader from misreading the picture, most serious first."""
    points = [point for line in selection["series"] for point in line["points"]]
    name = {code: item["nom"] for code, item in labels["produits"].items()}
    champs = list(dict.fromkeys(line["champ"] for line in selection["series"]))
    said = []
    if len(champs) > 1:
        said.append(
            f"Ces populations ne sont pas comparables{NB}: {_join([labels['champs'][c]['nom'] for c in champs])}. "
            "Chacune a ses propres courbes."
        )
    changes = []
    for line in selection["series"] if view["par"] == "temps" else []:
        for a, b in breaks(line["points"]):
            changes.append(f"en {b['annee']} ({a['enquete']} auparavant, {b['enquete']} ensuite)")
    if changes:
        said.append(
            f"L’enquête change {_join(list(dict.fromkeys(changes)))}{NB}: le trait est interrompu, l’évolution se lit avec prudence."
        )
    for missing in selection["manquants"] if selection["series"] else []:
        text = f"{name[missing['produit']]}{NB}: aucune valeur publiée pour ce choix"
        if missing["champs"]:
            others = _join([labels["champs"][c]["nom"] for c in missing["champs"]])
            text += f" dans cette population, mais il en existe pour une autre ({others})"
        said.append(f"{text}.")
    if selection["ecartees"]:
        said.append(
            f"Le choix donne plus de {MAX_SERIES} courbes{NB}: {selection['ecartees']} ne sont pas montrées. "
            "Décochez un produit ou une population."
        )
    if view["indicateur"] == "regulier" and len({point["produit"] for point in points}) > 1:
        said.append(f"«{NB}Régulier{NB}» ne mesure pas la même chose d’un produit à l’autre{NB}: voir la définition.")
    if view["par"] == "temps" and view["age"] in ("18-24", "18-25"):
        said.append(
            f"Selon l’année, l’enquête publie les 18-25{NB}ans ou les 18-24{NB}ans{NB}: deux tranches différentes, montrées séparément."
        )
    if any(point["valeur"] == 0 for point in points):
        said.append(f"Un 0{NNB}% est un arrondi (moins de 0,5{NNB}%), pas une absence d’usage.")
    return said
