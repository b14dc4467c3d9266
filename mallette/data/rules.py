"""What a table must respect and Table Schema cannot say.

A rule takes a table and yields its faults. ``None`` is an empty cell; a cell that the schema rejects is absent from its
line: its own fault is reported elsewhere.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mallette.data import prevalences
from mallette.data.raw import Table
from mallette.faults import Fault

Rule = Callable[[Table], Iterator[Fault]]
Line = Mapping[str, Any]
Told = tuple[str, str]
"""A message and its remedy."""

COPIED = re.compile(r"\brepris|\bcopie|\bextrait\b", re.IGNORECASE)
"""How a cell says that a page holds what another published."""
EURO = datetime.date(2002, 1, 1)
"""Day from which fines are said in euros.

Source: ordonnance n° 2000-916 du 19 septembre 2000 (conversion of the amounts of the codes, from 1 January 2002).
"""
FOR_AUTHORS = re.compile(r"\b[A-Z0-9]+_[A-Z0-9_]+\b|à recouper|page tierce")
"""What a note says only to whoever keeps the data: the key of a page, a check to do, what an unnamed page shows."""


def each_line(rule: Callable[[Line], Iterator[Told]]) -> Rule:
    """Make a rule of what is told of one line."""

    def told(table: Table) -> Iterator[Fault]:
        return (table.fault(number, *parts) for number, row in table.lines for parts in rule(row))

    return told


def increasing(low: str, middle: str, high: str, *, required: bool = False) -> Rule:
    """Make the rule ``low ≤ middle ≤ high`` over the cells that are filled; ``required`` wants at least one."""

    @each_line
    def rule(row: Line) -> Iterator[Told]:
        filled = [(name, row[name]) for name in (low, middle, high) if row.get(name) is not None]
        for (name, value), (next_name, next_value) in zip(filled, filled[1:], strict=False):
            if value > next_value:
                yield (
                    f"« {name} » ({value:.12g}) dépasse « {next_name} » ({next_value:.12g})",
                    "vérifiez les deux valeurs dans la source, ou échangez-les",
                )
        if required and not filled and all(name in row for name in (low, middle, high)):
            yield (
                f"« {low} », « {middle} » et « {high} » sont vides",
                "donnez une valeur ou une borne, ou supprimez la ligne",
            )

    return rule


def not_after(first: str, last: str) -> Rule:
    """Make the rule ``first ≤ last`` when both are known (dates or ages)."""

    @each_line
    def rule(row: Line) -> Iterator[Told]:
        start, end = row.get(first), row.get(last)
        if start is not None and end is not None and start > end:
            yield (f"« {last} » ({end}) précède « {first} » ({start})", "vérifiez les deux valeurs")

    return rule


def sorted_dates(table: Table) -> Iterator[Fault]:
    """The minimum wage is looked up by date: its lines go from the oldest to the newest."""
    previous = None
    for number, row in table.lines:
        date = row.get("date_effet")
        if date is None:
            continue
        if previous is not None and date < previous:
            yield table.fault(
                number,
                f"la date {date} vient après {previous}",
                "rangez les lignes de la plus ancienne à la plus récente",
            )
        previous = date


@each_line
def missing_estimate(row: Line) -> Iterator[Told]:
    """« // » in a publication is no number, and never 0."""
    if {"statut", "effectif"} - row.keys() or row["statut"] is None:
        return
    if row["statut"] == "non_disponible" and row["effectif"] is not None:
        yield (
            f"« statut » vaut « non_disponible » mais « effectif » vaut {row['effectif']}",
            "videz « effectif », ou écrivez « publie »",
        )
    if row["statut"] == "publie" and row["effectif"] is None:
        yield (
            "« effectif » est vide alors que « statut » vaut « publie »",
            "donnez le nombre publié, ou écrivez « non_disponible » si la publication donne « // »",
        )


def no_word_for_the_program(fields: Sequence[Mapping[str, Any]]) -> Rule:
    """Make the rule that what the program reads is in its column: the words of a column (``mots``) are in no remark."""
    words = {word: field["name"] for field in fields for word in field.get("mots", ())}

    @each_line
    def rule(row: Line) -> Iterator[Told]:
        remark = (row.get("note") or "").lower()
        for word in (word for word in words if word in remark):
            yield (
                f"« note » dit « {word} », que le programme n’y lit pas",
                f"dites-le par la colonne « {words[word]} », et gardez dans la note ce que la colonne ne dit pas",
            )

    return rule


