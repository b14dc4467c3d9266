"""The JSON Schema of ``quiz.yml``, composed from the fields of the types."""

from __future__ import annotations

from collections.abc import Mapping

from mallette.questions.base import Question

PLAIN = {"$ref": "#/$defs/texte"}


def text(description: str) -> dict:
    return {**PLAIN, "description": description}


def texts(description: str, least: int, most: int | None = None) -> dict:
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


COMMON = {
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
    bank = {
        "titre": text("Titre affiché au-dessus des questions."),
        "questions": {
            "description": "La liste des questions.",
            "type": "array",
            "minItems": 1,
            "items": ref("question"),
        },
    }
    return document(
        "urn:mallette:quiz",
        "Banque de questions (quiz.yml)",
        block("Les questions d’une unité de la Mallette. Texte simple partout : aucun balisage.", bank),
        {name: of_type(cls, _HEAD, cls.fields) for name, cls in types.items()},
        {name: item for cls in types.values() for name, item in cls.definitions.items()},
    )


def document(name: str, title: str, top: Mapping, cases: Mapping[str, dict], brought: Mapping[str, dict]) -> dict:
    """Return the schema of a file that holds questions.

    Args:
        name: its ``$id``.
        title: what the file is.
        top: schema of its keys, among them a list of ``#/$defs/question``.
        cases: type of a question → schema of a question of that type.
        brought: what these refer to.
    """
    kind = {"description": "Le type de la question ; il décide des autres champs.", "type": "string", "enum": [*cases]}
    question = {
        "type": "object",
        "required": ["id", "type"],
        "properties": {"id": ref("id"), "type": ref("type")},
        "allOf": [
            {"if": {"required": ["type"], "properties": {"type": {"const": name}}}, "then": ref(name)} for name in cases
        ],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": name,
        "title": title,
        **top,
        "$defs": {**COMMON, "type": kind, **brought, "question": question, **cases},
    }


def of_type(
    cls: type[Question],
    head: Mapping[str, dict],
    fields: Mapping[str, dict],
    optional: tuple[str, ...] = (),
    one_of: tuple[str, ...] = (),
) -> dict:
    """Return the schema of a question.

    Args:
        head: the fields that all questions have.
        fields: those of its type.
        optional, one_of: fields that may be left out, or of which one is enough, beside those that ``cls`` says.
    """
    one_of = (*cls.one_of, *one_of)
    optional = (*optional, *cls.optional, *one_of, *(() if cls.sourced else ("source",)))
    choice = {"anyOf": [{"required": [name]} for name in one_of]} if one_of else {}
    return {"title": cls.title, **block(cls.about, {**head, **fields}, optional), **choice}
