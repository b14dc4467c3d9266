"""No quiz and no assignment can be guessed: :mod:`mallette.quiz.blind` says what is played, and what is reported."""

from __future__ import annotations

from itertools import groupby

from mallette.faults import ContentError, Fault, relative
from mallette.french import number
from mallette.grading import assignment
from mallette.handwritten import document
from mallette.paths import Project
from mallette.quiz import blind


def check(course: Project) -> list[Fault]:
    """Return one fault for each strategy that beats chance in a bank, in an assignment, in all of them together."""
    banks = blind.questions(course)
    faults = [fault for asked in banks.values() for fault in faults_of(asked, "ce quiz se devine")]
    if len(banks) > 1:
        together = [asked for bank in banks.values() for asked in bank]
        faults += faults_of(together, "les quiz du cours se devinent")
    works = _graded(course)
    faults += [fault for asked in works for fault in faults_of(asked, "ce devoir se devine", graded=True)]
    if len(works) > 1:
        faults += faults_of([item for asked in works for item in asked], "les devoirs du cours se devinent")
    return faults


def faults_of(asked: list[blind.Asked], subject: str, graded: bool = False) -> list[Fault]:
    """Return the faults of questions that are asked together; ``subject`` begins their messages."""
    return [_fault(found, subject) for found in blind.reported(blind.play(asked), graded)]


def _graded(course: Project) -> list[list[blind.Asked]]:
    """Return the questions of each assignment; one with another defect is left out."""
    found = []
    for name in assignment.names(course):
        try:
            described = assignment.load(name, course)
        except ContentError:
            continue
        path = assignment.path(name, course)
        place = relative(path, course.root)
        source = document.read(path, place)
        found.append(
            [
                blind.Asked(place, source.line(("questions", item.rank - 1)), item.question)
                for item in described.items
                if item.points
            ]
        )
    return found


def _fault(found: blind.Play, subject: str) -> Fault:
    carriers = [hand.asked for hand in found.hands if hand.credit > hand.expected + 1e-9]
    by_file = [(file, list(asked)) for file, asked in groupby(carriers, key=lambda asked: asked.file)]
    named = [", ".join(f"{asked.question.id} (ligne {asked.line})" for asked in items) for _, items in by_file]
    listed = (
        named[0]
        if len(by_file) == 1
        else "".join(f"\n    {file} : {names}" for (file, _), names in zip(by_file, named, strict=True))
    )
    kind = f"les questions {found.kind}" if found.kind != blind.ALL else "tous les types de questions"
    return Fault(
        carriers[0].file,
        carriers[0].line,
        f"{subject} sans lire : « {found.name} » obtient {number(round(found.score, 1))} sur {len(found.hands)} pour "
        f"{kind} ; le hasard obtient {number(round(found.expected, 1))} en moyenne, et autant "
        f"{blind.rarity(found.luck)}. "
        f"Questions qui rapportent : {listed}",
        found.remedy,
    )
