"""Figures of the minimum wage and of a few schemes for young people."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

from matplotlib.dates import DateFormatter, YearLocator
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FuncFormatter

from mallette import data
from mallette.figures import selection
from mallette.figures.bars import Bar, Group, draw_bars
from mallette.figures.figure import Figure, Table
from mallette.figures.selection import Row
from mallette.figures.style import COLOURS, SLIDE_HEIGHT, Layout
from mallette.french import NBSP, NNBSP, SEPARATOR, amount, day, number

GROSS, NET = "smic_horaire_brut", "smic_horaire_net_approx"
STALE = timedelta(days=731)
"""An amount that took effect longer ago than this before the date asked for is named in the note, not drawn."""


def smic(date_min: str | date | None = None) -> Figure:
    """Return the hourly SMIC, gross and net, as steps.

    Args:
        date_min: first day shown (``AAAA-MM-JJ`` or a date); all the table when ``None``.

    Raises:
        ValueError: not a date, or after the last amount known.
    """
    rows = data.rows("smic")
    first = _date(date_min) if date_min is not None else rows[0]["date_effet"]
    in_force = [row for row in rows if row["date_effet"] <= first][-1:]
    later = [row for row in rows if row["date_effet"] > first]
    if not later:
        last = day(rows[-1]["date_effet"])
        raise ValueError(f"aucun changement du SMIC après le {day(first)}{NNBSP}; le dernier date du {last}")
    rows = [*in_force, *later]
    start = max(first, rows[0]["date_effet"])
    end = rows[-1]["date_effet"] + timedelta(days=183)
    ends = [(row["date_effet"], row[GROSS], row[NET]) for row in (rows[0], rows[-1])]
    said = " ".join(
        f"SMIC horaire {name}{NBSP}: {amount(ends[0][place])} le {day(start)}, "
        f"{amount(ends[1][place])} depuis le {day(ends[1][0])}."
        for name, place in (("brut", 1), ("net", 2))
    )
    return Figure(
        title=f"SMIC horaire brut et net, {start.year}-{rows[-1]['date_effet'].year}",
        alt=f"Deux courbes en escalier. {said}",
        table=Table(
            ["Date d’effet", "SMIC horaire brut", "SMIC horaire net (simulé)"],
            [[day(row["date_effet"]), amount(row[GROSS]), amount(row[NET])] for row in rows],
        ),
        sources=selection.sources(*rows),
        population="salariés au salaire minimum, France",
        period=f"du {day(start)} au {day(rows[-1]['date_effet'])}",
        notes=[
            f"Net simulé avec OpenFisca{NBSP}: temps plein du secteur privé, hors mutuelle et impôt,"
            " à chaque date d’effet du brut.",
        ],
        draw=lambda canvas, layout: _steps(canvas, layout, rows, start, end),
    )


def _steps(canvas: Canvas, layout: Layout, rows: Sequence[Row], start: date, end: date) -> None:
    height = {"diapo": SLIDE_HEIGHT, "etroit": 300}.get(layout.name, 360)
    canvas.set_size_inches(layout.inches(layout.width), layout.inches(height))
    ax = canvas.subplots()
    days = [max(start, row["date_effet"]) for row in rows] + [end]
    for rank, (column, name) in enumerate(((GROSS, "brut"), (NET, "net"))):
        values = [row[column] for row in rows]
        ax.step(days, [*values, values[-1]], where="post", color=COLOURS[rank], linestyle="--" if rank else "-")
        text = amount(values[-1]) if layout.name == "etroit" else f"SMIC {name} {amount(values[-1])}"
        ax.annotate(
            text,
            (1.01, values[-1]),
            xycoords=("axes fraction", "data"),
            va="center",
            color=COLOURS[rank],
            fontweight="bold",
            annotation_clip=False,
        )
        if layout.name == "etroit":
            middle = len(values) // 2
            ax.annotate(
                name,
                (days[middle], values[middle]),
                xytext=(0, layout.text * 0.5),
                textcoords="offset points",
                ha="right",
                color=COLOURS[rank],
                fontweight="bold",
            )
    ax.set_xlim(days[0], end)
    ax.set_ylim(0, max(row[GROSS] for row in rows) * 1.1)
    most = 5 if layout.name == "etroit" else 8
    ax.xaxis.set_major_locator(YearLocator(max(1, math.ceil((end - days[0]).days / 365 / most))))
    ax.xaxis.set_major_formatter(DateFormatter("%Y"))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{number(value)}{NBSP}€"))
    ax.grid(axis="y")


def comparateurs(date: str | date, unite: str = "par mois") -> Figure:
    """Return the amounts of public schemes in force at a date, and the SMIC of that date.

    Args:
        date: day of the comparison (``AAAA-MM-JJ`` or a date).
        unite: ``par mois`` or ``par heure``.

    Raises:
        ValueError: not a date, unknown unit, or nothing in force; says what exists.
    """
    when = _date(date)
    selection.check_codes([unite], ("par mois", "par heure"), "l’unité")
    rows = [
        row
        for row in data.rows("comparateurs")
        if row["unite"] == unite and row["devise"] == "EUR" and _start(row) <= when
    ]
    latest = {(row["dispositif"], row["public"]): row for row in sorted(rows, key=_start)}
    smic_row = next((row for row in reversed(data.rows("smic")) if row["date_effet"] <= when), None)
    if smic_row is None:
        raise ValueError(
            f"aucun SMIC connu au {day(when)}{NNBSP}; le premier date du {day(data.rows('smic')[0]['date_effet'])}"
        )
    recent = {key: row for key, row in latest.items() if when - _start(row) <= STALE}
    old = [_label(row) for key, row in latest.items() if key not in recent]
    lines = sorted(
        ((_label(row), row["montant"], _paid(row), _since(row)) for row in recent.values()), key=lambda line: line[1]
    )
    columns = ("smic_mensuel_net_simule", "smic_mensuel_brut_35h") if unite == "par mois" else (NET, GROSS)
    hours = f", 35{NBSP}h par semaine" if unite == "par mois" else ""
    smic_lines = [
        (f"SMIC {kind}{hours}", smic_row[column], amount(smic_row[column]), day(smic_row["date_effet"]))
        for kind, column in zip(("net", "brut"), columns, strict=True)
    ]
    bars = [Bar(label, value, text) for label, value, text, _ in lines]
    bars += [Bar(label, value, text, style=1) for label, value, text, _ in smic_lines]
    low, high = min(bars, key=lambda bar: bar.value), max(bars, key=lambda bar: bar.value)
    return Figure(
        title=f"Montants de quelques dispositifs et SMIC, {unite}, au {day(when)}",
        alt=f"Barres horizontales, montants en euros {unite}. Le plus haut{NBSP}: {high.text} ({high.label}). "
        f"Le plus bas{NBSP}: {low.text} ({low.label}).",
        table=Table(
            ["Dispositif", f"Montant {unite}", "Montant connu depuis"],
            [[label, text, since] for label, _, text, since in (*lines, *smic_lines)],
        ),
        sources=selection.sources(*recent.values(), smic_row),
        population="selon le dispositif (âge et ressources dans chaque ligne), France",
        period=f"montants connus au {day(when)}",
        notes=[
            f"Montants maximaux ou de base{NNBSP}; les durées d’activité diffèrent d’un dispositif à l’autre.",
            *([f"Montants de plus de deux ans, non montrés{NBSP}: {SEPARATOR.join(old)}."] if old else []),
        ],
        draw=lambda canvas, layout: draw_bars(canvas, layout, [Group("", bars)], above=True),
    )


def _label(row: Row) -> str:
    return f"{row['dispositif']}, {row['public']}"


def _paid(row: Row) -> str:
    return " ".join(part for part in (amount(row["montant"]), row["brut_ou_net"]) if part)


def _start(row: Row) -> date:
    return row["date_effet"] or date(row["annee"], 1, 1)


def _since(row: Row) -> str:
    return day(row["date_effet"]) if row["date_effet"] else str(row["annee"])


def _date(value: str | date) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"«{NBSP}{value}{NBSP}» n’est pas une date{NNBSP}; écrivez AAAA-MM-JJ") from None
