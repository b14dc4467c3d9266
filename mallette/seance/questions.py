"""What a séance of a unit can ask: where one stands on each objective, the questions of its bank, what one thought."""

from __future__ import annotations

from dataclasses import dataclass

from mallette.faults import ContentError, Fault, relative
from mallette.questions import Question, position
from mallette.quiz import bank, satisfaction
from mallette.units import Unit

POSITIONNEMENT = "positionnement"
QUIZ = "quiz"
SATISFACTION = "satisfaction"

SCALE = (
    "pas du tout à l’aise",
    "plutôt pas à l’aise",
    "entre les deux",
    "plutôt à l’aise",
    "tout à fait à l’aise",
)
FEEDBACK = (
    "C’est un point de départ : dites ce qui vous aiderait à avancer.",
    "Gardez en tête ce qui vous manque : l’atelier peut s’y arrêter.",
    "Repérez ce qui va de soi et ce qui résiste.",
    "Qu’est-ce qui vous a permis d’en arriver là ? D’autres peuvent en profiter.",
    "Votre façon de faire intéresse les autres. Gardez un doute utile.",
)


@dataclass(frozen=True)
class Asked:
    """A question that a séance may ask.

    Attributes:
        question: the question.
        group: :data:`POSITIONNEMENT` (asked at the start, and again at the end: the « acquis »), :data:`QUIZ` or
            :data:`SATISFACTION`.
    """

    question: Question
    group: str


def questions_of(unit: Unit) -> tuple[Asked, ...]:
    """Return what a séance of ``unit`` can ask: one generated opinion an objective, its bank in order, satisfaction.

    Raises:
        ContentError: a bank has defects, or one of the unit's questions has the id of another one.
    """
    questions = bank.load_unit(unit).questions
    generated = [_position(item.id, item.text) for item in unit.objectives]
    opinions = satisfaction.load(unit.project)
    reserved = {question.id for question in (*generated, *opinions)}
    faults = [
        Fault(
            relative(unit.quiz, unit.project.root),
            0,
            f"l’identifiant « {question.id} » est celui d’une question de positionnement ou de satisfaction",
            "choisissez-en un autre",
        )
        for question in questions
        if question.id in reserved
    ]
    if faults:
        raise ContentError(faults)
    return (
        *(Asked(question, POSITIONNEMENT) for question in generated),
        *(Asked(question, QUIZ) for question in questions),
        *(Asked(question, SATISFACTION) for question in opinions),
    )


def _position(objective: str, text: str) -> Question:
    prompt = f"« {text.strip().rstrip('.')} » : où en êtes-vous aujourd’hui ?"
    return position(f"position-{objective}", objective, prompt, SCALE, FEEDBACK)
