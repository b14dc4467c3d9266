"""Compare a bank with ``schema.json`` and say in French what differs.

The part of JSON Schema that ``schema.json`` uses is read here rather than by the ``jsonschema`` package, for two
reasons: importing that package beside Jupyter's takes seconds, which every page with a quiz would pay, and its English
messages would have to be taken apart to be said in French. A test compares both on valid and broken banks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from mallette.quiz.document import Place

SCHEMA = Path(__file__).with_name("schema.json")
KEYWORDS = frozenset({
    "$ref", "type", "enum", "const", "pattern", "minimum", "exclusiveMinimum", "minItems", "maxItems", "items",
    "minProperties", "required", "properties", "additionalProperties", "allOf", "if", "then", "not",
})
"""Keywords of JSON Schema that this module applies; the others in the schema only describe."""

_TYPES = {
    # Type: its Python types, how to say it, how to write it.
    "string": (str, "du texte", "mettez la valeur entre guillemets droits (\"…\")"),
    "number": ((int, float), "un nombre", "écrivez le nombre seul, avec un point décimal : 12.5"),
    "integer": (int, "un nombre entier", "écrivez un nombre entier, sans unité"),
    "boolean": (bool, "true ou false", "écrivez true ou false, sans guillemets"),
    "array": (list, "une liste", "écrivez une ligne « - » par élément"),
    "object": (dict, "un bloc de clés", "écrivez une clé par ligne, en retrait"),
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


@lru_cache(maxsize=1)
def schema() -> dict:
    """Return the JSON Schema of ``quiz.yml``."""
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


def differences(data: object) -> list[Difference]:
    """Return all that the schema refuses in ``data``, once each."""
    return list(dict.fromkeys(_compare(data, schema(), ())))


def suggestion(word: str, known: list[str]) -> str:
    """Return a remedy that names the nearest of ``known``, or all of them."""
    near = get_close_matches(word, known, n=1)
    return f"vouliez-vous dire « {near[0]} » ?" if near else "possibilités : " + ", ".join(known)


def _target(node: dict) -> dict:
    """Return the definition that ``node`` refers to, or ``node`` itself."""
    return schema()["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node


def _compare(value: object, node: dict, place: Place, owner: dict | None = None) -> Iterator[Difference]:
    """Yield what ``node`` refuses in ``value``; ``owner`` is the schema that describes its properties."""
    node = _target(node)
    kind = node.get("type")
    if kind and not _is(value, kind):
        yield _wrong_type(value, kind, place)
        return
    if "enum" in node and value not in node["enum"]:
        yield Difference(place, f"valeur inconnue « {value} »", suggestion(value, node["enum"]))
    if "pattern" in node and not re.search(node["pattern"], value):
        yield _wrong_text(value, node["pattern"], place)
    yield from _bounds(value, node, place)
    if isinstance(value, dict):
        yield from _keys(value, node, place, node if "properties" in node else owner or node)
    if isinstance(value, list):
        yield from _length(value, node, place)
        for index, item in enumerate(value if "items" in node else ()):
            yield from _compare(item, node["items"], (*place, index))
    for branch in (*node.get("allOf", ()), node):
        if "if" in branch and _matches(value, branch["if"]):
            yield from _compare(value, branch["then"], place, node)


def _is(value: object, kind: str) -> bool:
    return isinstance(value, _TYPES[kind][0]) and (kind == "boolean" or not isinstance(value, bool))


def _matches(value: object, condition: dict) -> bool:
    if "not" in condition:
        return not _matches(value, condition["not"])
    return all(key in value for key in condition["required"]) and all(
        value[key] == test["const"] for key, test in condition.get("properties", {}).items()
    )


def _wrong_type(value: object, kind: str, place: Place) -> Difference:
    if value is None:
        return Difference(place, "valeur vide", "écrivez une valeur après les deux-points, ou enlevez la clé")
    return Difference(place, f"on attend ici {_TYPES[kind][1]}", _TYPES[kind][2])


def _wrong_text(value: str, pattern: str, place: Place) -> Difference:
    if pattern == r"\S":
        return Difference(place, "texte vide", "écrivez le texte, ou enlevez la clé")
    return Difference(place, f"« {value} » n’est pas un nom court",
                      "minuscules sans accent, chiffres et tirets : « premier-usage »")


def _bounds(value: object, node: dict, place: Place) -> Iterator[Difference]:
    if "minimum" in node and value < node["minimum"]:
        yield Difference(place, f"le nombre doit être au moins {node['minimum']}", "corrigez le nombre")
    if "exclusiveMinimum" in node and value <= node["exclusiveMinimum"]:
        yield Difference(place, f"le nombre doit être plus grand que {node['exclusiveMinimum']}", "corrigez le nombre")


def _keys(value: dict, node: dict, place: Place, owner: dict) -> Iterator[Difference]:
    described = owner.get("properties", {})
    for key in node.get("required", ()):
        if key not in value:
            about = described.get(key, {})
            text = about.get("description") or _target(about).get("description", "")
            yield Difference(place, f"il manque « {key} »", f"ajoutez « {key} »" + (f" : {text}" if text else ""))
    if len(value) < node.get("minProperties", 0):
        yield Difference(place, "aucune colonne indiquée", "écrivez au moins une colonne et sa valeur")
    known = node.get("properties", {})
    for key, item in value.items():
        if key in known:
            yield from _compare(item, known[key], (*place, key))
        elif node.get("additionalProperties") is False:
            yield Difference((*place, str(key)), f"clé inconnue « {key} »", suggestion(str(key), list(known)))


def _length(value: list, node: dict, place: Place) -> Iterator[Difference]:
    count = f"il y en a {len(value)}"
    if len(value) < node.get("minItems", 0):
        yield Difference(place, f"il faut au moins {node['minItems']} éléments, {count}", "ajoutez-en")
    if len(value) > node.get("maxItems", len(value)):
        yield Difference(place, f"il faut au plus {node['maxItems']} éléments, {count}", "enlevez-en")
