"""A bank on paper: what is read without JavaScript, in print and in plain text. Answers come last."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from mallette.questions import Question
from mallette.quiz.bank import Bank

ANSWERS_TITLE = "Réponses et explications"


def html(bank: Bank) -> str:
    """Return the bank as HTML, every text escaped; answers are folded away under the questions."""
    asked = "".join(
        f"<li><p><strong>{escape(item.prompt)}</strong></p>"
        + "".join(f"<p>{escape(line)}</p>" for line in item.on_paper())
        + _list(item.options(), "mlt-quiz-boxes") + "</li>"
        for item in bank.questions
    )
    answered = "".join(f"<li>{_list(_answers(item), 'mlt-quiz-lines')}</li>" for item in bank.questions)
    return (
        f'<div class="mlt mlt-quiz"><p class="mlt-title">{escape(bank.title)}</p><ol>{asked}</ol>'
        f"<details><summary>{ANSWERS_TITLE}</summary><ol>{answered}</ol></details></div>"
    )


def text(bank: Bank) -> str:
    """Return the bank as plain text: the questions, then the answers."""
    lines = [bank.title, ""]
    for place, item in enumerate(bank.questions, 1):
        lines += [f"{place}. {item.prompt}", *(f"   {line}" for line in item.on_paper())]
        lines += [*(f"   ☐ {option}" for option in item.options()), ""]
    lines += [ANSWERS_TITLE, ""]
    for place, item in enumerate(bank.questions, 1):
        first, *others = _answers(item)
        lines += [f"{place}. {first}", *(f"   {line}" for line in others)]
    return "\n".join(lines)


def _answers(question: Question) -> list[str]:
    return [*question.solution(), *([f"Source : {question.source}"] if question.source else [])]


def _list(lines: Sequence[str], name: str) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<ul class="{name}">{items}</ul>' if lines else ""
