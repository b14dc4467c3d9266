"""The built decks on paper: their slides, and their slides with what the presenter says."""

from __future__ import annotations

import re
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from mallette import units, version
from mallette.faults import ContentError, Fault, relative
from mallette.paths import Project
from mallette.publication import assemble, page, pdf
from mallette.publication.assemble import Whole
from mallette.publication.made import Made
from mallette.terminal import count

FORMS = {
    "": ("deck", "projeter sans la mallette, distribuer (une diapositive par page)"),
    "-notes": ("deck_notes", "préparer et présenter : chaque diapositive au-dessus de ses notes"),
}
"""End of the name of a file: template, use."""
_BUILD = "lancez « make diapos »"


def write(course: Project, slugs: list[str]) -> tuple[list[Made], list[Fault]]:
    """Write the decks of ``slugs`` (all when empty) in each form; return what was made, and the slides that overflow.

    Raises:
        ContentError: a deck is not built, or cannot be written.
        OSError: a file cannot be written.
    """
    built = {path.parent.name: path for path in course.decks.glob("*/index.html")}
    unknown = [slug for slug in slugs if slug not in built]
    if unknown or not built:
        remedy = f"les diapositives construites : {', '.join(sorted(built))}" if built else _BUILD
        missing = unknown or [relative(course.decks, course.root)]
        raise ContentError([Fault(name, 0, "pas de diapositives construites à ce nom", remedy) for name in missing])
    order = [unit.slug for unit in units.units(course) if unit.slug in built]
    chosen = slugs or [*order, *sorted(set(built) - set(order))]
    day, faults = version.day(course), []
    pages, sizes = dict.fromkeys(FORMS, 0), dict.fromkeys(FORMS, 0)
    place = course.publication / "diapos"
    for rank, slug in enumerate(chosen, 1):
        print(f"  {slug} ({rank} sur {len(chosen)})…", flush=True)
        whole = read(course, built[slug])
        for end, (template, _) in FORMS.items():
            path = place / f"{slug}{end}.pdf"
            written = pdf.write(whole, path, day, template)
            pages[end] += written.pages
            sizes[end] += path.stat().st_size
            if not end:
                faults += _overflowing(whole, written, f"slides/{slug}.md")
    name = chosen[0] if len(chosen) == 1 else "<unité>"
    several = f"{count(len(chosen), 'fichier')}, " if len(chosen) > 1 else ""
    return [
        Made(f"{relative(place, course.root)}/{name}{end}.pdf", use, several + count(pages[end], "page"), sizes[end])
        for end, (_, use) in FORMS.items()
    ], faults


def read(course: Project, path: Path) -> Whole:
    """Return a built deck: ``section.diapositive`` holds ``div.projete`` and ``div.notes``.

    Raises:
        ContentError: it is no deck, or an image is not there.
    """
    deck = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    body = page.new("main")
    images: dict[str, bytes] = {}
    slides = deck.find("div", class_="slides")
    if not slides or not deck.html:
        raise ContentError([Fault(f"{path.parent.name}/{path.name}", 0, "ce n’est pas un jeu de diapositives", _BUILD)])
    page.prepare(slides, 1)
    assemble.take_images(slides, path.parent, images)
    for section in slides.find_all("section"):
        if section.find("section"):
            continue
        shown, said = page.new("div", **{"class": "projete"}), page.new("div", **{"class": "notes"})
        for notes in section.find_all("aside", class_="notes"):
            said.extend(list(notes.extract().children))
        for data in section.find_all("div", class_="mlt-figure-hidden"):
            said.append(data.extract())
        shown.extend(list(section.children))
        slide = page.new("section", **{"class": "diapositive"})
        slide.extend([shown, said])
        body.append(slide)
    settings = assemble.settings_of(course)
    language = page.attribute(deck.html, "lang") or "fr"
    return Whole(_title(body), "", *assemble.signature(settings), language, body, images)


def _title(body: Tag) -> str:
    heading = body.find(re.compile("^h[1-6]$"))
    return heading.get_text().strip() if heading else ""


def _overflowing(whole: Whole, written: pdf.Written, place: str) -> list[Fault]:
    """Return the slides that hold more than their page: they go on on the next one, and nothing is cut."""
    faults, slides = [], whole.body.find_all("section", class_="diapositive")
    for rank in written.too_long:
        title = slides[rank - 1].find(re.compile("^h[1-6]$"))
        told = f"la diapositive « {title.get_text().strip() if title else ''} » continue sur une autre page du PDF"
        faults.append(Fault(place, 0, told, "raccourcissez-la, ou faites-en deux"))
    return faults
