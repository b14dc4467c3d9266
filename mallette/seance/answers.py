"""An answer that comes from outside: checked, and brought to the one form in which it is kept."""

from __future__ import annotations

import math
import re
import unicodedata

from mallette.french import exact
from mallette.quiz import bank
from mallette.quiz.scoring import valid

LONGEST_TEXT = 1000
"""Length limit of a free text, in characters: a dozen lines on a phone."""

_EXPECTED = {
    "choix_unique": "Choisissez une des réponses proposées.",
    "choix_multiple": "Cochez au moins une des réponses proposées.",
    "vrai_faux": "Choisissez « vrai » ou « faux ».",
    "ordre": "Mettez tous les éléments dans l’ordre, chacun une fois.",
    "opinion": "Choisissez un point de l’échelle.",
    "concordance": "Choisissez un point de l’échelle.",
}
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_KEPT = "\n\t\u200c\u200d"  # the two joiners are part of words and of emoji
_HIDDEN = {"Cc", "Cf", "Cs"}
"""Unicode categories left out of a text: controls, formats (direction changes among them), lone surrogates."""


class AnswerError(ValueError):
    """The answer is none that the question allows; the message says in French what is expected."""


def canonical(question: bank.Question, raw: object) -> object:
    """Return the answer ``raw`` (as ``json.loads`` gives it) in the form in which it is kept.

    What :func:`mallette.quiz.scoring.valid` allows, and exact built-in types only: no boolean for a number, no NaN,
    no infinity. ``choix_multiple`` comes back sorted, a whole number as ``int``; ``ordre`` is given as places of
    :meth:`~mallette.quiz.bank.Question.without_answers` and kept as indices of the bank; ``reflexion`` is a text of
    1 to :data:`LONGEST_TEXT` characters, kept stripped, without control or direction-changing characters.

    Raises:
        AnswerError: the question does not allow this answer.
    """
    if question.kind == "reflexion":
        return _text(raw)
    if question.kind in ("numerique", "estimation"):
        return _number(question, raw)
    if not _exact(raw) or not valid(question.public(), raw):
        raise AnswerError(_EXPECTED[question.kind])
    if question.kind == "choix_multiple":
        return sorted(raw)
    return question.from_shown(raw) if question.kind == "ordre" else raw


def shown(question: bank.Question, kept: object) -> object:
    """Return an answer as :func:`canonical` took it: the places on the page for ``ordre``, else ``kept`` itself."""
    if question.kind != "ordre":
        return kept
    order = question.shown_order()
    return [order.index(element) for element in kept]


def _exact(raw: object) -> bool:
    """Tell whether ``raw`` is an ``int``, a ``str`` or a list of ``int``, and no object that compares equal to one."""
    return type(raw) in (int, str) or (type(raw) is list and all(type(item) is int for item in raw))


def _number(question: bank.Question, raw: object) -> int | float:
    domain = question.content["domaine"]
    finite = type(raw) is int or (type(raw) is float and math.isfinite(raw))
    if not finite or not domain["min"] <= raw <= domain["max"]:
        raise AnswerError(f"Écrivez un nombre entre {exact(domain['min'])} et {exact(domain['max'])}.")
    return int(raw) if raw == int(raw) else raw


def _text(raw: object) -> str:
    if type(raw) is not str or "\0" in raw:
        raise AnswerError("Écrivez votre réponse en quelques mots.")
    text = _BREAKS.sub("\n", raw)
    text = "".join(sign for sign in text if sign in _KEPT or unicodedata.category(sign) not in _HIDDEN)
    text = unicodedata.normalize("NFC", text).strip()
    if not text.strip(_KEPT):
        raise AnswerError("Écrivez votre réponse en quelques mots.")
    if len(text) > LONGEST_TEXT:
        raise AnswerError(f"Votre texte dépasse {LONGEST_TEXT} caractères : raccourcissez-le.")
    return text
