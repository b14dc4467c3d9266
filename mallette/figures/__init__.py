"""Figures of the course, drawn from ``data/``.

The functions have French names because the cells of chapters and decks call them; each takes codes of ``data/`` and
returns a :class:`Figure`, displayed as the last expression of a cell.
"""

from mallette.figures.exchanges import copiltat
from mallette.figures.figure import Figure, Table
from mallette.figures.headcounts import effectifs
from mallette.figures.pay import recettes_et_revenus, remunerations, taux_horaires_publies
from mallette.figures.penalties import cadre_legal
from mallette.figures.prevalence import (
    prevalence_17_ans,
    prevalence_dans_le_temps,
    prevalence_par_age,
    prevalence_par_sexe,
)
from mallette.figures.wages import comparateurs, smic

__all__ = [
    "Figure",
    "Table",
    "cadre_legal",
    "comparateurs",
    "copiltat",
    "effectifs",
    "prevalence_17_ans",
    "prevalence_dans_le_temps",
    "prevalence_par_age",
    "prevalence_par_sexe",
    "recettes_et_revenus",
    "remunerations",
    "smic",
    "taux_horaires_publies",
]
