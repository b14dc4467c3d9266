"""Papers of a group: who was there, what they thought of it, what it gave; and what to know before using them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mallette import french
from mallette.grading import code_report, group_report
from mallette.grading.documents import law
from mallette.grading.documents.sheet import BOX, Block, Field, Heading, Note, Paragraph, Points, Sheet, Space, table
from mallette.grading.documents.training import Training, organisation
from mallette.grading.objectives import assessed, label, outcomes

_HALVES = ("Matin : signature", "Après-midi : signature")
ROWS = 12
"""Rows of an attendance sheet, at least."""


def attendance(training: Training) -> Sheet:
    """Return the empty attendance sheet of a day. No code on it: it would tell who is behind each."""
    people = sorted(training.people.values(), key=lambda one: french.without_accents(one.name))
    known = [(one.name, one.structure) for one in people]
    known += [("", "")] * (ROWS - len(known))
    rows = [(str(rank), *one, "", "") for rank, one in enumerate(known, 1)]
    blanks = [""] * 4
    planned = [Paragraph(f"Au programme du cours : {training.scheduled}.")] if training.scheduled else []
    blocks: list[Block] = [
        Field("Organisme de formation"),
        *training.what(),
        *planned,
        table("Participants", ("N°", "Nom et prénom", "Structure", *_HALVES), rows, True),
        table("Formateurs", ("N°", "Nom et prénom", "Qualité", *_HALVES), [["1", *blanks], ["2", *blanks]], True),
    ]
    return Sheet("Feuille d’émargement", training.title, tuple(blocks), wide=True)


def satisfaction(training: Training) -> Sheet:
    """Return the questionnaire of satisfaction on paper: the questions that a séance asks on phones."""
    blocks: list[Block] = [
        Paragraph(
            "Ce questionnaire est anonyme. N’écrivez ni votre nom, ni celui d’une autre personne. Vous pouvez "
            "laisser une question sans réponse."
        )
    ]
    for rank, question in enumerate(training.opinions, 1):
        blocks.append(Heading(f"{rank}. {question.prompt}"))
        if question.written:
            blocks.append(Space("Votre réponse", 6))
        else:
            blocks.append(Paragraph("\u2003".join(f"{BOX}\u00a0{option}" for option in question.options())))
    return Sheet("Votre avis sur cette formation", training.title, tuple(blocks))


def review(training: Training, day: date) -> Sheet:
    """Return the report on the training: what the group earned, and what is to be written by people."""
    found = group_report.sheet(training.held, training.before, training.thresholds, day)
    blocks: list[Block] = [
        *organisation(),
        *training.what(),
        Field("Personnes inscrites, présentes"),
        *found.blocks,
        Heading("Satisfaction"),
        Paragraph("Reprenez ici la restitution de la séance qui a posé le questionnaire, ou le compte des feuilles."),
        Space("Ce que les personnes ont pensé de la formation"),
        Space("Ce qu’en disent l’équipe, les employeurs, les financeurs"),
        Heading("Points d’amélioration"),
        Space("Ce qu’on garde, ce qu’on change, qui le fait, pour quand", 8),
    ]
    return Sheet("Bilan de la formation", training.title, tuple(blocks))


def by_code(training: Training) -> Sheet:
    """Return the result of each code for each objective; for the evaluator."""
    asked = training.held.assignment
    names = assessed(asked)
    rows = []
    for copy in training.copies:
        found = outcomes(copy, asked)
        levels = [found[name].level(training.thresholds) if name in found else "" for name in names]
        rows.append((copy.code, *levels, code_report.reason(copy, asked)))
    heads = ("Code", *map(label, names), "Pourquoi une case est vide")
    blocks: list[Block] = [
        Points(tuple(f"{label(name)} : {text}" for name, text in asked.objectives.items() if name in names)),
        Note(training.thresholds.told),
        table("Résultat de chaque objectif", heads, rows),
    ]
    return Sheet("Acquis par code", training.title, tuple(blocks), code_report.WARNING)


def read_me(training: Training) -> Sheet:
    """Return what to know of these papers before using them."""
    blocks: list[Block] = [
        Note(law.READ_AGAIN),
        Heading("Une personne, un dossier"),
        Paragraph(
            "Le dossier « personnes » a un dossier par code. Les noms viennent de votre fichier ; sans lui, ils sont "
            "en blanc. Ne transmettez à quelqu’un que son dossier. Une case vide n’est pas un zéro."
        ),
        Heading("Ce que la mallette ne sait pas"),
        Paragraph(
            "L’organisme, son numéro, les dates, le lieu, les heures suivies et les signatures sont à écrire par "
            "vous : rien n’est supposé, surtout pas des heures."
        ),
        Heading("Positionnement"),
        Note(law.INDICATOR_8),
        Heading("Évaluation des acquis"),
        Note(law.INDICATOR_11),
        Heading("Attestation"),
        Note(law.ATTESTATION),
        Heading("Certificat de réalisation"),
        Note(law.CERTIFICATE),
        Heading("Feuille d’émargement"),
        Note(law.PROOF),
        Paragraph("N’y écrivez pas les codes : elle dirait qui est derrière chacun."),
        Heading("Questionnaire de satisfaction"),
        Paragraph(
            "Les mêmes questions se posent dans une séance, à la fin, sur les téléphones et sans nom. Sur papier, "
            "ramassez les feuilles dans le désordre."
        ),
        Note(law.INDICATOR_30),
        Heading("Bilan"),
        Paragraph("Il ne contient que des résultats de groupe, protégés à moins de cinq copies."),
        Note(code_report.ONCE),
        Heading("Formats"),
        Paragraph(
            "Les pages (.html) s’impriment depuis un navigateur, en A4, et s’y enregistrent en PDF. Les fichiers "
            ".odt s’ouvrent dans LibreOffice ou Word, pour être complétés. Un PDF balisé demande l’extension de "
            "publication, si elle est installée."
        ),
    ]
    return Sheet("À lire avant d’employer ces documents", training.title, tuple(blocks))


def every(training: Training, day: date) -> Mapping[str, Sheet]:
    """Return the papers of a group, by name of file."""
    return {
        "a-lire": read_me(training),
        "emargement": attendance(training),
        "satisfaction": satisfaction(training),
        "bilan": review(training, day),
        "confidentiel-acquis-par-code": by_code(training),
    }
