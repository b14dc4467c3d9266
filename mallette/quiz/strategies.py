"""Ways to answer a question without reading it: what :mod:`mallette.quiz.blind` plays.

A strategy looks at what gives an answer away though it should not: the place of the choices in the bank, their
length, the words that hedge (« souvent », « parfois ») or rule out (« toujours », « jamais »), the habit of an author
who writes false statements or judgements that lean to one side. It is a function: question → the answers that it
holds for equally good, none when it has nothing to say of this question (choices of equal length, say).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mallette.questions.numbers import steps
from mallette.questions.ordre import shown_order

_HEDGES = re.compile(
    r"\b(?:souvent|parfois|peut|peuvent|pourrait|pourraient|selon|dépend(?:ent)?|généralement|en général|plutôt|surtout"
    r"|environ|presque|sans doute|probablement|rarement|certaine?s|quelques|la plupart|en partie|possible|plus ou moins"
    r"|sous conditions?|à condition)\b", re.IGNORECASE)  # fmt: skip
_ABSOLUTES = re.compile(
    r"\b(?:toujours|jamais|tout|toute|tous|toutes|aucune?|rien|personne n[e’]|seulement|seule?s?|uniquement|chaque"
    r"|forcément|obligatoirement|entièrement|complètement|totalement|partout|nulle part)(?:\b|(?<=’))", re.IGNORECASE)

MOVE = "changez la bonne réponse de place dans certaines de ces questions"
LENGTHS = "allongez un choix faux ou raccourcissez un juste, pour que les longueurs ne disent rien"
WORDS = "mettez des nuances dans des choix faux, et des mots absolus dans des justes quand c’est vrai"
BOXES = "ajoutez des choix faux et plausibles, ou rendez faux un choix juste : environ la moitié de cases justes"
TRUTH = "récrivez une partie de ces affirmations pour que la réponse soit l’autre"
LEAN = "retournez une partie des informations nouvelles, pour que l’hypothèse y gagne ou y perde tour à tour"
NUMBERS = "déplacez les bornes de « domaine » autour de la valeur"
SHUFFLE = "changez l’identifiant de la question, dont dépend l’ordre montré, ou la longueur des éléments"

Answers = Callable[[Mapping], list]


@dataclass(frozen=True)
class Strategy:
    """A way to answer questions of one type.

    Attributes:
        kind: the type.
        name: French, what it always does.
        answers: see the module.
        remedy: French, how to take its advantage away.
        families: strategies of one family are also added up over types.
        group: it says only among which answers the right one is, and earns 1 when it is there: chance is then that of a
            group of this size taken at random.
    """

    kind: str
    name: str
    answers: Answers
    remedy: str
    families: tuple[str, ...] = ()
    group: bool = False


def _texts(question: Mapping) -> list[str]:
    return [item["texte"] for item in question.get("choix") or question["elements"]]


def _hedged(text: str) -> int:
    return len(_HEDGES.findall(text))


def _restraint(text: str) -> int:
    return -len(_ABSOLUTES.findall(text))


def _shortness(text: str) -> int:
    return -len(text)


def _most(measure: Callable[[str], int]) -> Answers:
    """Return the choices of which ``measure`` is greatest; none when it does not tell them apart."""

    def answers(question: Mapping) -> list[int]:
        values = [measure(text) for text in _texts(question)]
        return [place for place, value in enumerate(values) if value == max(values)] if len(set(values)) > 1 else []

    return answers


def _at(place: int) -> Answers:
    return lambda question: [place % len(question["choix"])]


def _inside(question: Mapping) -> list[int]:
    return list(range(1, len(question["choix"]) - 1)) if len(question["choix"]) > 3 else []


def _one_box(one: Answers) -> Answers:
    return lambda question: [[place] for place in one(question)]


def _all_boxes_but(one: Answers) -> Answers:
    return lambda question: [
        [place for place in range(len(question["choix"])) if place != left] for left in one(question)
    ]


def _all_boxes(question: Mapping) -> list[list[int]]:
    return [list(range(len(question["choix"])))]


def _longer_half(question: Mapping) -> list[list[int]]:
    texts = _texts(question)
    order = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
    return [sorted(order[:len(texts) // 2])]


def _always(answer: object) -> Answers:
    return lambda question: [answer]


def _by_words(question: Mapping) -> list[str]:
    balance = _hedged(question["enonce"]) + _restraint(question["enonce"])
    return [] if balance == 0 else ["vrai" if balance > 0 else "faux"]


def _middle(question: Mapping) -> list[float]:
    return [_allowed(question, (question["domaine"]["min"] + question["domaine"]["max"]) / 2)]


def _round_number(question: Mapping) -> list[float]:
    low, high = question["domaine"]["min"], question["domaine"]["max"]
    unit = 10.0 ** math.floor(math.log10((high - low) / 2))
    found = _allowed(question, unit * round((low + high) / 2 / unit))
    return [found] if [found] != _middle(question) else []


def _first_quarter(question: Mapping) -> list[float]:
    low, high = question["domaine"]["min"], question["domaine"]["max"]
    return [_allowed(question, low + (high - low) / 4)]


def _allowed(question: Mapping, wanted: float) -> float:
    return min(steps(question["domaine"]), key=lambda value: abs(value - wanted))


def _shown(question: Mapping) -> list[list[int]]:
    return [shown_order(question["id"], len(question["elements"]))]


def _reversed(question: Mapping) -> list[list[int]]:
    return [_shown(question)[0][::-1]]


def _sorted(measure: Callable[[str], int]) -> Answers:
    def answers(question: Mapping) -> list[list[int]]:
        values = [measure(text) for text in _texts(question)]
        return [sorted(range(len(values)), key=lambda place: -values[place])] if len(set(values)) > 1 else []

    return answers


_FIRST, _SECOND, _LAST = "la première réponse", "la deuxième réponse", "la dernière réponse"
_LONG, _SHORT = "la réponse la plus longue", "la réponse la plus courte"
_NUANCED, _MEASURED = "la réponse la plus nuancée", "la réponse la moins absolue"
_CHOSEN: tuple[tuple[str, Answers, str], ...] = (
    (_FIRST, _at(0), MOVE), (_SECOND, _at(1), MOVE), (_LAST, _at(-1), MOVE), (_LONG, _most(len), LENGTHS),
    (_SHORT, _most(_shortness), LENGTHS), (_NUANCED, _most(_hedged), WORDS), (_MEASURED, _most(_restraint), WORDS),
)  # fmt: skip
"""One choice among several: the name of the family, which one, how to mend it."""

STRATEGIES: tuple[Strategy, ...] = (
    *(Strategy("choix_unique", name, which, remedy, (name,)) for name, which, remedy in _CHOSEN),
    Strategy("choix_unique", "ni la première réponse ni la dernière", _inside, MOVE, group=True),
    Strategy("choix_multiple", "toutes les cases", _all_boxes, BOXES),
    Strategy("choix_multiple", "toutes les cases sauf la dernière", _all_boxes_but(_at(-1)), BOXES),
    Strategy("choix_multiple", "toutes les cases sauf la plus courte", _all_boxes_but(_most(_shortness)), BOXES),
    Strategy("choix_multiple", "toutes les cases sauf la plus absolue",
             _all_boxes_but(_most(lambda text: -_restraint(text))), BOXES),
    Strategy("choix_multiple", "la moitié des cases, les plus longues", _longer_half, LENGTHS),
    *(Strategy("choix_multiple", f"une seule case, {name}", _one_box(which), remedy, (name,))
      for name, which, remedy in _CHOSEN),
    Strategy("vrai_faux", "vrai", _always("vrai"), TRUTH, (_FIRST,)),
    Strategy("vrai_faux", "faux", _always("faux"), TRUTH, (_SECOND, _LAST)),
    Strategy("vrai_faux", "faux si un mot est absolu, vrai s’il nuance", _by_words, WORDS, (_NUANCED, _MEASURED)),
    Strategy("numerique", "le milieu du domaine", _middle, NUMBERS),
    Strategy("numerique", "le nombre rond le plus proche du milieu", _round_number, NUMBERS),
    Strategy("numerique", "le premier quart du domaine", _first_quarter, NUMBERS),
    Strategy("ordre", "l’ordre montré", _shown, SHUFFLE, (_FIRST,)),
    Strategy("ordre", "l’ordre montré, à l’envers", _reversed, SHUFFLE, (_LAST,)),
    Strategy("ordre", "du plus long au plus court", _sorted(len), SHUFFLE, (_LONG,)),
    Strategy("ordre", "du plus court au plus long", _sorted(_shortness), SHUFFLE, (_SHORT,)),
    *(Strategy("concordance", f"le point {name}", _always(point), LEAN, families) for name, point, families in (
        ("−2", -2, (_FIRST,)), ("−1", -1, (_SECOND,)), ("0", 0, ()), ("+1", 1, ()), ("+2", 2, (_LAST,)))),
    Strategy("concordance", "moins plausible (−2 ou −1)", lambda question: [-2, -1], LEAN, group=True),
    Strategy("concordance", "plus plausible (+1 ou +2)", lambda question: [1, 2], LEAN, group=True),
)
"""Every strategy that is played."""
