"""Directives of what is printed for a session: sheets, cards, posters, the quiz on paper."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from mallette import questions, units
from mallette.book import fragments
from mallette.book.directives import Computed
from mallette.quiz import bank, paper
from mallette.widgets import HourlyPay


class Sheets(Computed):
    """``{fiches}``: the sheets of the page, each with the moments that use it. Each is printed on paper of its own."""

    def computed(self) -> list[nodes.Node]:
        if Path(self.env.doc2path(self.env.docname)) != self.course.common_sheets:
            unit = self.current_unit()
            self.note(self.course.common_sheets)
            return self.html(fragments.sheets(unit, self.link))
        for item in units.units(self.course):
            self.note(item.trainer)
        return self.html(fragments.common_sheets(self.course, self.link))


class Cards(SphinxDirective):
    """``{cartes}``: a list whose items are cards to cut out; ``:colonnes:`` of them side by side (3 by default).

    With ``:par-page:``, one, two or four of them fill a page, in letters read across a room. ``:echelle:`` in place of
    the list: the points of the scale on which a room places itself, as questions name them.
    """

    has_content = True
    option_spec = {
        "colonnes": lambda text: directives.choice(text, ("1", "2", "3", "4")),
        "par-page": lambda text: directives.choice(text, ("1", "2", "4")),
        "echelle": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        content = self.content
        if "echelle" in self.options:
            points = [point for kind in questions.BANK.values() for point in kind.posters]
            content = StringList([line for mark, words in points for line in (f"- **{mark}**", "", f"  {words}")], "")
        page = self.options.get("par-page")
        names = [f"mallette-affiches-{page}"] if page else [f"mallette-decouper-{self.options.get('colonnes', '3')}"]
        held = nodes.container(classes=["mallette-affiches" if page else "mallette-decouper", *names])
        self.state.nested_parse(content, self.content_offset, held)
        if [type(child) for child in held.children] != [nodes.bullet_list]:
            raise self.error("il faut une seule liste, une carte par tiret")
        return [held]


class Axis(Computed):
    """``{axe}``: an axis from 0 to 100 in strips to cut out and to glue end to end."""

    def computed(self) -> list[nodes.Node]:
        return self.html(fragments.axis())


class HourlyOnPaper(Computed):
    """``{calcul-horaire}``: the calculation of an hourly pay, to fill in with a pen."""

    def computed(self) -> list[nodes.Node]:
        return self.html(HourlyPay().fallback_html())


class QuizOnPaper(Computed):
    """``{quiz-imprime}``: the questions of the unit's quiz without their answers; ``:reponses:``, where they go."""

    option_spec = {"reponses": directives.flag}

    def computed(self) -> list[nodes.Node]:
        unit = self.current_unit()
        self.env.note_dependency(str(unit.quiz))
        write = paper.answer_sheet if "reponses" in self.options else paper.questions
        return self.html(write(bank.load_unit(unit)))


def register(app: Sphinx) -> None:
    """Make the directives known to Sphinx."""
    for name, directive in (
        ("fiches", Sheets),
        ("cartes", Cards),
        ("axe", Axis),
        ("calcul-horaire", HourlyOnPaper),
        ("quiz-imprime", QuizOnPaper),
    ):
        app.add_directive(name, directive)
