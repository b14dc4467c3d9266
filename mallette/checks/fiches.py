"""Each fiche-action is sound and has its page; each page has its fiche."""

from __future__ import annotations

from mallette.faults import Fault, relative
from mallette.fiches import collection
from mallette.paths import Project


def check(course: Project) -> list[Fault]:
    """Return the faults of the fiches-actions; none when the course has no such file and no such page."""
    pages = {path.stem: path for path in course.fiche_pages.glob("*.md")}
    if not course.fiches.is_file() and not pages:
        return []
    slugs = [fiche.slug for fiche in collection.load(course).fiches]
    if not pages:
        return []
    folder = relative(course.fiche_pages, course.root)
    faults = [
        Fault(
            relative(path, course.root),
            0,
            "aucune fiche-action ne porte le nom de cette page",
            "renommez la page comme le « slug » de la fiche, ou supprimez-la",
        )
        for name, path in pages.items()
        if name not in slugs
    ]
    faults += [
        Fault(f"{folder}/{slug}.md", 0, "cette fiche-action n’a pas de page", "copiez la page d’une autre fiche")
        for slug in slugs
        if slug not in pages
    ]
    return faults
