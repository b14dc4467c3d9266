"""Figures of the maximum penalties that the law provides."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import replace

from matplotlib.figure import Figure as Canvas

from mallette import data
from mallette.figures import selection
from mallette.figures.bars import Bar, Group, draw_bars
from mallette.figures.figure import Figure, Table, short_source
from mallette.figures.selection import Row
from mallette.figures.style import BOLD, CHARACTER, Layout
from mallette.french import NBSP, NNBSP, SEPARATOR, amount, day, enumeration

MINORS = "CJPM L121-5"
"""The rule that halves the prison term of a minor, and turns life into twenty years."""
LIFE = "perpétuité"
LIFE_OF_A_MINOR = 20
Act = tuple[str, Sequence[Bar]]
"""An offence, and the maximum term of each person in years, without value for life."""
_YEARS = re.compile(r"(\d+)\s(?:an|ans)\s(?:d’emprisonnement|de\sréclusion)")


def cadre_legal(articles: str | Iterable[str], mineurs: bool = False) -> Figure:
    """Return the maximum prison term and fine of some offences.

    Args:
        articles: values of ``article`` in ``data/cadre_legal.csv``, in the order of the drawing.
        mineurs: adds the maximum for a minor of 13 or more, computed from the rule :data:`MINORS`.

    Raises:
        ValueError: unknown article, or one without prison term; says what exists.
    """
    rows = data.rows("cadre_legal")
    punished = {row["article"]: row for row in rows if _punished(row)}
    wanted = selection.several(articles)
    selection.check_codes(wanted, punished, "l’article")
    shown = [punished[article] for article in wanted]
    rule = next(row for row in rows if row["article"] == MINORS)
    acts = [(row["infraction"], _penalties(row, mineurs)) for row in shown]
    years = sorted({row["date_effet"].year for row in shown if row["date_effet"]})
    return Figure(
        title="Prison et amende encourues, au plus, selon l’acte" + (", majeurs et mineurs" if mineurs else ""),
        alt=_alternative(acts),
        table=Table(
            ["Acte", "Article", "Prison, au plus", "Amende, au plus", "Version lue, depuis", "Source"],
            [_line(row, mineurs) for row in shown],
        ),
        sources=selection.sources(*shown, *([rule] if mineurs else [])),
        population="personnes majeures, France"
        + (f"{NNBSP}; mineurs de 13 ans et plus au jour des faits" if mineurs else ""),
        period=f"versions entrées en vigueur, selon l’acte, en {enumeration(map(str, years))}"
        if years
        else "non vérifiée",
        notes=_notes(shown, mineurs),
        draw=lambda canvas, layout: _draw(canvas, layout, acts),
    )


def _punished(row: Row) -> bool:
    text = row["peine_maximale"] or ""
    return bool(_YEARS.match(text)) or LIFE in text and text.startswith("réclusion")


def _years(row: Row) -> int | None:
    match = _YEARS.match(row["peine_maximale"])
    return int(match[1]) if match else None


def _term(years: float | None) -> str:
    if years is None:
        return LIFE
    if years < 1:
        return f"{round(years * 12)}{NBSP}mois"
    whole, rest = divmod(years, 1)
    text = f"{int(whole)}{NBSP}an{'s' if whole >= 2 else ''}"
    return f"{text} et {round(rest * 12)}{NBSP}mois" if rest else text


def _half(row: Row) -> float:
    years = _years(row)
    return LIFE_OF_A_MINOR if years is None else min(years / 2, LIFE_OF_A_MINOR)


def _fine(row: Row) -> str:
    return amount(row["amende_maximale_eur"]) if row["amende_maximale_eur"] is not None else "non précisée"


def _penalties(row: Row, minors: bool) -> list[Bar]:
    adult = Bar("Majeur", _years(row), f"{_term(_years(row))}, {_fine(row)}")
    return [adult, Bar("Mineur", _half(row), _term(_half(row)), style=1)] if minors else [adult]


def _line(row: Row, minors: bool) -> list[str]:
    term = _term(_years(row))
    if minors:
        term += f"{NNBSP}; mineur{NBSP}: {_term(_half(row))}"
    start = day(row["date_effet"]) if row["date_effet"] else "non vérifiée"
    return [row["infraction"], row["article"], term, _fine(row), start, short_source(row["source_id"])]


def _alternative(acts: Sequence[Act]) -> str:
    several = any(len(ones) > 1 for _, ones in acts)
    said = [
        f"{act}{NBSP}: " + SEPARATOR.join(f"{one.label.lower()}, {one.text}" if several else one.text for one in ones)
        for act, ones in acts
    ]
    return f"Barres horizontales, en années de prison. {'. '.join(said)}."


def _notes(rows: Sequence[Row], minors: bool) -> list[str]:
    notes = ["Maximum que la loi permet, et non peine prononcée."]
    if minors:
        notes += [
            "Mineur\u00a0: moitié de la peine d’un majeur, calcul de l’équipe d’après l’article L121-5 du code de la "
            "justice pénale des mineurs\u202f; le juge peut l’écarter par exception à partir de 16 ans.",
            "L’amende d’un mineur suit une règle que notre table ne donne pas.",
        ]
    if read := {row["version_verifiee"].year for row in rows if row["version_verifiee"]}:
        notes.append(
            f"Une partie des articles a été lue dans une version de {enumeration(map(str, sorted(read)))}{NBSP}: "
            "à vérifier auprès d’un juriste."
        )
    if any(_years(row) is None for row in rows):
        notes.append("La perpétuité n’a pas de longueur\u00a0: sa barre dépasse les autres par convention.")
    return notes


def _draw(canvas: Canvas, layout: Layout, acts: Sequence[Act]) -> None:
    """Draw the acts one under the other: its name on as many lines as it needs, then a bar for each person."""
    life = 1.2 * max((one.value for _, ones in acts for one in ones if one.value is not None), default=1)
    names = 0 if all(len(ones) == 1 for _, ones in acts) else max(len(one.label) for _, ones in acts for one in ones)
    wrap = int((layout.width / layout.text - (names + 2) * CHARACTER) / BOLD)
    groups = [
        Group(
            textwrap.fill(act, wrap),
            [replace(one, label=one.label if names else "", value=one.value or life) for one in ones],
        )
        for act, ones in acts
    ]
    draw_bars(canvas, layout, groups, most=1)
