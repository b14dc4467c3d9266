"""What is wrong with graded work: its descriptions, notebooks that no longer follow them, answers given elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from mallette.faults import ContentError, Fault, relative
from mallette.french import without_accents
from mallette.grading import assignment, notebook
from mallette.grading.assignment import Assignment
from mallette.handwritten import document
from mallette.paths import Project
from mallette.quiz import bank
from mallette.units import units


def check(course: Project) -> list[Fault]:
    """Return the defects of every assignment."""
    faults = []
    public = _public(course)
    for name in assignment.names(course):
        try:
            described = assignment.load(name, course)
        except ContentError as error:
            faults += error.faults
            continue
        faults += _asked_elsewhere(described, public, course)
        if notebook.stale(described, course):
            place = relative(notebook.path(name, course), course.root)
            message = "le carnet ne suit plus sa description ou les tables de data/"
            faults.append(Fault(place, 0, message, f"lancez « mallette noter preparer {name} »"))
    return sorted([*faults, *_orphans(course)])


def _orphans(course: Project) -> Iterator[Fault]:
    known = assignment.names(course)
    for path in sorted((course.exercises / "source").glob("*/")):
        if path.name not in known:
            place, description = relative(path, course.root), f"exercices/devoirs/{path.name}.yml"
            yield Fault(place, 0, "ce dossier n’a pas de description", f"écrivez {description}, ou enlevez-le")


def _public(course: Project) -> dict[str, str]:
    """Return the prompts of the quizzes, which give their answers, and the unit of each."""
    found: dict[str, str] = {}
    for unit in units(course):
        source, wrong = bank.written(unit.quiz, unit.slug)
        if source.data and not wrong:
            found |= {_plain(question["enonce"]): unit.slug for question in source.data["questions"]}
    return found


def _asked_elsewhere(described: Assignment, public: dict[str, str], course: Project) -> Iterator[Fault]:
    path = assignment.path(described.name, course)
    place = relative(path, course.root)
    for item in described.items:
        unit = public.get(_plain(item.question.prompt))
        if unit and not item.question.rubric:
            line = document.read(path, place).line(("questions", item.rank - 1, "enonce"))
            message = f"question « {item.id} » : le quiz de « {unit} » la pose et donne sa réponse"
            yield Fault(place, line, message, "posez-en une autre, sur un document de ce devoir")


def _plain(text: str) -> str:
    return " ".join(without_accents(text).split())
