"""Results of a séance as both views show them: answers read from the store, then made safe to show.

Every function that takes ``seances`` raises SeanceError when the store cannot be read.
"""

from __future__ import annotations

from mallette.seance import panel, report, results
from mallette.seance.displays import Comparison, Result
from mallette.seance.seances import REVEALED, Seance, Seances
from mallette.server.seance.steps import Key, Step, asked_twice


def result(seances: Seances, seance: Seance, step: Step, expected: bool | None = None) -> Result:
    """Return what may be shown of a closed round, its right answer included once revealed (or if ``expected``)."""
    return report.closed_round(
        seances, seance, step.question, step.round, step.state == REVEALED if expected is None else expected
    )


def panel_counts(seances: Seances, seance: Seance, step: Step) -> list[int]:
    """Return the answers of a closed round as those of a panel.

    Raises:
        NotAllowed: the room may not be one (:func:`mallette.seance.panel.counts`).
    """
    return panel.counts(result(seances, seance, step))


def comparison(seances: Seances, seance: Seance, step: Step | None, steps: dict[Key, Step]) -> Comparison | None:
    """Return both tours side by side; ``None`` unless ``step`` is a closed second one."""
    if step is None or not asked_twice(step, steps):
        return None
    first = steps[step.question.id, 1]
    expected = REVEALED in (step.state, first.state)
    return results.comparison(
        step.question, result(seances, seance, first, expected), result(seances, seance, step, expected)
    )
