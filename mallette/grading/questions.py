"""The questions of an assignment, read from its notebook; answers written back into it as literals.

An *answer cell* is an nbgrader solution cell that carries a ``mallette`` block in its metadata::

    "mallette": {"type": "nombre", "variable": "reponse_5", "unite": "points", "min": 0, "max": 100}

======== ============================ ==================================
type     what is typed                other keys
======== ============================ ==================================
choix    one letter                   none
liste    several letters              none
nombre   a number                     ``unite``, ``min``, ``max``
texte    free text, marked by hand    ``lignes`` (height of the box)
======== ============================ ==================================

The cell just before it is the statement: its first heading is the title and announces the points
(``### Question 5. Un écart (2 points)``), and its list items written ``* **a.** wording`` are the choices. The cell
just after it is the check cell, which holds the points; a free text has none: its statement is an nbgrader task cell
that holds the points. Other text cells are documents to read.

Any text cell may name the figures it repeats, which :mod:`mallette.checks.exercises` compares with ``data/``::

    "mallette": {"valeurs_de": [{"table": "smic", "ou": {"date_effet": "2023-01-01"}, "colonne": "smic_horaire_brut"}]}
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from mallette.grading import answers

KINDS = ("choix", "liste", "nombre", "texte")
HEADING = re.compile(r"^#+ +(?P<title>.+?)(?: \((?P<points>[0-9]+(?:[.,][0-9]+)?)\s+points?\))?[ ]*$", re.MULTILINE)
"""Title of a statement, and the points it announces."""
CHOICE = re.compile(r"^\* \*\*([a-z])\.\*\* +(.+?)\s*$", re.MULTILINE)
"""One choice of a statement: its letter and its wording."""
_LITERAL_WIDTH = 88


@dataclass(frozen=True)
class Question:
    """One question of an assignment.

    Attributes:
        id: prefix shared by the cells of the question, for instance ``"q3"``.
        kind: one of :data:`KINDS`.
        variable: Python name that receives the answer, for instance ``"reponse_3"``.
        title: plain text.
        statement: Markdown without its heading and its choices.
        choices: letter → Markdown wording, in order; empty for a number or a text.
        points: points that the question is worth.
        unit: unit of a number, possibly empty.
        minimum, maximum: bounds of a number, included.
        lines: height of the box offered for a text, in lines.
    """

    id: str
    kind: str
    variable: str
    title: str
    statement: str
    points: float
    choices: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    minimum: float = float("-inf")
    maximum: float = float("inf")
    lines: int = 8

    def accept(self, value: Any) -> str | float | list[str]:
        """Return ``value`` in the form the answer cell stores.

        Raises:
            mallette.grading.answers.Feedback: the value is outside the domain of the question.
        """
        if self.kind == "choix":
            return answers.as_choice(value, self.choices)
        if self.kind == "liste":
            return sorted(answers.as_choices(value, self.choices))
        if self.kind == "nombre":
            return answers.as_number(value, self.minimum, self.maximum)
        return answers.as_text(value)

    def source(self, value: Any) -> str:
        """Return the source of the answer cell that holds ``value``: one assignment of a literal, nothing else."""
        literal = self.accept(value)
        if self.kind == "texte" and len(literal) > _LITERAL_WIDTH:
            lines = [f"    {piece!r}" for piece in _pieces(literal)]
            return "\n".join([f"{self.variable} = (", *lines, ")"])
        if self.kind in ("choix", "liste"):
            return f"{self.variable} = {json.dumps(literal)}"
        return f"{self.variable} = {literal!r}"


def questions(notebook: NotebookNode) -> list[Question]:
    """Return the questions of an assignment notebook (source or release), in order.

    Raises:
        KeyError, IndexError: the layout described above is not followed; see :func:`mallette.checks.exercises.check`.
    """
    found = []
    for index, cell in enumerate(notebook.cells):
        meta = cell.metadata.get("mallette", {})
        if "variable" not in meta:
            continue
        before = notebook.cells[index - 1]
        graded = before if meta["type"] == "texte" else notebook.cells[index + 1]
        heading = HEADING.search(before.source)
        found.append(
            Question(
                id=cell.metadata.nbgrader.grade_id.removesuffix("-reponse"),
                kind=meta["type"],
                variable=meta["variable"],
                title=heading["title"] if heading else "",
                statement=CHOICE.sub("", HEADING.sub("", before.source, count=1)).strip(),
                points=float(graded.metadata.nbgrader.points),
                choices=dict(CHOICE.findall(before.source)),
                unit=meta.get("unite", ""),
                minimum=meta.get("min", float("-inf")),
                maximum=meta.get("max", float("inf")),
                lines=meta.get("lignes", 8),
            )
        )
    return found


def fill_in(notebook: NotebookNode, values: Mapping[str, Any]) -> NotebookNode:
    """Write answers into ``notebook`` (changed in place) and return it.

    Args:
        values: question id → answer; questions left out keep their cell as it is.

    Raises:
        mallette.grading.answers.Feedback: an answer is outside its domain; nothing is written then.
        KeyError: an id names no question.
    """
    known = {question.id: question for question in questions(notebook)}
    sources = {f"{name}-reponse": known[name].source(value) for name, value in values.items()}
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = sources.get(grade_id, cell.source)
    return notebook


def _pieces(text: str) -> list[str]:
    """Cut a text into short strings whose concatenation is the text, so that a grader can read the cell."""
    pieces = []
    for line in text.splitlines(keepends=True):
        pieces += textwrap.wrap(
            line,
            _LITERAL_WIDTH,
            drop_whitespace=False,
            replace_whitespace=False,
            expand_tabs=False,
            break_on_hyphens=False,
        )
    return pieces
