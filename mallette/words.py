"""Words that the course does not use for people, and places that it does not name (``data/mots.yml``): what it says in
their place."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from mallette.handwritten import listing, structure
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
        return _pattern(self.forms, self.allowed, re.IGNORECASE)

    def may_be_in(self, vocabulary: Set[str]) -> bool:
        """Tell whether a text of these words (:func:`vocabulary`) may hold a form: much quicker than the pattern."""
        return _may_be_in(self.forms, vocabulary)


@dataclass(frozen=True)
class Place:
    """A neighbourhood or an estate that a price, a role or a crime would stick to.

    Attributes:
        forms: every spelling of its name.
        instead: what to write, in French.
        allowed: expressions that need the name (an institution that bears it).
    """

    forms: tuple[str, ...]
    instead: str
    allowed: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """As :attr:`Word.pattern`, capitals respected: « paternelle » is also an adjective."""
        return _pattern(self.forms, self.allowed)

    def may_be_in(self, vocabulary: Set[str]) -> bool:
        """As :meth:`Word.may_be_in`."""
        return _may_be_in(self.forms, vocabulary)


def vocabulary(text: str) -> Set[str]:
    """Return the words of a text, in lower case."""
    return set(re.findall(r"\w+", text.lower()))


def _may_be_in(forms: tuple[str, ...], used: Set[str]) -> bool:
    return any(words <= used for words in _words(forms))


@lru_cache(maxsize=512)
def _words(forms: tuple[str, ...]) -> list[Set[str]]:
    return [vocabulary(form) for form in forms]


def _pattern(forms: tuple[str, ...], allowed: tuple[str, ...], flags: int = 0) -> re.Pattern[str]:
    kept, found = (_alternatives(texts) for texts in (allowed, forms))
    return re.compile((rf"\b(?:{kept})\b|" if kept else "") + rf"\b({found})\b", flags)


def _alternatives(texts: tuple[str, ...]) -> str:
    return "|".join(re.escape(text).replace(r"\ ", r"\s+") for text in sorted(texts, key=len, reverse=True))


def load(course: Project) -> list[Word]:
    """Return the words of ``data/mots.yml``; none when the course has no such file.

    Raises:
        ContentError: with every fault of the file.
    """
    return [
        Word(row["plutot_que"], tuple(row["formes"]), row["dire"], row["raison"], tuple(row.get("permis") or ()))
        for row in _data(course).get("mots", ())
    ]


def places(course: Project) -> list[Place]:
    """Return the places of ``data/mots.yml``; none when the course has no such file.

    Raises:
        ContentError: with every fault of the file.
    """
    return [
        Place(tuple(row["formes"]), row["dire"], tuple(row.get("permis") or ()))
        for row in _data(course).get("lieux") or ()
    ]


def _data(course: Project) -> dict:
    if not course.words.is_file():
        return {}
    return listing.read(course.words, course.root, SCHEMA, ITEMS).data
