"""What may be written in a field of a tool: the same rules for an example, a file and what a phone sends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

LONGEST = 20_000
"""Signs of one text, at most."""
MOST_ROWS = 2_000
"""Rows of one table, at most."""
ROW = "_"
"""Key under which a row holds its own name; no column can be called so."""
_TEXTS = ("texte", "long", "fonction", "choix")
_ROW_NAME = re.compile(r"[a-z0-9-]{1,40}")


def fields(tool: Mapping) -> dict[str, Mapping]:
    """Return the fields of all sections of a tool, by id, in order."""
    return {field["id"]: field for section in tool["sections"] for field in section["champs"]}


def problem(field: Mapping, value: object) -> str:
    """Say in French what is wrong with a value; empty when the field may hold it.

    Args:
        field: as the tool's file has it.
        value: as ``json.loads`` gives it. A text is ``""`` when nothing was written, a number ``None``.
    """
    kind = field["type"]
    if kind == "tableau":
        return _rows_problem(field, value)
    if kind == "plusieurs":
        good = isinstance(value, list) and all(isinstance(one, str) and len(one) <= LONGEST for one in value)
        return "" if good else "on attend une liste de textes"
    if kind == "nombre":
        good = value is None or (type(value) in (int, float) and value == value and abs(value) < 1e15)
        return "" if good else "on attend un nombre"
    if not isinstance(value, str):
        return "on attend du texte"
    if kind == "date":
        return "" if not value or _is_day(value) else "on attend une date : 2026-03-12"
    return "" if kind in _TEXTS and len(value) <= LONGEST else f"texte de plus de {LONGEST} signes"


def _rows_problem(field: Mapping, value: object) -> str:
    columns = {column["id"]: column for column in field["colonnes"]}
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        return "on attend une liste de lignes"
    if len(value) > MOST_ROWS:
        return f"plus de {MOST_ROWS} lignes"
    for rank, row in enumerate(value, 1):
        name = row.get(ROW, "x")
        if not isinstance(name, str) or not _ROW_NAME.fullmatch(name):
            return f"ligne {rank} : nom de ligne illisible"
        for key, cell in row.items():
            if key == ROW:
                continue
            if key not in columns:
                return f"ligne {rank} : colonne inconnue « {key} »"
            if wrong := problem(columns[key], cell):
                return f"ligne {rank}, {key} : {wrong}"
    return ""


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
