"""The evaluator's report for a spreadsheet: one line a code, one line a question or a choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mallette import spreadsheet
from mallette.french import number
from mallette.grading import items
from mallette.grading.assignment import Assignment
from mallette.grading.code_report import reason
from mallette.grading.objectives import assessed, label, outcomes, positions, total
from mallette.grading.results import Class


def by_code(held: Class, before: Sequence[Class]) -> str:
    """Return one line a code: total, points of each question and objective, positions declared."""
    asked = held.assignment
    told = [item for item in asked.items if item.points]
    names = assessed(asked)
    declared = [where for where in (*before, held) if where.assignment.kind == "positionnement"]
    said = [{copy.code: positions(copy, where.assignment) for copy in where.copies} for where in declared]
    heads = [
        *("code", "remise", "en retard", "total", "sur"),
        *(f"question {item.rank} ({item.title}), sur {number(item.points)}" for item in told),
        *(f"{label(name)}, sur {number(_maximum(asked, name))}" for name in names),
        *(f"{where.title} : {label(name)}, position déclarée" for where in _asked(declared) for name in _goals(where)),
        "pourquoi une case est vide",
    ]
    rows = []
    for copy in held.copies:
        found = outcomes(copy, asked)
        day = copy.handed_in.astimezone().strftime("%Y-%m-%d %H:%M") if copy.handed_in else None
        stood = [where.get(copy.code, {}) for where in said]
        cells: list[object] = [copy.code, day, "oui" if copy.late else "", total(copy, asked), asked.points or None]
        cells += [copy.points.get(item.id) for item in told]
        cells += [found[name].points if name in found else None for name in names]
        cells += [at.get(name) for where, at in zip(_asked(declared), stood, strict=True) for name in _goals(where)]
        rows.append([*cells, reason(copy, asked)])
    return spreadsheet.text(heads, rows)


def _asked(declared: Sequence[Class]) -> list[Assignment]:
    return [where.assignment for where in declared]


def _goals(asked: Assignment) -> list[str]:
    return [item.question.objective for item in asked.items]


def _maximum(asked: Assignment, objective: str) -> float:
    return sum(item.points for item in asked.items if item.question.objective == objective)


def by_question(held: Class) -> str:
    """Return one line a choice, or a question that has none: counts and intervals."""
    heads = (
        *("question", "titre", "objectif", "points", "copies", "réussites", "de (%)", "à (%)", "moyenne"),
        *("sans réponse", "textes à lire", "corrélation", "de", "à", "proposition", "personnes", "remarque"),
    )
    return spreadsheet.text(heads, _question_rows(held))


def _question_rows(held: Class) -> Iterator[Sequence[object]]:
    for found in items.analyse(held):
        item = found.item
        low, high = found.interval or (None, None)
        links: Sequence[object] = [round(bound, 2) for bound in found.discrimination or ()] or (None, None, None)
        head = [
            *(item.rank, item.title, item.question.objective, item.points, found.copies),
            *(found.passed if item.points else None, low, high, found.mean, found.unanswered, found.waiting, *links),
        ]
        if not found.choices:
            yield [*head, None, None, found.why_not]
        for choice in found.choices:
            mark = ", ".join(filter(None, ("juste" if choice.right else "", choice.remark)))
            yield [*head, choice.label, choice.count, mark]
