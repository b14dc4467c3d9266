"""What a schema cannot say of a bank: names used once, keys and objectives that exist, the rules of each type."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mallette.handwritten.plain import markup
from mallette.handwritten.structure import Difference, suggestion, unknown_key
from mallette.questions import TYPES


def broken_rules(data: dict, objectives: Collection[str] | None, keys: Collection[str] | None) -> Iterator[Difference]:
    """Yield what is wrong in a bank whose structure is right.

    Args:
        objectives: ids of the chapter's objectives; ``None`` leaves them unchecked.
        keys: citation keys of the course; ``None`` leaves them unchecked.
    """
    seen: dict[str, int] = {}
    for number, question in enumerate(data["questions"]):
        place = ("questions", number)
        if question["id"] in seen:
            yield Difference((*place, "id"), f"l’identifiant « {question['id']} » sert déjà à une autre question",
                             "donnez à chaque question un identifiant à elle")
        seen[question["id"]] = number
        if objectives is not None and question["objectif"] not in objectives:
            yield Difference((*place, "objectif"), f"objectif inconnu « {question['objectif']} »",
                             suggestion(question["objectif"], sorted(objectives)))
        key = question.get("source", {}).get("cle")
        if keys is not None and key is not None and key not in keys:
            yield unknown_key((*place, "source", "cle"), key, keys)
        for item in TYPES[question["type"]].rules(question):
            yield Difference((*place, *item.place), item.message, item.remedy)
    yield from markup(data)
