"""The French sentences that say what a picture of prevalences shows, and what could be misread in it.

The same logic runs in the browser (``widgets/static/explorer_text.js``); ``tests/vecteurs/prevalence.json`` holds cases
for both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mallette.french import NBSP, NNBSP, SEPARATOR, enumeration, number
from mallette.prevalence import (
    MAX_SERIES,
    Row,
    View,
    age_text,
    breaks,
    percent_text,
    round1,
    sex_names,
    wilson,
)


def _gap(low: Row, high: Row) -> str:
    gap = round1(high["valeur"] - low["valeur"])
    return f", soit {number(gap)}{NBSP}point{'s' if gap >= 2 else ''} d’écart"


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
        lead = f"Les intervalles à 95{NNBSP}% de ces deux valeurs" if len(series) == 1 else (
            f"Chaque fois, les intervalles à 95{NNBSP}% des deux valeurs citées"
        )
        return f" {lead} {verb} (repère indicatif)."
    lists = [f"disjoints ({', '.join(apart)})"] if apart else []
    lists += [f"qui se recoupent ({', '.join(overlapping)})"] if overlapping else []
    return f" Intervalles à 95{NNBSP}% des deux valeurs citées (repère indicatif){NBSP}: {SEPARATOR.join(lists)}."


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
        return f"{percent_text(group[0])} ({enumeration([age_text(p['age']) for p in group])})"

    return f"{subject} va de {at(lowest)} à {at(highest)}{_gap(lowest[0], highest[0])}"


def _by_sex(subject: str, points: list[Row]) -> str:
    names = sex_names(points[0]["champ"])
    said = [f"{percent_text(p)} des {names[p['sexe']]}" for p in points]
    if len(points) == 1:
        other = next(name for sexe, name in names.items() if sexe != points[0]["sexe"])
        return f"{subject} concerne {said[0]} (valeur non publiée pour les {other})"
    low, high = sorted(points, key=lambda p: p["valeur"])
    apart = ", sans écart" if low["valeur"] == high["valeur"] else _gap(low, high)
    return f"{subject} concerne {enumeration(said)}{apart}"


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
            f"{subject} passe{among} de {percent_text(first)} en {first['annee']} "
            f"à {percent_text(last)} en {last['annee']}{_gap(low, high)}"
        )
    extremes = []
    for word, chosen in (("minimum", min(p["valeur"] for p in points)), ("maximum", max(p["valeur"] for p in points))):
        if chosen not in (first["valeur"], last["valeur"]):
            reached = [p for p in points if p["valeur"] == chosen]
            years = enumeration([str(p["annee"]) for p in reached])
            extremes.append(f"un {word} de {percent_text(reached[0])} en {years}")
    return f"{text}, avec {enumeration(extremes)}" if extremes else text


def sentence(selection: Mapping[str, Any], view: View, labels: Mapping[str, Any]) -> str:
    """Return the French text that says what the picture shows; an empty picture says so.

    Args:
        selection: what :func:`select` returned.
        view: the view it was made for.
        labels: the French words of the codes, as :func:`mallette.widgets.explorer.explorer_labels` makes them.
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
        texts.append(f"{lead}, {SEPARATOR.join(clauses)}.")
    return " ".join(texts) + _intervals(selection["series"], view["par"], labels)


def warnings(selection: Mapping[str, Any], view: View, labels: Mapping[str, Any]) -> list[str]:
    """Return the French sentences that keep a reader from misreading the picture, most serious first."""
    points = [point for line in selection["series"] for point in line["points"]]
    name = {code: item["nom"] for code, item in labels["produits"].items()}
    champs = list(dict.fromkeys(line["champ"] for line in selection["series"]))
    said = []
    if len(champs) > 1:
        names = enumeration(labels["champs"][c]["nom"] for c in champs)
        said.append(f"Ces populations ne sont pas comparables{NBSP}: {names}. Chacune a ses propres courbes.")
    changes = []
    for line in selection["series"] if view["par"] == "temps" else []:
        for a, b in breaks(line["points"]):
            changes.append(f"en {b['annee']} ({a['enquete']} auparavant, {b['enquete']} ensuite)")
    if changes:
        said.append(
            f"L’enquête change {enumeration(list(dict.fromkeys(changes)))}{NBSP}: "
            "le trait est interrompu, l’évolution se lit avec prudence."
        )
    for missing in selection["manquants"] if selection["series"] else []:
        text = f"{name[missing['produit']]}{NBSP}: aucune valeur publiée pour ce choix"
        if missing["champs"]:
            others = enumeration([labels["champs"][c]["nom"] for c in missing["champs"]])
            text += f" dans cette population, mais il en existe pour une autre ({others})"
        said.append(f"{text}.")
    if selection["ecartees"]:
        said.append(
            f"Le choix donne plus de {MAX_SERIES} courbes{NBSP}: {selection['ecartees']} ne sont pas montrées. "
            "Décochez un produit ou une population."
        )
    if view["indicateur"] == "regulier" and len({point["produit"] for point in points}) > 1:
        said.append(
            f"«{NBSP}Régulier{NBSP}» ne mesure pas la même chose d’un produit à l’autre{NBSP}: voir la définition."
        )
    if view["par"] == "temps" and view["age"] in ("18-24", "18-25"):
        said.append(
            f"Selon l’année, l’enquête publie les 18-25{NBSP}ans ou les 18-24{NBSP}ans{NBSP}: "
            "deux tranches différentes, montrées séparément."
        )
    if any(point["valeur"] == 0 for point in points):
        said.append(f"Un 0{NNBSP}% est un arrondi (moins de 0,5{NNBSP}%), pas une absence d’usage.")
    return said
