"""Compare a bank with ``schema.json`` and say in French what differs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from mallette.quiz.document import Place

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

SCHEMA = Path(__file__).with_name("schema.json")
_KINDS = {
    "string": "du texte", "number": "un nombre", "integer": "un nombre entier", "boolean": "true ou false",
    "array": "une liste (une ligne « - » par élément)", "object": "un bloc de clés en retrait", "null": "vide",
}
_TYPE_REMEDIES = {
    "string": "mettez la valeur entre guillemets droits (\"…\")",
    "number": "écrivez le nombre seul, avec un point décimal : 12.5",
    "integer": "écrivez un nombre entier, sans unité",
    "boolean": "écrivez true ou false, sans guillemets",
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


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # not needed by a page that only shows a checked bank

    return Draft202012Validator(schema())


def differences(data: object) -> list[Difference]:
    """Return all that the schema refuses in ``data``, once each."""
    found = (item for error in _validator().iter_errors(data) for item in _say(error))
    return list(dict.fromkeys(found))


def suggestion(word: str, known: list[str]) -> str:
    """Return a remedy that names the nearest of ``known``, or all of them."""
    near = get_close_matches(word, known, n=1)
    return f"vouliez-vous dire « {near[0]} » ?" if near else "possibilités : " + ", ".join(known)


def _describe(key: str, node: dict) -> str:
    inner = node.get("properties", {}).get(key, {})
    text = inner.get("description") or schema()["$defs"].get(inner.get("$ref", "").rpartition("/")[2], {}).get(
        "description", "")
    return f"ajoutez « {key} »" + (f" : {text}" if text else "")


def _say(error: ValidationError) -> Iterator[Difference]:
    place, value, wanted, rule = tuple(error.absolute_path), error.instance, error.validator_value, error.validator
    if rule == "required":
        # jsonschema yields one error for each missing key; the message alone tells which.
        key = next(key for key in wanted if f"'{key}' is" in error.message)
        yield Difference(place, f"il manque « {key} »", _describe(key, _properties_owner(error)))
    elif rule == "additionalProperties":
        known = list(error.schema.get("properties", {}))
        for key in value:
            if key not in known:
                yield Difference((*place, str(key)), f"clé inconnue « {key} »", suggestion(str(key), known))
    elif value is None:
        yield Difference(place, "valeur vide", "écrivez une valeur après les deux-points, ou enlevez la clé")
    elif rule == "type":
        kinds = [wanted] if isinstance(wanted, str) else wanted
        expected = " ou ".join(_KINDS[kind] for kind in kinds)
        remedy = _TYPE_REMEDIES.get(kinds[0], "vérifiez les tirets et le retrait")
        yield Difference(place, f"on attend ici {expected}", remedy)
    elif rule == "enum":
        yield Difference(place, f"valeur inconnue « {value} »", suggestion(str(value), wanted))
    elif rule in ("minItems", "maxItems"):
        bound = "au moins" if rule == "minItems" else "au plus"
        verb = "ajoutez-en" if rule == "minItems" else "enlevez-en"
        yield Difference(place, f"il faut {bound} {wanted} éléments, il y en a {len(value)}", verb)
    elif rule == "pattern" and wanted == r"\S":
        yield Difference(place, "texte vide", "écrivez le texte, ou enlevez la clé")
    elif rule == "pattern":
        yield Difference(place, f"« {value} » n’est pas un nom court",
                         "minuscules sans accent, chiffres et tirets : « premier-usage »")
    elif rule == "minProperties":
        yield Difference(place, "aucune colonne indiquée", "écrivez au moins une colonne et sa valeur")
    else:
        sign = "plus grand que" if rule == "exclusiveMinimum" else "au moins"
        yield Difference(place, f"le nombre doit être {sign} {wanted}", "corrigez le nombre")


def _properties_owner(error: ValidationError) -> dict:
    """Return the schema that describes the object: `required` may stand alone in a `then`."""
    if "properties" in error.schema:
        return error.schema
    return schema()["$defs"].get(error.instance.get("type"), {})
