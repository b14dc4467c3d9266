"""Ways to answer a question without reading it: what :mod:`mallette.quiz.blind` plays. Each type has its own.

A strategy looks at what gives an answer away though it should not: the place of the choices in the bank, their
length, the words that hedge (« souvent », « parfois ») or rule out (« toujours », « jamais »), the habit of an author
who writes false statements or judgements that lean to one side. It is a function: question → the answers that it
holds for equally good, none when it has nothing to say of this question (choices of equal length, say).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

_HEDGES = re.compile(
    r"\b(?:souvent|parfois|peut|peuvent|pourrait|pourraient|selon|dépend(?:ent)?|généralement|en général|plutôt|surtout"
    r"|environ|presque|sans doute|probablement|rarement|certaine?s|quelques|la plupart|en partie|possible|plus ou moins"
    r"|sous conditions?|à condition)\b",
    re.IGNORECASE,
)
_ABSOLUTES = re.compile(
    r"\b(?:toujours|jamais|tout|toute|tous|toutes|aucune?|rien|personne n[e’]|seulement|seule?s?|uniquement|chaque"
    r"|forcément|obligatoirement|entièrement|complètement|totalement|partout|nulle part)(?:\b|(?<=’))",
    re.IGNORECASE,
)

Answers = Callable[[Any], list]


@dataclass(frozen=True)
class Strategy:
    """A way to answer the questions of a type.

    Attributes:
        name: French, what it always does.
        answers: see the module.
        remedy: French, how to take its advantage away.
        families: strategies of one family are also added up over types.
        group: it says only among which answers the right one is, and earns 1 when it is there: chance is then that of a
            group of this size taken at random.
    """

    name: str
    answers: Answers
    remedy: str
    families: tuple[str, ...] = ()
    group: bool = False


def hedged(text: str) -> int:
    return len(_HEDGES.findall(text))


def absolutes(text: str) -> int:
    return len(_ABSOLUTES.findall(text))


def restraint(text: str) -> int:
    return -absolutes(text)


def shortness(text: str) -> int:
    return -len(text)


def most(texts: Sequence[str], measure: Callable[[str], int]) -> list[int]:
    """Return the places of the texts of which ``measure`` is greatest; none when it does not tell them apart."""
    values = [measure(text) for text in texts]
    return [place for place, value in enumerate(values) if value == max(values)] if len({*values}) > 1 else []


def always(answer: object) -> Answers:
    return lambda question: [answer]


FIRST, SECOND, THIRD, LAST = "la première réponse", "la deuxième réponse", "la troisième réponse", "la dernière réponse"
LONG, SHORT = "la réponse la plus longue", "la réponse la plus courte"
NUANCED, MEASURED = "la réponse la plus nuancée", "la réponse la moins absolue"
"""Names of the families."""
LENGTHS = "allongez un choix faux ou raccourcissez un juste, pour que les longueurs ne disent rien"
WORDS = "mettez des nuances dans des choix faux, et des mots absolus dans des justes quand c’est vrai"
