"""Who is behind a code: a CSV file of the evaluator, kept outside the course and never copied into it.

Its first line is ``code;nom;structure``; ``nom`` and ``structure`` may be in any order, the second may be missing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mallette.faults import ContentError, Fault
from mallette.grading.results import CODE
from mallette.handwritten import text
from mallette.paths import PACKAGE, Project

_COLUMNS = ("code", "nom", "structure")
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Person:
    """Someone of the group; ``structure`` is the employer, and may be empty."""

    name: str
    structure: str = ""


NOBODY = Person("")
"""Somebody whose name is not known: a blank."""


def load(path: Path, course: Project) -> Mapping[str, Person]:
    """Return the people of a file, by code.

    Raises:
        ContentError: the file is inside the course, cannot be read, or has bad lines; the error holds them all.
    """
    place = path.name
    inside = [root for root in (course.root, PACKAGE.parent) if path.resolve().is_relative_to(root.resolve())]
    if inside:
        message = "ce fichier de noms est dans le dossier de la mallette, qui se copie et se publie"
        raise ContentError(
            [Fault(place, 0, message, "rangez-le ailleurs, sur un disque chiffré, et donnez son chemin")]
        )
    try:
        content, _ = text.guess(path.read_bytes())
    except OSError:
        fault = Fault(place, 0, "fichier de noms introuvable ou illisible", "vérifiez son chemin")
        raise ContentError([fault]) from None
    return _people(content, place)


def _people(content: str, place: str) -> dict[str, Person]:
    first = content.split("\n", 1)[0]
    separator = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator)
    heads = [head.strip().casefold() for head in next(reader, [])]
    unknown = [head for head in heads if head not in _COLUMNS]
    if "code" not in heads or "nom" not in heads or unknown or len({*heads}) != len(heads):
        raise ContentError(
            [Fault(place, 1, "la première ligne ne nomme pas les colonnes", "écrivez-y : code;nom;structure")]
        )
    found: dict[str, Person] = {}
    faults = []
    for cells in reader:
        cells = [" ".join(_HIDDEN.sub(" ", cell).split()) for cell in cells]
        if not any(cells):
            continue
        row = dict.fromkeys(_COLUMNS, "") | dict(zip(heads, cells, strict=False))
        code = row["code"].lower()
        wrong: tuple[str, ...] = ()
        if any(cells[len(heads) :]):
            wrong = "cette ligne a trop de cases", f"mettez entre guillemets un texte qui contient « {separator} »"
        elif not re.fullmatch(CODE, code):
            wrong = f"« {row['code']} » n’est pas un code", "écrivez p et quatre chiffres : p4807"
        elif code in found:
            wrong = f"le code {code} est déjà celui d’une autre ligne", "corrigez l’une des deux"
        elif not row["nom"]:
            wrong = f"il manque le nom de {code}", "écrivez-le, ou ôtez la ligne"
        if wrong:
            faults.append(Fault(place, reader.line_num, *wrong))
        else:
            found[code] = Person(row["nom"], row["structure"])
    if faults:
        raise ContentError(faults)
    return found
