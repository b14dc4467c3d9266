"""The self-check quiz of a unit, in a page, in Voilà or in a notebook.

A static page holds the answers. Whoever reaches a kernel reads every synced trait of it: there the page asks for the
answers of a question once the person has answered (a custom message ``{"type": "correction", "question": id,
"reponse": answer}``, answered by ``{"type": "correction", "question": …}`` with the question and its answers).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from traitlets import Dict

from mallette import units
from mallette.quiz import bank, paper
from mallette.widgets.base import KitWidget


class Quiz(KitWidget):
    """Questions with immediate feedback.

    Args:
        source: name of a unit (``"1-recours-aux-drogues"``) or path of a ``quiz.yml``.
        questions: ids of the questions to show, in this order; all of them by default.
        titre: title shown above the questions; the bank's own by default.

    Raises:
        ContentError: the bank has defects.
        LookupError: no such unit or question.
    """

    kit_name: ClassVar[str] = "quiz"

    banque = Dict().tag(sync=True)
    """The questions, as :meth:`mallette.quiz.bank.Bank.without_answers` gives them."""

    reponses = Dict().tag(sync=True)
    """Question id → answer (see :mod:`mallette.questions`), counted as ``banque`` lists; the text of a reflection is
    never here. :meth:`answers` gives them as the bank counts."""

    def __init__(
        self, source: str | Path, questions: Iterable[str] | None = None, titre: str | None = None, **traits: object
    ) -> None:
        path = Path(source)
        if path.suffix in (".yml", ".yaml"):
            chosen, name = bank.load(path), path.resolve().parent.name
        else:
            chosen, name = bank.load_unit(units.unit(str(source))), str(source)
        if questions is not None:
            chosen = chosen.select(questions)
        if titre is not None:
            chosen = replace(chosen, title=titre)
        self._bank = chosen
        super().__init__(**{"banque": chosen.without_answers(), "identifiant": f"quiz-{name}", **traits})
        self.on_msg(self._correct)

    def answers(self) -> dict:
        """Return the valid answers by question id, as the bank counts them: what ``Question.credit`` takes."""
        found = {}
        for question in self._bank.questions:
            answer = self.reponses.get(question.id)
            if question.valid(answer):
                found[question.id] = question.from_shown(answer)
        return found

    def static_state(self) -> dict:
        questions = [question.public() for question in self._bank.questions]
        return {**super().static_state(), "banque": {**self.banque, "questions": questions}, "reponses": self.answers()}

    def _correct(self, widget: Quiz, content: object, buffers: list) -> None:
        """Tell the answers of one question to a page that shows a valid answer to it; anything else gets nothing."""
        if not isinstance(content, Mapping) or content.get("type") != "correction":
            return
        for question in self._bank.questions:
            if question.id == content.get("question") and question.valid(content.get("reponse")):
                self.send({"type": "correction", "question": question.public()})

    def fallback_html(self) -> str:
        return paper.html(self._bank)

    def text(self) -> str:
        return paper.text(self._bank)
