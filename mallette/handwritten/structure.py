"""Compare a document with a JSON Schema and say in French what differs."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from mallette.faults import Fault
from mallette.handwritten.document import Document, Place

_TYPES = {
    # Type: how to say it, how to write it.
    "string": ("du texte", 'mettez la valeur entre guillemets droits ("…")'),
    "number": ("un nombre", "écrivez le nombre seul, avec un point décimal : 12.5"),
    "integer": ("un nombre entier", "écrivez un nombre entier, sans unité"),
    "boolean": ("true ou false", "écrivez true ou false, sans guillemets"),
    "array": ("une liste", "écrivez une ligne « - » par élément"),
    "object": ("un bloc de clés", "écrivez une clé par ligne, en retrait"),
}


@dataclass(frozen=True)
class Difference:
    """One thing that the schema refuses.

    Attributes:
        place: where it is in the document.
        message, remedy: French, as in :class:`mallette.faults.Fault`.
    """

    place: Place
    message: str
    remedy: str


@dataclass(frozen=True)
class Items:
    """The main list of a file, and how faults call what it holds.

    Attributes:
        key: of the list in the file.
        word: French name of one item.
        name: key of an item's own name.
    """

    key: str
    word: str
    name: str


def fault(file: str, source: Document, difference: Difference, items: Items) -> Fault:
    """Return a difference as a fault of ``file``, with its line and "question « id », choix 2, texte : "."""
    words: list[str] = []
    place = difference.place
    if len(place) >= 2 and place[0] == items.key and isinstance(place[1], int):
        item = source.data[items.key][place[1]]
        name = item.get(items.name) if isinstance(item, dict) else None
        words.append(f"{items.word} « {name} »" if name else f"{items.word} n° {place[1] + 1}")
        place = place[2:]
    for step in place:
        if isinstance(step, int):
            words[-1:] = [f"{words[-1]} {step + 1}"] if words else [f"n° {step + 1}"]
        else:
            words.append(step)
    where = ", ".join(words) + " : " if words else ""
    return Fault(file, source.line(difference.place), where + difference.message, difference.remedy)


def unknown_key(place: Place, key: str, keys: Collection[str]) -> Difference:
    """Return what to say of a citation key that is not among ``keys``."""
    near = suggestion(key, sorted(keys))
    known = "ajoutez-la à references.bib, ou prenez un source_id de data/sources.csv"
    remedy = near if near.startswith("vouliez") else known
    return Difference(place, f"clé de citation inconnue « {key} »", remedy)


@cache
def schema(path: Path) -> dict:
    """Return the JSON Schema of the file ``path``."""
    return json.loads(path.read_text(encoding="utf-8"))


def differences(data: object, against: dict) -> list[Difference]:
    """Return all that the schema ``against`` refuses in ``data``, once each."""
    errors = list(Draft202012Validator(against).iter_errors(data))
    mistyped = {tuple(error.absolute_path) for error in errors if error.validator == "type"}
    return list(
        dict.fromkeys(
            difference
            for error in errors
            if error.validator == "type" or tuple(error.absolute_path) not in mistyped
            for difference in _tell(error, against)
        )
    )


def suggestion(word: str, known: list[str]) -> str:
    """Return a remedy that names the nearest of ``known``, or all of them."""
    near = get_close_matches(word, known, n=1)
    return f"vouliez-vous dire « {near[0]} » ?" if near else "possibilités : " + ", ".join(known)


def _tell(error: ValidationError, against: dict) -> Iterator[Difference]:
    place = tuple(error.absolute_path)
    value: Any = error.instance
    limit: Any = error.validator_value
    owner: Any = error.schema

    def said(message: str, remedy: str) -> Difference:
        return Difference(place, message, remedy)

    match error.validator:
        case "type" | "enum" if value is None:
            yield said("valeur vide", "écrivez une valeur après les deux-points, ou enlevez la clé")
        case "type":
            expected, remedy = _TYPES[limit if isinstance(limit, str) else limit[0]]
            yield said(f"on attend ici {expected}", remedy)
        case "enum":
            yield said(f"valeur inconnue « {value} »", suggestion(str(value), limit))
        case "pattern" if limit == r"\S":
            yield said("texte vide", "écrivez le texte, ou enlevez la clé")
        case "pattern":
            yield said(
                f"« {value} » n’est pas un nom court", "minuscules sans accent, chiffres et tirets : « premier-usage »"
            )
        case "minimum":
            yield said(f"le nombre doit être au moins {limit}", "corrigez le nombre")
        case "maximum":
            yield said(f"le nombre doit être au plus {limit}", "corrigez le nombre")
        case "exclusiveMinimum":
            yield said(f"le nombre doit être plus grand que {limit}", "corrigez le nombre")
        case "minItems":
            yield said(f"il faut au moins {limit} éléments, il y en a {len(value)}", "ajoutez-en")
        case "maxItems":
            yield said(f"il faut au plus {limit} éléments, il y en a {len(value)}", "enlevez-en")
        case "minProperties":
            yield said("aucune clé ici", "écrivez au moins une clé et sa valeur")
        case "required":
            for key in limit:
                if key not in value:
                    yield said(*_missing(key, owner, against))
        case "anyOf":  # of several keys, one is enough: ask for the first
            yield said(*_missing(limit[0]["required"][0], owner, against))
        case "additionalProperties":
            known = list(owner["properties"])
            for key in value:
                if key not in known:
                    yield Difference((*place, str(key)), f"clé inconnue « {key} »", suggestion(str(key), known))
        case _:
            yield said("valeur refusée", f"comparez-la au schéma : {against['title']}")


def _missing(key: str, owner: dict, against: dict) -> tuple[str, str]:
    about = owner["properties"][key]
    target = against["$defs"].get(about.get("$ref", "").rpartition("/")[2], {})
    text = about.get("description") or target.get("description")
    return f"il manque « {key} »", f"ajoutez « {key} »" + (f" : {text}" if text else "")
