"""Words that the course does not use for people and places (``data/mots.yml``), and what it says in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import yaml

from mallette.faults import ContentError, Fault
from mallette.paths import Project

_KEYS = {"plutot_que", "formes", "dire", "raison"}


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
    path = course.words
    if not path.is_file():
        return []
    place = f"{course.data.name}/{path.name}"
    try:
        rows = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("mots")
    except (yaml.YAMLError, AttributeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise ContentError([Fault(place, mark.line + 1 if mark else 0, "le fichier n’est pas du YAML lisible",
                                  "vérifiez les retraits et les deux-points")]) from error
    if not isinstance(rows, list):
        raise ContentError([Fault(place, 0, "il manque la liste « mots »", "commencez le fichier par « mots : »")])
    faults = [
        Fault(place, 0, f"mot {number} : il manque {' et '.join(sorted(missing))}",
              "donnez plutot_que, formes, dire et raison")
        for number, row in enumerate(rows, 1)
        if (missing := _KEYS - {key for key, value in (row if isinstance(row, dict) else {}).items() if value})
    ]
    if faults:
        raise ContentError(faults)
    return [
        Word(row["plutot_que"], tuple(row["formes"]), row["dire"], row["raison"], tuple(row.get("permis") or ()))
        for row in rows
    ]
