"""The JSON Schema of ``quiz.yml``, composed from the fields of the types."""

from __future__ import annotations

from collections.abc import Mapping

from mallette.questions.base import Question

PLAIN = {"$ref": "#/$defs/texte"}


def text(description: str) -> dict:
    """Return the schema of a text."""
    return {**PLAIN, "description": description}


def texts(description: str, least: int, most: int | None = None) -> dict:
    """Return the schema of a list of texts."""
    limits = {"minItems": least} if most is None else {"minItems": least, "maxItems": most}
    return {"description": description, "type": "array", "items": PLAIN, **limits}


def block(description: str, properties: Mapping[str, dict], optional: tuple[str, ...] = ()) -> dict:
    """Return the schema of a block of keys, compulsory but for those ``optional``."""
    return {
        "description": description,
        "type": "object",
        "additionalProperties": False,
        "required": [name for name in properties if name not in optional],
        "properties": {**properties},
    }


def ref(name: str) -> dict:
    """Return a reference to one of the ``$defs``."""
    return {"$ref": f"#/$defs/{name}"}


_COMMON = {
    "texte": {"type": "string", "pattern": "\\S"},
    "id": {
        "description": "Nom court et unique dans la banque : minuscules sans accent, chiffres, tirets.",
        "type": "string",
        "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
    },
    "objectif": {"description": "Identifiant d’un objectif du chapitre (o1, o2…).", "type": "string", "pattern": "\\S"},
    "source": block(
        "D’où vient la réponse.",
        {
            "cle": text("Clé de references.bib ou source_id de data/sources.csv."),
            "detail": text("Endroit précis : page, tableau…"),
        },
        optional=("detail",),
    ),
}
_HEAD = {
    **{name: ref(name) for name in ("id", "type", "objectif")},
    "enonce": text("La question posée, en texte simple. Pour un nombre : date et population dans la phrase."),
    "source": ref("source"),
}


def compose(types: Mapping[str, type[Question]]) -> dict:
    """Return the schema of a bank whose questions are of these ``types``."""
    kind = {"description": "Le type de la question ; il décide des autres champs.", "type": "string", "enum": [*types]}
    brought = {name: item for cls in types.values() for name, item in cls.definitions.items()}
    cases = [
        {"if": {"required": ["type"], "properties": {"type": {"const": name}}}, "then": ref(name)} for name in types
    ]
    question = {
        "type": "object",
        "required": ["id", "type"],
        "properties": {"id": ref("id"), "type": ref("type")},
        "allOf": cases,
    }
    bank = {
        "titre": text("Titre affiché au-dessus des questions."),
        "questions": {
            "description": "La liste des questions.",
            "type": "array",
            "minItems": 1,
            "items": ref("question"),
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:mallette:quiz",
        "title": "Banque de questions (quiz.yml)",
        **block("Les questions d’une unité de la Mallette. Texte simple partout : aucun balisage.", bank),
        "$defs": {
            **_COMMON,
            "type": kind,
            **brought,
            "question": question,
            **{name: _of_type(cls) for name, cls in types.items()},
        },
    }


def _of_type(cls: type[Question]) -> dict:
    optional = (*cls.optional, *cls.one_of, *(() if cls.sourced else ("source",)))
    choice = {"anyOf": [{"required": [name]} for name in cls.one_of]} if cls.one_of else {}
    return {"title": cls.title, **block(cls.about, {**_HEAD, **cls.fields}, optional), **choice}
