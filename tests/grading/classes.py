"""Classes for the tests of reports and documents: small, and worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from mallette.grading.assignment import SCALE, Assignment, Item
from mallette.grading.results import Class, Copy
from mallette.questions import make

OBJECTIVES = {"o1": "Lire un tableau de taux", "o2": "Dire ce qu’un chiffre laisse de côté", "o3": "Accueillir"}
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
CHOICES = [
    {"texte": "Un.", "explication": "Non."},
    {"texte": "Deux.", "juste": True, "explication": "Oui."},
    {"texte": "Trois.", "explication": "Non plus."},
]
GRID = [{"critere": "cite", "niveaux": [{"points": 0, "texte": "rien"}, {"points": 3, "texte": "tout"}]}]
QUESTIONS = (
    Item(make("choix", "choix_unique", "o1", "Lequel ?", {"choix": CHOICES}), "Choisir", 2, 1),
    Item(make("texte", "redaction", "o2", "Écrivez.", {"lignes": 4, "grille": GRID}), "Écrire", 3, 2),
)


def assignment(kind: str = "devoir") -> Assignment:
    """Return an assignment of two questions on two of three objectives, or the ``positionnement`` of its unit."""
    items = QUESTIONS if kind == "devoir" else tuple(_opinion(name, rank) for rank, name in enumerate(OBJECTIVES, 1))
    return Assignment(kind, f"Un {kind} d’essai", kind, "1-essai", 45, "", (), items, OBJECTIVES)


def _opinion(name: str, rank: int) -> Item:
    content = {"echelle": [*SCALE], "retours": [*SCALE]}
    return Item(make(name, "opinion", name, f"Où en êtes-vous : {name} ?", content), name, 0, rank)


def code(rank: int) -> str:
    return f"p{1000 + rank}"


def of(rows: Sequence[tuple[int | None, float, float | None]], others: Sequence[Copy] = ()) -> Class:
    """Return a class from the choice, its points and the points of the text of each copy, and copies as they are."""
    graded = [
        Copy(
            code(rank),
            NOW,
            answers={} if choice is None else {"choix": choice, "texte": "Un texte."},
            points={"choix": points, "texte": text},
        )
        for rank, (choice, points, text) in enumerate(rows)
    ]
    return Class(assignment(), (*graded, *others))


def positions(rows: Sequence[dict[str, Any]]) -> Class:
    """Return answers to the ``positionnement``, code by code."""
    return Class(
        assignment("positionnement"),
        tuple(Copy(code(rank), NOW, answers=answers) for rank, answers in enumerate(rows)),
    )
