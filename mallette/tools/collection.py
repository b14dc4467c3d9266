"""Read the tools to fill in of a course: one file each, in the folder ``outils`` of a unit or of a part of the book."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mallette.faults import ContentError, Fault, relative
from mallette.handwritten import listing, structure, text
from mallette.handwritten.document import Document
from mallette.paths import Project
from mallette.tools.rules import broken_rules

SCHEMA = Path(__file__).with_name("schema.json")
ITEMS = structure.Items("sections", "partie", "titre")
FOLDER = "outils"


@dataclass(frozen=True)
class Tool:
    """A tool to fill in.

    Attributes:
        name: of its file, unique in the course.
        data: what the file holds, as its schema has it: ``titre``, ``sections``, ``vues``…
        path: its file.
    """

    name: str
    data: dict
    path: Path

    @property
    def title(self) -> str:
        return self.data["titre"]


def paths(course: Project) -> list[Path]:
    """Return the files of the tools of a course, by their names."""
    found = [*course.book.glob(f"**/{FOLDER}/*.yml"), *course.modules.glob(f"*/{FOLDER}/*.yml")]
    return sorted((path for path in found if not path.name.startswith(".")), key=lambda path: path.name)


def load(path: Path, course: Project) -> Tool:
    """Return the tool of a file.

    Raises:
        ContentError: with every fault of the file.
    """
    return Tool(path.stem, _read(path, course, text.stamp(path)).data, path)


def tool(name: str, course: Project) -> Tool:
    """Return the tool ``name``.

    Raises:
        ContentError: its file has defects.
        LookupError: there is none; the message, in French, names the nearest.
    """
    known = {path.stem: path for path in paths(course)}
    if name not in known:
        near = structure.suggestion(name, list(known)) if known else f"écrivez {FOLDER}/{name}.yml"
        raise LookupError(f"aucun outil « {name} » : {near}")
    return load(known[name], course)


def check(course: Project) -> list[Fault]:
    """Return the faults of every tool, and the names that two of them bear."""
    faults: list[Fault] = []
    found = paths(course)
    for path in found:
        try:
            load(path, course)
        except ContentError as error:
            faults += error.faults
    times = Counter(path.stem for path in found)
    return faults + [
        Fault(relative(path, course.root), 0, f"deux outils s’appellent « {path.stem} »", "renommez l’un des fichiers")
        for path in found
        if times[path.stem] > 1
    ]


@lru_cache(maxsize=64)
def _read(path: Path, course: Project, stamp: tuple[int, int]) -> Document:
    return listing.read(path, course.root, SCHEMA, ITEMS, lambda data: broken_rules(data, course.root))
