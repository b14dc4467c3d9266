"""A panel: people of one trade who answered a judgement before anybody else. Its rules, in a bank or in a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from mallette.french import NBSP, day, without_accents
from mallette.handwritten.structure import Difference
from mallette.questions.schema import ref, text

MINIMUM = 10
"""People of a panel: from ten on, its credits are reliable enough (Gagnon et al., "How many members are needed on the
panel of reference of a script concordance test?", Medical Education, 39(3), 2005)."""
LONGEST_ORIGIN = 120
"""Characters of the words that say who a panel was."""

AUTHORS = r"(?:du livre|du module|du s[ée]minaire|du kit|du quiz|de la mallette|de conception|de r[ée]daction)"
_MADE_UP = re.compile(
    r"propos(?:e|ition)|a (?:\w+ )?remplacer|provisoire|en attendant|a completer|fictif|fictive|invente|imagin|simule"
    r"|suppose|exemple|vraisembl|estim(?:e|ation)|hypothe(?:se|tique)|\bauteurs?\b|\bautrices?\b"
    rf"|(?:avis|lecture|choix|reponses?) de (?:l.|notre )equipe|equipe {AUTHORS}|^(?:l.|une |notre )?equipe$"
)
_ONE_PERSON = re.compile(r"@|\b(?:M\.|MM\.|Mme|Mmes|Mlle|Dr|Pr|Me)\s+[A-ZÉÈÀ]|(?:\d[ .]?){6,}")


FIELDS = ("reponses", "effectif", "origine", "date")
"""Fields of a panel, in a bank as in a file."""
DEFINITIONS: dict[str, dict] = {
    "reponses_panel": {
        "description": "Cinq effectifs, du point −2 au point +2.",
        "type": "array",
        "minItems": 5,
        "maxItems": 5,
        "items": {"type": "integer", "minimum": 0},
    },
    "effectif_panel": {
        "description": "Nombre de personnes : la somme des cinq effectifs, dix au moins.",
        "type": "integer",
    },
    "origine_panel": text(
        "Le métier ou la fonction du groupe, jamais une personne : « éducateurs de prévention spécialisée »."
    ),
    "date_panel": {"description": "Le jour où le panel a répondu : 2026-03-12.", "type": "string", "format": "date"},
}
PROPERTIES = {name: ref(f"{name}_panel") for name in FIELDS}


def date_as_text(holder: object) -> None:
    """Write the ``date`` of a panel as the text it was: YAML reads a day, schemas and JSON know texts only."""
    if isinstance(holder, dict) and isinstance(holder.get("date"), date | int | float):
        holder["date"] = str(holder["date"])


def rules(content: Mapping) -> Iterator[Difference]:
    """Yield what is wrong in a panel, of a bank or of a file, whose structure is right."""
    people, total = content["effectif"], sum(content["reponses"])
    if people != total:
        yield Difference(
            ("effectif",),
            f"« effectif » dit {people}, les cinq réponses font {total}",
            "recomptez : chaque personne du panel a répondu une fois",
        )
    if min(people, total) < MINIMUM:
        yield Difference(
            ("effectif",),
            f"un panel compte dix personnes au moins, celui-ci {min(people, total)}",
            "réunissez-en davantage ; d’ici là, gardez « lecture »",
        )
    for message, remedy in origin(content["origine"]):
        yield Difference(("origine",), message, remedy)
    try:
        answered = date.fromisoformat(content["date"])
    except ValueError:
        yield Difference(("date",), f"« {content['date']} » n’est pas un jour", "écrivez année-mois-jour : 2026-03-12")
    else:
        if answered > date.today():
            yield Difference(
                ("date",), f"cette date est à venir ({content['date']})", "écrivez le jour où le panel a répondu"
            )


def origin(words: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong (message, remedy) in the words that say who a panel was."""
    if found := _MADE_UP.search(without_accents(words).strip(" .")):
        yield (
            f"l’origine dit que personne n’a vraiment répondu (« {found[0]} »)",
            "un panel est un groupe interrogé ; l’avis de l’équipe s’écrit « lecture: {position: …} »",
        )
    if _ONE_PERSON.search(words):
        yield (
            "l’origine semble désigner une personne",
            "écrivez le métier du groupe : « éducateurs de prévention spécialisée »",
        )
    if len(words) > LONGEST_ORIGIN:
        yield (
            f"l’origine compte {len(words)} caractères, {LONGEST_ORIGIN} au plus",
            "gardez le métier ou la fonction du groupe",
        )


def who(panel: Mapping) -> str:
    """Return who a panel was, how many, and when: ``éducateurs de rue, 12 personnes, 12 mars 2026``."""
    return f"{panel['origine']}, {panel['effectif']}{NBSP}personnes, {day(panel['date'])}"
