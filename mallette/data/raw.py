"""CSV files with what spreadsheets do to them: each cell read once, with the type of its column.

Spreadsheets change encodings, separators and line lengths without saying so. Each such accident is named here, so that
the checks of :mod:`mallette.data.validation` only meet values that stand under the right column.
"""

from __future__ import annotations

import csv
import datetime
import difflib
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mallette import files
from mallette.faults import Fault
from mallette.handwritten import text

_SAVE_AS = "enregistrez-le au format CSV, jeu de caractères UTF-8 (sans BOM), séparateur virgule"
_TWICE_ENCODED = re.compile("Ã[\u00a0-\u00bf]|â€[\u0090-\u2122]|Â[\u00a0«»]")
TYPES: dict[str, tuple[re.Pattern[str], Callable[[str], Any], str, str]] = {
    # Type or format: its shape, its value in Python, how to say it, how to write it.
    "string": (re.compile(r".*", re.DOTALL), str, "un texte", "vérifiez la case"),
    "uri": (
        re.compile(r"[a-z]+://[^\s/]+\S*"),
        str,
        "une adresse",
        "écrivez l’adresse entière, avec https://, sans espace",
    ),
    "integer": (re.compile(r"-?[0-9]+"), int, "un nombre entier", "écrivez-le en chiffres, sans espace ni unité"),
    "year": (
        re.compile(r"[0-9]{4}"),
        int,
        "une année",
        "écrivez-la en quatre chiffres, ou laissez la case vide si elle est inconnue",
    ),
    "number": (
        re.compile(r"-?[0-9]+(\.[0-9]+)?"),
        float,
        "un nombre",
        "écrivez-le avec un point décimal, sans espace ni unité",
    ),
    "date": (
        re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
        datetime.date.fromisoformat,
        "une date",
        "écrivez-la AAAA-MM-JJ ; si le jour est inconnu, laissez la case vide",
    ),
    "boolean": (re.compile(r"oui|non"), "oui".__eq__, "« oui » ou « non »", "écrivez « oui » ou « non »"),
}
"""Stricter than Table Schema: no ``NaN``, no exponent, no space around a number, no boolean but « oui » and « non »."""


@dataclass
class Table:
    """The lines of one file.

    Attributes:
        file: how faults name it.
        columns: columns of the schema that the file has, in the order of the schema.
        lines: line number in the file (the header is line 1) and values of each line; ``None`` is an empty cell, a cell
            that is not of its type is absent.
        faults: what is wrong with the text of the file and the types of its cells.
        complete: whether every line of the file is in ``lines``.
        written: what stands in each cell that holds a number, by line number and column: « 7.0 » is not « 7 ».
    """

    file: str
    columns: list[str] = field(default_factory=list)
    lines: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    complete: bool = False
    written: dict[tuple[int, str], str] = field(default_factory=dict)

    def fault(self, line: int, message: str, remedy: str) -> Fault:
        """Return a fault of this file."""
        return Fault(self.file, line, message, remedy)


def read(path: Path, file: str, fields: Sequence[Mapping[str, Any]]) -> Table:
    """Return the table of ``path``, whose columns should be ``fields`` (of a Table Schema)."""
    table = Table(file)

    def fault(line: int, message: str, remedy: str) -> None:
        table.faults.append(table.fault(line, message, remedy))

    content = _text(path, fault)
    if content is None:
        return table
    for number, line in enumerate(content.split("\n"), 1):
        if found := _TWICE_ENCODED.search(line):
            fault(
                number,
                f"« {found.group()} » trahit un texte encodé deux fois",
                f"reprenez le fichier d’avant, {_SAVE_AS}",
            )
    records = _records(content, fault, len(fields))
    if records is None:
        return table
    (_, header), *body = records
    _check_header(header, [item["name"] for item in fields], fault)
    present = [item for item in fields if item["name"] in header]
    table.columns = [item["name"] for item in present]
    places = [header.index(name) for name in table.columns]
    table.complete = True
    for number, cells in body:
        if not any(cell.strip() for cell in cells):
            fault(number, "la ligne est vide", "supprimez-la")
        elif len(cells) != len(header):
            fault(
                number,
                f"la ligne a {len(cells)} cases au lieu de {len(header)}",
                "mettez entre guillemets un texte qui contient une virgule, et gardez une virgule par case vide",
            )
            table.complete = False
        else:
            row = {}
            for item, place in zip(present, places, strict=True):
                try:
                    row[item["name"]] = _value(cells[place], item)
                except ValueError:
                    fault(number, *_mistyped(cells[place], item))
                if item["type"] == "number":
                    table.written[number, item["name"]] = cells[place]
            table.lines.append((number, row))
    if not body:
        fault(0, "la table n’a aucune ligne", "remettez les données en place")
    return table


