"""The questions that ask what people think of the training: ``data/satisfaction.yml``, the same for every unit.

They are opinions and free texts: nothing right or wrong, no objective, no source. A course may do without the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from mallette.handwritten import listing
from mallette.handwritten.plain import markup
from mallette.handwritten.structure import Difference
from mallette.paths import Project
from mallette.questions import BANK, Question, make, schema
from mallette.questions.schema import block, of_type, ref, text
from mallette.quiz.bank import ITEMS, heads

_ASKED = {name: cls for name, cls in BANK.items() if cls.sensitive and not cls.takes_panel}
"""The types that ask what somebody thinks."""
_HEAD = {**{name: ref(name) for name in ("id", "type")}, "enonce": text("La question posée, en texte simple.")}
_LIST = {"description": "La liste des questions.", "type": "array", "minItems": 1, "items": ref("question")}
SCHEMA = schema.document(
    "urn:mallette:satisfaction",
    "Questionnaire de satisfaction (data/satisfaction.yml)",
    block(
        "Ce qu’on demande à la fin de toute formation. Texte simple partout : aucun balisage.",
        {"titre": text("Titre affiché au-dessus des questions."), "questions": _LIST},
    ),
    {name: of_type(cls, _HEAD, cls.fields) for name, cls in _ASKED.items()},
    {},
)


def load(course: Project) -> tuple[Question, ...]:
    """Return the questions, in the order of the file; none when the course has no such file.

    Raises:
        ContentError: the file has defects; the error holds them all.
    """
    if not course.satisfaction.is_file():
        return ()
    source = listing.read(course.satisfaction, course.root, SCHEMA, ITEMS, _rules)
    return tuple(_question(raw) for raw in source.data["questions"])


def _question(raw: dict) -> Question:
    content = {name: value for name, value in raw.items() if name not in ("id", "type", "enonce")}
    return make(raw["id"], raw["type"], "", raw["enonce"], content)


def _rules(data: dict) -> Iterator[Difference]:
    """Yield what the schema cannot say."""
    yield from heads(data["questions"], None)
    for index, raw in enumerate(data["questions"]):
        place = ("questions", index)
        if not raw["id"].startswith("satisfaction-"):
            yield Difference(
                (*place, "id"),
                f"« {raw['id']} » ne peut pas nommer cette question",
                "commencez-le par « satisfaction- », et donnez à chacune un identifiant à elle",
            )
        for item in _ASKED[raw["type"]].rules(raw):
            yield Difference((*place, *item.place), item.message, item.remedy)
    yield from markup(data)
