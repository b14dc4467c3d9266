"""A tool on paper, blank: tables to fill in by hand, which a page also shows where no script runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from markupsafe import Markup

from mallette import templates
from mallette.tools.collection import Tool

WIDEST = 5
"""Columns that fit a sheet of A4 upright; a table of more is turned: a line for each column."""
BLANK_ROWS, BLANK_COLUMNS = 5, 3
"""Rows to write in, with those that the tool gives (two blank ones at least); columns, when the table is turned."""
_LETTERS = {"date": 10, "nombre": 10, "choix": 20, "plusieurs": 30, "fonction": 30, "texte": 60, "long": 200}
"""Letters that an answer has, when the field does not say how many it may have."""
_BESIDE = 60
"""Letters that a hand writes beside a question; the columns of a table share them."""
_MOST = 3
"""Lines of a cell at most."""


@dataclass(frozen=True)
class Part:
    """One table of the sheet."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def html(tool: Tool) -> str:
    """Return the blank sheet as HTML, every text escaped."""
    sections = [(section, list(_parts(section))) for section in tool.data["sections"]]
    return templates.render("tools/templates/paper.html.j2", tool=tool, sections=sections)


def text(tool: Tool) -> str:
    """Return the blank sheet as plain text: what is asked, in order."""
    lines = [tool.title, "", tool.data["resume"], tool.data["qui"]]
    for section in tool.data["sections"]:
        lines += ["", section["titre"], *(f"- {_label(field)}" for field in section["champs"])]
    return "\n".join(lines)


def _parts(section: Mapping) -> Iterator[Part]:
    """Yield the tables of a section: fields that follow each other share one."""
    more = ""  # two tables of a page bear two names: a screen reader lists them
    for asked, fields in groupby(section["champs"], key=lambda field: field["type"] != "tableau"):
        if asked:
            rows = tuple((_label(field), _boxes(field) or _room(field)) for field in fields)
            yield Part(f"{section['titre']}, à remplir{more}", ("Question", "Réponse"), rows)
            more += " (suite)"
        else:
            yield from map(_table, fields)


def _table(field: Mapping) -> Part:
    columns, before = field["colonnes"], field.get("lignes", ())
    heads = tuple(_label(column, True) for column in columns)
    if not field.get("fixe") and len(columns) > WIDEST:
        numbers = ("Question", *(str(number) for number in range(1, BLANK_COLUMNS + 1)))
        rooms = [_room(column, BLANK_COLUMNS) for column in columns]
        turned = [(head, *[room] * BLANK_COLUMNS) for head, room in zip(heads, rooms, strict=True)]
        return Part(field["libelle"], numbers, tuple(turned))
    blank = tuple(_room(column, len(columns)) for column in columns)
    given = [
        tuple(_written(row.get(column["id"])) or room for column, room in zip(columns, blank, strict=True))
        for row in before
    ]
    more = 0 if field.get("fixe") else max(2, BLANK_ROWS - len(given))
    return Part(field["libelle"], heads, (*given, *[blank] * more))


def _room(field: Mapping, columns: int = 1) -> Markup:
    """Return the lines that the answer to a field may need, in one of so many columns to write in."""
    letters = field.get("max", _LETTERS[field["type"]])
    return Markup("<br>") * min(max(1, ceil(letters * columns / _BESIDE)), _MOST)


def _label(field: Mapping, choices: bool = False) -> str:
    """Return what a field asks, with its unit; with its choices where each line of a table is to hold one of them."""
    more = [field["unite"]] if "unite" in field else field.get("choix", []) if choices else []
    return f"{field['libelle']} ({' / '.join(more)})" if more else field["libelle"]


def _written(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def _boxes(field: Mapping) -> str:
    """Return the choices of a field as boxes to tick; nothing for what is written by hand."""
    return "  ".join(f"☐\u00a0{choice}" for choice in field.get("choix", ()))
