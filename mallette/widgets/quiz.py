"""The self-check quiz of a unit, in a page, in Voilà or in a notebook.

The page holds the answers, as the book does; a séance asks the same questions without them.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    """The questions, as :meth:`mallette.quiz.bank.Bank.public` gives them."""

    reponses = Dict().tag(sync=True)
    """Question id → answer (see :mod:`mallette.questions`); the text of a reflection is never here."""

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
        super().__init__(**{"banque": chosen.public(), "identifiant": f"quiz-{name}", **traits})

    def fallback_html(self) -> str:
        return paper.html(self._bank)

    def text(self) -> str:
        return paper.text(self._bank)
