"""A hand-in is read for its answers only: literals in the answer cells. Nothing else is kept, and nothing is run.

Reading forgives what does not change an answer (old encodings, lost metadata, a comma for a point) and says so.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import nbformat
from nbformat import NotebookNode

from mallette.grading import arithmetic, literals, notebook
from mallette.grading.arithmetic import NotArithmetic
from mallette.grading.assignment import Assignment, Item
from mallette.handwritten import text as handwritten
from mallette.questions import AnswerError

LARGEST_FILE = 5 * 2**20
"""In bytes: a notebook of answers weighs a hundred times less."""
TOO_BIG = f"le fichier dépasse {LARGEST_FILE // 2**20} Mo"
LINK = "c’est un lien vers un autre fichier : il n’est pas suivi"
_LONGEST_CELL = 30_000
_MOST_CELLS = 1000
_MOST_BRACKETS = 100_000
_MOST_SOURCE = 1_000_000
"""In characters, all cells together. Whoever reads JSON or code needs up to forty times its weight in memory."""
_TOO_MUCH = "il contient bien plus qu’un devoir : est-ce le bon fichier ?"
_LONGEST_SHOWN = 200
_MISSING = object()


class Unreadable(Exception):
    """The file gives no answer of this assignment; the message says why in French."""


@dataclass(frozen=True)
class Handin:
    """What was read in a hand-in.

    Attributes:
        answers: question → answer, as the bank counts; questions without an answer are left out.
        unread: question → what was typed and could not be read.
        remarks: what was mended or left aside, in French.
    """

    answers: Mapping[str, object] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)
    remarks: Sequence[str] = ()


def read(content: bytes, assignment: Assignment) -> Handin:
    """Read the file that somebody handed in.

    Raises:
        Unreadable: it is no notebook, or none of this assignment.
    """
    cells, remarks = _cells(content)
    return read_cells(cells, assignment, remarks)


def read_cells(cells: Sequence[Mapping], assignment: Assignment, remarks: Sequence[str] = ()) -> Handin:
    """Read the cells of a notebook, as plain JSON.

    Raises:
        Unreadable: none of them is of this assignment.
    """
    answers: dict[str, object] = {}
    unread: dict[str, str] = {}
    told = [*remarks]
    named: dict[str, list[str]] = {}
    for cell in cells:
        named.setdefault(_grade_id(cell), []).append(_source(cell))
    everywhere = [_source(cell) for cell in cells]
    ours = 0
    for item in assignment.items:
        sources = named.get(f"{item.id}-reponse", [])
        ours += len(sources)
        given = _given(sources, item.variable)
        if given in (_MISSING, ...):  # a cell that lost its metadata, or that was added
            elsewhere = _given([source for source in everywhere if source not in sources], item.variable)
            if elsewhere not in (_MISSING, ...):
                given = elsewhere
                told.append(f"question {item.rank} : réponse lue dans une autre cellule que la sienne")
        if len(sources) > 1:
            told.append(f"question {item.rank} : {len(sources)} cellules de réponse, la dernière remplie compte")
        if given is _MISSING:
            given = _typed(sources, item)
        if given is ...:
            continue
        try:
            answers[item.id] = literals.read(item.question, given)
        except AnswerError:
            unread[item.id] = str(given)[:_LONGEST_SHOWN]
            told.append(f"question {item.rank} : réponse illisible")
    if not ours and not answers:
        raise Unreadable("aucune réponse de ce devoir : est-ce le bon fichier ?")
    return Handin(answers, unread, tuple(told))


def filled(assignment: Assignment, handin: Handin) -> NotebookNode:
    """Return our own notebook with the answers of a hand-in, as literals, hidden checks included."""
    return answered(notebook.make(assignment), assignment, handin)


def answered(nb: NotebookNode, assignment: Assignment, handin: Handin) -> NotebookNode:
    """Return a copy of an unanswered notebook of ours with the answers of a hand-in, as literals."""
    sources = {f"{name}-reponse": source for name, source in _sources(assignment, handin).items()}
    copy = nbformat.from_dict(json.loads(json.dumps(nb)))
    for cell in copy.cells:
        cell.source = sources.get(cell.metadata.nbgrader.grade_id, cell.source)
    return copy


def _sources(assignment: Assignment, handin: Handin) -> dict[str, str]:
    """Return question → source of its answer cell, for the questions that have an answer."""
    sources = {}
    for item in assignment.items:
        if item.id in handin.answers:
            value = literals.literal(item.question, handin.answers[item.id])
            sources[item.id] = literals.source(item.variable, value)
        elif item.id in handin.unread:
            sources[item.id] = literals.source(item.variable, handin.unread[item.id])
    return sources


def _cells(content: bytes) -> tuple[list[dict], list[str]]:
    """Return the cells of a notebook as plain JSON, and what had to be mended in the file."""
    if not content.strip(b"\0 \t\r\n"):
        raise Unreadable("le fichier est vide")
    if len(content) > LARGEST_FILE:
        raise Unreadable(TOO_BIG)
    if content.count(b"{") + content.count(b"[") > _MOST_BRACKETS:
        raise Unreadable(_TOO_MUCH)
    text, mended = handwritten.guess(content)
    remarks = [mended] if mended else []
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("ce n’est pas un carnet, ou il est coupé") from None
    cells = found.get("cells") if isinstance(found, dict) else None
    if cells is None and isinstance(found, dict) and isinstance(found.get("worksheets"), list):  # nbformat 3
        sheets = [sheet.get("cells") for sheet in found["worksheets"] if isinstance(sheet, dict)]
        cells = [
            {**cell, "source": cell.get("source", cell.get("input", ""))}
            for sheet in sheets
            if isinstance(sheet, list)
            for cell in sheet
            if isinstance(cell, dict)
        ]
        remarks.append("carnet d’un ancien format : relu")
    if not isinstance(cells, list):
        raise Unreadable("ce n’est pas un carnet")
    cells = [cell for cell in cells if isinstance(cell, dict)]
    lengths = [len(_source(cell)) for cell in cells]
    if len(cells) > _MOST_CELLS or sum(length for length in lengths if length <= _LONGEST_CELL) > _MOST_SOURCE:
        raise Unreadable(_TOO_MUCH)
    return cells, remarks


def _source(cell: Mapping) -> str:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def _grade_id(cell: Mapping) -> str:
    meta = cell.get("metadata")
    meta = meta.get("nbgrader") if isinstance(meta, dict) else None
    name = meta.get("grade_id") if isinstance(meta, dict) else None
    return name if isinstance(name, str) else ""


def _given(sources: Sequence[str], variable: str) -> object:
    """Return the last answer that cells give to ``variable``: a value, ``...`` when unanswered, or ``_MISSING``."""
    found = [value for source in sources if (value := _assigned(source, variable)) is not _MISSING]
    answered = [value for value in found if value is not ...]
    return answered[-1] if answered else ... if found else _MISSING


def _assigned(source: str, variable: str) -> object:
    """Return the last literal or calculation that ``source`` gives to ``variable``."""
    if len(source) > _LONGEST_CELL or variable not in source:
        return _MISSING
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _on_a_line(source, variable)
    value: object = _MISSING
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        given = getattr(node, "value", None)
        if len(targets) == 1 and isinstance(targets[0], ast.Name) and targets[0].id == variable and given is not None:
            value = _value(given)
    return value


def _value(node: ast.expr) -> object:
    """Return what an expression stands for: a literal, a word, a list of words, a calculation; else its own text."""
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        pass
    if isinstance(node, ast.Name):  # reponse_2 = c
        return node.id
    if isinstance(node, ast.List | ast.Tuple | ast.Set):  # reponse_3 = [a, "c"]
        return [item.id if isinstance(item, ast.Name) else _value(item) for item in node.elts]
    try:
        return arithmetic.result(node, {})
    except NotArithmetic:
        return _text(node)


def _text(node: ast.expr) -> str:
    try:
        return ast.unparse(node)
    except (ValueError, RecursionError, MemoryError):
        return "…"


def _on_a_line(source: str, variable: str) -> object:
    """Return what a person types and Python refuses: ``reponse_1 = 10,2 %``, ``reponse_4 = « b »``."""
    for line in reversed(source.splitlines()):
        name, equals, rest = line.partition("=")
        if equals and name.strip() == variable:
            return rest.strip() or _MISSING
    return _MISSING


def _typed(sources: Sequence[str], item: Item) -> object:
    """Return what stands in an answer cell that gives no value to its variable: somebody's answer, or nothing."""
    for source in reversed(sources):
        lines = [line for line in source.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        if lines and lines != [f"{item.variable} = ..."]:
            return "\n".join(lines).strip()
    return ...
