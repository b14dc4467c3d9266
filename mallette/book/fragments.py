"""HTML of the computed regions of the book. Every text is escaped here, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from html import escape

from markupsafe import Markup

from mallette import french, helplines, readability, references
from mallette import programme as sessions
from mallette import words as avoided
from mallette.french import duration, number
from mallette.paths import Project
from mallette.quiz import bank
from mallette.templates import table
from mallette.units import Unit, parts, prose, units

Link = Callable[[str], str]


def unit_card(unit: Unit) -> str:
    """Return the identity card of a unit."""
    facts = [
        ("Lecture", f"environ {duration(unit.reading_minutes)}"),
        ("Atelier", duration(unit.minutes)),
        ("Pour", ", ".join(unit.audience)),
    ]
    if unit.prerequisites:
        facts.append(("Prérequis", ", ".join(unit.prerequisites)))
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in facts)
    goals = "".join(f"<li>{escape(goal.text)}</li>" for goal in unit.objectives)
    note = f"<p><strong>À savoir avant de lire.</strong> {escape(unit.warning)}</p>" if unit.warning else ""
    note += helplines.compact(helplines.load(unit.project).given(unit.help_lines))
    return (
        f'<section class="mallette-carte" aria-label="Fiche de l’unité"><p>{escape(unit.summary)}</p>'
        f"<dl>{rows}</dl><p><strong>À la fin, vous saurez</strong></p><ul>{goals}</ul>"
        + (f'<div class="mallette-note">{note}</div>' if note else "") + "</section>"
    )


def schedule(unit: Unit) -> str:
    """Return the trainer's plan with elapsed time, as a list: a table of five columns fits no phone."""
    elapsed, steps = 0, []
    for step in unit.steps:
        start, elapsed = elapsed, elapsed + step.minutes
        details = [
            ("But", step.aim), ("Consigne", step.instruction), ("Attendu", step.expected), ("Matériel", step.material)
        ]
        rows = "".join(
            f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in details if value
        )
        steps.append(
            f'<li><p class="mallette-temps">{_clock(start)}<span aria-hidden="true"> → </span>'
            f'<span class="mallette-cache"> à </span>{_clock(elapsed)} <span>({duration(step.minutes)})</span></p>'
            f'<p class="mallette-titre">{escape(step.title)}</p><dl>{rows}</dl></li>'
        )
    return (
        f"<p>Durée totale\u00a0: {duration(elapsed)}. Les heures comptent à partir du début de la séance.</p>"
        f'<ol class="mallette-deroule">{"".join(steps)}</ol>'
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60}\u00a0h\u00a0{minutes % 60:02d}"


def questions(unit: Unit) -> str:
    """Return the objectives of a unit, numbered as the plan names them, with the questions that check each."""
    asked = bank.load_unit(unit).questions
    return _table(
        "Objectifs, et questions qui les vérifient", ("Objectif", "Questions du quiz, par leur nom"),
        [
            (f"{rank}. {goal.text}", ", ".join(one.id for one in asked if one.objective == goal.id))
            for rank, goal in enumerate(unit.objectives, 1)
        ],
    )  # fmt: skip


def programme(course: Project, link: Link) -> str:
    """Return the sessions, linked to the units that are written."""
    series = sessions.load(course)
    written = {unit.slug: unit for unit in units(course)}
    total = sum(written[item.unit].minutes for item in series.sessions if item.unit in written)
    pending = "" if all(item.unit in written for item in series.sessions) else " déjà écrits"
    parts = [
        f"<p>{escape(series.title)}. Organisation : {escape(series.organiser)}. {escape(series.note)}</p>",
        f"<p>Durée cumulée des ateliers{pending} : {duration(total)}.</p>",
    ]
    for item in series.sessions:
        unit = written.get(item.unit)
        heading = escape(item.title)
        if unit:
            heading = f'<a href="{escape(link(unit.page))}">{heading}</a>'
        people = "".join(f"<li>{_speaker(person)}</li>" for person in item.speakers)
        questions = "".join(f"<li>{escape(question)}</li>" for question in item.questions)
        speakers = f"<ul>{people}</ul>" if people else "<p>Non précisées dans l’invitation.</p>"
        state = "" if unit else '<p class="mallette-note">Chapitre à venir dans ce livre.</p>'
        parts.append(
            f'<section class="mallette-carte"><h2>{item.number}. {heading}</h2>'
            f"<p>{escape(item.date_text)}, {escape(item.hours)}"
            f"{f', {escape(item.place)}' if item.place else ''}</p>{state}"
            f"<p><strong>Questions</strong></p><ul>{questions}</ul>"
            f"<p><strong>Interventions</strong></p>{speakers}</section>"
        )
    parts.append(f"<p>Source : {escape(references.label(series.source, course=course))}.</p>")
    return "".join(parts)


def words(course: Project) -> str:
    """Return the table of words to avoid, what to say instead, and why."""
    return _table(
        "Les mots que ce livre évite", ("Plutôt que", "Dire", "Pourquoi"),
        [(f"« {word.shown} »", word.instead, word.reason) for word in avoided.load(course)], "mallette-empilee",
    )


def help_lines(lines: Sequence[helplines.Line], caption: str, pages_read: bool = False) -> str:
    """Return a table of help lines: whom to call, or with ``pages_read`` where that was read and when."""
    if pages_read:
        return _table(
            caption, ("Service", "État", "Page lue"),
            [(line.name, line.state, " ".join(filter(None, (line.page, line.cost_page))) or "aucune")
             for line in lines], "mallette-empilee mallette-adresses",
        )  # fmt: skip
    return _table(
        caption, ("Service", "Numéro", "Pour", "À savoir"),
        [(line.name, Markup(line.link()), line.audience, line.facts) for line in lines], "mallette-empilee",
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
        "Lisibilité des chapitres", ("Unité", "Minutes de lecture", "Mots par phrase", "Indice LIX"),
        [
            (unit.label, str(unit.reading_minutes), number(measured.words_per_sentence, 1),
             f"{number(measured.lix, 0)} ({measured.level})")
            for unit in units(course)
            for measured in [readability.measure(prose(unit.chapter))]
        ],
    )  # fmt: skip


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    return table(caption, heads, rows, f"mallette-liste {kind}".strip(), stacked=True)


def _speaker(person: sessions.Speaker) -> str:
    text = escape(person.name)
    text += f", {escape(person.title)}" if person.title else ""
    return f"{text} <em>({escape(person.note)})</em>" if person.note else text


def unit_list(course: Project, link: Link) -> str:
    """Return every unit as a card under the caption of its part of the contents; stands below a level-2 heading."""
    return "".join(
        (f"<h3>{escape(caption)}</h3>" if caption else "")
        + f'<ul class="mallette-cartes">{"".join(_card(unit, link) for unit in held)}</ul>'
        for caption, held in parts(course)
    )


def _card(unit: Unit, link: Link) -> str:
    return (
        f'<li class="mallette-carte"><p class="mallette-genre">{unit.label}</p>'
        f'<p class="mallette-titre"><a href="{escape(link(unit.page))}">{escape(unit.title)}</a></p>'
        f"<p>{escape(unit.summary)}</p><p>Lecture : environ {duration(unit.reading_minutes)}. "
        f"Atelier : {duration(unit.minutes)}.</p></li>"
    )
