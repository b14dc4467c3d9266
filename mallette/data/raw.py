"""CSV files as text: what can be wrong before any value is looked at.

Spreadsheets change encodings, separators and line lengths without saying so. Each such accident is named here, so that
the checks of :mod:`mallette.data.validation` only meet cells that stand under the right column.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from mallette.faults import Fault

_SAVE_AS = "enregistrez-le au format CSV, jeu de caractères UTF-8 (sans BOM), séparateur virgule"
_TWICE_ENCODED = re.compile("Ã[\u00a0-\u00bf]|â€[\u0090-\u2122]|Â[\u00a0«»]")


@dataclass
class RawTable:
    """The cells of one file, set in the order of its schema.

    Attributes:
        columns: columns of the schema that the file has.
        cells: one list of texts a line, in the order of ``columns``.
        lines: for each item of ``cells``, its line number in the file (the header is line 1).
        faults: what is wrong with the text of the file.
        complete: whether every line of the file is in ``cells``.
    """

    columns: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    complete: bool = False


def read(path: Path, place: str, expected: list[str]) -> RawTable:
    """Return the cells of ``path``, whose columns should be ``expected``; ``place`` is how faults name the file."""
    table = RawTable()

    def fault(line: int, message: str, remedy: str) -> None:
        table.faults.append(Fault(place, line, message, remedy))

    text = _text(path, fault)
    if text is None:
        return table
    for number, line in enumerate(text.splitlines(), 1):
        if found := _TWICE_ENCODED.search(line):
            fault(
                number,
                f"« {found.group()} » trahit un texte encodé deux fois",
                f"reprenez le fichier d’avant, {_SAVE_AS}",
            )
    records = _records(text, fault, len(expected))
    if records is None:
        return table
    (_, header), *body = records
    _check_header(header, expected, fault)
    table.columns = [name for name in expected if name in header]
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
            table.cells.append([cells[i] for i in places])
            table.lines.append(number)
    if not body:
        fault(0, "la table n’a aucune ligne", "remettez les données en place")
    return table


def _text(path, fault) -> str | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        fault(0, "la table manque", "remettez le fichier en place ou retirez la table de data/datapackage.json")
        return None
    except OSError as error:
        fault(0, f"le fichier ne peut pas être lu ({error.strerror})", "vérifiez ses droits d’accès")
        return None
    if content.startswith(b"\xef\xbb\xbf"):
        fault(1, "le fichier commence par une marque invisible (BOM)", _SAVE_AS)
        content = content[3:]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        fault(content.count(b"\n", 0, error.start) + 1, "le fichier n’est pas en UTF-8", _SAVE_AS)
        return None
    if not text.strip():
        fault(0, "le fichier est vide", "remettez les données en place")
        return None
    return text


def _records(text, fault, width) -> list[tuple[int, list[str]]] | None:
    """Split the text into numbered lines of cells; ``None`` when the split cannot be trusted."""
    first = text.splitlines()[0]
    for separator, name in ((";", "un point-virgule"), ("\t", "une tabulation")):
        if width > 1 and "," not in first and separator in first:
            fault(1, f"le séparateur est {name} au lieu d’une virgule", _SAVE_AS)
            return None
    reader, records, start = csv.reader(io.StringIO(text, newline=""), strict=True), [], 1
    try:
        for cells in reader:
            if any("\n" in cell or "\r" in cell for cell in cells):
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
