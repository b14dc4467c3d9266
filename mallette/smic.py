"""The minimum wage that a fact is set beside: the SMIC of its date, never today's.

The series is trusted until the end of the year of its last row; past that, the answer is "not known", not the last
known value. The browser has its twin (``widgets/static/hourly_legal.js``), which also works out the minimums that the
law grants under the SMIC.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Range:
    """An interval; ``None`` is a bound nobody published."""

    low: float | None
    high: float | None

    def over(self, divisor: float) -> Range:
        """Return the interval divided by a positive ``divisor``."""
        return Range(*(None if bound is None else bound / divisor for bound in (self.low, self.high)))


@dataclass(frozen=True)
class Smic:
    """The minimum wage in force, in euros an hour (``data/smic.csv``).

    Attributes:
        day: the day whose SMIC is taken: the date itself, else the 1st of the month, else 1 July of the year.
        precision: ``"jour"``, ``"mois"`` or ``"annee"``.
        gross, net: hourly SMIC on that day; net is the full-time month without top-up insurance, divided by 151.67 h.
        gross_range, net_range: lowest and highest during the period that the date names.
        month_gross, month_net: SMIC of a full-time month on that day, in euros.
        whole: the series covers all the period that the date names.
        steady: the net did not change, during it, without the gross (``net_partiel``).
    """

    day: str
    precision: str
    gross: float
    net: float
    gross_range: Range
    net_range: Range
    month_gross: float
    month_net: float
    whole: bool
    steady: bool


def iso_date(text: str) -> str | None:
    """Return ``AAAA``, ``AAAA-MM`` or ``AAAA-MM-JJ`` for a date in French or ISO order.

    An empty text gives ``""``; a text that is no date gives ``None``.
    """
    text = str(text or "").strip()
    if not text:
        return ""
    match = re.fullmatch(r"(?:(?:([0-9]{1,2})/)?([0-9]{1,2})/)?([0-9]{4})", text)
    if match:
        day, month, year = match.groups()
    else:
        match = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?", text)
        if not match:
            return None
        year, month, day = match.groups()
    if month is None:
        return year
    if not 1 <= int(month) <= 12:
        return None
    if day is None:
        return f"{year}-{int(month):02d}"
    leap = int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0)
    length = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[int(month) - 1]
    return f"{year}-{int(month):02d}-{int(day):02d}" if 1 <= int(day) <= length else None


def _period(date: str) -> tuple[str, str]:
    """Return the first and last day of an ISO date, month or year (the last day of a month is written 31)."""
    first = date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date
    last = date + "-12-31"[len(date) - 4 :] if len(date) < 10 else date
    return first, last


def smic_at(date: str, rows: Sequence[Mapping]) -> Smic | str:
    """Return the SMIC in force at ``date`` (ISO), or ``"no_date"``, ``"before"`` or ``"after"`` when it is not known.

    The last value is trusted until 31 December of its year only, because the SMIC is revised each 1 January.
    """
    if not date:
        return "no_date"
    first, last = _period(date)
    series = sorted(rows, key=lambda row: str(row["date_effet"]))
    if last < str(series[0]["date_effet"]):
        return "before"
    if first > str(series[-1]["date_effet"])[:4] + "-12-31":
        return "after"
    precision = {4: "annee", 7: "mois", 10: "jour"}[len(date)]
    day = f"{date}-07-01" if precision == "annee" else first
    taken = [row for row in series if str(row["date_effet"]) <= day] or series[:1]
    start = [row for row in series if str(row["date_effet"]) <= first][-1:]
    during = start + [row for row in series if first < str(row["date_effet"]) <= last]
    gross = [float(row["smic_horaire_brut"]) for row in during]
    net = [float(row["smic_horaire_net_approx"]) for row in during]
    return Smic(
        max(day, str(series[0]["date_effet"])),
        precision,
        float(taken[-1]["smic_horaire_brut"]),
        float(taken[-1]["smic_horaire_net_approx"]),
        Range(min(gross), max(gross)),
        Range(min(net), max(net)),
        float(taken[-1]["smic_mensuel_brut_35h"]),
        float(taken[-1]["smic_mensuel_net_simule"]),
        first >= str(series[0]["date_effet"]),
        not any(row["net_partiel"] for row in during),
    )
