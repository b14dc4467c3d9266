"""The numbers of the course: tables of ``data/`` read as ``data/datapackage.json`` describes them.

Python values come from the Table Schema: ``int`` for integers and years, ``float`` for numbers, ``bool``, ``str``,
``datetime.date``; ``None`` is an empty cell. Units are in the ``unite`` property of each field.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mallette.data import raw
from mallette.faults import ContentError, Fault, relative
from mallette.handwritten import text
from mallette.paths import Project, project

if TYPE_CHECKING:
    import pandas

PANDAS_TYPES = {
    "string": "string",
    "integer": "Int64",
    "year": "Int64",
    "number": "float64",
    "boolean": "boolean",
    "date": "datetime64[ns]",
}
_COMMENTS = ("sources_corroborantes", "verifie", "note")


@dataclass(frozen=True)
class Source:
    """A page where values were read.

    Attributes:
        id: key of ``data/sources.csv``.
        label: author, title, publisher and year in one line of French.
        url: address, empty when the page has none.
    """

    id: str
    label: str
    url: str


def package(course: Project | None = None) -> dict[str, Any]:
    """Return the descriptor of the data package (``data/datapackage.json``).

    Raises:
        ContentError: the file is missing or is not a JSON data package.
    """
    course = course or project()
    path = course.datapackage
    place = relative(path, course.root)
    try:
        descriptor = _read_json(path, place, path.stat().st_mtime_ns)
    except OSError as error:
        raise ContentError(
            [
                Fault(
                    place,
                    0,
                    "le fichier qui décrit les tables manque",
                    "remettez-le en place depuis la version publiée",
                )
            ]
        ) from error
    except json.JSONDecodeError as error:
        raise ContentError(
            [
                Fault(
                    place, error.lineno, "ce n’est pas du JSON valide", "vérifiez les virgules, guillemets et accolades"
                )
            ]
        ) from error
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        raise ContentError([Fault(place, 0, "il manque la liste « resources »", "décrivez-y chaque table")])
    return descriptor


def resources(course: Project | None = None) -> list[dict[str, Any]]:
    """Return the descriptor of every table, in the order of the data package."""
    return package(course)["resources"]


def resource(name: str, course: Project | None = None) -> dict[str, Any]:
    """Return the descriptor of the table ``name``: title, description, schema, licences.

    Raises:
        LookupError: no table has that name; the message lists those that exist.
    """
    known = {item["name"]: item for item in resources(course)}
    if name not in known:
        raise LookupError(f"aucune table « {name} » ; tables connues : {', '.join(known)}")
    return known[name]


def rows(name: str, course: Project | None = None) -> list[dict[str, Any]]:
    """Return the lines of the table ``name`` as dictionaries of typed values.

    Raises:
        LookupError: no table has that name.
        ContentError: the file cannot be read as its schema says; run ``mallette verifier`` for every defect.
    """
    course = course or project()
    descriptor = resource(name, course)
    path = course.data / descriptor["path"]
    try:
        stamp = path.stat().st_mtime_ns, course.datapackage.stat().st_mtime_ns
    except OSError as error:
        raise ContentError(raw.read(path, relative(path, course.root), []).faults) from error
    return [dict(row) for row in _read_rows(path, course.datapackage, name, stamp, course.root)]


def load(name: str, course: Project | None = None) -> pandas.DataFrame:
    """Return the table ``name`` as a DataFrame.

    Column types are nullable and follow the schema: ``Int64`` (integers, years), ``float64``, ``boolean``, ``string``,
    ``datetime64[ns]``. Raises what :func:`rows` raises.
    """
    import pandas as pd

    lines = rows(name, course)
    fields = resource(name, course)["schema"]["fields"]
    return pd.DataFrame(
        {
            field["name"]: pd.Series([line[field["name"]] for line in lines], dtype=PANDAS_TYPES[field["type"]])
            for field in fields
        }
    )


def lookup(table: str, where: Mapping[str, Any], column: str, course: Project | None = None) -> Any:
    """Return the value of ``column`` in the only line of ``table`` that matches every condition of ``where``.

    Args:
        where: column → expected value; ``None`` asks for an empty cell, a day is a date or its ISO
            text. Kinds of space do not matter in texts.

    Raises:
        LookupError: unknown table or column, or not exactly one line matches; the message is in French.
    """
    names = [field["name"] for field in resource(table, course)["schema"]["fields"]]
    for name in (*where, column):
        if name not in names:
            known = ", ".join(names)
            raise LookupError(f"la table « {table} » n’a pas de colonne « {name} » ; colonnes : {known}")
    wanted = {name: _comparable(value) for name, value in where.items()}
    found = [row for row in rows(table, course) if all(_comparable(row[k]) == v for k, v in wanted.items())]
    if len(found) == 1:
        return found[0][column]
    asked = ", ".join(f"{name} = {value}" for name, value in where.items()) or "aucune condition"
    if not found:
        raise LookupError(f"aucune ligne de « {table} » ne correspond à {asked}")
    telling = [name for name in names if name not in (*where, column, *_COMMENTS)]
    differing = [name for name in telling if len({_comparable(row[name]) for row in found}) > 1]
    raise LookupError(
        f"{len(found)} lignes de « {table} » correspondent à {asked} ; précisez par exemple : "
        f"{', '.join(differing[:4])}"
    )


def source(source_id: str, course: Project | None = None) -> Source:
    """Return the label and the address of a source.

    Raises:
        LookupError: ``source_id`` is not in ``data/sources.csv``.
    """
    for row in rows("sources", course):
        if row["source_id"] == source_id:
            publisher = row["editeur"] if row["editeur"] != row["auteur"] else ""
            parts = [credit(row), row["titre"], publisher, row["annee"]]
            return Source(source_id, ", ".join(str(part) for part in parts if part), row["url"] or "")
    raise LookupError(f"aucune source « {source_id} » dans data/sources.csv")


def credit(row: Mapping[str, Any]) -> str:
    """Return who is named for a line of ``data/sources.csv``, and the site it was read on when that is another's."""
    name = row["auteur"] or row["editeur"] or ""
    return f"{name}, repris par {row['repris_par']}" if row["repris_par"] else name


def _comparable(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return " ".join(value.split()) if isinstance(value, str) else value


@lru_cache(maxsize=8)
def _read_json(path: Path, place: str, stamp: int) -> Any:
    content, faults = text.read(path, place)
    if faults:
        raise ContentError(list(faults))
    return json.loads(content)


@lru_cache(maxsize=64)
def _read_rows(path: Path, descriptor: Path, name: str, stamp: tuple[int, int], root: Path) -> tuple[dict, ...]:
    """Parse a table; ``stamp`` (times of last change) makes an edited file be read again."""
    tables = _read_json(descriptor, relative(descriptor, root), stamp[1])["resources"]
    fields = next(item for item in tables if item["name"] == name)["schema"]["fields"]
    table = raw.read(path, relative(path, root), fields)
    if table.faults:
        raise ContentError(table.faults)
    return tuple({field["name"]: row[field["name"]] for field in fields} for _, row in table.lines)
