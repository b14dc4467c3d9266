"""The table of contents (``_toc.yml``): the pages of the book in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mallette.faults import ContentError, Fault, relative
from mallette.handwritten import listing, structure, text
from mallette.handwritten.document import Document, Place
from mallette.paths import Project

SCHEMA = Path(__file__).with_name("toc.schema.json")
ITEMS = structure.Items("parts", "partie", "caption")


@dataclass(frozen=True)
class Entry:
    """One page.

    Attributes:
        page: path from the root of the course, without extension.
        caption: of its part, possibly empty.
        line: line of ``_toc.yml``.
        depth: 1 for the first page and for chapters, one more for each page that it depends on.
    """

    page: str
    caption: str
    line: int
    depth: int = 1


def entries(course: Project) -> tuple[Entry, ...]:
    """Return the pages in reading order, the first page of the book at their head.

    Raises:
        ContentError: the file is missing or has defects; the error holds them all.
    """
    return _entries(course, text.stamp(course.toc))


@lru_cache(maxsize=16)
def _entries(course: Project, stamp: tuple[int, int]) -> tuple[Entry, ...]:
    source = listing.read(course.toc, course.root, SCHEMA, ITEMS)
    return tuple(_walk(source, source.data, (), ""))


def _walk(source: Document, item: dict, place: Place, caption: str) -> Iterator[Entry]:
    for key in ("root", "file"):
        if key in item:
            depth = max(1, sum(step in ("chapters", "sections") for step in place))
            yield Entry(item[key].removesuffix(".md"), caption, source.line((*place, key)), depth)
    for key in ("parts", "chapters", "sections"):
        for rank, held in enumerate(item.get(key, ())):
            yield from _walk(source, held, (*place, key, rank), held.get("caption", caption))


def check(course: Project, pages: list[Path]) -> list[Fault]:
    """Return the faults of the table of contents: pages that do not exist or come twice, and ``pages`` that it forgets.

    Args:
        pages: every page that the book should show.
    """
    place = relative(course.toc, course.root)
    try:
        listed = entries(course)
    except ContentError as error:
        return error.faults
    known = [relative(path, course.root).removesuffix(".md") for path in pages]
    faults: list[Fault] = []
    first: dict[str, int] = {}
    for entry in listed:
        if not any((course.root / f"{entry.page}{kind}").is_file() for kind in (".md", ".ipynb")):
            faults.append(
                Fault(
                    place,
                    entry.line,
                    f"aucune page « {entry.page} »",
                    structure.suggestion(entry.page, known) if known else "corrigez le chemin",
                )
            )
        elif entry.page in first:
            faults.append(
                Fault(
                    place,
                    entry.line,
                    f"« {entry.page} » est déjà ligne {first[entry.page]}",
                    "gardez une seule des deux lignes",
                )
            )
        first.setdefault(entry.page, entry.line)
    return faults + [
        Fault(place, 0, f"« {page} » n’est pas dans le sommaire", f"ajoutez « - file: {page} » à sa place")
        for page in known
        if page not in first
    ]
