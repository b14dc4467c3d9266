"""``reflexion``: a free text, never scored. In a page an answer is ``True`` once written; in a séance, the text."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, TypeGuard

from mallette.handwritten.plain import TO_FILL
from mallette.questions.base import AnswerError, Question
from mallette.questions.forms import Form, FreeText
from mallette.questions.schema import texts

LONGEST_TEXT = 1000
"""Length limit of a free text, in characters: a dozen lines on a phone."""
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_KEPT = "\n\t\u200c\u200d"  # the two joiners are part of words and of emoji
_HIDDEN = {"Cc", "Cf", "Cs"}
"""Unicode categories left out of a text: controls, formats (direction changes among them), lone surrogates."""


def clean(raw: object, expected: str, longest: int) -> str:
    """Return a text of 1 to ``longest`` characters, stripped, without control or direction characters.

    Raises:
        AnswerError: ``raw`` is no such text; ``expected`` is said of what is no text.
    """
    if type(raw) is not str or "\0" in raw:
        raise AnswerError(expected)
    text = _BREAKS.sub("\n", raw)
    text = "".join(sign for sign in text if sign in _KEPT or unicodedata.category(sign) not in _HIDDEN)
    text = unicodedata.normalize("NFC", text).strip()
    if not text.strip(_KEPT):
        raise AnswerError(expected)
    if len(text) > longest:
        raise AnswerError(f"Votre texte dépasse {longest} caractères : raccourcissez-le.")
    return text


class Reflection(Question[str | Literal[True]]):
    title = "Réflexion"
    about = "Un texte libre, jamais noté ni enregistré."
    fields = {"reperes": texts("Des repères auxquels comparer son texte.", 1)}
    label = "Texte libre"
    hint = "Pour réfléchir, en quelques lignes. N’écrivez le nom de personne."
    expected = "Écrivez votre réponse en quelques mots."
    reveal_label = "Montrer les repères"
    secret = ("reperes",)
    sensitive = True
    written = True

    def valid(self, answer: object) -> TypeGuard[Literal[True]]:
        return answer is True

    def keep(self, raw: object) -> str:
        """Return a text of 1 to :data:`LONGEST_TEXT` characters, stripped, without control or direction characters."""
        return clean(raw, self.expected, LONGEST_TEXT)

    def on_screen(self) -> list[str]:
        return ["Quelques phrases, sans nommer personne ni raconter d’histoire reconnaissable."]

    def solution(self) -> list[str]:
        return list(self.content["reperes"])

    def form(self) -> FreeText:
        return FreeText()

    def afterwards(self) -> list[str]:
        return self.solution()

    @classmethod
    def from_form(cls, form: Form, graded: bool) -> dict | None:
        return {"reperes": list(form.notes) or [TO_FILL]} if isinstance(form, FreeText) else None

    def told(self) -> dict:
        return {"points": tuple(self.content["reperes"])}
