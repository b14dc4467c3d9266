"""Reading what a participant typed: a letter, letters, a number or a text, and saying in French why it cannot be read.

The check cells of the assignments and the form both call these functions, so that an answer that one accepts is never
refused by the other. Only exact built-in types pass: an object made to compare equal to anything is refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from mallette.french import exact

LONGEST_TEXT = 4000
"""Length limit of a free text, in characters: two printed pages, far above what the tasks ask for."""


class Feedback(AssertionError):
    """A sentence in French for the participant.

    IPython shows the sentence alone: a traceback would be noise to people who do not program.
    """

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def expect(condition: bool, message: str) -> None:
    """Raise :class:`Feedback` with ``message`` unless ``condition`` holds (exactly ``True``)."""
    if condition is not True:
        raise Feedback(message)


def answer(namespace: Mapping[str, Any], variable: str) -> Any:
    """Return what the answer cell put in ``variable``.

    Args:
        namespace: ``globals()`` of the notebook.
        variable: for instance ``"reponse_3"``.

    Raises:
        Feedback: the cell was not filled in, or could not be run.
    """
    if variable not in namespace:
        raise Feedback(
            f"La cellule « {variable} = … » n’a pas pu être lue. Une lettre ou un texte s’écrit entre guillemets ; "
            "un nombre s’écrit sans guillemets, avec un point ; plusieurs lettres s’écrivent entre crochets."
        )
    value = namespace[variable]
    if value is ... or value is None:
        raise Feedback(f"Pas encore de réponse : remplacez les trois points après « {variable} = ».")
    return value


def as_choice(value: Any, letters: Iterable[str]) -> str:
    """Return the lower-case letter that ``value`` names.

    Raises:
        Feedback: ``value`` is not one of ``letters``.
    """
    allowed = list(letters)
    letter = value.strip().lower().rstrip(".)") if type(value) is str else ""
    if letter not in allowed:
        raise Feedback(f"Écrivez une seule lettre entre guillemets, parmi {_listed(allowed)}.")
    return letter


def as_choices(value: Any, letters: Iterable[str]) -> frozenset[str]:
    """Return the set of letters that ``value`` names: a list such as ``["a", "c"]``, or a text such as ``"a, c"``.

    Raises:
        Feedback: nothing is chosen, or something is not one of ``letters``.
    """
    allowed = list(letters)
    parts: Iterable[Any] = ()
    if type(value) is str:
        parts = re.split(r"[\s,;]+", value.strip())
    elif type(value) in (list, tuple, set, frozenset):
        parts = value
    try:
        chosen = frozenset(as_choice(part, allowed) for part in parts)
    except Feedback:
        chosen = frozenset()
    if not chosen:
        raise Feedback(
            f"Écrivez une liste de lettres entre crochets, parmi {_listed(allowed)} ; par exemple : "
            f'["{allowed[0]}", "{allowed[-1]}"].'
        )
    return chosen


def as_number(value: Any, minimum: float = -math.inf, maximum: float = math.inf) -> float:
    """Return ``value`` as a number, in the unit of the question.

    A decimal comma is understood, in quotes (``"8,5"``) or not: Python reads ``8,5`` as the pair (8, 5), which
    nothing else can mean here, since ``8,05`` is a syntax error.

    Raises:
        Feedback: ``value`` is not a finite number between ``minimum`` and ``maximum``, bounds included.
    """
    if type(value) is tuple and len(value) == 2 and all(type(part) is int and part >= 0 for part in value):
        value = f"{value[0]}.{value[1]}"
    if type(value) is str and re.fullmatch(r"[+-]?[0-9]+([.,][0-9]+)?", value.strip()):
        value = float(value.strip().replace(",", "."))
    if type(value) not in (int, float) or not math.isfinite(value):
        raise Feedback("Écrivez un nombre seul, sans unité, avec un point pour les décimales ; par exemple : 8.5.")
    if not minimum <= value <= maximum:
        raise Feedback(f"Le nombre attendu se trouve entre {exact(minimum)} et {exact(maximum)} : vérifiez l’unité.")
    return float(value)


def as_text(value: Any, longest: int = LONGEST_TEXT) -> str:
    """Return ``value`` stripped of outer blanks.

    Raises:
        Feedback: ``value`` is not a text, is empty or is longer than ``longest`` characters.
    """
    text = value.strip() if type(value) is str else ""
    if not text:
        raise Feedback("Écrivez votre texte entre les guillemets.")
    if len(text) > longest:
        raise Feedback(f"Le texte dépasse {longest} caractères : raccourcissez-le.")
    return text


def _listed(letters: list[str]) -> str:
    return ", ".join(f"« {letter} »" for letter in letters)