@each_line
def year_of_date(row: Line) -> Iterator[Told]:
    """``annee`` repeats the year of ``date_effet`` when the date is known."""
    year, date = row.get("annee"), row.get("date_effet")
    if year is not None and date is not None and date.year != year:
        yield (
            f"« annee » ({year}) n’est pas l’année de « date_effet » ({date})",
            "accordez les deux colonnes",
        )


@each_line
def fine_in_euros(row: Line) -> Iterator[Told]:
    """A fine in euros belongs to a version in force since :data:`EURO` or later; before, the law said it in francs."""
    fine, date = row.get("amende_maximale_eur"), row.get("date_effet")
    if fine is not None and date is not None and date < EURO:
        yield (
            f"« amende_maximale_eur » vaut {fine} alors que « date_effet » est le {date}, quand les amendes "
            "étaient en francs",
            "donnez la date de la version qui fixe ce montant ; celle de l’ancien texte va dans « note »",
        )


def known_sources(known: set[str]) -> Rule:
    """Make the rule that lists of sources name existing sources, each once."""

    @each_line
    def rule(row: Line) -> Iterator[Told]:
        for column in ("sources_corroborantes", "source_net"):
            listed = (row.get(column) or "").split(";") if row.get(column) else []
            for name in dict.fromkeys(listed):
                if name not in known:
                    yield (
                        f"colonne « {column} » : la source « {name} » n’existe pas",
                        "corrigez-la, ou ajoutez-la à data/sources.csv",
                    )
                elif listed.count(name) > 1 or (column == "sources_corroborantes" and name == row.get("source_id")):
                    yield (
                        f"colonne « {column} » : la source « {name} » est déjà nommée",
                        "ne la nommez qu’une fois : elle compterait double",
                    )

    return rule


@each_line
def enough_sources(row: Line) -> Iterator[Told]:
    """« N sources » needs at least N pages named on the line."""
    claimed = row.get("verifie")
    if not claimed or not claimed[0].isdigit() or "sources_corroborantes" not in row:
        return
    named = 1 + len([name for name in (row["sources_corroborantes"] or "").split(";") if name])
    if int(claimed[0]) > named:
        yield (
            f"« verifie » annonce {claimed[0]} sources mais la ligne en nomme {named}",
            "complétez « sources_corroborantes » ou corrigez « verifie »",
        )


@each_line
def copies_said(row: Line) -> Iterator[Told]:
    """A page that copies another says so in ``repris_par``, the one cell that every citation shows."""
    told = [name for name in ("auteur", "editeur") if COPIED.search(row.get(name) or "")]
    for name in told:
        yield (
            f"colonne « {name} » : elle dit que la page en reprend une autre",
            "nommez-y l’auteur ou l’éditeur d’origine, et le site de lecture dans « repris_par »",
        )
    if not told and "repris_par" in row and not row["repris_par"] and COPIED.search(row.get("type_source") or ""):
        yield (
            f"« type_source » dit « {row['type_source']} » mais « repris_par » est vide",
            "écrivez dans « repris_par » le site où la page a été lue",
        )


@each_line
def notes_for_readers(row: Line) -> Iterator[Told]:
    """The screens show ``note``: what only an author understands is in ``note_interne``."""
    told = FOR_AUTHORS.search(row.get("note") or "")
    if told:
        yield (
            f"colonne «\u00a0note\u00a0»\u00a0: «\u00a0{told[0]}\u00a0» ne dit rien à qui lit l’écran",
            "mettez-le dans «\u00a0note_interne\u00a0», ou dites-le en toutes lettres",
        )


RULES: dict[str, list[Rule]] = {
    "prevalences": prevalences.RULES,
    "effectifs_usagers": [missing_estimate, increasing("effectif_min", "effectif", "effectif_max")],
    "remunerations": [increasing("montant_min", "montant", "montant_max", required=True), notes_for_readers],
    "smic": [sorted_dates, notes_for_readers],
    "smic_regles": [not_after("age_min", "age_max"), not_after("date_effet", "date_fin"), notes_for_readers],
    "majorations": [not_after("heure_min", "heure_max"), not_after("date_effet", "date_fin"), notes_for_readers],
    "comparateurs": [year_of_date, not_after("heures_par_semaine", "heures_par_semaine_max"), notes_for_readers],
    "risques_et_horaires": [notes_for_readers],
    "cadre_legal": [not_after("date_effet", "date_fin"), fine_in_euros],
    "contexte_marche": [increasing("valeur_min", "valeur", "valeur_max", required=True)],
    "champs": [not_after("age_min", "age_max")],
    "sources": [copies_said],
}
"""Rules of each table; :func:`known_sources`, :func:`enough_sources`, :func:`no_word_for_the_program` hold for all."""
