"""The code cells of a unit: they can be read, and the quiz that they show is the unit's own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from mallette.checks import pages
from mallette.faults import Fault, relative
from mallette.handwritten.structure import suggestion
from mallette.quiz import bank
from mallette.units import Unit

_CELL = re.compile(r"^(?P<fence>`{3,})\{code-cell\}[^\n]*\n(?P<code>.*?)^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL)
_OPTION = re.compile(r"^:[\w-]+:[^\n]*$|^---\n.*?^---$", re.MULTILINE | re.DOTALL)


def calls(text: str) -> Iterator[tuple[int, ast.Call]]:
    """Yield the calls of the cells of a page, with their lines.

    Raises:
        SyntaxError: a cell is no Python; ``lineno`` is a line of the page.
    """
    for match in _CELL.finditer(text):
        start = text.count("\n", 0, match.start("code"))
        try:
            tree = ast.parse(_OPTION.sub(pages.blank, match["code"]))
        except SyntaxError as error:
            error.lineno = start + (error.lineno or 1)
            raise
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield start + node.lineno, node


def check(unit: Unit) -> list[Fault]:
    """Return the cells of a unit's pages that cannot be read, and those that show another quiz or unknown questions."""
    quiz, _ = bank.written(unit.quiz, relative(unit.quiz, unit.project.root))
    listed = quiz.data.get("questions") if isinstance(quiz.data, dict) else None
    known = [str(item.get("id")) for item in listed or () if isinstance(item, dict)]
    faults = []
    for path in (unit.chapter, unit.workshop, unit.trainer, unit.deck):
        place = relative(path, unit.project.root)
        try:
            for line, call in calls(pages.text(path)):
                if isinstance(call.func, ast.Name) and call.func.id == "Quiz":
                    faults += [Fault(place, line, *wrong) for wrong in _of_quiz(call, unit, known)]
        except SyntaxError as error:
            faults.append(
                Fault(
                    place,
                    error.lineno or 0,
                    "une cellule ne se lit pas comme du Python",
                    "fermez guillemets, crochets et parenthèses",
                )
            )
    return faults


def _of_quiz(call: ast.Call, unit: Unit, known: list[str]) -> Iterator[tuple[str, str]]:
    asked = next((item.value for item in call.keywords if item.arg == "questions"), next(iter(call.args[1:]), None))
    shown = str(call.args[0].value) if call.args and isinstance(call.args[0], ast.Constant) else unit.slug
    if shown != unit.slug:
        yield f"cette cellule montre le quiz d’une autre unité (« {shown} »)", f'écrivez Quiz("{unit.slug}", …)'
    elif known and isinstance(asked, ast.List):
        for item in asked.elts:
            if isinstance(item, ast.Constant) and (name := str(item.value)) not in known:
                yield f"aucune question « {name} » dans quiz.yml", suggestion(name, known)
