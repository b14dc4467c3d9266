"""What a schema cannot say of a bank: one right answer, values inside their domain, keys and objectives that exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mallette.handwritten.plain import markup
from mallette.handwritten.structure import Difference, suggestion, unknown_key


def broken_rules(data: dict, objectives: Collection[str] | None, keys: Collection[str] | None) -> Iterator[Difference]:
    """Yield what is wrong in a bank whose structure is right.

    Args:
        objectives: ids of the chapter's objectives; ``None`` leaves them unchecked.
        keys: citation keys of the course; ``None`` leaves them unchecked.
    """
    seen: dict[str, int] = {}
    for number, question in enumerate(data["questions"]):
        place = ("questions", number)
        if question["id"] in seen:
            yield Difference((*place, "id"), f"l’identifiant « {question['id']} » sert déjà à une autre question",
                             "donnez à chaque question un identifiant à elle")
        seen[question["id"]] = number
        if objectives is not None and question["objectif"] not in objectives:
            yield Difference((*place, "objectif"), f"objectif inconnu « {question['objectif']} »",
                             suggestion(question["objectif"], sorted(objectives)))
        key = question.get("source", {}).get("cle")
        if keys is not None and key is not None and key not in keys:
            yield unknown_key((*place, "source", "cle"), key, keys)
        rule = _RULES.get(question["type"])
        if rule:
            yield from (Difference((*place, *item.place), item.message, item.remedy) for item in rule(question))
    yield from markup(data)


def value_outside(question: dict, value: float) -> Iterator[Difference]:
    """Yield what is wrong with the published ``value`` of a question, written or read from ``data/``."""
    name = "valeur_de" if "valeur_de" in question else "valeur"
    domain = question["domaine"]
    if not domain["min"] <= value <= domain["max"]:
        yield Difference((name,), f"la valeur {value:g} est hors du domaine ({domain['min']:g} à {domain['max']:g})",
                         "corrigez la valeur ou élargissez « domaine »")
    accepted = question.get("accepte")
    if accepted and accepted["min"] <= accepted["max"] and not accepted["min"] <= value <= accepted["max"]:
        yield Difference(("accepte",), f"l’intervalle accepté ne contient pas la valeur publiée ({value:g})",
                         "corrigez « accepte » ou la valeur")


def _choices(question: dict) -> Iterator[Difference]:
    right = sum(bool(choice.get("juste")) for choice in question["choix"])
    if right == 0:
        yield Difference(("choix",), "aucun choix n’est juste", "ajoutez « juste: true » à la bonne réponse")
    elif question["type"] == "choix_unique" and right > 1:
        yield Difference(("choix",), f"{right} choix sont justes, un seul peut l’être",
                         "gardez un seul « juste: true », ou prenez le type choix_multiple")
    yield from _repeated(question["choix"], "choix")


def _repeated(items: list[dict], name: str) -> Iterator[Difference]:
    seen = set()
    for index, item in enumerate(items):
        text = " ".join(item["texte"].split()).casefold()
        if text in seen:
            yield Difference((name, index, "texte"), "le même texte est proposé deux fois", "changez ou enlevez-le")
        seen.add(text)


def _number(question: dict) -> Iterator[Difference]:
    domain = question["domaine"]
    if domain["min"] >= domain["max"]:
        yield Difference(("domaine",), "« min » doit être plus petit que « max »", "échangez-les ou corrigez-les")
        return
    steps = (domain["max"] - domain["min"]) / domain["pas"]
    if abs(steps - round(steps)) > 1e-6:
        yield Difference(("domaine", "pas"), "« pas » ne mène pas exactement de « min » à « max »",
                         "choisissez un pas qui divise max − min")
    accepted = question.get("accepte")
    if accepted:
        if accepted["min"] > accepted["max"]:
            yield Difference(("accepte",), "« min » doit être au plus égal à « max »", "échangez-les ou corrigez-les")
        if accepted["min"] < domain["min"] or accepted["max"] > domain["max"]:
            yield Difference(("accepte",), "l’intervalle accepté sort du domaine",
                             "gardez « accepte » dans « domaine »")
    if "valeur" in question and "valeur_de" in question:
        yield Difference(("valeur",), "« valeur » et « valeur_de » sont écrits tous les deux",
                         "gardez « valeur_de » si le nombre est dans data/, sinon « valeur »")
    elif "valeur" in question:
        yield from value_outside(question, question["valeur"])


def _order(question: dict) -> Iterator[Difference]:
    yield from _repeated(question["elements"], "elements")


def _opinion(question: dict) -> Iterator[Difference]:
    labels, feedback = len(question["echelle"]), len(question["retours"])
    if labels != feedback:
        yield Difference(("retours",), f"{feedback} retours pour {labels} étiquettes",
                         "écrivez un retour par étiquette de « echelle », dans le même ordre")


def _panel(question: dict) -> Iterator[Difference]:
    if not any(question["panel"]["reponses"]):
        yield Difference(("panel", "reponses"), "le panel ne compte aucune réponse",
                         "écrivez le nombre de réponses à chaque point, de −2 à +2")


_RULES = {
    "choix_unique": _choices, "choix_multiple": _choices, "numerique": _number, "estimation": _number,
    "ordre": _order, "opinion": _opinion, "concordance": _panel,
}
