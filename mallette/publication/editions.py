"""What may be published, and of which pages each edition is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mallette import toc, units
from mallette.faults import ContentError, Fault, relative
from mallette.paths import Project

TRAINER = "formateur"
"""Last part of the address of a page written for those who train, in a unit and among the guides."""
SHEETS = "fiches"
"""That of the printable sheets of a unit."""
STAFF = frozenset((TRAINER, "organisateur", "evaluateur"))
"""Those of the pages that a learner has no use for, with the sheets."""


@dataclass(frozen=True)
class Edition:
    """A choice of pages with its name.

    Attributes:
        name: name of its files, without extension.
        use: what it is for, in French.
        title: ``None`` when it is the title of its first page.
        subtitle: what stands under the title, possibly empty.
        pages: in reading order.
        parts: whether the captions of ``_toc.yml`` open parts; otherwise every page is a chapter.
    """

    name: str
    use: str
    title: str | None
    subtitle: str
    pages: tuple[toc.Entry, ...]
    parts: bool = True


def book(course: Project) -> Edition:
    """Return the whole book but what serves a session: workshop pages, trainers' notes, sheets to print."""
    session = {_address(item.page, name) for item in units.units(course) for name in ("atelier", TRAINER)}
    session |= _sheets(course)
    pages = tuple(entry for entry in toc.entries(course) if entry.page not in session)
    return Edition("livre", "lire, imprimer, déposer", None, "", pages)


def guide(course: Project) -> Edition:
    """Return what trainers need: the notes and the sheets of every unit, their guide and the sheets of all units."""
    sheets = _sheets(course)
    pages = tuple(
        entry for entry in toc.entries(course) if entry.page in sheets or entry.page.rpartition("/")[2] == TRAINER
    )
    subtitle = "Déroulés, notes et fiches à imprimer de toutes les unités"
    return Edition("guide-de-formation", "préparer et animer les séances", "Guide de formation", subtitle, pages)


def unit(course: Project, slug: str) -> Edition:
    """Return one unit: chapter, workshop page, trainer's notes, sheets to print.

    Raises:
        ContentError: no unit has that name; the error lists those that exist.
    """
    try:
        found = units.unit(slug, course)
    except LookupError as error:
        raise ContentError([Fault(f"--unite {slug}", 0, str(error.args[0]), "reprenez l’un de ces noms")]) from None
    folder = _address(found.page, "")
    pages = tuple(entry for entry in toc.entries(course) if entry.page.startswith(folder))
    return Edition(slug, f"distribuer le {found.label.lower()}", found.title, found.label, pages, parts=False)


def lessons(course: Project, slugs: Sequence[str] = (), guide_too: bool = False) -> list[Edition]:
    """Return what a learner is given, the whole book or some units: notes, sheets and guides of staff only when asked.

    Raises:
        ContentError: a unit is not there.
    """
    whole = Edition("", "", None, "", toc.entries(course))
    asked = [unit(course, slug) for slug in slugs] or [whole]
    if guide_too:
        return asked
    sheets = _sheets(course)

    def given(entry: toc.Entry) -> bool:
        return entry.page not in sheets and entry.page.rpartition("/")[2] not in STAFF

    return [replace(edition, pages=tuple(filter(given, edition.pages))) for edition in asked]


def chosen(
    course: Project, slugs: Sequence[str] = (), guide_too: bool = False, all_of_them: bool = False
) -> list[Edition]:
    """Return the editions that are asked for: the book when nothing is.

    Raises:
        ContentError: a unit is not there.
    """
    if all_of_them:
        return [book(course), guide(course), *(unit(course, item.slug) for item in units.units(course))]
    asked = [unit(course, slug) for slug in slugs] + ([guide(course)] if guide_too else [])
    return asked or [book(course)]


def _sheets(course: Project) -> set[str]:
    """Return the addresses of the pages of sheets: of each unit, and of those that several units use."""
    common = relative(course.common_sheets, course.root).removesuffix(".md")
    return {common, *(_address(item.page, SHEETS) for item in units.units(course))}


def _address(page: str, name: str) -> str:
    """Return the address of the page ``name`` beside ``page``."""
    return f"{page.rpartition('/')[0]}/{name}"
