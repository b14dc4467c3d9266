"""Words that the course does not use for people and places (``data/mots.yml``), and what it says in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mallette.faults import ContentError, Fault, relative
from mallette.handwritten import document, structure
from mallette.paths import Project

SCHEMA = Path(__file__).with_name("words.schema.json")
ITEMS = structure.Items("mots", "mot", "plutot_que")


@dataclass(frozen=True)
class Word:
    """A stigmatising word.

    Attributes:
        shown: the word, or a few of the same kind, as readers see it.
        forms: every spelling, number and gender.
        instead: what to say, in French.
        reason: why, in French.
        allowed: expressions that hold one of the forms and are accepted (titles of laws).
    """

    shown: str
    forms: tuple[str, ...]
    instead: str
    reason: str
    allowed: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the forms as whole words, across line ends; group 1 is empty inside an allowed expression."""
        forms, allowed = (_alternatives(texts) for texts in (self.forms, self.allowed))
        return re.compile((rf"\b(?:{allowed})\b|" if allowed else "") + rf"\b({forms})\b", re.IGNORECASE)


def _alternatives(texts: tuple[str, ...]) -> str:
    return "|".join(re.escape(text).replace(r"\ ", r"\s+") for text in sorted(texts, key=len, reverse=True))


def load(course: Project) -> list[Word]:
    """Return the words of ``data/mots.yml``; none when the course has no such file.

    Raises:
        ContentError: with every fault of the file.
    """
    if not course.words.is_file():
        return []
    name = relative(course.words, course.root)
    source = document.read(course.words, name)
    faults = list(source.faults)
    if source.data is not None:
        found = structure.differences(source.data, structure.schema(SCHEMA))
        faults += [structure.fault(name, source, item, ITEMS) for item in found]
    elif not faults:
        faults = [Fault(name, 0, "le fichier est vide", "commencez-le par « mots : »")]
    if faults:
        raise ContentError(faults)
    return [
        Word(row["plutot_que"], tuple(row["formes"]), row["dire"], row["raison"], tuple(row.get("permis") or ()))
        for row in source.data["mots"]
    ]
