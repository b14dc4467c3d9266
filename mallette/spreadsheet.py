"""Tables for a French spreadsheet: a double click opens them with their accents and columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_COMPUTED = tuple("=+-@\t\r\n＝＋－＠")
"""First characters that make a spreadsheet compute a cell (OWASP, "CSV Injection")."""


def text(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a CSV file, to be encoded as UTF-8: a byte order mark first, semicolons.

    LibreOffice and Excel set in French expect the semicolon, a comma would put each line in one cell, and read a number
    by its decimal comma. Texts that a spreadsheet would compute are preceded by an apostrophe; ``None`` is an empty
    cell.
    """
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + file.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    return f"'{value}" if isinstance(value, str) and value.lstrip(" \u00a0").startswith(_COMPUTED) else value
