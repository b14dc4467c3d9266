"""The questions that ask what people think of the training: ``data/satisfaction.yml``, the same for every unit.

They are opinions and free texts: nothing right or wrong, no objective, no source. A course may do without the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from mallette.faults import ContentError, Fault, relative
from mallette.handwritten import document, structure
from mallette.handwritten.plain import markup
from mallette.handwritten.structure import Difference
from mallette.paths import Project
from mallette.questions import TYPES, Question, make, schema
from mallette.questions.schema import block, of_type, ref, text

ITEMS = structure.Items("questions", "question", "id")
_ASKED = ("opinion", "reflexion")
_HEAD = {**{name: ref(name) for name in ("id", "type")}, "enonce": text("La question posée, en texte simple.")}
_LIST = {"description": "La liste des questions.", "type": "array", "minItems": 1, "items": ref("question")}
SCHEMA = schema.document(
    "urn:mallette:satisfaction",
    "Questionnaire de satisfaction (data/satisfaction.yml)",
    block(
        "Ce qu’on demande à la fin de toute formation. Texte simple partout : aucun balisage.",
        {"titre": text("Titre affiché au-dessus des questions."), "questions": _LIST},
    ),
    {name: of_type(TYPES[name], _HEAD, TYPES[name].fields) for name in _ASKED},
    {},
)


def load(course: Project) -> tuple[Question, ...]:
    """Return the questions, in the order of the file; none when the course has no such file.

    Raises:
        ContentError: the file has defects; the error holds them all.
    """
    if not course.satisfaction.is_file():
        return ()
    place = relative(course.satisfaction, course.root)
    source = document.read(course.satisfaction, place)
    faults = list(source.faults)
    if source.data is not None:
        found = structure.differences(source.data, SCHEMA) or [*_rules(source.data)]
        faults += [structure.fault(place, source, item, ITEMS) for item in found]
    elif not faults:
        faults = [Fault(place, 0, "le fichier est vide", "écrivez « titre » et « questions », ou ôtez ce fichier")]
    if faults:
        raise ContentError(faults)
    return tuple(_question(raw) for raw in source.data["questions"])


def check(course: Project) -> list[Fault]:
    """Return every defect of the file."""
    try:
        load(course)
    except ContentError as error:
        return error.faults
    return []


def _question(raw: dict) -> Question:
    content = {name: value for name, value in raw.items() if name not in ("id", "type", "enonce")}
    return make(raw["id"], raw["type"], "", raw["enonce"], content)


def _rules(data: dict) -> Iterator[Difference]:
    """Yield what the schema cannot say."""
    seen = set()
    for index, raw in enumerate(data["questions"]):
        place = ("questions", index)
        if not raw["id"].startswith("satisfaction-") or raw["id"] in seen:
            yield Difference(
                (*place, "id"),
                f"« {raw['id']} » ne peut pas nommer cette question",
                "commencez-le par « satisfaction- », et donnez à chacune un identifiant à elle",
            )
        seen.add(raw["id"])
        for item in TYPES[raw["type"]].rules(raw):
            yield Difference((*place, *item.place), item.message, item.remedy)
    yield from markup(data)
