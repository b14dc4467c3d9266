"""The invented people of the course (``data/personnes.yml``): one name, one person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mallette.faults import ContentError, Fault, relative
from mallette.handwritten import listing, structure
from mallette.paths import Project

SCHEMA = Path(__file__).with_name("people.schema.json")
ITEMS = structure.Items("personnes", "personne", "nom")
TITLE = r"\b(?:M\.|Mmes?|MM\.|[Mm]adame|[Mm]onsieur|[Mm]esdames)\s"


@dataclass(frozen=True)
class Person:
    """Somebody whom a scene or an exercise invents.

    Attributes:
        name: first name, or title and surname (« Mme Vidal »).
        who: in a few French words.
        where: units (their slugs) and pages (names of their files) that name the person.
        line: line of ``data/personnes.yml``.
    """

    name: str
    who: str
    where: tuple[str, ...]
    line: int

    @property
    def key(self) -> str:
        """What tells people apart: the name without its title."""
        return re.sub(f"^{TITLE}", "", self.name)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the name; not a real person's (« Claire Duport »), whose surname follows."""
        title = TITLE if self.key != self.name else r"(?<![\w’.-])|(?<=[dljmnstqu]’)"
        return re.compile(rf"(?:{title}){re.escape(self.key)}(?![\w-])(?!\s(?:(?:Le|de)\s|d’)?[A-ZÀÉÈÎ][a-zà-ÿ])")


def load(course: Project) -> list[Person]:
    """Return the people of ``data/personnes.yml``; none when the course has no such file.

    Raises:
        ContentError: with every fault of the file, two people of one name among them.
    """
    if not course.people.is_file():
        return []
    source = listing.read(course.people, course.root, SCHEMA, ITEMS)
    found = [
        Person(row["nom"], row["qui"], tuple(row["ou"]), source.line(("personnes", number)))
        for number, row in enumerate(source.data["personnes"])
    ]
    first: dict[str, Person] = {}
    faults = [
        Fault(
            relative(course.people, course.root),
            one.line,
            f"« {one.name} » porte déjà le nom de quelqu’un, ligne {first[one.key].line}",
            "changez l’un des deux noms",
        )
        for one in found
        if first.setdefault(one.key, one) is not one
    ]
    if faults:
        raise ContentError(faults)
    return found
