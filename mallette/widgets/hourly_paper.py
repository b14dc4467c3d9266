"""The calculation of an hourly pay as a sheet to fill in with a pen: what is known is written, and worked out.

On screen the same steps are taken and put into words by ``static/hourly_core.js`` and ``hourly_text.js``; the cases of
``tests/vecteurs/hourly.json`` are run through both. As there, the calculation is worked out for plain numbers, once for
each corner of the intervals that are entered: the lowest and the highest results are the interval.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mallette import templates
from mallette.french import NBSP, amount, amounts, day, enumeration, exact
from mallette.smic import Range, Smic, iso_date, smic_at

LABELS = {
    "A": "Montant, et son unité",
    "B": "Heures payées {}",
    "C": "Heures non payées {}\u00a0: attente, trajets, remboursement",
    "D": "Jours travaillés {}",
    "E": "Montant du mois\u00a0: A × D par jour\u202f; A × B × D par heure\u202f; A × 52 ÷ 12 par semaine\u202f; "
    "A ÷ 12 par an",
    "F": "Promis et non versé dans le mois",
    "G": "Dettes, amendes, pertes, consommation personnelle, trajets dans le mois",
    "H": "Ce qui reste\u00a0: E − F − G",
    "I": "Heures du mois\u00a0: (B + C) × D",
    "J": "Taux horaire\u00a0: H ÷ I, ou d’un seul jour A ÷ (B\u00a0+\u00a0C)",
    "K": "SMIC horaire à la date du fait",
}
TASK = "par tâche"
TURNOVER = "chiffre_affaires"
WEEKS = 52 / 12
"""Weeks of a month."""
_BLANK = "…" * 12
_DEDUCTIONS = {
    "debts": "dettes",
    "fines": "amendes",
    "losses": "pertes",
    "consumption": "consommation personnelle",
    "travel": "trajets et frais",
}
_RANGED = ("people", "commission", "in_kind", "paid_hours", "unpaid_hours", "days", "shifts", "unpaid_promise")
_NO_RATE = "aucun\u00a0: ce montant est versé à la tâche, sans durée"
_NO_INCOME = "aucun\u00a0: ce montant est une recette, pas un revenu"
_DAYS = {"mois": "dans le mois", "semaine": "par semaine"}
_HOURS = {"jour": "par jour", "vacation": "par vacation", "semaine": "par semaine", "mois": "par mois"}


def worked(entered: Mapping[str, Any]) -> dict[str, Range | None]:
    """Return what each letter of the sheet is worth, ``None`` where it is not known.

    Args:
        entered: the trait ``saisie`` of the calculator; a text in place of a number counts as unknown.

    Returns:
        Intervals, ``E`` to ``I`` over the period that is entered (a month unless said): ``A``, ``E`` to ``H`` and ``J``
        in currency, ``B``, ``C`` and ``I`` in hours, ``D`` in days.
    """
    sheet: dict[str, Range | None] = {
        letter: _range(entered[name])
        for letter, name in (("A", "amount"), ("B", "paid_hours"), ("C", "unpaid_hours"), ("D", "days"))
    }
    sheet |= dict.fromkeys("EFGHIJ")
    if sheet["A"] is None or _refusal(entered):
        return sheet
    bounds = [math.nan if bound is None else bound for bound in (sheet["A"].low, sheet["A"].high)]
    points = [[_point(corner, bound, entered) for bound in bounds] for corner in _corners(entered)]
    for letter in "EFGHIJ":
        if all(letter in low for low, _ in points):
            sheet[letter] = _around([low[letter] for low, _ in points], [high[letter] for _, high in points])
    return sheet


def _refusal(entered: Mapping[str, Any]) -> str:
    if entered["unit"] == TASK:
        return _NO_RATE
    return _NO_INCOME if entered["nature"] == TURNOVER and entered["commission"] is None else ""


def _range(value: object) -> Range | None:
    """Return a quantity (a number, ``[low, high]``) as an interval, ``None`` when it is not said or no number."""
    low, high = value if isinstance(value, (list, tuple)) else (value, value)
    known = [isinstance(bound, (int, float)) and math.isfinite(bound) for bound in (low, high)]
    return Range(low if known[0] else None, high if known[1] else None) if any(known) else None


def _one(value: object) -> float | None:
    """Return a plain number, ``None`` for anything else."""
    return value if isinstance(value, (int, float)) and math.isfinite(value) and value > 0 else None


def _around(lows: Sequence[float], highs: Sequence[float]) -> Range:
    """Return the interval of all values; one that is not known leaves its bound unknown."""
    return Range(
        None if any(map(math.isnan, lows)) else min(lows),
        None if any(map(math.isnan, highs)) else max(highs),
    )


def _corners(entered: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every combination of the bounds that are entered, those of the amount aside."""
    sides = [dict.fromkeys((found.low, found.high)) if (found := _range(entered[name])) else [None] for name in _RANGED]
    deducted = [found for name in _DEDUCTIONS if (found := _range(entered[name]))]
    taken = (0, 1) if any(found.low != found.high for found in deducted) else (0,)
    for *values, side in itertools.product(*sides, taken):
        yield {**dict(zip(_RANGED, values, strict=True)), "taken": side}


