"""Texts of a document that are plain: no markup, since it would be shown as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mallette.handwritten.document import Place
from mallette.handwritten.structure import Difference

_MARKUP = re.compile(
    r"\{[\w:-]+\}`|\*\*\S|\]\(|`[^`]+`"  # MyST
    r"|</?[A-Za-z]+\d?(?:\s[^<>]*)?>|<[A-Za-z]+\s*/>|&(?:[A-Za-z]+|#\w+);|@@\w+@@"  # HTML, and Moodle's
)


TO_FILL = "À COMPLÉTER"
"""Stands for a text that a person has to write: a file that a verb of the kit made holds it until then."""


WAITS = (f"« {TO_FILL} » attend un texte", "écrivez-le à la place de cette marque")
"""What is said of it, and the remedy."""


def texts(value: object, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Yield every text of a document with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, (*place, str(key)))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts(item, (*place, index))


def markup(data: object) -> Iterator[Difference]:
    """Yield the texts of ``data`` that hold markup, or wait to be written."""
    for place, text in texts(data):
        if _MARKUP.search(text):
            yield Difference(
                place,
                "le texte contient du balisage, qui s’afficherait tel quel",
                "écrivez du texte simple, et la source dans « source »",
            )
        if TO_FILL in text:
            yield Difference(place, *WAITS)
