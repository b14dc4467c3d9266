"""The computed regions of the book: what ``templates/fragments.html.j2`` shows, and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from docutils.nodes import make_id
from markupsafe import Markup

from mallette import french, helplines, organisation, readability, references, templates
from mallette import programme as sessions
from mallette import words as avoided
from mallette.book import credits
from mallette.faults import relative
from mallette.figures import figure
from mallette.french import duration, number
from mallette.paths import Project
from mallette.quiz import bank
from mallette.units import Unit, parts, prose, sheet_titles, units

Link = Callable[[str], str]
_SHEETS = "mallette-liste-de-fiches"


def unit_card(unit: Unit) -> str:
    """Return the identity card of a unit."""
    facts = [
        ("Lecture", f"environ {duration(unit.reading_minutes)}"),
        ("Atelier", duration(unit.minutes)),
        ("Pour", ", ".join(unit.audience)),
    ]
    if unit.prerequisites:
        facts.append(("Prérequis", ", ".join(unit.prerequisites)))
    help_lines = Markup(helplines.compact(helplines.load(unit.project).given(unit.help_lines)))
    return _write("unit_card", unit, facts, help_lines)


def schedule(unit: Unit, link: Link) -> str:
    """Return the trainer's plan with elapsed time, as a list: a table of five columns fits no phone."""
    elapsed, steps, own = 0, [], sheet_titles(unit.sheets, unit.project)
    common = link(_page(unit.project.common_sheets, unit.project))
    for step in unit.steps:
        start, elapsed = elapsed, elapsed + step.minutes
        printed = [(f"{unit.sheets.stem}.html" if title in own else common, title) for title in step.sheets]
        steps.append((step, _clock(start), _clock(elapsed), duration(step.minutes), printed))
    return _write("schedule", steps, duration(elapsed), make_id)


def sheets(unit: Unit, link: Link) -> str:
    """Return the table of the sheets that a unit uses, its own and then those of all units, with the steps that do."""
    own, common = (sheet_titles(path, unit.project) for path in (unit.sheets, unit.project.common_sheets))
    used = [(title, step.title) for step in unit.steps for title in step.sheets]
    promised = {title for title, _ in used}
    page = link(_page(unit.project.common_sheets, unit.project))
    links = [(title, "") for title in own] + [(title, page) for title in common if title in promised - own.keys()]
    rows = [
        (_sheet_link(title, place), ", ".join(step for name, step in used if name == title)) for title, place in links
    ]
    return _table("Fiches à imprimer, et moments où elles servent", ("Fiche", "Moment"), rows, _SHEETS)


def common_sheets(course: Project, link: Link) -> str:
    """Return the table of the sheets that several units use, each with the units that do."""
    using = [
        (
            {title for step in unit.steps for title in step.sheets},
            Markup('<a href="{}">{}</a>').format(link(_page(unit.trainer, course)), unit.label),
        )
        for unit in units(course)
    ]
    rows = [
        (_sheet_link(title), Markup(", ").join(unit for used, unit in using if title in used))
        for title in sheet_titles(course.common_sheets, course)
    ]
    return _table("Fiches de cette page, et unités qui s’en servent", ("Fiche", "Unités"), rows, _SHEETS)


def axis(strips: int = 4, top: int = 100) -> str:
    """Return an axis cut in strips that fill a sheet, from 0 to ``top``."""
    drawn = templates.render("book/templates/axe.svg.j2", strips=strips, span=top // strips)
    told = f"Axe de 0 à {top}, en {strips} bandes à découper et à coller bout à bout."
    return Markup('<img class="mallette-planche" src="{}" alt="{}">').format(figure.uri(drawn), told)


def _page(path: Path, course: Project) -> str:
    return relative(path, course.root).removesuffix(".md") + ".html"


def _sheet_link(title: str, page: str = "") -> Markup:
    return Markup('<a href="{}#{}">{}</a>').format(page, make_id(title), title)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}\u00a0h\u00a0{minutes % 60:02d}"


def questions(unit: Unit) -> str:
    """Return the objectives of a unit, numbered as the plan names them, with the questions that check each."""
    asked = bank.load_unit(unit).questions
    return _table(
        "Objectifs, et questions qui les vérifient",
        ("Objectif", "Questions du quiz, par leur nom"),
        [
            (f"{rank}. {goal.text}", ", ".join(one.id for one in asked if one.objective == goal.id))
            for rank, goal in enumerate(unit.objectives, 1)
        ],
    )


