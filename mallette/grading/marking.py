"""What the hidden checks of an assignment call: the points of an answer, from a key that the check holds whole."""

from __future__ import annotations

from collections.abc import Mapping

from mallette.grading import literals
from mallette.questions import AnswerError, of

NO_ANSWER = "Pas de réponse."


def mark(given: object, key: Mapping) -> float:
    """Return the points of an answer, and print what is told of it.

    nbgrader takes the value of the last expression of a check for the points.

    Args:
        given: what the answer cell holds; ``...`` when nothing was answered.
        key: the question as :meth:`~mallette.questions.Question.public` gives it, and its ``points``.
    """
    points, told = marked(given, key)
    for line in told:
        print(line)
    return points


def marked(given: object, key: Mapping) -> tuple[float, list[str]]:
    """Return the points of an answer and what is told of it. Arguments as for :func:`mark`."""
    question = of({name: value for name, value in key.items() if name != "points"})
    if given is ... or given is None:
        return 0.0, [NO_ANSWER]
    try:
        answer = literals.read(question, given)
    except AnswerError as error:
        return 0.0, [str(error)]
    return round(key["points"] * (question.credit(answer) or 0), 4), question.explained(answer)
