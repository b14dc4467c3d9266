"""What the page on data shows: each table described from ``data/datapackage.json``, and whole code lists.

A cell whose last expression is one of these objects shows a table in the book and a list in print.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from mallette import data
from mallette.french import SEPARATOR, exact
from mallette.paths import Project
from mallette.templates import table

_TYPES = {
    "string": "texte",
    "integer": "nombre entier",
    "year": "année",
    "number": "nombre",
    "boolean": "oui ou non",
    "date": "date",
}


@dataclass(frozen=True)
class Listing:
    """A table for reading.

    Attributes:
        caption: what the table holds, in French.
        columns: titles of the columns; the first names the row.
        lines: texts, as many as columns; a pair (text, address) is a link.
        lead: sentences shown above the table.
    """

    caption: str
    columns: Sequence[str]
    lines: Sequence[Sequence[str | tuple[str, str]]]
    lead: Sequence[str] = ()

    def _repr_html_(self) -> str:
        lead = Markup().join(Markup("<p>{}</p>").format(sentence) for sentence in self.lead)
        rows = [[_html(cell) for cell in line] for line in self.lines]
        return lead + table(self.caption, self.columns, rows, "mallette-table", "mallette-defile")

    def _repr_markdown_(self) -> str:
        paragraphs = [*self.lead, f"{self.caption} :"]
        items = []
        for first, *others in self.lines:
            details = [
                f"{title.lower()} : {_markdown(cell)}"
                for title, cell in zip(self.columns[1:], others, strict=True)
                if _markdown(cell)
            ]
            items.append(f"- **{_markdown(first)}**" + (f" — {SEPARATOR.join(details)}" if details else ""))
        return "\n\n".join([*paragraphs, "\n".join(items)])


def overview(course: Project | None = None) -> Listing:
    """List every table with what it holds and how many lines it has; the titles lead to :func:`anchor`."""
    lines = [
        ((item["title"], "#" + anchor(item["name"])), str(len(data.rows(item["name"], course))), item["description"])
        for item in data.resources(course)
    ]
    return Listing("Tables de données du livre", ("Table", "Lignes", "Contenu"), lines)


def anchor(name: str) -> str:
    """Return the label of the section of the page that shows the table ``name``."""
    return f"donnees-{name}".replace("_", "-")


def describe(name: str, course: Project | None = None) -> Listing:
    """Describe one table: its description, its size and licence, then each column with its type and unit.

    Raises:
        LookupError: no table has that name.
    """
    item = data.resource(name, course)
    fields = item["schema"]["fields"]
    titles = {field["name"]: field["title"].lower() for field in fields}
    size = (
        f"{len(data.rows(name, course))} lignes, {len(fields)} colonnes. Deux lignes se distinguent par : "
        f"{', '.join(titles[column] for column in item['schema']['primaryKey'])}. "
        f"Licence : {', '.join(licence['title'] for licence in item['licenses'])}."
    )
    lines = [(field["title"], _nature(field), _meaning(field)) for field in fields]
    columns = ("Colonne", "Nom dans le fichier, type, unité", "Sens et valeurs admises")
    return Listing(f"Colonnes de la table « {item['title']} »", columns, lines, (item["description"], size))


def contents(name: str, columns: Sequence[str] = (), course: Project | None = None) -> Listing:
    """Show every line of a table, or some of its ``columns``; a title with an address beside it becomes a link.

    Raises:
        LookupError: no table has that name.
    """
    item = data.resource(name, course)
    titles = {field["name"]: field["title"] for field in item["schema"]["fields"]}
    shown = list(columns) or list(titles)
    lines = [
        tuple(
            (row["titre"], row["url"]) if column == "titre" and row.get("url") else _text(row[column])
            for column in shown
        )
        for row in data.rows(name, course)
    ]
    return Listing(item["title"], [titles[column] for column in shown], lines)


def _nature(field: dict[str, Any]) -> str:
    parts = [field["name"], _TYPES[field["type"]], field.get("unite", "")]
    if field.get("constraints", {}).get("required"):
        parts.append("toujours remplie")
    return ", ".join(part for part in parts if part)


def _meaning(field: dict[str, Any]) -> str:
    rules = field.get("constraints", {})
    parts = [field.get("description", "")]
    if "enum" in rules:
        parts.append(f"Valeurs : {', '.join(rules['enum'])}.")
    return " ".join(part for part in parts if part)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return exact(value) if isinstance(value, float) else str(value)


def _html(cell: str | tuple[str, str]) -> str:
    return Markup('<a href="{1}">{0}</a>').format(*cell) if isinstance(cell, tuple) else cell


def _markdown(cell: str | tuple[str, str]) -> str:
    text, address = cell if isinstance(cell, tuple) else (cell, "")
    for sign in "\\`*_[]<>#":
        text = text.replace(sign, f"\\{sign}")
    return f"[{text}](<{address}>)" if address and not address.startswith("#") else text
