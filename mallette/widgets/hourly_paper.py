"""The calculation of an hourly pay as a sheet to fill in with a pen: what is known is written, and worked out.

On screen the same steps are taken and put into words by ``static/hourly_core.js`` and ``hourly_text.js``; the cases of
``tests/vecteurs/hourly.json`` are run through both.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from mallette import templates
from mallette.french import NBSP, amount, amounts, day, short
from mallette.smic import Range, Smic, iso_date, smic_at

LABELS = {
    "A": "Montant, et son unité",
    "B": "Heures payées par jour",
    "C": "Heures non payées par jour\u00a0: attente, trajets, remboursement",
    "D": "Jours travaillés dans le mois",
    "E": "Montant du mois\u00a0: A × D par jour\u202f; A × B × D par heure\u202f; A × 52 ÷ 12 par semaine\u202f; "
    "A ÷ 12 par an",
    "F": "Promis et non versé dans le mois",
    "G": "Dettes, amendes, pertes, consommation personnelle dans le mois",
    "H": "Ce qui reste\u00a0: E − F − G",
    "I": "Heures du mois\u00a0: (B + C) × D",
    "J": "Taux horaire\u00a0: H ÷ I, ou d’un seul jour A ÷ (B\u00a0+\u00a0C)",
    "K": "SMIC horaire à la date du fait",
}
TASK = "par tâche"
TURNOVER = "chiffre_affaires"
_BLANK = "…" * 8
_MONTHLY = {"par semaine": 52 / 12, "par mois": 1, "par an": 1 / 12}
_DEDUCTIONS = ("debts", "fines", "losses", "consumption")
_NO_RATE = "aucun\u00a0: ce montant est versé à la tâche, sans durée"
_NO_INCOME = "aucun\u00a0: ce montant est une recette, pas un revenu"


def worked(entered: Mapping[str, Any]) -> dict[str, Range | float | None]:
    """Return what each letter of the sheet is worth, ``None`` where it is not known.

    Args:
        entered: the trait ``saisie`` of the calculator; a text in place of a number counts as unknown.

    Returns:
        ``A``, ``E`` to ``H`` and ``J`` are intervals in currency, ``B`` to ``D`` and ``I`` hours or days.
    """
    known = {name: value for name, value in entered.items() if isinstance(value, (int, float)) and math.isfinite(value)}
    low, high = known.get("amount_low"), known.get("amount_high")
    paid, unpaid, days = (known.get(name) for name in ("paid_hours", "unpaid_hours", "days"))
    sheet: dict[str, Range | float | None] = dict.fromkeys("ABCDEFGHIJ")
    sheet.update(B=paid, C=unpaid, D=days)
    taken = [known[name] for name in _DEDUCTIONS if name in known]
    sheet["G"] = Range(sum(taken), sum(taken)) if taken else None
    if low is None and high is None:
        return sheet
    sheet["A"] = given = Range(low, high)
    unit, promise = entered["unit"], known.get("unpaid_promise", 0)
    if unit == TASK or entered["nature"] == TURNOVER:
        return sheet
    by_hour = unit == "par heure"
    in_share = entered["unpaid_promise_unit"] == "pct"
    share, withheld = (promise / 100, 0) if in_share else (0, promise)
    presence = paid + (unpaid or 0) if paid else None
    by_day = unit in ("par jour", "par vacation")
    factor = _MONTHLY.get(unit) or (days and (days if by_day else days * paid if by_hour and paid else None))
    if factor:
        sheet["E"] = month = given.times(factor)
        if promise:  # no more than what was promised can be left unpaid
            most = (bound and min(bound, promise) for bound in (month.low, month.high))
            sheet["F"] = month.times(share) if in_share else Range(*most)
        sheet["H"] = left = month.times(1 - share).minus(withheld).floored().minus(sum(taken))
        if presence and days:
            sheet["I"] = presence * days
            sheet["J"] = left.over(presence * days)
    elif not any(taken) and not withheld:  # without a number of days: one day, or one hour, alone
        kept = given.times(1 - share)
        if presence and (by_day or by_hour):
            sheet["J"] = (kept.times(paid) if by_hour else kept).over(presence)
        elif by_hour and not unpaid:
            sheet["J"] = kept
    return sheet


def steps(entered: Mapping[str, Any], smic: Sequence[Mapping]) -> list[tuple[str, str, str]]:
    """Return the letter, the name and the value of each step, empty where a pen has to write it.

    Args:
        entered: the trait ``saisie`` of the calculator.
        smic: rows of ``data/smic.csv``.
    """
    units = {
        "A": f" {entered['unit']}",
        "B": f"{NBSP}h",
        "C": f"{NBSP}h",
        "D": f"{NBSP}jours",
        "I": f"{NBSP}h",
        "J": " par heure",
    }
    values = {letter: "" for letter in LABELS} | {"K": _smic(entered, smic)}
    for letter, value in worked(entered).items():
        if isinstance(value, Range):
            values[letter] = amounts(value.low, value.high, entered["currency"]) + units.get(letter, "")
        elif value is not None:
            values[letter] = short(value, 2) + units[letter]
    if entered["nature"] == TURNOVER:
        values["J"] = _NO_INCOME
    elif entered["unit"] == TASK:
        values["J"] = _NO_RATE
    return [(letter, label, values[letter]) for letter, label in LABELS.items()]


def _smic(entered: Mapping[str, Any], rows: Sequence[Mapping]) -> str:
    found = smic_at(iso_date(entered["date"]) or "", rows) if entered["currency"] == "EUR" else None
    if not isinstance(found, Smic):
        return ""
    return f"{amount(found.gross)} brut, {amount(found.net)} net (le {day(found.day)})"


def html(entered: Mapping[str, Any], smic: Sequence[Mapping], about: Sequence[str], rights: Sequence[str]) -> str:
    """Return the sheet as HTML.

    Args:
        entered, smic: as for :func:`steps`.
        about: what the amount is and where it comes from, a paragraph each.
        rights: what declared work adds to the wage.
    """
    lines = steps(entered, smic)
    shown = []
    if entered["currency"] == "EUR" and not lines[-1][2]:  # whoever fills it in has to look the SMIC up
        shown = [
            (day(row["date_effet"]), amount(row["smic_horaire_brut"]), amount(row["smic_horaire_net_approx"]))
            for row in smic[-10:]
        ]
    return templates.render(
        "widgets/templates/hourly_paper.html.j2",
        about=about,
        rights=rights,
        smic=shown,
        steps=[(letter, label, value or _BLANK) for letter, label, value in lines],
    )
