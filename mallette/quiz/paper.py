"""A bank on paper: what is read without JavaScript, in print and in plain text. Answers come last."""

from __future__ import annotations

from mallette import templates
from mallette.questions import Question
from mallette.quiz.bank import Bank

ANSWERS_TITLE = "Réponses et explications"


def html(bank: Bank) -> str:
    """Return the bank as HTML, every text escaped; answers are folded away under the questions."""
    asked = [(item, _answers(item)) for item in bank.questions]
    return templates.render("quiz/templates/paper.html.j2", title=bank.title, asked=asked, answers_title=ANSWERS_TITLE)


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
