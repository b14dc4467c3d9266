"""Pages of the fiches-actions: one Markdown page from one template, and the list that can be filtered."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from html import escape

from mallette.faults import relative
from mallette.fiches.collection import Collection, Fiche
from mallette.french import without_accents
from mallette.paths import Project
from mallette.templates import MARKDOWN
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
    return MARKDOWN.get_template("book/templates/fiche.md.j2").render(
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
    count = len(fiches.fiches)
    cards = "".join(_card(fiche, folder) for fiche in fiches.fiches)
    selects = "".join((
        _select("logique", "Logique d’action", "Toutes les logiques", fiches,
                {name: title for name, (title, _) in fiches.logics.items()}),
        _select("public", "Public", "Tous les publics", fiches, fiches.audiences),
        _select("partenaire", "Partenaire", "Tous les partenaires", fiches,
                dict(sorted(fiches.partners.items(), key=lambda item: without_accents(item[1])))),
    ))
    logics = "".join(f"<dt>{escape(title)}</dt><dd>{escape(text)}</dd>" for title, text in fiches.logics.values())
    return (
        f'<div class="mallette-fiches" id="{ANCHOR}">'
        f"<details><summary>Ce que recouvre chaque logique d’action</summary><dl>{logics}</dl></details>"
        f'<form class="mallette-filtres" aria-label="Filtrer les fiches-actions" hidden>{selects}'
        '<button type="reset">Tout afficher</button></form>'
        f'<p class="mallette-nombre" role="status" data-total="{count}">{count} fiches-actions</p>'
        f'<ul class="mallette-cartes">{cards}</ul></div>'
    )


def _names(fiche: Fiche) -> dict[str, list[str]]:
    """Return, by filter, the names that a fiche answers to."""
    return {
        "logique": [logic.id for logic in fiche.logics],
        "public": list(fiche.audiences),
        "partenaire": [partner.id for partner in fiche.partners],
    }


def _select(name: str, label: str, every: str, fiches: Collection, choices: dict[str, str]) -> str:
    counts = {key: sum(key in _names(fiche)[name] for fiche in fiches.fiches) for key in choices}
    options = "".join(
        f'<option value="{escape(key)}" data-nom="{escape(text)}">{escape(text)} ({counts[key]})</option>'
        for key, text in choices.items()
    )
    return (
        f'<div><label for="{ANCHOR}-{name}">{label}</label>'
        f'<select id="{ANCHOR}-{name}" name="{name}"><option value="">{every}</option>{options}</select></div>'
    )


def _card(fiche: Fiche, folder: str) -> str:
    data = "".join(f' data-{name}="{escape(" ".join(values))}"' for name, values in _names(fiche).items())
    facts = (
        ("Logique", "\u202f; ".join(logic.title for logic in fiche.logics)),
        ("Publics", "\u202f; ".join(fiche.audiences.values())),
        ("Partenaires", "\u202f; ".join(partner.name for partner in fiche.partners)),
    )
    rows = "".join(f"<div><dt>{name}</dt><dd>{escape(text)}</dd></div>" for name, text in facts)
    return (
        f'<li class="mallette-carte"{data}><h3 class="mallette-titre">'
        f'<a href="{escape(folder)}{escape(fiche.slug)}.html">{fiche.number}. {escape(fiche.title)}</a></h3>'
        f"<p>{escape(fiche.summary)}</p><dl>{rows}</dl></li>"
    )
