"""The types of questions. One is a class in the module of its name and a JavaScript module beside it.

A new type is these two files and its line in :data:`TYPES` and in ``types.js``: everything else asks the question.
``python -m mallette.questions`` then writes the schema that editors read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mallette.questions.base import HEAD, AnswerError, Possible, Question, Tally
from mallette.questions.choix_multiple import MultipleChoice
from mallette.questions.choix_unique import SingleChoice
from mallette.questions.concordance import Concordance
from mallette.questions.estimation import Estimate
from mallette.questions.numerique import Number
from mallette.questions.opinion import Opinion
from mallette.questions.ordre import Order
from mallette.questions.redaction import Writing
from mallette.questions.reflexion import Reflection
from mallette.questions.schema import compose
from mallette.questions.vrai_faux import TrueFalse

__all__ = ["BANK", "HEAD", "SCHEMA", "TYPES", "AnswerError", "Possible", "Question", "Tally", "make", "of", "position"]

TYPES: Mapping[str, type[Question]] = {
    "choix_unique": SingleChoice,
    "choix_multiple": MultipleChoice,
    "vrai_faux": TrueFalse,
    "numerique": Number,
    "estimation": Estimate,
    "ordre": Order,
    "opinion": Opinion,
    "concordance": Concordance,
    "reflexion": Reflection,
    "redaction": Writing,
}
"""``type`` in a file → class."""

BANK = {name: cls for name, cls in TYPES.items() if not cls.rubric}
"""The types of a ``quiz.yml``."""

SCHEMA = compose(BANK)
"""JSON Schema of a ``quiz.yml``."""


def make(id: str, kind: str, *fields: Any, **named: Any) -> Question:
    """Return a question of the type ``kind``. Arguments as for :class:`Question`."""
    return TYPES[kind](id, kind, *fields, **named)


def of(raw: Mapping, value: float | None = None, source: str = "", key: str = "") -> Question:
    """Return a question as its file has it, or as :meth:`Question.public` gives it.

    Args:
        value: published value, by default that of ``raw``.
        source, key: see :class:`Question`.
    """
    content = {name: item for name, item in raw.items() if name not in HEAD}
    value = raw.get("valeur") if value is None else value
    return make(raw["id"], raw["type"], raw["objectif"], raw["enonce"], content, value, source, key)


def position(id: str, objective: str, prompt: str, scale: Sequence[str], feedback: Sequence[str]) -> Question:
    """Return the question of where somebody stands on an objective; ``feedback`` has one text for each label."""
    return make(id, "opinion", objective, prompt, {"echelle": [*scale], "retours": [*feedback]})
