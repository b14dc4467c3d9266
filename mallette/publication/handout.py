"""The programme of sessions to print: one page of A4."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup
from markupsafe import Markup

from mallette import helplines, programme, templates, version
from mallette.faults import Fault, relative
from mallette.paths import Project
from mallette.publication import assemble, pdf
from mallette.publication.assemble import Whole


def write(course: Project) -> tuple[Path, int, list[Fault]]:
    """Write the programme; return its file, its number of pages, and what is wrong with it: more than one page.

    Raises:
        ContentError: the programme has defects, or Typst refuses it.
        OSError: the file cannot be written.
    """
    path = course.publication / "programme.pdf"
    pages = pdf.write(whole(course), path, version.day(course), "programme").pages
    faults = []
    if pages > 1:
        told = f"ces séances tiennent sur {pages} pages, pas sur une"
        remedy = "raccourcissez les titres, les lieux ou les intervenants, ou faites deux cycles"
        faults = [Fault(relative(course.programme, course.root), 0, told, remedy)]
    return path, pages, faults


def whole(course: Project) -> Whole:
    """Return the cycle of one's own, or the announced series when there is none, with the help lines.

    Raises:
        ContentError: the programme or the help lines have defects.
    """
    series, own = programme.current(course), programme.cycle(course) is not None
    settings = assemble.settings_of(course)
    html = templates.render(
        "publication/templates/programme.html.j2",
        series=series,
        own=own,
        placed=any(session.place for session in series.sessions),
        address=assemble.address(settings),
        help_lines=Markup(helplines.compact(helplines.load(course).given(()))),
    )
    body = BeautifulSoup(html, "html.parser").main
    assert body is not None  # the template has one
    author, _ = assemble.signature(settings)
    return Whole(series.title, "", author, "", "fr", body, {})
