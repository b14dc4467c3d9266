"""Whoever knows a source finds where each of its parts went (``book/annexes/correspondances.md``), and each unit and
page on the approach says where it comes from. A course without that page has no such table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mallette.checks import pages
from mallette.faults import Fault, relative
from mallette.handwritten.plain import TO_FILL
from mallette.handwritten.structure import suggestion
from mallette.paths import Project
from mallette.units import units

LEFT_OUT = "Ce que le livre ne reprend pas"
"""Title of the part whose rows give a reason in place of a page."""
_MOST_COLUMNS = 3
"""What holds on a phone."""
_LINK = re.compile(r"\[[^\]]+\]\(([^)#]+)(?:#[^)]*)?\)((?:, \*[^*]+\*)*)")
_PART = re.compile(r"\*([^*]+)\*")
_HEADING = re.compile(r"^#+ +(.+?)\s*$", re.MULTILINE)


def check(course: Project) -> list[Fault]:
    """Return the rows of the table that lead nowhere, and the pages that no row leads to."""
    page = course.book / "annexes" / "correspondances.md"
    if not page.is_file():
        return []
    place, reached, faults = relative(page, course.root), set(), []
    for line, row, kept in _rows(pages.text(page)):
        links = _LINK.findall(row)
        reached |= {(page.parent / target).resolve() for target, _ in links}
        faults += [Fault(place, line, *wrong) for wrong in _of_row(row, kept, bool(links))]
        for target, parts in links:
            faults += [
                Fault(place, line, *wrong)
                for wrong in _parts(pages.text((page.parent / target).resolve()), target, _PART.findall(parts))
            ]
    approach = sorted((course.book / "demarche").rglob("[!.]*.md"))
    return faults + [
        Fault(
            relative(path, course.root),
            0,
            "aucune ligne de la table des correspondances ne mène à cette page",
            f"dites dans {place} d’où elle vient",
        )
        for path in [*(unit.chapter for unit in units(course)), *approach]
        if path.resolve() not in reached and TO_FILL not in pages.text(path)
    ]


def _rows(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield (line, row, whether what it names is in the book) for the rows of the tables, without their headings."""
    before, kept = "", True
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("## "):
            kept = LEFT_OUT not in line
        if line.startswith("|") and before.startswith("|") and not line.startswith("|---"):
            yield number, line, kept
        before = line


def _of_row(row: str, kept: bool, linked: bool) -> Iterator[tuple[str, str]]:
    columns = row.count("|") - 1
    if columns > _MOST_COLUMNS:
        yield f"{columns} colonnes ne tiennent pas sur un téléphone", f"gardez-en {_MOST_COLUMNS} au plus"
    if kept and not linked and "| Non repris" not in row:
        yield "cette ligne ne mène à aucune page", "ajoutez un lien, ou écrivez « Non repris : » et pourquoi"
    if not kept and columns != 2:
        yield "cette ligne ne dit pas pourquoi", "écrivez deux cases : quoi, et pourquoi"


def _parts(text: str, target: str, parts: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the parts that are no headings of a page; which no-break space their author chose does not matter."""
    headings = [_plain(title) for title in _HEADING.findall(text)]
    for part in parts:
        if headings and _plain(part) not in headings:
            yield f"« {part} » n’est pas un titre de {target}", suggestion(_plain(part), headings)


def _plain(text: str) -> str:
    return " ".join(text.split())
