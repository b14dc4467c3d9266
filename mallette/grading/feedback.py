"""What a participant gets back: one page in French, with the points, the answers and a sentence where points are lost.

nbgrader's own feedback shows the code of the checks under English labels and asks another host for a script. This
page is made from the same gradebook and graded notebook; everything that comes from a hand-in is escaped text.

    python -m mallette.grading.feedback prevalence        # from the root of the course
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from mallette import templates
from mallette.french import NBSP, exact, number
from mallette.grading.questions import Question, questions
from mallette.grading.roundtrip import Course, Score
from mallette.paths import project

NO_ANSWER = "(pas de réponse)"


def page(course: Course, assignment: str, pseudonym: str) -> str:
    """Return the feedback page (HTML) of one graded hand-in."""
    source = nbformat.read(course.source(assignment), as_version=4)
    graded = nbformat.read(course.graded(assignment, pseudonym), as_version=4)
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in graded.cells}
    scores = course.scores(assignment, pseudonym)
    asked = questions(source)
    waiting = [score for score in scores.values() if score.points is None]
    total = sum(score.points or 0 for score in scores.values())
    return templates.render(
        "grading/templates/feedback.html.j2",
        title=source.metadata.get("mallette", {}).get("titre", assignment),
        pseudonym=pseudonym,
        total=f"{number(total)} sur {_points(sum(question.points for question in asked))}",
        waiting=waiting,
        told=[_told(question, cells, scores) for question in asked],
    )


def write(course: Course, assignment: str) -> list[Path]:
    """Write the page of every graded hand-in to ``feedback/<pseudonym>/<assignment>/retour.html``; return the paths."""
    paths = []
    for graded in sorted(course.folder.glob(f"autograded/*/{assignment}/{assignment}.ipynb")):
        pseudonym = graded.parents[1].name
        path = course.folder / "feedback" / pseudonym / assignment / "retour.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(course, assignment, pseudonym), encoding="utf-8")
        paths.append(path)
    return paths


def _told(question: Question, cells: Mapping[str, NotebookNode], scores: Mapping[str, Score]) -> dict[str, object]:
    """Return what is said of a question: its title, its points, the answer, sentences where points are lost."""
    graded = f"{question.id}-tache" if question.kind == "texte" else f"{question.id}-controle"
    score = scores[graded]
    result = f"{number(score.points or 0)} sur {_points(score.maximum)}"
    shown = _answer(question, cells)
    reason = "" if shown == NO_ANSWER else _explanation(cells.get(graded))
    return {
        "title": question.title,
        "result": "À lire par une personne" if score.points is None else result,
        "answer": shown,
        "sentences": [sentence for sentence in (reason, score.comment) if sentence],
    }


def _answer(question: Question, cells: Mapping[str, NotebookNode]) -> str:
    """Return the answer as text: the last literal given to the variable, or the cell as it was typed.

    A letter comes with the wording of its choice.
    """
    cell = cells.get(f"{question.id}-reponse")
    if cell is None:
        return NO_ANSWER
    try:
        given = [
            ast.literal_eval(node.value)
            for node in ast.parse(cell.source).body
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == question.variable
        ][-1]
    except (SyntaxError, ValueError, IndexError, RecursionError, MemoryError):
        return cell.source
    if given is ...:
        return NO_ANSWER
    if isinstance(given, int | float):
        return f"{exact(given)} {question.unit}".strip()
    chosen = sorted(map(str, given)) if isinstance(given, list | tuple | set) else [str(given).strip()]
    return "\n".join(f"{item}. {question.choices[item]}" if item in question.choices else item for item in chosen)


def _explanation(cell: NotebookNode | None) -> str:
    """Return the sentence of the check that failed, empty when none did."""
    for output in cell.get("outputs", []) if cell else []:
        if output.output_type == "error":
            return output.evalue if output.ename == "Feedback" else "Cette réponse n’a pas pu être corrigée."
    return ""


def _points(value: float) -> str:
    return f"{number(value)}{NBSP}point{'s' if value >= 2 else ''}"


def main(assignments: list[str]) -> None:
    """Write the pages of the assignments named on the command line, of all of them when none is."""
    course = Course(project().exercises)
    for assignment in assignments or course.assignments:
        for path in write(course, assignment):
            print(path.relative_to(course.folder))


if __name__ == "__main__":
    main(sys.argv[1:])
