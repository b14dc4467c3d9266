"""How numbers, dates and lists are written in French."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

NARROW = "\u202f"
"""Narrow no-break space: thousands, and before ; ! ? %."""
NBSP = "\u00a0"
"""No-break space: before a colon, inside « », before a unit."""

SEPARATOR = f"{NARROW}; "
"""Between the items of a list whose items hold commas."""
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def number(value: float, decimals: int | None = None) -> str:
    """Return ``value`` with a decimal comma and narrow spaces between thousands.

    Args:
        value: the number.
        decimals: digits after the comma; ``None`` keeps those the number has (two at most).
    """
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if decimals is None else f"{value:,.{decimals}f}"
    return text.replace(",", NARROW).replace(".", ",").replace("-", "−")


def percent(value: float) -> str:
    """Return a value in percent, as published (no digit added)."""
    return f"{number(value)}{NARROW}%"


def amount(value: float, currency: str = "EUR") -> str:
    """Return a sum of money: no cents when there are none, two digits otherwise."""
    sign = {"EUR": "€", "USD": "$"}.get(currency, currency)
    return f"{number(value, 0 if float(value).is_integer() else 2)}{NBSP}{sign}"


def people(value: float) -> str:
    """Return a number of people as it is said: ``17 millions``, ``450 000``."""
    if value >= 1_000_000:
        millions = value / 1_000_000
        return f"{number(millions)}{NBSP}million{'s' if millions >= 2 else ''}"
    return number(value, 0)


def day(value: date | str) -> str:
    """Return a date in words; a year alone or a text that is no date comes back unchanged."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return value
    return f"{'1er' if value.day == 1 else value.day}{NBSP}{MONTHS[value.month - 1]} {value.year}"


def enumeration(items: Iterable[str]) -> str:
    """Return ``a, b et c``."""
    words = list(items)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} et {words[-1]}" if words else ""
