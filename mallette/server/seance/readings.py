"""Results of a séance as both views show them: answers read from the store, then made safe to show.

Every function that takes ``seances`` raises SeanceError when the store cannot be read.
"""

from __future__ import annotations

from collections.abc import Sequence

from mallette.seance import disclosure, results
from mallette.seance.results import Comparison, Crossing, Result
from mallette.seance.seances import REVEALED, Seances
from mallette.server.seance.steps import Key, Step, asked_twice


def _answers(seances: Seances, code: str, step: Step) -> list:
    return seances.answers(code, step.question.id, step.tour)


def result(seances: Seances, code: str, step: Step, steps: dict[Key, Step]) -> Result:
    """Return what may be shown of a closed round, its right answer included once revealed."""
    first = steps[step.question.id, 1]
    before = _answers(seances, code, first) if step.tour == 2 and first.closed else None
    return results.result(
        step.question, _answers(seances, code, step), step.tour, expected=step.state == REVEALED, before=before
    )


def comparison(seances: Seances, code: str, step: Step | None, steps: dict[Key, Step]) -> Comparison | None:
    """Return both tours side by side; ``None`` unless ``step`` is a closed second one."""
    if step is None or not asked_twice(step, steps):
        return None
    first = steps[step.question.id, 1]
    expected = REVEALED in (step.state, first.state)
    return results.comparison(
        step.question, _answers(seances, code, first), _answers(seances, code, step), expected=expected
    )


def crossable(steps: dict[Key, Step], shown: Sequence[tuple[Key, Key]]) -> list[Step]:
    """Return the steps that may enter a crossing, those of ``shown`` left out."""
    used = {question for pair in shown for question, _ in pair}
    return [
        step for step in steps.values()
        if step.closed and step.question.id not in used and results.crossable(step.question)
        and disclosure.enough(step.answers)
    ]


def crossing(seances: Seances, code: str, pair: tuple[Key, Key], steps: dict[Key, Step]) -> Crossing:
    """Return the table of two closed rounds."""
    first, second = (steps[key] for key in pair)
    published = (result(seances, code, first, steps), result(seances, code, second, steps))
    return results.crossing(first.question, second.question, seances.pairs(code, *pair), published)
