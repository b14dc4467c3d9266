"""The finished pages of the book as one document: ids, links and levels of headings are those of the whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from bs4 import Tag

from mallette import toc, units
from mallette.faults import relative
from mallette.handwritten import document
from mallette.paths import Project
from mallette.publication import page
from mallette.publication.answers import Answers
from mallette.publication.editions import Edition

_OF_A_SITE = re.compile(r'<span class="mallette-site">.*?</span>', re.DOTALL)


@dataclass(frozen=True)
class Whole:
    """One document, in HTML without anything that a screen alone can use.

    Attributes:
        title, subtitle, author, notice: texts; the notice says what the foot of each page of the site says (licence).
            All but the title may be empty.
        language: BCP 47.
        body: ``main``, whose children are the parts (``section.partie``, a heading alone) and the pages
            (``section.page``) in reading order.
        images: content by file name; ``src`` of an image names one of them.
    """

    title: str
    subtitle: str
    author: str
    notice: str
    language: str
    body: Tag
    images: dict[str, bytes]


def settings_of(course: Project) -> dict:
    """Return what ``_config.yml`` says.

    Raises:
        ContentError: it cannot be read.
    """
    return document.read(course.config, relative(course.config, course.root)).data


def signature(settings: dict) -> tuple[str, str]:
    """Return the author and the notice of what is published: the foot of each page, without what a site alone is."""
    options = ((settings.get("sphinx") or {}).get("config") or {}).get("html_theme_options") or {}
    return str(settings.get("author", "")), page.text(_OF_A_SITE.sub("", options.get("extra_footer") or ""))


def address(settings: dict) -> str:
    """Return the address of the published site, ending in ``/``; empty when the course has none."""
    found = (settings.get("html") or {}).get("baseurl") or ""
    return f"{found.rstrip('/')}/" if found else ""


def take_images(body: Tag, folder: Path, images: dict[str, bytes]) -> None:
    """Name each image of a page after what it holds, and keep that.

    Args:
        folder: folder of the built page.

    Raises:
        ContentError: an image is not there.
    """
    for element in body.find_all("img"):
        name, content = page.image(element, folder)
        element["src"], images[name] = name, content


def assemble(course: Project, edition: Edition) -> Whole:
    """Return an edition of the built book.

    Raises:
        ContentError: the book was built without one of its pages.
    """
    settings = settings_of(course)
    site = address(settings)
    chosen = {entry.page for entry in edition.pages}
    folders = {f"{item.page.rpartition('/')[0]}/": item.slug for item in units.units(course)}
    body, languages = page.new("main"), []
    images: dict[str, bytes] = {}
    caption, group, answers, end = "", "", Answers(""), 1
    for entry, level in levels(course, edition):
        here = next((slug for folder, slug in folders.items() if entry.page.startswith(folder)), page.slug(entry.page))
        if here != group:
            _close(body, answers, end)
            group, answers, end = here, Answers(here), min(level + 1, 6) if edition.parts else level
        if edition.parts and entry.caption != caption:
            caption = entry.caption
            part = page.new("section", id=f"partie--{page.slug(entry.page)}", **{"class": "partie"})
            part.append(page.new("h1", caption))
            body.append(part)
        article = page.read(course, entry.page)
        languages.append(str(article["lang"]))
        page.name_ids(article, entry.page)
        for anchor in article.find_all("a", href=True):
            page.link(anchor, entry.page, chosen, site)
        for quiz in article.find_all("div", class_="mlt-quiz"):
            answers.take(quiz)
        page.prepare(article, level)
        take_images(article, (course.html / entry.page).parent, images)
        section = page.new("section", id=page.slug(entry.page), **{"class": "page"})
        if languages[-1] != languages[0]:
            section["lang"] = languages[-1]
        section.extend(list(article.children))
        body.append(section)
    _close(body, answers, end)
    _once(body)
    _settle(body)
    title = edition.title or _title(body, settings)
    return Whole(title, edition.subtitle, *signature(settings), languages[0], body, images)


def levels(course: Project, edition: Edition) -> Iterator[tuple[toc.Entry, int]]:
    """Yield the pages with the level of their title: below their part and the chosen pages that they depend on."""
    chosen = set(edition.pages)
    above: list[tuple[int, bool]] = []
    for entry in toc.entries(course):
        while above and above[-1][0] >= entry.depth:
            above.pop()
        if entry in chosen:
            inside = bool(entry.caption) + sum(held for _, held in above) if edition.parts else 0
            yield entry, inside + 1
        above.append((entry.depth, entry in chosen))


class Nested(Protocol):
    """What has a place in a table of contents.

    Attributes:
        level: from 1.
        inside: what depends on it.
    """

    level: int
    inside: list


N = TypeVar("N", bound=Nested)


def nested(items: Iterable[N]) -> list[N]:
    """Return those, of items in reading order, that depend on no other; each holds those that depend on it."""
    top: list[N] = []
    above: list[N] = []
    for item in items:
        while above and above[-1].level >= item.level:
            above.pop()
        (above[-1].inside if above else top).append(item)
        above.append(item)
    return top


def _close(body: Tag, answers: Answers, level: int) -> None:
    """Put the answers of a group of pages after them."""
    section = answers.section(level)
    if section:
        body.append(section)


def _settle(body: Tag) -> None:
    """Lead the links whose place is not shown (a filter, a view of a widget) to their page."""
    ids = {element["id"] for element in body.find_all(id=True)}
    for anchor in body.find_all("a", {"data-page": True}):
        top = f"#{anchor.attrs.pop('data-page')}"
        if anchor["href"][1:] not in ids:
            anchor["href"] = top


def _once(body: Tag) -> None:
    """Print each form to fill in once: where it also has a sheet, the other pages lead to that."""
    sheets: dict[str, Tag] = {}
    for sheet in body.select("section.feuille"):
        sheets |= {page.attribute(form, "data-outil"): sheet for form in sheet.select("[data-outil]")}
    for form in body.select("[data-outil]"):
        place = sheets.get(page.attribute(form, "data-outil"))
        title = place and place.find(page.HEADING)
        if place and title and not form.find_parent("section", class_="feuille"):
            way = page.new("p", **{"class": "renvoi"})
            way.append(page.new("a", f"Fiche à remplir : {title.get_text().strip()}", href=f"#{place['id']}"))
            form.replace_with(way)


def _title(body: Tag, settings: dict) -> str:
    heading = body.find("h1")
    return heading.get_text().strip() if heading else str(settings.get("title", ""))