def _type(field: Mapping[str, Any]) -> str:
    return field["format"] if field.get("format") in TYPES else field["type"]


def _value(cell: str, field: Mapping[str, Any]) -> Any:
    """Return the value of one cell; ``None`` when it is empty.

    Raises:
        ValueError: the text is not of the field's type.
    """
    if cell == "":
        return None
    shape, convert, *_ = TYPES[_type(field)]
    if not shape.fullmatch(cell):
        raise ValueError(cell)
    return convert(cell)


def _mistyped(cell: str, field: Mapping[str, Any]) -> tuple[str, str]:
    *_, expected, remedy = TYPES[_type(field)]
    if field["type"] == "number" and re.fullmatch(r"-?\d+,\d+", cell):
        remedy = f"écrivez le nombre avec un point décimal : {cell.replace(',', '.')}"
    return f"colonne « {field['name']} » : « {cell} » n’est pas {expected}", remedy


def _text(path, fault) -> str | None:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        fault(0, "la table manque", "remettez le fichier en place ou retirez la table de data/datapackage.json")
        return None
    except OSError as error:
        fault(0, f"le fichier ne peut pas être lu ({files.reason(error)})", "vérifiez ses droits d’accès")
        return None
    content = text.decode(raw, fault, _SAVE_AS)
    if content is not None and not content.strip():
        fault(0, "le fichier est vide", "remettez les données en place")
        return None
    return content


def _records(content, fault, width) -> list[tuple[int, list[str]]] | None:
    """Split the text into numbered lines of cells; ``None`` when the split cannot be trusted."""
    first = content.split("\n")[0]
    for separator, name in ((";", "un point-virgule"), ("\t", "une tabulation")):
        if width > 1 and "," not in first and separator in first:
            fault(1, f"le séparateur est {name} au lieu d’une virgule", _SAVE_AS)
            return None
    reader, records, start = csv.reader(io.StringIO(content, newline=""), strict=True), [], 1
    try:
        for cells in reader:
            if any("\n" in cell for cell in cells):
                fault(start, "une case contient un retour à la ligne", "fermez le guillemet ouvert sur cette ligne")
                return None
            records.append((start, cells))
            start = reader.line_num + 1
    except csv.Error:
        fault(
            start,
            "un guillemet est mal placé ou n’est pas fermé",
            "doublez un guillemet droit dans un texte, ou écrivez « »",
        )
        return None
    return records


def _check_header(header, expected, fault) -> None:
    extra = [name for name in header if name not in expected]
    for name in expected:
        if header.count(name) > 1:
            fault(1, f"la colonne « {name} » est écrite {header.count(name)} fois", "gardez-en une seule")
        if name in header:
            continue
        near = difflib.get_close_matches(name, extra, n=1)
        if near:
            extra.remove(near[0])
            fault(
                1,
                f"la colonne « {near[0]} » n’existe pas ; le schéma attend « {name} »",
                f"renommez-la « {name} »",
            )
        else:
            fault(
                1,
                f"il manque la colonne « {name} »",
                f"ajoutez « {name} » à la première ligne et sa case à chaque ligne",
            )
    for name in extra:
        fault(
            1,
            f"la colonne « {name} » n’existe pas dans le schéma" if name.strip() else "une colonne n’a pas de nom",
            "supprimez-la, ou décrivez-la dans data/datapackage.json",
        )
