"""The hourly pay of a job in drug dealing, and what it can honestly be compared with.

Plain arithmetic on plain values: no pandas, no numpy, no text but the labels of faults (sentences are made by
:mod:`mallette.hourly_text`). The browser runs the same steps (``widgets/static/hourly_core.js``); both are held to the
vectors of ``tests/vecteurs/hourly.json``.

Nothing is guessed: hours, days and deductions come from the person who asks. An amount may be a range, or have one
known bound only ("plus de", "tout au plus"): every figure computed from it keeps that shape.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from mallette.hourly_reference import Range, Smic, iso_date, smic_at

WEEKS_PER_MONTH = 52 / 12
"""Weeks in a month, the convention of the monthly SMIC (35 h × 52 ÷ 12)."""
FULL_TIME_HOURS = 35 * 52 / 12
"""Hours of a full-time month (151.67 h): code du travail, 35 h a week."""
UNITS = ("par heure", "par jour", "par vacation", "par semaine", "par mois", "par an", "par tâche")
_LARGEST = 1e9
_SMALLEST = 0.1
"""Hours or days a division can bear: six minutes."""
_DEDUCTIONS = ("debts", "fines", "losses", "consumption")


@dataclass(frozen=True)
class Inputs:
    """What the calculation starts from. ``None`` means "not said", never zero.

    Attributes:
        amount_low, amount_high: the amount in ``currency`` per ``unit``; equal for a single figure.
        unit: one of :data:`UNITS`.
        nature: origin of the amount (column ``nature`` of ``data/remunerations.csv``), empty for own figures.
        date: date of the fact, ``AAAA``, ``AAAA-MM`` or ``AAAA-MM-JJ`` (also ``MM/AAAA`` and ``JJ/MM/AAAA``), or empty.
        paid_hours, unpaid_hours: hours per day worked; unpaid ones are waiting, watching and travel.
        days: days worked in the month.
        unpaid_promise: what was promised and not paid, in % of the amount (``unpaid_promise_unit`` ``"pct"``) or in
            currency a month (``"eur"``).
        debts, fines, losses, consumption: taken from the gain, in currency a month.
        subject: who or what the sentence speaks of.
    """

    amount_low: float | None = None
    amount_high: float | None = None
    unit: str = "par jour"
    currency: str = "EUR"
    nature: str = ""
    date: str = ""
    paid_hours: float | None = None
    unpaid_hours: float | None = None
    days: float | None = None
    unpaid_promise: float | None = None
    unpaid_promise_unit: str = "pct"
    debts: float | None = None
    fines: float | None = None
    losses: float | None = None
    consumption: float | None = None
    subject: str = "Avec ces chiffres"


@dataclass(frozen=True)
class Errors:
    """Field name → what is wrong with it, in French; all faults at once."""

    fields: dict[str, str]


@dataclass(frozen=True)
class Missing:
    """Fields without which no rate exists; not a fault."""

    fields: tuple[str, ...]


@dataclass(frozen=True)
class Refusal:
    """No hourly rate can be had from this amount: ``"task"`` (paid by the task) or ``"turnover"`` (not an income)."""

    code: str


@dataclass(frozen=True)
class Result:
    """Rates in currency per hour, amounts in currency per month, durations in hours.

    Attributes:
        paid_rate: amount ÷ paid hours, as announced.
        presence_rate: amount ÷ (paid + unpaid hours), before deductions; ``None`` when hours are not said.
        rate: what is left ÷ (paid + unpaid hours): the figure to compare.
        day_hours, month_hours: paid + unpaid hours.
        announced, unpaid, deducted, left: the month; left = announced − unpaid promise − deductions.
        comparison: ``"ok"``, or why there is none: ``"currency"``, ``"no_date"``, ``"before"``, ``"after"``.
        verdict: ``"above"`` (surely over the gross SMIC), ``"below"`` (surely under the net SMIC), ``"between"`` the
            two, or ``"uncertain"``; judged against every SMIC of the period the date names.
        ratio_net, ratio_gross: rate ÷ SMIC.
        smic_hours_net, smic_hours_gross: hours at the SMIC that give ``left``.
        break_even_net, break_even_gross: hours of presence a day above which the same day is paid under the SMIC
            (what is left of a day ÷ SMIC).
    """

    paid_rate: Range
    rate: Range
    presence_rate: Range | None = None
    day_hours: float | None = None
    month_hours: float | None = None
    announced: Range | None = None
    unpaid: Range | None = None
    deducted: float = 0.0
    left: Range | None = None
    comparison: str = "no_date"
    smic: Smic | None = None
    verdict: str = ""
    ratio_net: Range | None = None
    ratio_gross: Range | None = None
    smic_hours_net: Range | None = None
    smic_hours_gross: Range | None = None
    break_even_net: Range | None = None
    break_even_gross: Range | None = None


Outcome = Errors | Missing | Refusal | Result
_STATES = {Errors: "errors", Missing: "missing", Refusal: "refusal", Result: "result"}


@dataclass
class _Faults:
    fields: dict[str, str] = field(default_factory=dict)

    def number(self, name: str, value: float | None, largest: float, too_large: str, *, zero: bool = True) -> None:
        """Note what is wrong with one number (``None`` is never wrong)."""
        if value is None:
            return
        if not isinstance(value, (int, float)) or not math.isfinite(value):
            self.fields[name] = "Écrivez un nombre, par exemple 12 ou 12,5."
        elif value < 0:
            self.fields[name] = "Ce nombre ne peut pas être négatif."
        elif value < _SMALLEST and not zero:
            self.fields[name] = "Écrivez un nombre plus grand que zéro, 0,1 au moins."
        elif value > largest:
            self.fields[name] = too_large


def check(inputs: Inputs, today: str = "") -> dict[str, str]:
    """Return field name → fault in French, for every field that cannot be used (``today``: ISO day, no future date)."""
    faults = _Faults()
    huge = "Ce montant dépasse un milliard\u00a0: vérifiez-le."
    for name in ("amount_low", "amount_high", *_DEDUCTIONS):
        faults.number(name, getattr(inputs, name), _LARGEST, huge)
    long_day = "Une journée n’a que 24\u00a0heures."
    faults.number("paid_hours", inputs.paid_hours, 24, long_day, zero=False)
    faults.number("unpaid_hours", inputs.unpaid_hours, 24, long_day)
    faults.number("days", inputs.days, 31, "Un mois n’a pas plus de 31\u00a0jours.", zero=False)
    share = inputs.unpaid_promise_unit == "pct"
    too_much = "On ne peut pas dépasser 100\u00a0% du montant promis." if share else huge
    faults.number("unpaid_promise", inputs.unpaid_promise, 100 if share else _LARGEST, too_much)
    found = faults.fields
    low, high = inputs.amount_low, inputs.amount_high
    if low is not None and high is not None and not {"amount_low", "amount_high"} & set(found) and low > high:
        found["amount_high"] = "La borne haute est plus petite que la borne basse."
    if not {"paid_hours", "unpaid_hours"} & set(found) and (inputs.paid_hours or 0) + (inputs.unpaid_hours or 0) > 24:
        found["unpaid_hours"] = "Heures payées et non payées dépassent ensemble 24\u00a0heures."
    if inputs.unit not in UNITS:
        found["unit"] = "Cette unité n’est pas connue."
    date = iso_date(inputs.date)
    if date is None:
        found["date"] = "Écrivez une année (2024), un mois (10/2024) ou un jour (20/10/2024)."
    elif date and today and date > today[: len(date)]:
        found["date"] = "Cette date est à venir\u00a0: un fait a une date passée."
    if not share and not found and _known(inputs):
        announced = _announced(inputs)
        if announced and announced.high is not None and (inputs.unpaid_promise or 0) > announced.high:
            found["unpaid_promise"] = "Ce qui n’a pas été versé dépasse ce qui était promis pour le mois."
    return found


def _known(inputs: Inputs) -> bool:
    return inputs.amount_low is not None or inputs.amount_high is not None


def _announced(inputs: Inputs) -> Range | None:
    """Return the month as announced. A week counts 52 ÷ 12 times a month, a year 12 months; a day counts once a day
    worked, never 30 times."""
    amount = Range(inputs.amount_low, inputs.amount_high)
    if inputs.unit == "par semaine":
        return amount.times(WEEKS_PER_MONTH)
    if inputs.unit == "par mois":
        return amount
    if inputs.unit == "par an":
        return amount.over(12)
    if inputs.days is None or (inputs.unit == "par heure" and inputs.paid_hours is None):
        return None
    return amount.times(inputs.days * (inputs.paid_hours if inputs.unit == "par heure" else 1))


def _missing(inputs: Inputs, monthly: float) -> tuple[str, ...]:
    lacking = [] if _known(inputs) else ["amount"]
    by_hour = inputs.unit == "par heure"
    if inputs.paid_hours is None and (not by_hour or inputs.unpaid_hours or monthly):
        lacking.append("paid_hours")
    if inputs.days is None and (inputs.unit in ("par semaine", "par mois", "par an") or monthly):
        lacking.append("days")
    return tuple(lacking)


def evaluate(inputs: Inputs, tables: Mapping[str, Sequence[Mapping]], today: str = "") -> Outcome:
    """Return the result, or why there is none: faults first, then refusal, then what is missing.

    Args:
        inputs: what was entered.
        tables: ``{"smic": rows of data/smic.csv}``.
        today: ISO day; a fact dated later is a fault (not checked when empty).
    """
    faults = check(inputs, today)
    if faults:
        return Errors(faults)
    if inputs.unit == "par tâche":
        return Refusal("task")
    if inputs.nature == "chiffre_affaires":
        return Refusal("turnover")
    deducted = float(sum(getattr(inputs, name) or 0 for name in _DEDUCTIONS))
    promise = inputs.unpaid_promise or 0
    share = promise / 100 if inputs.unpaid_promise_unit == "pct" else 0.0
    withheld = promise if inputs.unpaid_promise_unit == "eur" else 0.0
    lacking = _missing(inputs, deducted + withheld)
    if lacking:
        return Missing(lacking)

    amount = Range(inputs.amount_low, inputs.amount_high)
    announced = _announced(inputs) if inputs.days is not None else None
    if inputs.paid_hours is None:  # an hourly amount alone: the rate is the amount
        rate = amount.times(1 - share)
        return _compared(Result(amount, rate, deducted=deducted), inputs, tables, None)
    hours = inputs.paid_hours + (inputs.unpaid_hours or 0)
    if announced is None:
        day = amount.times(inputs.paid_hours) if inputs.unit == "par heure" else amount
        kept = day.times(1 - share)
        result = Result(day.over(inputs.paid_hours), kept.over(hours), day.over(hours), hours, deducted=deducted)
        return _compared(result, inputs, tables, kept)
    received = announced.times(1 - share).minus(withheld).floored()
    unpaid = Range(*(
        None if bound is None or kept is None else bound - kept
        for bound, kept in ((announced.low, received.low), (announced.high, received.high))
    ))  # fmt: skip
    left = received.minus(deducted)
    month_hours = hours * inputs.days
    result = Result(
        announced.over(inputs.paid_hours * inputs.days), left.over(month_hours), announced.over(month_hours),
        hours, month_hours, announced, unpaid, deducted, left,
    )  # fmt: skip
    return _compared(result, inputs, tables, left.over(inputs.days))


def _compared(result: Result, inputs: Inputs, tables: Mapping, day: Range | None) -> Result:
    """Set the result beside the SMIC of its date; amounts in another currency are compared with nothing in euros."""
    if inputs.currency != "EUR":
        return replace(result, comparison="currency")
    smic = smic_at(iso_date(inputs.date) or "", tables["smic"])
    if isinstance(smic, str):
        return replace(result, comparison=smic)
    left = result.left.floored() if result.left else None
    day = day.floored() if day else None
    return replace(
        result, comparison="ok", smic=smic, verdict=_verdict(result.rate, smic),
        ratio_net=result.rate.over(smic.net), ratio_gross=result.rate.over(smic.gross),
        smic_hours_net=left and left.over(smic.net), smic_hours_gross=left and left.over(smic.gross),
        break_even_net=day and day.over(smic.net), break_even_gross=day and day.over(smic.gross),
    )  # fmt: skip


def _verdict(rate: Range, smic: Smic) -> str:
    low = -math.inf if rate.low is None else rate.low
    high = math.inf if rate.high is None else rate.high
    if low > smic.gross_range.high:
        return "above"
    if high < smic.net_range.low:
        return "below"
    return "between" if low >= smic.net_range.high and high <= smic.gross_range.low else "uncertain"


def inputs_from(row: Mapping) -> Inputs:
    """Return what a row of ``data/remunerations.csv`` says, and no more: hours only where they are published."""
    amount = row["montant"]
    low, high = (amount, amount) if amount is not None else (row["montant_min"], row["montant_max"])
    place = row["ville"] or row["pays"]
    label = row["role_libelle"]
    return Inputs(
        amount_low=low, amount_high=high, unit=row["unite"], currency=row["devise"], nature=row["nature"],
        date=str(row["annee"] or ""), paid_hours=row["heures_par_jour"],
        subject=f"{label[:1].upper()}{label[1:]} ({place}, {row['annee'] or 'année inconnue'})",
    )  # fmt: skip


def as_dict(outcome: Outcome) -> dict:
    """Return the outcome as the browser holds it: its fields and ``state`` (errors, missing, refusal or result)."""
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(outcome).items()}
    return {"state": _STATES[type(outcome)], **values}
