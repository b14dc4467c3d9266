"""Directives that print what is computed from the units and the programme."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective, SphinxRole

from mallette import helplines, units, unverified
from mallette.book import fiches, fragments, freshness
from mallette.faults import ContentError, relative
from mallette.fiches import collection
from mallette.paths import Project
from mallette.widgets import Tool

UNVERIFIED = "a-verifier"


class Computed(SphinxDirective):
    """A directive without argument that prints HTML made by :mod:`mallette.book.fragments`."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        try:
            return self.computed()
        except ContentError as error:  # one bad file costs what is computed from it, not the book
            raise self.error(str(error)) from error

    def computed(self) -> list[nodes.Node]:
        raise NotImplementedError

    @property
    def course(self) -> Project:
        return Project(Path(self.env.app.confdir).resolve())

    def current_unit(self) -> units.Unit:
        folder = Path(self.env.doc2path(self.env.docname)).resolve().parent
        for item in units.units(self.course):
            if item.folder.resolve() == folder:
                return item
        raise self.error("cette directive n’a de sens que dans le dossier d’une unité")

    def note(self, *paths: Path) -> None:
        """Have the page read again when one of these files changes; one that is not there would seem to, each time."""
        for path in filter(Path.is_file, paths):
            self.env.note_dependency(str(path))

    def html(self, text: str) -> list[nodes.Node]:
        return [nodes.raw("", text, format="html")]

    def link(self, page: str) -> str:
        """Return the address of a page of the book, relative to the current one."""
        depth = self.env.docname.count("/")
        return "../" * depth + page


class UnitCard(Computed):
    """``{unite}``: reading time, workshop time, audience, objectives, content note, help lines."""

    def computed(self) -> list[nodes.Node]:
        self.env.note_dependency(str(self.course.helplines))
        return self.html(fragments.unit_card(self.current_unit()))


class Schedule(Computed):
    """``{deroule}``: the trainer's plan with the running clock."""

    def computed(self) -> list[nodes.Node]:
        unit = self.current_unit()
        self.note(unit.sheets, self.course.common_sheets)
        return self.html(fragments.schedule(unit, self.link))


class Questions(Computed):
    """``{questions}``: the objectives, each with the questions that check it."""

    def computed(self) -> list[nodes.Node]:
        return self.html(fragments.questions(self.current_unit()))


class FillIn(Computed):
    """``{outil} nom``: a tool to fill in; its blank sheet alone with ``:papier:``."""

    required_arguments = 1
    option_spec = {"papier": directives.flag}

    def computed(self) -> list[nodes.Node]:
        try:
            widget = Tool(self.arguments[0], self.course)
        except LookupError as error:
            raise self.error(str(error)) from error
        self.note(widget.path)
        return self.html(widget.fallback_html() if "papier" in self.options else widget.static_html())


class Programme(Computed):
    """``{programme}``: sessions of ``data/programme.yml``, linked to the units that exist."""

    def computed(self) -> list[nodes.Node]:
        self.env.note_dependency(str(self.course.programme))
        freshness.note_units(self.env)
        return self.html(fragments.programme(self.course, self.link))


class Dates(Computed):
    """``{dates}``: the sessions that whoever uses the kit has put in ``data/programme.yml``."""

    def computed(self) -> list[nodes.Node]:
        self.env.note_dependency(str(self.course.programme))
        freshness.note_units(self.env)
        return self.html(fragments.dates(self.course, self.link))


class Words(Computed):
    """``{mots}``: the words that the course does not use for people, and what it says instead."""

    def computed(self) -> list[nodes.Node]:
        self.env.note_dependency(str(self.course.words))
        return self.html(fragments.words(self.course))


def _of_page(env: BuildEnvironment, name: str, make: Callable[[], Any]) -> Any:
    """Return what ``make`` gives, made once for the page that is being read."""
    if name not in env.temp_data:
        env.temp_data[name] = make()
    return env.temp_data[name]


def _lines(env: BuildEnvironment) -> helplines.Helplines:
    """Return the help lines; a page that shows one is read again when their file changes."""
    course = Project(Path(env.app.confdir).resolve())
    env.note_dependency(str(course.helplines))
    return _of_page(env, "mallette-lignes", lambda: helplines.load(course))


def _marks(env: BuildEnvironment) -> unverified.Marks:
    """Return the points of the page that wait for a lawyer, and its marks."""
    page = Path(env.doc2path(env.docname))
    return _of_page(env, "mallette-verif", lambda: unverified.read(page.read_text(encoding="utf-8")))


