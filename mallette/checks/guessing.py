"""No quiz can be guessed: see :mod:`mallette.quiz.blind` for what is played, and when it is reported."""

from __future__ import annotations

from itertools import groupby

from mallette.faults import Fault
from mallette.french import number
from mallette.paths import Project
from mallette.quiz import blind


def check(course: Project) -> list[Fault]:
    """Return one fault for each strategy that beats chance in a bank, then in the whole course."""
    banks = blind.questions(course)
    faults = [fault for asked in banks.values() for fault in faults_of(asked, "ce quiz se devine")]
    if len(banks) > 1:
        together = [asked for bank in banks.values() for asked in bank]
        faults += faults_of(together, "les quiz du cours se devinent")
    return faults


def faults_of(asked: list[blind.Asked], subject: str) -> list[Fault]:
    """Return the faults of questions that are asked together; ``subject`` begins their messages."""
    return [_fault(found, subject) for found in blind.reported(blind.play(asked))]


def _fault(found: blind.Play, subject: str) -> Fault:
    carriers = [hand.asked for hand in found.hands if hand.credit > hand.expected + 1e-9]
    by_file = [(file, list(asked)) for file, asked in groupby(carriers, key=lambda asked: asked.file)]
    named = [", ".join(f"{asked.raw['id']} (ligne {asked.line})" for asked in items) for _, items in by_file]
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
