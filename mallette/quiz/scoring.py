"""What an answer is worth, and what may be said of it. Pure functions on plain values, no dependency.

``widgets/static/scoring.js`` holds the same functions; ``tests/vecteurs/quiz.json`` is run against both.

A *question* is a mapping as :meth:`mallette.quiz.bank.Bank.public` gives it. An *answer* is:

================ =======================================================================================
choix_unique     index of the choice
choix_multiple   list of indices, at least one
vrai_faux        ``"vrai"`` or ``"faux"``
numerique        number inside the domain
estimation       number inside the domain
ordre            indices of the elements (as the bank lists them: in the right order) from first to last
opinion          index of the label
concordance      −2, −1, 0, 1 or 2
reflexion        ``True`` once written: the text itself is never an answer
================ =======================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

_SCORED = frozenset({"choix_unique", "choix_multiple", "vrai_faux", "numerique", "ordre"})
"""Types that always give credit."""

_TOLERANCE = 1e-9
"""Two decimal numbers that differ by less are the same: 4.2 − 4.1 must count as 0.1."""


def valid(question: Mapping, answer: object) -> bool:
    """Tell whether ``answer`` is one of the answers that ``question`` allows."""
    kind = question["type"]
    if kind == "choix_unique":
        return _index(answer, len(question["choix"]))
    if kind == "choix_multiple":
        return _indices(answer, len(question["choix"])) and len(answer) > 0
    if kind == "vrai_faux":
        return answer in ("vrai", "faux")
    if kind in ("numerique", "estimation"):
        domain = question["domaine"]
        return _number(answer) and domain["min"] <= answer <= domain["max"]
    if kind == "ordre":
        count = len(question["elements"])
        return _indices(answer, count) and len(answer) == count
    if kind == "opinion":
        return _index(answer, len(question["echelle"]))
    if kind == "concordance":
        return _number(answer) and answer in (-2, -1, 0, 1, 2)
    return answer is True


def gives_credit(question: Mapping) -> bool:
    """Tell whether an answer may be worth something: of the concordances, those that a real panel has answered."""
    return question["type"] in _SCORED or (question["type"] == "concordance" and "panel" in question)


def credit(question: Mapping, answer: object) -> float | None:
    """Return the credit of ``answer``, from 0 to 1; ``None`` when the question gives none (:func:`gives_credit`).

    An answer that the question does not allow, or no answer, is worth 0.
    """
    if not gives_credit(question):
        return None
    kind = question["type"]
    if not valid(question, answer):
        return 0.0
    if kind == "choix_unique":
        return 1.0 if question["choix"][answer].get("juste") else 0.0
    if kind == "choix_multiple":
        right = {index for index, choice in enumerate(question["choix"]) if choice.get("juste")}
        ticked = set(answer)
        return max(0.0, (len(ticked & right) - len(ticked - right)) / len(right))
    if kind == "vrai_faux":
        return 1.0 if answer == question["reponse"] else 0.0
    if kind == "numerique":
        return 1.0 if question["accepte"]["min"] <= answer <= question["accepte"]["max"] else 0.0
    if kind == "ordre":
        pairs = list(combinations(answer, 2))
        return max(0.0, 2 * sum(first < second for first, second in pairs) / len(pairs) - 1)
    counts = question["panel"]["reponses"]
    return counts[int(answer) + 2] / max(counts)


def verdict(question: Mapping, answer: object) -> str | None:
    """Return what feedback says of a valid ``answer``.

    ``juste``, ``partiel`` or ``faux`` where there is credit (``trop_bas`` or ``trop_haut`` for a refused number);
    ``proche``, ``trop_bas`` or ``trop_haut`` for an estimation; ``None`` where nothing is right or wrong.
    """
    kind = question["type"]
    if kind == "estimation":
        gap = answer - question["valeur"]
        if abs(gap) <= question["proche"] + _TOLERANCE:
            return "proche"
        return "trop_bas" if gap < 0 else "trop_haut"
    value = credit(question, answer)
    if value is None:
        return None
    if kind == "numerique" and value == 0:
        return "trop_bas" if answer < question["accepte"]["min"] else "trop_haut"
    return "juste" if value == 1 else "faux" if value == 0 else "partiel"


def shuffled(seed: str, count: int) -> list[int]:
    """Return the numbers below ``count`` in an order that depends on ``seed`` only: any order, as likely as another.

    Algorithm: Fisher-Yates shuffle drawing from a 32-bit linear congruential generator (multiplier 1664525,
    increment 1013904223: Press et al., Numerical Recipes, 3rd ed., §7.1) seeded with the FNV-1a hash of ``seed``
    (UTF-8): easy to write alike in both languages.
    """
    state = 2166136261
    for byte in seed.encode():
        state = (state ^ byte) * 16777619 % 2**32
    order = list(range(count))
    for last in range(count - 1, 0, -1):
        state = (state * 1664525 + 1013904223) % 2**32
        other = (state >> 16) % (last + 1)  # the low bits of such a generator hardly vary
        order[last], order[other] = order[other], order[last]
    return order


def shown_order(seed: str, count: int) -> list[int]:
    """Return the order in which the ``count`` elements of an ``ordre`` are first shown: never the right one."""
    order = shuffled(seed, count)
    return order[1:] + order[:1] if order == sorted(order) else order


def _number(answer: object) -> bool:
    return isinstance(answer, int | float) and not isinstance(answer, bool)


def _index(answer: object, count: int) -> bool:
    return isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer < count


def _indices(answer: object, count: int) -> bool:
    return isinstance(answer, list) and all(_index(item, count) for item in answer) and len(set(answer)) == len(answer)
