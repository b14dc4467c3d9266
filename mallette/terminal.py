"""What verbs print: tables and counts as plain text."""

from __future__ import annotations

from collections.abc import Sequence

from mallette.french import number


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    lines = [
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [heads, *rows]
    ]
    return "\n".join([lines[0], "-+-".join("-" * width for width in widths), *lines[1:]])


def count(number_of: int, word: str) -> str:
    """Return « 22 questions »."""
    return f"{number(number_of)} {word}{'s' if number_of > 1 else ''}"
