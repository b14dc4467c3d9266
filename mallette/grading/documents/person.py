"""Papers of one person: where they stood, what they earned, that they took part. Functions of a training and a copy."""

from __future__ import annotations

from collections.abc import Mapping

from mallette.grading import code_report
from mallette.grading.assignment import SCALE
from mallette.grading.documents.sheet import (
    BOX,
    TICKED,
    Block,
    Field,
    Heading,
    Note,
    Paragraph,
    Points,
    Sheet,
    Space,
    table,
)
from mallette.grading.documents.training import Training, organisation, signed
from mallette.grading.objectives import assessed, label, outcomes, positions
from mallette.grading.results import Copy
from mallette.terminal import count

NATURES = ("action de formation", "bilan de compétences", "validation des acquis de l’expérience", "apprentissage")
NOT_ASSESSED = "non évalué par ce devoir"


def position(training: Training, copy: Copy) -> Sheet:
    """Return where somebody said to stand on each objective: the form to fill in when nothing was answered."""
    said = _said(training, copy.code)
    rows = [
        (f"{label(name)} : {text}", *(TICKED if said.get(name) == at else BOX for at in SCALE))
        for name, text in training.objectives.items()
    ]
    blocks: list[Block] = [
        *training.who(copy.code),
        *training.what(),
        Heading("Où la personne dit se situer avant la formation"),
        table("Aujourd’hui, je sais déjà…", ("Objectif", *SCALE), rows),
        Space("Ce que la personne attend de la formation, ce qu’il faut adapter"),
        *signed("Signature de la personne"),
    ]
    return Sheet("Positionnement à l’entrée", training.title, tuple(blocks))


def assessment(training: Training, copy: Copy) -> Sheet:
    """Return what somebody earned for each objective, and how it was worked out."""
    asked = training.held.assignment
    found, said, names = outcomes(copy, asked), _said(training, copy.code), assessed(asked)
    rows = []
    for name, text in training.objectives.items():
        outcome = found.get(name)
        points = code_report.earned(outcome)
        level = outcome.level(training.thresholds) if outcome else ""
        rows.append((f"{label(name)} : {text}", said.get(name, ""), points, level if name in names else NOT_ASSESSED))
    why, asked_in_all = code_report.reason(copy, asked), count(len(asked.items), "question")
    blocks: list[Block] = [
        *training.who(copy.code),
        *training.what(),
        Heading("Résultats par objectif"),
        table("Ce que la personne a montré", ("Objectif", "Avant (déclaré)", "Points", "Résultat"), rows),
        *([Paragraph(f"Des cases sont vides : {why}.")] if why else []),
        Note(training.thresholds.told),
        *([Note(code_report.NOT_THE_SAME)] if said else []),
        Heading("Comment"),
        Paragraph(
            f"Devoir individuel « {asked.title} », {asked_in_all}. Le programme corrige les réponses "
            "fermées ; une personne lit les textes avec une grille de critères."
        ),
        Space("Ce qui est acquis, ce qui peut l’être : commentaire de la personne qui évalue"),
        *signed("Nom, qualité et signature de la personne qui évalue"),
    ]
    return Sheet("Évaluation des acquis", training.title, tuple(blocks))


def attestation(training: Training, copy: Copy) -> Sheet:
    """Return a paper that says what somebody followed and showed."""
    asked = training.held.assignment
    found = {name: outcome.level(training.thresholds) for name, outcome in outcomes(copy, asked).items()}
    levels = {
        name: found[name] or code_report.TEXT_WAITS if name in found else NOT_ASSESSED for name in training.objectives
    }
    goals = [f"{text.rstrip('.')} : {levels[name]}" if found else text for name, text in training.objectives.items()]
    blocks: list[Block] = [
        *organisation(),
        Heading("La personne"),
        *training.who(copy.code),
        Heading("La formation"),
        *training.what(),
        Field("Nature de l’action"),
        Field("Durée suivie"),
        Heading("Objectifs, et résultats de l’évaluation des acquis"),
        Points(tuple(goals)),
        Note(training.thresholds.told) if found else Space("Résultats"),
        *signed("Nom, qualité, cachet et signature"),
    ]
    return Sheet("Attestation de fin de formation", training.title, tuple(blocks))


def certificate(training: Training, copy: Copy) -> Sheet:
    """Return the certificat de réalisation: the fields of the ministry's model, no hours that nobody counted."""
    person = training.person(copy.code)
    blocks: list[Block] = [
        Heading("Qui a dispensé l’action"),
        Field("Raison sociale du dispensateur"),
        Field("Numéro de déclaration d’activité"),
        Field("Nom, prénom et qualité du signataire"),
        Heading("Qui l’a suivie"),
        *([] if person.name else [Field("Code", copy.code)]),
        Field("Nom et prénom", person.name),
        Field("Employeur", person.structure),
        Heading("L’action"),
        Field("Intitulé", f"{training.label}. {training.title}"),
        Paragraph("Nature de l’action :"),
        Points(tuple(f"{BOX} {nature}" for nature in NATURES)),
        Field("Du"),
        Field("Au"),
        Field("Durée effectivement suivie, en heures"),
        Paragraph(
            "Le dispensateur garde ce certificat et les pièces qui le justifient pendant les durées que prévoient "
            "les textes."
        ),
        *signed("Cachet et signature du responsable du dispensateur"),
    ]
    return Sheet("Certificat de réalisation", training.title, tuple(blocks))


def _said(training: Training, code: str) -> Mapping[str, str]:
    """Return where somebody said to stand; nothing without an answer."""
    for where in training.before:
        for copy in where.copies:
            if copy.code == code and (found := positions(copy, where.assignment)):
                return found
    return {}


EVERY = {
    "positionnement": position,
    "evaluation-des-acquis": assessment,
    "attestation": attestation,
    "certificat-de-realisation": certificate,
}
"""Name of a file → what makes it."""
