"""The levels that a reader gives to a text: written as the comment that its author gets back, read again from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mallette.french import NBSP
from mallette.grading.notebook import points as in_words
from mallette.questions import Question


def lines(criterion: Mapping) -> Iterator[str]:
    """Yield what is written for each level of a criterion."""
    for level in criterion["niveaux"]:
        yield f"{criterion['critere']}{NBSP}: {level['texte']} ({in_words(level['points'])})."


def points(question: Question, levels: Sequence[int]) -> float:
    """Return the points of a text that has these levels, one rank for each criterion."""
    return sum(item["niveaux"][level]["points"] for item, level in zip(question.criteria, levels, strict=True))


def comment(question: Question, levels: Sequence[int], words: str) -> str:
    """Return the comment of a text: a line for each criterion, then the reader's own words."""
    chosen = [[*lines(item)][level] for item, level in zip(question.criteria, levels, strict=True)]
    return "\n".join([*chosen, *([words.strip()] if words.strip() else [])])


def read(question: Question, written: str) -> tuple[list[int | None], str]:
    """Return the levels that a comment tells, ``None`` for those it does not, and the reader's own words."""
    rest = written.splitlines()
    levels: list[int | None] = []
    for criterion in question.criteria:
        found = None
        for rank, line in enumerate(lines(criterion)):
            if line in rest:
                found = rank
                rest.remove(line)
        levels.append(found)
    return levels, "\n".join(rest).strip()
