"""A bank on paper: what is read without JavaScript, in print and in plain text. Answers come last, or not at all."""

from __future__ import annotations

from markupsafe import Markup

from mallette import templates
from mallette.french import NBSP
from mallette.questions import Question
from mallette.quiz.bank import Bank

ANSWERS_TITLE = "Réponses et explications"
_ROOM = "…" * 12


def html(bank: Bank) -> str:
    """Return the bank as HTML, every text escaped; answers are folded away under the questions."""
    answers = [_answers(item) for item in bank.questions]
    return templates.render(
        "quiz/templates/paper.html.j2",
        title=bank.title,
        asked=bank.questions,
        answers=answers,
        answers_title=ANSWERS_TITLE,
    )


def questions(bank: Bank) -> str:
    """Return the questions alone, to be handed out: each with the name under which the trainer's notes speak of it."""
    asked = templates.macros("quiz/templates/questions.html.j2").questions(bank.questions, named=True)
    return Markup('<div class="mlt-quiz">{}</div>').format(asked)


def answer_sheet(bank: Bank) -> str:
    """Return a table in which one person answers the questions; what is written for oneself has no place in it."""
    rows = [(str(place), _to_tick(item)) for place, item in enumerate(bank.questions, 1) if not item.written]
    return templates.table(f"Réponses au quiz «{NBSP}{bank.title}{NBSP}»", ("Question", "Réponse"), rows, "mlt-grille")


def _to_tick(question: Question) -> str:
    """Return where an answer goes: boxes, places in an order, or a number."""
    marks = [mark for mark, _ in question.marked()]
    if question.ranked:
        return f"dans l’ordre{NBSP}: " + " puis ".join(["…" * 3] * len(marks))
    if marks:
        return Markup("&emsp; ").join(f"☐{NBSP}{mark}" for mark in marks)
    return f"{_ROOM} {getattr(question, 'unit', '')}".strip()


def text(bank: Bank) -> str:
    """Return the bank as plain text: the questions, then the answers."""
    lines = [bank.title, ""]
    for place, item in enumerate(bank.questions, 1):
        lines += [f"{place}. {item.prompt}", *(f"   {line}" for line in item.on_paper())]
        lines += [*(f"   ☐ {mark} {option}" for mark, option in item.marked()), ""]
    lines += [ANSWERS_TITLE, ""]
    for place, item in enumerate(bank.questions, 1):
        first, *others = _answers(item)
        lines += [f"{place}. {first}", *(f"   {line}" for line in others)]
    return "\n".join(lines)


def _answers(question: Question) -> list[str]:
    return [*question.solution(), *([f"Source : {question.source}"] if question.source else [])]
