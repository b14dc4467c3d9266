"""Pages of the fiches-actions: one Markdown page from one template, and the list that can be filtered."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from mallette import templates
from mallette.faults import relative
from mallette.fiches.collection import Collection, Fiche
from mallette.french import without_accents
from mallette.paths import Project
from mallette.units import KINDS, units

ANCHOR = "fiches"
"""Name of the list in the address of a filtered view: ``#fiches?logique=…``, read by ``static/fiches.js``."""
HEADINGS = (
    # Field of the file, heading of the page, whether its lines are in order.
    ("contexte", "D’où l’on part", False),
    ("objectifs", "Ce que l’on vise", False),
    ("etapes", "Ce qui est fait, pas à pas", True),
    ("questions", "Les questions travaillées", False),
    ("moyens", "Avec quels moyens", False),
    ("conditions", "À quelles conditions", False),
    ("resultats", "Ce que cela a donné", False),
    ("limites", "Les limites", False),
    ("vigilance", "Points de vigilance", False),
)


@dataclass(frozen=True)
class _Citation:
    """A citation key: no text, so that the template writes it as it is."""

    key: str

    def __str__(self) -> str:
        return f"{{cite}}`{self.key}`"


@dataclass(frozen=True)
class _Reading:
    """A unit to read with a fiche; ``path`` is empty while it is not written."""

    title: str
    path: str = ""


def page(course: Project, fiche: Fiche, source: str, up: str, pages: Container[str]) -> str:
    """Return the Markdown of the page of ``fiche``.

    Args:
        source: citation key of the whole.
        up: path from the page to the root of the course (``"../../../"``).
        pages: names of the pages of the book, without extension: a unit that is not among them is to come.
    """
    return templates.MARKDOWN.get_template("book/templates/fiche.md.j2").render(
        fiche=fiche,
        anchor=ANCHOR,
        headings=HEADINGS,
        source=_Citation(source),
        publications=[(item.text, _Citation(item.key)) for item in fiche.publications],
        modules=[_reading(course, "module", number, up, pages) for number in fiche.modules],
        seminars=[_reading(course, "seminaire", number, up, pages) for number in fiche.seminars],
    )


def _reading(course: Project, kind: str, number: int, up: str, pages: Container[str]) -> _Reading:
    for item in units(course):
        path = relative(item.chapter, course.root)
        if (item.kind, item.number) == (kind, number) and path.removesuffix(".md") in pages:
            return _Reading(f"{item.label} : {item.title}", up + path)
    return _Reading(f"{KINDS[kind]} {number} (à venir dans ce livre)")


def catalogue(fiches: Collection, folder: str) -> str:
    """Return the list as HTML: its form is hidden until ``static/fiches.js`` can filter.

    Args:
        folder: address of the folder of the pages, relative to the list.
    """
    filters = (
        (
            "logique",
            "Logique d’action",
            "Toutes les logiques",
            {name: title for name, (title, _) in fiches.logics.items()},
        ),
        ("public", "Public", "Tous les publics", fiches.audiences),
        (
            "partenaire",
            "Partenaire",
            "Tous les partenaires",
            dict(sorted(fiches.partners.items(), key=lambda item: without_accents(item[1]))),
        ),
    )
    named = [(fiche, _names(fiche)) for fiche in fiches.fiches]
    counted = [
        (
            name,
            label,
            every,
            [(key, text, sum(key in names[name] for _, names in named)) for key, text in choices.items()],
        )
        for name, label, every, choices in filters
    ]
    cards = [(fiche, names, _facts(fiche)) for fiche, names in named]
    write = templates.macros("book/templates/fragments.html.j2").catalogue
    return str(write(ANCHOR, fiches.logics.values(), counted, cards, folder))


def _names(fiche: Fiche) -> dict[str, list[str]]:
    """Return, by filter, the names that a fiche answers to."""
    return {
        "logique": [logic.id for logic in fiche.logics],
        "public": list(fiche.audiences),
        "partenaire": [partner.id for partner in fiche.partners],
    }


def _facts(fiche: Fiche) -> tuple[tuple[str, str], ...]:
    return (
        ("Logique", "\u202f; ".join(logic.title for logic in fiche.logics)),
        ("Publics", "\u202f; ".join(fiche.audiences.values())),
        ("Partenaires", "\u202f; ".join(partner.name for partner in fiche.partners)),
    )