def programme(course: Project, link: Link) -> str:
    """Return the sessions, linked to the units that are written."""
    series = sessions.load(course)
    written = {unit.slug: unit for unit in units(course)}
    total = sum(written[item.unit].minutes for item in series.sessions if item.unit in written)
    linked = _linked(series, course, link)
    source = references.label(series.source, course=course)
    return _write("programme", series, duration(total), all(address for _, address in linked), linked, source)


def dates(course: Project, link: Link) -> str:
    """Return the dates of the course's own sessions, nothing when there are none."""
    own = sessions.cycle(course)
    return _write("dates", own, _linked(own, course, link)) if own else ""


def _linked(series: sessions.Series, course: Project, link: Link) -> list[tuple[sessions.Session, str]]:
    written = {unit.slug: unit for unit in units(course)}
    return [(item, link(written[item.unit].page) if item.unit in written else "") for item in series.sessions]


def words(course: Project) -> str:
    """Return the table of words to avoid, what to say instead, and why."""
    return _table(
        "Les mots que ce livre évite",
        ("Plutôt que", "Dire", "Pourquoi"),
        [(f"« {word.shown} »", word.instead, word.reason) for word in avoided.load(course)],
        "mallette-empilee",
    )


def help_lines(lines: Sequence[helplines.Line], caption: str, pages_read: bool = False) -> str:
    """Return a table of help lines: whom to call, or with ``pages_read`` where that was read and when."""
    if pages_read:
        return _table(
            caption,
            ("Service", "État", "Page lue"),
            [
                (line.name, line.state, " ".join(filter(None, (line.page, line.cost_page))) or "aucune")
                for line in lines
            ],
            "mallette-empilee mallette-adresses",
        )
    return _table(
        caption,
        ("Service", "Numéro", "Pour", "À savoir"),
        [(line.name, Markup(line.link()), line.audience, line.facts) for line in lines],
        "mallette-empilee",
    )


def mark(key: str, number: int, rank: int) -> str:
    """Return the mark of a point in the text: the ``rank``-th of the page that points to it."""
    return (
        f'<sup class="mallette-verif"><a id="marque-{key}-{rank}" href="#verif-{key}" '
        f'aria-label="vérif. {number}\u00a0: point à vérifier">vérif.\u00a0{number}</a></sup>'
    )


def back_to_marks(key: str, count: int) -> str:
    """Return links from a point to the marks of the text."""
    return "".join(
        f' <a class="mallette-retour" href="#marque-{key}-{rank}" '
        f'aria-label="Retour au texte{f" ({rank} sur {count})" if count > 1 else ""}">↩</a>'
        for rank in range(1, count + 1)
    )


def unverified_title(whom: str, day: str) -> str:
    """Return the title of the box of a page.

    Raises:
        ValueError: ``day`` is no ISO date.
    """
    return f"À vérifier auprès {whom}\u00a0: liste du {french.day(date.fromisoformat(day))}"


def reading_levels(course: Project) -> str:
    """Return how hard each chapter is to read."""
    return _table(
        "Lisibilité des chapitres",
        ("Unité", "Minutes de lecture", "Mots par phrase", "Indice LIX"),
        [
            (
                unit.label,
                str(unit.reading_minutes),
                number(measured.words_per_sentence, 1),
                f"{number(measured.lix, 0)} ({measured.level})",
            )
            for unit in units(course)
            for measured in [readability.measure(prose(unit.chapter))]
        ],
    )


def publisher(known: organisation.Organisation, names: Sequence[str]) -> str:
    """Return fields of who publishes, as a list of descriptions."""
    return _write("publisher", [(organisation.LABELS[name], known.value(name)) for name in names])


def credits_table(licences: str) -> str:
    """Return what others made, and a link to their licences."""
    rows = [(name, version or "celle du thème", licence, use) for name, version, licence, use in credits.rows()]
    table = _table("Ce que d’autres ont fait", ("Nom", "Version", "Licence", "Sert à"), rows, "mallette-empilee")
    return _write("credits", table, licences)


def footer(links: Sequence[tuple[str, str]]) -> str:
    """Return the links at the foot of each page: addresses and texts."""
    return _write("footer", links)


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    return templates.table(caption, heads, rows, f"mallette-liste {kind}".strip(), stacked=True)


def unit_list(course: Project, link: Link) -> str:
    """Return every unit as a card under the caption of its part of the contents; stands below a level-2 heading."""
    return _write(
        "unit_list",
        [
            (
                caption,
                [(unit, link(unit.page), duration(unit.reading_minutes), duration(unit.minutes)) for unit in held],
            )
            for caption, held in parts(course)
        ],
    )


def _write(macro: str, *values: object) -> str:
    return str(getattr(templates.macros("book/templates/fragments.html.j2"), macro)(*values))
