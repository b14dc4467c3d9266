"""What a schema cannot say of a bank: one right answer, values inside their domain, keys and objectives that exist."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from itertools import pairwise

from mallette.french import without_accents
from mallette.handwritten.plain import markup
from mallette.handwritten.structure import Difference, suggestion, unknown_key

_ABOUT_OTHERS = re.compile(
    r"\b(?:(?:ces|les autres|les deux) (?:réponses|propositions|choix)|(?:réponse|proposition) (?:précédente|suivante)"
    r"|choix (?:précédent|suivant)|ci-dess(?:us|ous)|ni (?:à |de )?l[’']une? ni (?:à |de )?l[’']autre)\b",
    re.IGNORECASE,
)
"""Words by which a choice speaks of the others."""
_AMOUNT = re.compile(r"\D{0,20}?([−-]?\d[\d \u00a0\u202f]*(?:[.,]\d+)?)\D{0,20}")


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
    if not question.get("ordre_fixe"):
        yield from _own_order(question["choix"])


def _own_order(choices: list[dict]) -> Iterator[Difference]:
    """Yield the signs that choices, which each person would see in another order, have an order of their own."""
    remedy = "ajoutez « ordre_fixe: true » à la question, ou changez le texte"
    for index, choice in enumerate(choices):
        for name in ("texte", "explication"):
            if found := _ABOUT_OTHERS.search(choice[name]):
                yield Difference(("choix", index, name), f"« {found.group()} » parle des autres choix, que chaque "
                                 "personne voit dans un ordre à elle", remedy)
    amounts = [_AMOUNT.fullmatch(choice["texte"]) for choice in choices]
    if len(choices) > 2 and all(amounts):
        values = [float(re.sub(r"\s", "", found[1]).replace(",", ".").replace("−", "-")) for found in amounts]
        if all(a < b for a, b in pairwise(values)) or all(a > b for a, b in pairwise(values)):
            yield Difference(("choix",), "ces nombres sont rangés, et chaque personne verrait les choix dans un ordre "
                             "à elle", remedy)


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


def _concordance(question: dict) -> Iterator[Difference]:
    if "lecture" in question and "panel" in question:
        yield Difference(("lecture",), "« lecture » et « panel » sont écrits tous les deux",
                         "gardez « panel » s’il a vraiment été réuni, sinon « lecture »")
    elif "panel" in question:
        for item in panel(question["panel"]):
            yield Difference(("panel", *item.place), item.message, item.remedy)
    else:
        position, admitted = question["lecture"]["position"], question["lecture"].get("admise")
        if admitted == position:
            yield Difference(("lecture", "admise"), "« admise » répète « position »",
                             "enlevez-la : une seule position suffit")
        elif admitted is not None and position * admitted < 0:
            yield Difference(("lecture", "admise"), "« admise » va dans le sens contraire de « position »",
                             "admettez un point du même côté ou 0, ou n’en admettez pas")
    for index, text in enumerate(question["explications"]):
        if found := _WHO.search(text):
            yield Difference(("explications", index), f"l’explication dit qui répond ainsi (« {found[0]} »)",
                             "donnez la raison seule : « lecture » ou « panel » disent à qui est cette réponse")


_RULES = {
    "choix_unique": _choices, "choix_multiple": _choices, "numerique": _number, "estimation": _number,
    "ordre": _order, "opinion": _opinion, "concordance": _concordance,
}


# Panels ------------------------------------------------------------------------------------------------------------

PANEL_MINIMUM = 10
"""People of a panel: from ten on, its credits are reliable enough (Gagnon et al., "How many members are needed on the
panel of reference of a script concordance test?", Medical Education, 39(3), 2005)."""
LONGEST_ORIGIN = 120
"""Characters of the words that say who a panel was."""

_AUTHORS = r"(?:du livre|du module|du s[ée]minaire|du kit|du quiz|de la mallette|de conception|de r[ée]daction)"
_WHO = re.compile(
    r"\bpanels?\b|réponses? (?:très|la plus|les plus|plus|peu|moins|la moins) (?:attendue|fréquente|choisie|donnée)s?"
    rf"|l’équipe {_AUTHORS}|l’équipe (?:penche|se partage)\b|attendue par l’équipe"
    r"|les plus nombreu\w+|(?:la plupart|beaucoup|peu) (?:de \w+ )?(?:répond|choisi)\w*", re.IGNORECASE,
)
"""Words of an explanation that say who gave an answer: false as soon as a panel takes the place of a reading."""
_MADE_UP = re.compile(
    r"propos(?:e|ition)|a (?:\w+ )?remplacer|provisoire|en attendant|a completer|fictif|fictive|invente|imagin|simule"
    r"|suppose|exemple|vraisembl|estim(?:e|ation)|hypothe(?:se|tique)|\bauteurs?\b|\bautrices?\b"
    rf"|(?:avis|lecture|choix|reponses?) de (?:l.|notre )equipe|equipe {_AUTHORS}|^(?:l.|une |notre )?equipe$"
)
_ONE_PERSON = re.compile(r"@|\b(?:M\.|MM\.|Mme|Mmes|Mlle|Dr|Pr|Me)\s+[A-ZÉÈÀ]|(?:\d[ .]?){6,}")


def date_as_text(holder: object) -> None:
    """Write the ``date`` of a panel as the text it was: YAML reads a day, schemas and JSON know texts only."""
    if isinstance(holder, dict) and isinstance(holder.get("date"), date | int | float):
        holder["date"] = str(holder["date"])


def panel(content: dict) -> Iterator[Difference]:
    """Yield what is wrong in a panel, of a bank or of a file, whose structure is right."""
    people, total = content["effectif"], sum(content["reponses"])
    if people != total:
        yield Difference(("effectif",), f"« effectif » dit {people}, les cinq réponses font {total}",
                         "recomptez : chaque personne du panel a répondu une fois")
    if min(people, total) < PANEL_MINIMUM:
        yield Difference(("effectif",), f"un panel compte dix personnes au moins, celui-ci {min(people, total)}",
                         "réunissez-en davantage ; d’ici là, gardez « lecture »")
    for message, remedy in origin(content["origine"]):
        yield Difference(("origine",), message, remedy)
    try:
        day = date.fromisoformat(content["date"])
    except ValueError:
        yield Difference(("date",), f"« {content['date']} » n’est pas un jour",
                         "écrivez année-mois-jour : 2026-03-12")
    else:
        if day > date.today():
            yield Difference(("date",), f"cette date est à venir ({content['date']})",
                             "écrivez le jour où le panel a répondu")


def origin(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong (message, remedy) in the words that say who a panel was."""
    if found := _MADE_UP.search(without_accents(text).strip(" .")):
        yield (f"l’origine dit que personne n’a vraiment répondu (« {found[0]} »)",
               "un panel est un groupe interrogé ; l’avis de l’équipe s’écrit « lecture: {position: …} »")
    if _ONE_PERSON.search(text):
        yield ("l’origine semble désigner une personne",
               "écrivez le métier du groupe : « éducateurs de prévention spécialisée »")
    if len(text) > LONGEST_ORIGIN:
        yield (f"l’origine compte {len(text)} caractères, {LONGEST_ORIGIN} au plus",
               "gardez le métier ou la fonction du groupe")
