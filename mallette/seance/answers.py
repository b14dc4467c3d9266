"""An answer that comes from outside: checked, and brought to the one form in which it is kept."""

from __future__ import annotations

from mallette.quiz import bank

LONGEST_TEXT = 1000
"""Length limit of a free text, in characters: a dozen lines on a phone."""


class AnswerError(ValueError):
    """The answer is none that the question allows; the message says in French what is expected."""


def canonical(question: bank.Question, raw: object) -> object:
    """Return the answer ``raw`` (as ``json.loads`` gives it) in the form in which it is kept.

    What :func:`mallette.quiz.scoring.valid` allows, and exact built-in types only: no boolean for a number, no NaN,
    no infinity. ``choix_multiple`` comes back sorted, a whole number as ``int``; ``ordre`` is given as places of
    :meth:`~mallette.quiz.bank.Question.without_answers` and kept as indices of the bank; ``reflexion`` is a text of
    1 to :data:`LONGEST_TEXT` characters, kept stripped, without control or direction-changing characters.

    Raises:
        AnswerError: the question does not allow this answer.
    """
    raise NotImplementedError


def shown(question: bank.Question, kept: object) -> object:
    """Return an answer as :func:`canonical` took it: the places on the page for ``ordre``, else ``kept`` itself."""
    raise NotImplementedError
