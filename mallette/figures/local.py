"""Numbers of a town or a service, read from a file of the trainer, beside the national ones."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from mallette import data
from mallette.data import validation
from mallette.data.raw import Table as Lines
from mallette.faults import Fault, relative
from mallette.figures import selection
from mallette.figures.figure import Figure, Table
from mallette.figures.lines import Point, Series, draw_lines
from mallette.figures.prevalence import ABSENT, ALL, bounds, points, sample
from mallette.french import NBSP, SEPARATOR, percent
from mallette.paths import Project, project

SCHEMA = {
    "fields": [
        {"name": "annee", "title": "Année", "type": "year", "constraints": {"required": True, "minimum": 1970}},
        {
            "name": "valeur_pct",
            "title": "Part",
            "type": "number",
            "unite": "%",
            "constraints": {"required": True, "minimum": 0, "maximum": 100},
        },
        {"name": "effectif", "title": "Personnes interrogées", "type": "integer", "constraints": {"minimum": 1}},
        {"name": "population", "title": "Population", "type": "string", "constraints": {"required": True}},
        {"name": "source", "title": "Source", "type": "string", "constraints": {"required": True}},
    ],
    "primaryKey": ["annee"],
}
"""Columns of a file of local numbers, as a Table Schema; one line a year."""
Choice = tuple[str, str, str, str]
"""Codes of a product, an indicator, a population and an age."""


def files(course: Project | None = None) -> dict[str, Path]:
    """Return the trainer's files by the name of the place, which is the name of the file."""
    folder = (course or project()).local
    found = sorted(folder.glob("*.csv")) if folder.is_dir() else []
    return {path.stem.replace("-", " ").replace("_", " "): path for path in found if not path.name.startswith(".")}


def series() -> dict[str, Choice]:
    """Return the national series of the whole population by their French name."""
    products, indicators, champs = (selection.labels(table) for table in ("produits", "indicateurs", "champs"))
    rows = [
        row
        for row in data.rows("prevalences")
        if row["serie"] and row["sexe"] == ALL and row["age"] in (ALL, row["champ"].removesuffix(" ans"))
    ]
    choices = sorted({(row["produit"], row["indicateur"], row["champ"], row["age"]) for row in rows})
    return {
        ", ".join(
            (products[product], selection.lower_first(indicators[indicator]), selection.lower_first(champs[champ]))
        ): (
            product,
            indicator,
            champ,
            age,
        )
        for product, indicator, champ, age in choices
    }


def chiffres_locaux(lieu: str, lines: Lines, choice: Choice) -> Figure:
    """Return lines over the years: a place and France.

    Args:
        lieu: name of the place.
        lines: a sound file of :data:`SCHEMA`.
        choice: the national series.
    """
    product, indicator, champ, age = choice
    national = selection.prevalences([product], indicator, champ=champ, sexe=ALL, age=age)
    own = sorted((row for _, row in lines.lines), key=lambda row: row["annee"])
    drawn = [
        Series("France", [replace(point, low=None, high=None) for point in points(national)]),
        Series(
            lieu,
            [Point(row["annee"], row["valeur_pct"], percent(row["valeur_pct"]), 0, "", *bounds(row)) for row in own],
        ),
    ]
    columns = ["Année", "Série", "Part", "Effectif interrogé", "Population", "Source"]
    label = selection.lower_first(selection.labels("champs")[champ])
    table = [
        [str(row["annee"]), name, text, sample(row, "non fourni" if row in own else ABSENT), population, source]
        for name, row, text, population, source in chain(
            (
                ("France", row, selection.marked_text(row), label, data.source(row["source_id"]).label)
                for row in national
            ),
            ((lieu, row, percent(row["valeur_pct"]), row["population"], row["source"]) for row in own),
        )
    ]
    populations = dict.fromkeys(row["population"] for row in own)
    sources = dict.fromkeys(row["source"] for row in own)
    title = (
        f"{selection.labels('indicateurs')[indicator]}{NBSP}: "
        f"{selection.lower_first(selection.labels('produits')[product])}, {lieu} et France"
    )
    last = own[-1]
    return Figure(
        title=title,
        alt=f"Deux courbes dans le temps. {lieu}{NBSP}: {percent(last['valeur_pct'])} en {last['annee']}. "
        f"France{NBSP}: {selection.value_text(national[-1])} en {national[-1]['annee']}.",
        table=Table(columns, table),
        sources=selection.sources(*national),
        population=f"{label} pour la France{NBSP}; {SEPARATOR.join(populations)} pour {lieu}",
        period=SEPARATOR.join(
            f"{name}, {', '.join(str(row['annee']) for row in rows)}"
            for name, rows in ((lieu, own), ("France", national))
        ),
        notes=[
            f"{lieu}{NBSP}: d’après {SEPARATOR.join(sources)}.",
            "Deux enquêtes n’ont ni les mêmes questions ni les mêmes personnes"
            + NBSP
            + ": un écart demande à être expliqué, il ne prouve rien.",
            *(
                [f"Traits fins{NBSP}: intervalle à 95{NBSP}% (Wilson) des valeurs locales dont l’effectif est donné."]
                if any(row["effectif"] for row in own)
                else []
            ),
            *selection.break_notes([national]),
            *selection.doubt_notes(national),
            selection.definition(indicator),
        ],
        draw=lambda canvas, layout: draw_lines(canvas, layout, drawn),
    )


def page(lieu: str | None, choice: Choice, course: Project | None = None) -> str:
    """Return, as HTML, the figure of a file of the trainer, or all that is wrong with it."""
    course = course or project()
    if lieu is None:
        return f"<p>Le dossier «{NBSP}{course.local.name}{NBSP}» ne contient encore aucun fichier CSV.</p>"
    path = files(course)[lieu]
    lines = validation.table(path, relative(path, course.root), SCHEMA)
    if not lines.faults and not lines.lines:
        lines.faults.append(Fault(lines.file, 0, "le fichier n’a aucune ligne", "écrivez une ligne par année"))
    return _faults(lines.faults) if lines.faults else chiffres_locaux(lieu, lines, choice).html()


def _faults(faults: Sequence[Fault]) -> str:
    told = "".join(
        f"<li>{html.escape(f'ligne {fault.line}' if fault.line else fault.file)}{NBSP}: {html.escape(fault.message)}. "
        f"<strong>{html.escape(selection.title_case(fault.remedy))}.</strong></li>"
        for fault in sorted(faults)
    )
    return f"<p>Ce fichier ne peut pas encore être dessiné{NBSP}:</p><ul>{told}</ul>"
