"""Directives that print what is computed from the units and the programme."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from mallette import units
from mallette.book import fragments
from mallette.paths import Project


class _Computed(SphinxDirective):
    """A directive without argument that prints HTML made by :mod:`mallette.book.fragments`."""

    has_content = False

    @property
    def course(self) -> Project:
        return Project(Path(self.env.app.confdir).resolve())

    def current_unit(self) -> units.Unit:
        folder = Path(self.env.doc2path(self.env.docname)).resolve().parent
        for item in units.units(self.course):
            if item.folder.resolve() == folder:
                # The page must be read again when the chapter or the trainer's notes change.
                self.env.note_dependency(str(item.chapter))
                self.env.note_dependency(str(item.trainer))
                return item
        raise self.error("cette directive n’a de sens que dans le dossier d’une unité")

    def html(self, text: str) -> list[nodes.Node]:
        return [nodes.raw("", text, format="html")]

    def link(self, page: str) -> str:
        """Return the address of a page of the book, relative to the current one."""
        depth = self.env.docname.count("/")
        return "../" * depth + page


class UnitCard(_Computed):
    """``{unite}``: reading time, workshop time, audience, objectives, content note."""

    def run(self) -> list[nodes.Node]:
        return self.html(fragments.unit_card(self.current_unit()))


class Schedule(_Computed):
    """``{deroule}``: the trainer's plan with the running clock."""

    def run(self) -> list[nodes.Node]:
        return self.html(fragments.schedule(self.current_unit()))


class Programme(_Computed):
    """``{programme}``: sessions of ``data/programme.yml``, linked to the units that exist."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(str(self.course.programme))
        return self.html(fragments.programme(self.course, self.link))


class UnitList(_Computed):
    """``{unites}``: every unit of the course with its times and links."""

    def run(self) -> list[nodes.Node]:
        for item in units.units(self.course):
            self.env.note_dependency(str(item.chapter))
        return self.html(fragments.unit_list(self.course, self.link))


def register(app: Sphinx) -> None:
    """Make the directives known to Sphinx."""
    for name, directive in (
        ("unite", UnitCard), ("deroule", Schedule), ("programme", Programme), ("unites", UnitList)
    ):
        app.add_directive(name, directive)