class HelpLines(Computed):
    """``{lignes} id id…``: whom to call; without an id on a page of a unit, the lines of that unit.

    A table under ``:legende:``, one paragraph with ``:courtes:``, the pages that were read with ``:sources:``.
    """

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = {"legende": directives.unchanged_required, "courtes": directives.flag, "sources": directives.flag}

    def computed(self) -> list[nodes.Node]:
        known = _lines(self.env)
        try:
            if self.arguments:
                lines = [known.line(name) for name in self.arguments[0].split()]
            elif "sources" in self.options:
                lines = list(known.lines)
            else:
                lines = known.given(self.current_unit().help_lines)
        except LookupError as error:
            raise self.error(str(error)) from error
        if "courtes" in self.options:
            return self.html(helplines.compact(lines))
        caption = self.options.get("legende", "Pour parler à quelqu’un")
        return self.html(fragments.help_lines(lines, caption, "sources" in self.options))


class HelpLine(SphinxRole):
    """``{ligne}`` and an id: the number of a help line, never cut at the end of a line, that a phone offers to call."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            link = _lines(self.env).line(self.text.strip()).link()
        except (LookupError, ContentError) as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [nodes.problematic(self.rawtext, self.rawtext)], [message]
        return [nodes.raw("", link, format="html")], []


class Unverified(Computed):
    """``{a-verifier} 2026-11-29``: the points of the page that wait for a lawyer, each with links back to its marks."""

    has_content = True
    required_arguments = 1
    option_spec = {"aupres": directives.unchanged_required}

    def computed(self) -> list[nodes.Node]:
        found = _marks(self.env)
        points = nodes.enumerated_list(enumtype="arabic")
        for point in found.boxes[0].points:
            item = nodes.list_item("", *self.parse_text_to_nodes(point.text), ids=[f"verif-{point.key}"])
            item[-1] += nodes.raw("", fragments.back_to_marks(point.key, found.count(point.key)), format="html")
            points += item
        try:
            title = fragments.unverified_title(self.options.get("aupres", "d’un juriste"), self.arguments[0])
        except ValueError as error:
            raise self.error(str(error)) from error
        box = nodes.admonition(
            "", nodes.title("", title), points, classes=["warning", "mallette-averifier"], names=[UNVERIFIED]
        )
        self.state.document.note_explicit_target(box)
        return [box]


def _of_one_page(app: Sphinx, env: BuildEnvironment) -> None:
    """Forget the name of these boxes as one of the book: it would be that of whichever page was read last."""
    env.domaindata["std"]["anonlabels"].pop(UNVERIFIED, None)


class Mark(SphinxRole):
    """``{verif}`` and a key: a mark in the text, linked to its point in the box of the page."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        key = self.text.strip()
        found = _marks(self.env)
        number = found.boxes[0].number(key) if found.boxes else None
        if number is None:
            message = self.inliner.reporter.error(f"aucun point « {key} » à vérifier dans la page", line=self.lineno)
            return [nodes.problematic(self.rawtext, self.rawtext)], [message]
        counts = _of_page(self.env, "mallette-marques", dict)
        counts[key] = counts.get(key, 0) + 1
        return [nodes.raw("", fragments.mark(key, number, counts[key]), format="html")], []


class ReadingLevels(Computed):
    """``{lisibilite}``: how hard each chapter is to read."""

    def computed(self) -> list[nodes.Node]:
        freshness.note_units(self.env, reading=True)
        return self.html(fragments.reading_levels(self.course))


class FicheAction(Computed):
    """``{fiche-action}``: the whole page of a fiche-action, title included; the page is named after the fiche."""

    def computed(self) -> list[nodes.Node]:
        self.env.note_dependency(str(self.course.fiches))
        freshness.note_units(self.env)
        known = collection.load(self.course)
        try:
            fiche = known.fiche(Path(self.env.docname).name)
        except LookupError as error:
            raise self.error(str(error)) from error
        text = fiches.page(self.course, fiche, known.source, self.link(""), self.env.found_docs)
        return self.parse_text_to_nodes(text, allow_section_headings=True)


class FicheList(Computed):
    """``{fiches-actions}``: the list of the fiches-actions, to filter by logic of action, public and partner."""

    def computed(self) -> list[nodes.Node]:
        self.env.note_dependency(str(self.course.fiches))
        folder = relative(self.course.fiche_pages, self.course.root)
        return self.html(fiches.catalogue(collection.load(self.course), self.link(f"{folder}/")))


class UnitList(Computed):
    """``{unites}``: every unit of the course with its times and links."""

    def computed(self) -> list[nodes.Node]:
        freshness.note_units(self.env, reading=True)
        return self.html(fragments.unit_list(self.course, self.link))


def register(app: Sphinx) -> None:
    """Make the directives known to Sphinx."""
    for name, directive in (
        ("unite", UnitCard),
        ("deroule", Schedule),
        ("questions", Questions),
        ("outil", FillIn),
        ("programme", Programme),
        ("dates", Dates),
        ("unites", UnitList),
        ("mots", Words),
        ("lisibilite", ReadingLevels),
        ("fiche-action", FicheAction),
        ("fiches-actions", FicheList),
        ("lignes", HelpLines),
        (UNVERIFIED, Unverified),
    ):
        app.add_directive(name, directive)
    app.connect("env-updated", _of_one_page)
    app.add_role("ligne", HelpLine())
    app.add_role("verif", Mark())
