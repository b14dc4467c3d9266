"""Directives of the pages that a public site needs: who publishes, what others made, in what state the book is."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from mallette import organisation
from mallette.book import credits, fragments, freshness, state
from mallette.book.directives import Computed
from mallette.faults import relative


class Publisher(Computed):
    """``{organisme} nom adresse…``: fields of ``data/organisme.yml``; what is empty is said."""

    required_arguments = 1
    final_argument_whitespace = True

    def computed(self) -> list[nodes.Node]:
        self.note(self.course.organisation)
        known, names = organisation.load(self.course), self.arguments[0].split()
        if unknown := [name for name in names if name not in organisation.LABELS]:
            raise self.error(f"champ inconnu : {', '.join(unknown)}")
        return self.html(fragments.publisher(known, names))


class Credits(Computed):
    """``{credits}``: what the publications carry that others made."""

    def computed(self) -> list[nodes.Node]:
        return self.html(fragments.credits_table(f"{self.link('')}{credits.LICENCES}"))


class State(Computed):
    """``{etat}``: versions, age of the data, open points, links."""

    def computed(self) -> list[nodes.Node]:
        # Open points and links are counted again at each commit: an edit would otherwise have this page read again.
        freshness.note_units(self.env, reading=True)
        self.note(self.course.helplines, self.course.root / ".git" / "logs" / "HEAD", self.course.datapackage)
        self.note(*sorted(self.course.data.glob("*.csv")))
        addresses = {
            relative(Path(self.env.doc2path(name)), self.course.root): self.link(f"{name}.html")
            for name in self.env.found_docs
        }
        return self.html(state.html(self.course, addresses))


def register(app: Sphinx) -> None:
    """Make the directives known to Sphinx."""
    app.add_directive("organisme", Publisher)
    app.add_directive("credits", Credits)
    app.add_directive("etat", State)