def _point(c: Mapping[str, Any], bound: float, entered: Mapping[str, Any]) -> dict[str, float]:
    """Return the letters that can be worked out for plain numbers; NaN where nobody published the bound."""
    pay = bound * (100 if c["commission"] is None else c["commission"]) / 100 / (c["people"] or 1)
    kind, unit, hours_unit = c["in_kind"] or 0, entered["unit"], entered["hours_unit"]
    promise, in_share = c["unpaid_promise"] or 0, entered["unpaid_promise_unit"] == "pct"
    share, withheld = (promise / 100, 0) if in_share else (0, promise)
    shifts = c["shifts"] or 1
    days = c["days"] and c["days"] * (WEEKS if entered["days_unit"] == "semaine" else 1)
    a_day = {"jour": 1, "vacation": shifts}.get(hours_unit)
    a_month = a_day * days if a_day and days else {"semaine": WEEKS, "mois": 1}.get(hours_unit)
    paid = c["paid_hours"] and a_month and c["paid_hours"] * a_month
    units = {
        "par heure": paid,
        "par jour": days,
        "par vacation": days and days * shifts,
        "par semaine": WEEKS,
        "par mois": 1,
        "par an": 1 / 12,
    }.get(unit)
    months = _one(entered["months"]) or 1
    active = months - (_one(entered["idle_months"]) or 0)
    taken = {name: [found.low, found.high][c["taken"]] for name in _DEDUCTIONS if (found := _range(entered[name]))}
    out = {"G": _deducted(taken, entered, months, active)} if taken else {}
    unpaid_hours = c["unpaid_hours"] or 0
    if not units:
        return out if any(taken.values()) or withheld else out | _alone(c, pay, kind, share, a_day, unit)
    out["E"] = (pay + kind) * units * active
    unpaid = min(pay * units, pay * units * share + withheld) * active
    if promise:
        out["F"] = unpaid
    out["H"] = out["E"] - unpaid - out.get("G", 0)
    if paid:
        out["I"] = paid * active + unpaid_hours * a_month * active
        out["J"] = out["H"] / out["I"]
    return out


def _deducted(taken: Mapping[str, float], entered: Mapping[str, Any], months: float, active: float) -> float:
    """Return what is taken over the period: each month with an income, or the months over which a sum is spread."""
    return sum(
        value / spread * min(spread, months) if (spread := _one(entered[f"{name}_months"])) else value * active
        for name, value in taken.items()
    )


def _alone(
    c: Mapping[str, Any], pay: float, kind: float, share: float, a_day: float | None, unit: str
) -> dict[str, float]:
    """Return the rate of one day, or of one hour, when there is no month."""
    if not c["paid_hours"] or not a_day:
        return {"J": pay * (1 - share) + kind} if unit == "par heure" and not c["unpaid_hours"] else {}
    paid = c["paid_hours"] * a_day
    times = {"par heure": paid, "par jour": 1, "par vacation": c["shifts"] or 1}.get(unit)
    if not times:
        return {}
    return {"J": (pay * (1 - share) + kind) * times / (paid + (c["unpaid_hours"] or 0) * a_day)}


def particulars(entered: Mapping[str, Any]) -> list[str]:
    """Return what the letters of the sheet do not say of a calculation, a sentence each."""
    told = []
    if entered["people"]:
        told.append(f"Le montant est partagé entre {_quantity(entered['people'])} personnes.")
    if entered["commission"]:
        told.append(f"La personne en garde {_quantity(entered['commission'])}{NBSP}%.")
    if entered["in_kind"]:
        told.append(f"S’y ajoute, en nature, une valeur estimée à {_quantity(entered['in_kind'])} {entered['unit']}.")
    if entered["shifts"]:
        told.append(f"Vacations par jour{NBSP}: {_quantity(entered['shifts'])}.")
    if _one(entered["months"]):
        idle = _one(entered["idle_months"])
        without = f", dont {exact(idle)} sans revenu ou en prison" if idle else ""
        told.append(f"Les lignes E à I portent sur {exact(entered['months'])} mois{without}.")
    spread = [
        f"{label} sur {exact(months)} mois"
        for name, label in _DEDUCTIONS.items()
        if (months := _one(entered[f"{name}_months"]))
    ]
    if spread:
        told.append(f"Sommes réparties{NBSP}: {enumeration(spread)}.")
    both = [label for name, label in _DEDUCTIONS.items() if entered[f"{name}_both"]]
    both += ["temps non payé"] if entered["unpaid_hours_both"] else []
    if both:
        told.append(f"À compter aussi pour une personne au SMIC{NBSP}: {enumeration(both)}.")
    return told


def _quantity(value: object) -> str:
    found = _range(value) or Range(None, None)
    return " à ".join(dict.fromkeys(exact(bound) for bound in (found.low, found.high) if bound is not None))


def steps(entered: Mapping[str, Any], smic: Sequence[Mapping]) -> list[tuple[str, str, str]]:
    """Return the letter, the name and the value of each step, empty where a pen has to write it.

    Args:
        entered: the trait ``saisie`` of the calculator.
        smic: rows of ``data/smic.csv``.
    """
    per = {"B": _HOURS[entered["hours_unit"]], "D": _DAYS[entered["days_unit"]]}
    per["C"] = per["B"]
    units = {"A": f" {entered['unit']}", "D": f"{NBSP}jours", "J": " par heure"} | dict.fromkeys("BCI", f"{NBSP}h")
    values = {letter: "" for letter in LABELS} | {"K": _smic(entered, smic)}
    for letter, value in worked(entered).items():
        if value is None:
            continue
        if letter in "BCDI":
            typed = [round(bound, 4) for bound in (value.low, value.high) if bound is not None]
            values[letter] = " à ".join(dict.fromkeys(map(exact, typed))) + units[letter]
        else:
            values[letter] = amounts(value.low, value.high, entered["currency"]) + units.get(letter, "")
    values["J"] = _refusal(entered) or values["J"]
    return [(letter, label.format(per.get(letter)), values[letter]) for letter, label in LABELS.items()]


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
