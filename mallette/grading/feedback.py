"""``rendre``: what a participant gets back, one page with points, answers and what there is to say of them.

It is made from the gradebook and the graded notebook by the same question modules as the book; everything that comes
from a hand-in is escaped text.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from mallette import design, files, templates
from mallette.french import exact, number, with_unit
from mallette.grading import gradebook, literals, state
from mallette.grading.assignment import Assignment, Item
from mallette.grading.marking import NO_ANSWER
from mallette.grading.notebook import points
from mallette.grading.results import Copy
from mallette.paths import Project
from mallette.questions import Question

WAITS = "À lire par une personne"


def write(assignment: Assignment, course: Project) -> list[str]:
    """Write the page of every graded copy, those whose texts are not read yet too; return their codes."""
    copies = [copy for copy in state.table(assignment, course).copies if not copy.reason]
    pages = {gradebook.feedback(course, assignment.name, copy.code): page(assignment, copy).encode() for copy in copies}
    files.write(pages)
    return [copy.code for copy in copies]


def page(assignment: Assignment, copy: Copy) -> str:
    total = sum(given or 0 for given in copy.points.values())
    return templates.render(
        "grading/templates/feedback.html.j2",
        tokens=Markup(design.embedded_css()),
        title=assignment.title,
        code=copy.code,
        total=f"{number(total)} sur {points(assignment.points)}" if assignment.points else "",
        late=copy.late,
        waiting=any(copy.points.get(item.id) is None for item in assignment.texts),
        told=[_told(item, copy) for item in assignment.items],
    )


def _told(item: Item, copy: Copy) -> Mapping[str, object]:
    """Return what is said of a question: its title, its points, the answer, what there is to say of it."""
    given = copy.points.get(item.id)
    answer = copy.answers.get(item.id)
    typed = copy.unread.get(item.id, NO_ANSWER)
    result = f"{number(given or 0)} sur {points(item.points)}" if item.points else ""
    sentences = item.question.explained(answer) if answer is not None else []
    if item.id in copy.unread:
        sentences = [literals.expected(item.question)]
    if item.question.rubric:
        result, sentences = (WAITS, []) if given is None else (result, sentences)
    comment = copy.comments.get(item.id, "").splitlines()
    if item.question.rubric and comment:
        sentences = []  # the reader's comment tells the levels
    return {
        "title": f"Question {item.rank}. {item.title}",
        "prompt": item.question.prompt,
        "result": result,
        "answer": in_words(item.question, answer) if answer is not None else typed,
        "sentences": [*sentences, *comment],
        "rubric": item.question.rubric,
    }


def in_words(question: Question, answer: object) -> str:
    """Return an answer as a person reads it, on one line or several."""
    shown = question.shown(answer)
    if isinstance(shown, float | int) and not question.options():
        unit = getattr(question, "unit", "")
        return with_unit(shown, unit) if unit else exact(shown)
    if not literals.lettered(question):
        return str(shown)
    places = shown if isinstance(shown, list) else [shown]
    return "\n".join(f"{literals.LETTERS[place]}. {question.options()[place]}" for place in places)
