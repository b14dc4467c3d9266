"""The JSON Schema of an assignment: the quiz's questions with points, calculations on ``data/`` and rubrics."""

from __future__ import annotations

from collections.abc import Mapping

from mallette.paths import PACKAGE
from mallette.questions import TYPES, Question
from mallette.questions.__main__ import write
from mallette.questions.schema import block, document, of_type, ref, text

KINDS = ("devoir", "positionnement")
ASKED = {name: cls for name, cls in TYPES.items() if cls.gradable}
"""The types that a ``devoir`` may ask. A ``positionnement`` is made of opinions, one for each objective."""

_PLACE = ref("valeur_de")
_SCALE = {
    "valeur": {"description": "Valeur attendue, quand elle n’est pas dans data/.", "type": "number"},
    "valeur_de": _PLACE,
    "calcul": text("Calcul de la valeur attendue : noms de « avec », nombres, + − × ÷, parenthèses."),
    "avec": {
        "description": "Les nombres du calcul, lus dans data/ : un nom, puis sa place.",
        "type": "object",
        "additionalProperties": _PLACE,
    },
    "marge": {
        "description": "Écart accepté de chaque côté de la valeur, dans l’unité.",
        "type": "number",
        "minimum": 0,
    },
    "pieges": {
        "description": "Des réponses fausses et connues, chacune avec sa phrase.",
        "type": "array",
        "items": block(
            "Un piège.",
            {
                "calcul": text("Le calcul que fait qui y tombe."),
                "marge": {"description": "Écart de chaque côté, dans l’unité.", "type": "number", "minimum": 0},
                "explication": text("Ce qui a été fait, et ce qu’il fallait faire."),
            },
        ),
    },
}


def _fields(cls: type[Question]) -> Mapping[str, dict]:
    """Return what an assignment says of a question of this type, its head aside."""
    if "accepte" not in cls.fields:
        return cls.fields
    return {name: item for name, item in cls.fields.items() if name != "accepte"} | _SCALE


def _head(cls: type[Question]) -> Mapping[str, dict]:
    points = {} if cls.rubric else {"points": {"description": "Points.", "type": "number", "exclusiveMinimum": 0}}
    return {
        **{name: ref(name) for name in ("id", "type", "objectif")},
        "titre": text("Titre court, avant l’énoncé."),
        **points,
        "enonce": text("La question posée, en texte simple."),
        "source": ref("source"),
    }


def _question(cls: type[Question]) -> dict:
    one_of = ("calcul",) if "accepte" in cls.fields else ()
    return of_type(cls, _head(cls), _fields(cls), ("avec", "pieges", "source"), one_of)


SCHEMA = document(
    "urn:mallette:devoir",
    "Devoir (exercices/devoirs/<devoir>.yml)",
    block(
        "Un devoir noté, ou un positionnement.",
        {
            "titre": text("Titre du devoir."),
            "genre": {"description": "devoir (par défaut) ou positionnement.", "type": "string", "enum": [*KINDS]},
            "unite": text("Dossier du séminaire ou du module, qui donne les objectifs."),
            "minutes": {"description": "Durée indicative, en minutes.", "type": "integer", "minimum": 1},
            "introduction": text("Ce qu’on lit d’abord (Markdown)."),
            "documents": {
                "description": "Textes et tableaux à lire.",
                "type": "array",
                "items": block(
                    "Un document.",
                    {
                        "titre": text("Titre."),
                        "texte": text("Markdown, avec sa source."),
                        "valeurs_de": {
                            "description": "Lignes de data/ dont le texte reprend les valeurs.",
                            "type": "array",
                            "items": _PLACE,
                        },
                    },
                    optional=("valeurs_de",),
                ),
            },
            "questions": {
                "description": "Les questions ; aucune dans un positionnement.",
                "type": "array",
                "minItems": 1,
                "items": ref("question"),
            },
        },
        optional=("genre", "documents", "questions"),
    ),
    {name: _question(cls) for name, cls in ASKED.items()},
    {name: item for cls in ASKED.values() for name, item in cls.definitions.items()},
)
"""JSON Schema of an assignment."""

if __name__ == "__main__":  # the schema that editors read
    write(PACKAGE / "grading" / "schema.json", SCHEMA)
