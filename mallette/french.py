"""How numbers, amounts, dates, durations and lists are written in French, and how its words are compared.

The browser has its twin of the numbers in ``widgets/static/common.js``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NNBSP = "\u202f"
"""Narrow no-break space: thousands, and before ; ! ? %."""
NBSP = "\u00a0"
"""No-break space: before a colon, inside « », before a unit."""
SEPARATOR = f"{NNBSP}; "
"""Between the items of a list whose items hold commas."""
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_DATE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d{2}))?")


def number(value: float, decimals: int | None = None) -> str:
    """Return ``value`` with a decimal comma and narrow spaces between thousands, halves rounded away from zero.

    Args:
        value: the number.
        decimals: digits after the comma; ``None`` keeps those the number has (two at most).
    """
    places = Decimal(1).scaleb(-2 if decimals is None else -decimals)
    rounded = Decimal(repr(float(value))).quantize(places, ROUND_HALF_UP)
    text = f"{abs(rounded):,f}"
    if decimals is None:
        text = text.rstrip("0").rstrip(".")
    return ("−" if rounded < 0 else "") + _signs(text)


def short(value: float, decimals: int) -> str:
    """Return ``value`` with ``decimals`` digits after the comma, or none when they are all zero."""
    return number(value, decimals).removesuffix("," + "0" * decimals)


def exact(value: float) -> str:
    """Return ``value`` with the digits it has, ten at most."""
    return _signs(f"{value:,.10g}").replace("-", "−")


def with_unit(value: float, unit: str) -> str:
    """Return ``value`` tied to its unit: ``12,5 %``, ``9,2 €/h``; an empty unit leaves the number alone."""
    space = "" if not unit else NNBSP if unit == "%" else NBSP
    return f"{number(value)}{space}{unit}"


def percent(value: float) -> str:
    """Return a value in percent, as published (no digit added)."""
    return with_unit(value, "%")


def amount(value: float, currency: str = "EUR") -> str:
    """Return a sum of money: no cents when there are none, two digits otherwise."""
    sign = {"EUR": "€", "USD": "$"}.get(currency, currency)
    return f"{short(value, 2)}{NBSP}{sign}"


def amounts(low: float | None, high: float | None, currency: str = "EUR") -> str:
    """Return a sum that may be an interval or have one known bound: ``90 €``, ``50 € à 80 €``, ``plus de 24 000 €``."""
    ends = " à ".join(dict.fromkeys(amount(end, currency) for end in (low, high) if end is not None))
    return f"jusqu’à {ends}" if low is None else f"plus de {ends}" if high is None else ends


def people(value: float) -> str:
    """Return a number of people as it is said: ``17 millions``, ``450 000``."""
    if value >= 1_000_000:
        millions = value / 1_000_000
        return f"{number(millions)}{NBSP}million{'s' if millions >= 2 else ''}"
    return number(value, 0)


def plural(number: int, one: str, many: str) -> str:
    """Return ``3 réponses``; zero is singular."""
    return f"{number}{NBSP}{many if number > 1 else one}"


def day(value: date | str) -> str:
    """Return a date in words, as precise as it is known: ``1er juillet 2024``, ``octobre 2024``.

    A year alone, or a text that is no ISO date, comes back unchanged.
    """
    match = _DATE.fullmatch(str(value))
    if not match:
        return str(value)
    year, month, rank = match.groups()
    text = f"{_MONTHS[int(month) - 1]} {year}"
    return f"{'1er' if rank == '01' else int(rank)} {text}" if rank else text


def weekday(value: date) -> str:
    """Return the name of a day."""
    return _WEEKDAYS[value.weekday()]


def duration(minutes: int) -> str:
    """Return a duration: ``45 min``, ``2 h``, ``2 h 30``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{hours}{NBSP}h{NBSP}{rest:02d}" if rest else f"{hours}{NBSP}h"


def enumeration(items: Iterable[str]) -> str:
    """Return ``a, b et c``."""
    *others, last = [*items] or [""]
    return f"{', '.join(others)} et {last}" if others else last


def typeset(text: str) -> str:
    """Return a text as it is printed: a person types straight quotes and plain spaces, other programs too."""
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text.replace("...", "…"))
    text = re.sub(r'(?<![\w=])"([^"\n]*)"', lambda said: f"« {said[1].strip()} »", text)
    spaces = f"[ {NBSP}{NNBSP}]"
    text = re.sub(rf"(?<!{spaces}){spaces}*»", f"{NBSP}»", re.sub(rf"«{spaces}*", f"«{NBSP}", text))
    text = re.sub(rf"(?<=\d)[ {NBSP}]?%", f"{NNBSP}%", re.sub(rf"(?<=\d)[ {NNBSP}]?€", f"{NBSP}€", text))
    text = re.sub(rf"(?<=[\w)»%€])[ {NBSP}]?([;!?])(?=\s|$)", rf"{NNBSP}\1", text)
    return re.sub(rf"(?:(?<=\w\w)|(?<=[)»%€…]))[ {NNBSP}]?:(?=\s|$)", f"{NBSP}:", text)


def without_accents(text: str) -> str:
    """Return a text in lower case without accents or ligatures: for comparing and sorting, never for showing."""
    parted = text.casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(sign for sign in unicodedata.normalize("NFKD", parted) if not unicodedata.combining(sign))


def slug(text: str, longest: int) -> str:
    """Return a name of file or an id made from a text: whole words without accents; empty when the first is too long.

    Args:
        longest: characters of the name.
    """
    name = ""
    for word in re.findall(r"[a-z0-9]+", without_accents(text)):
        longer = f"{name}-{word}" if name else word
        if len(longer) > longest:
            break
        name = longer
    return name


def _signs(text: str) -> str:
    return text.replace(",", NNBSP).replace(".", ",")
