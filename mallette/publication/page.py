"""One finished page of the book made ready for paper: what only a screen can use goes, what it hides is shown."""

from __future__ import annotations

import posixpath
import re
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote_to_bytes

from bs4 import BeautifulSoup, Tag

from mallette.faults import ContentError, Fault
from mallette.paths import Project

_SCREEN_ONLY = {"script", "style", "form", "button"}
_SCREEN_ONLY_CLASSES = {"headerlink", "toctree-wrapper", "mallette-retour"}
_NAMES_IDS = ("aria-labelledby", "aria-describedby", "for", "headers")
HEADING = re.compile(r"h[1-6]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_DATA = "data:image/svg+xml,"


def slug(name: str) -> str:
    """Return what the ids of a page begin with."""
    return name.replace("/", "--")


def new(name: str, text: str = "", **attributes: str) -> Tag:
    """Return a new element."""
    made = Tag(name=name, attrs=attributes)
    if text:
        made.string = text
    return made


def attribute(element: Tag, name: str) -> str:
    """Return the value of an attribute, empty when there is none."""
    value = element.get(name)
    return value if isinstance(value, str) else " ".join(value or ())


def classes(element: Tag | None) -> frozenset[str]:
    """Return the classes of an element."""
    return frozenset(attribute(element, "class").split()) if element else frozenset()


def text(html: str) -> str:
    """Return the text of a piece of HTML."""
    return " ".join(BeautifulSoup(html, "html.parser").get_text().split())


def built(course: Project, name: str) -> str:
    """Return a page as it was built.

    Raises:
        ContentError: the book was built without it.
    """
    path = course.html / f"{name}.html"
    if not path.is_file():
        raise ContentError([Fault(f"{name}.html", 0, "le livre construit n’a pas cette page", "lancez « make livre »")])
    return path.read_text(encoding="utf-8")


def read(course: Project, name: str) -> Tag:
    """Return the text of a page as it was built, with the language of the page in its ``lang``.

    Raises:
        ContentError: the book was built without it.
    """
    html = built(course, name)
    start, end = html.find("<article"), html.rfind("</article>")
    article = BeautifulSoup(html[start:end], "html.parser").article if 0 <= start < end else None
    if article is None:
        raise ContentError([Fault(f"{name}.html", 0, "cette page n’a pas de texte", "lancez « make livre »")])
    language = re.search(r"<html[^>]*\blang=\"([\w-]+)\"", html)
    article["lang"] = language.group(1) if language else "fr"
    return article


def name_ids(article: Tag, name: str) -> None:
    """Prefix the ids of a page, and what refers to them, so that they are its own in the whole."""
    prefix = slug(name)
    for element in article.find_all(True):
        if element.get("id"):
            element["id"] = f"{prefix}--{element['id']}"
        for key in _NAMES_IDS:
            names = attribute(element, key).split()
            if names:
                element[key] = " ".join(f"{prefix}--{one}" for one in names)


def prepare(article: Tag, level: int) -> None:
    """Make a page ready for paper, in place.

    Args:
        level: level of its title in the whole, from 1.
    """
    for element in article.find_all(True):
        if element.decomposed:
            continue
        if _for_screens(element):
            element.decompose()
        elif "mlt-mount" in classes(element) or (
            element.name == "div" and element.parent and element.parent.name == "dl"
        ):
            element.unwrap()
        elif element.name == "picture" and element.img:
            del element.img["loading"]
            element.replace_with(element.img.extract())
        elif element.name == "details":
            _open(element)
    _shift(article, level)
    for contents in article.find_all("table", class_="mallette-liste-de-fiches"):
        for sheet in contents.find_next_siblings("section"):
            _make_sheet(sheet)


def _make_sheet(section: Tag) -> None:
    """Mark a sheet to print, which gets paper of its own; its empty cells are room to write."""
    section["class"] = "feuille"
    name = section.find(HEADING)
    for title in section.select(".mlt-tool > .mlt-title"):
        if name and title.get_text(strip=True) == name.get_text(strip=True):
            title.decompose()
    for cell in section.find_all("td"):
        if not cell.get_text(strip=True) and not cell.find("img") and not lines(cell):
            cell.clear()
            cell.append(new("p"))


def lines(cell: Tag) -> int:
    """Return how many lines a cell keeps for a hand, when it says so (``mallette/tools/paper.py``)."""
    return len(cell.find_all("br", recursive=False))


def _for_screens(element: Tag) -> bool:
    """Tell whether an element is of no use on paper."""
    names = classes(element)
    if element.name in _SCREEN_ONLY or not _SCREEN_ONLY_CLASSES.isdisjoint(names):
        return True
    if "label" in names and "citation" in classes(element.parent):
        return True  # the number of a reference, which is named by author and year
    return element.has_attr("hidden") or attribute(element, "aria-hidden") == "true"


def _open(details: Tag) -> None:
    """Show what was folded: after the figure whose data it holds, elsewhere under its own title."""
    figure = details.find_parent("figure")
    summary = details.summary.extract() if details.summary else None
    details.name = "div"
    details.attrs.pop("open", None)
    if figure:
        figure.insert_after(details.extract())
    elif summary:
        summary.name = "p"
        summary["class"] = "resume"
        details.insert(0, summary)


def _shift(article: Tag, level: int) -> None:
    """Put the title of a page at ``level``, its headings below; no level is skipped."""
    last = level - 1
    for heading in article.find_all(HEADING):
        last = min(level + int(heading.name[1]) - 1, last + 1, 6)
        heading.name = f"h{last}"


def link(anchor: Tag, name: str, chosen: set[str], address: str) -> None:
    """Make a link of a page lead inside the whole when its target is there, to the published site otherwise.

    Args:
        name: the page that it stands on.
        chosen: the pages of the whole.
        address: of the published site, ending in ``/``; empty when the course has none: the link is then plain text.
    """
    target, file = attribute(anchor, "href"), anchor.has_attr("download")
    for key in ("title", "download"):
        anchor.attrs.pop(key, None)
    if _SCHEME.match(target):
        return
    path, _, fragment = target.partition("#")
    path = path.partition("?")[0]
    place = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else f"{name}.html"
    page = place.removesuffix(".html")
    if page in chosen:
        anchor["href"] = f"#{slug(page)}--{fragment}" if fragment else f"#{slug(page)}"
        anchor["data-page"] = slug(page)
    elif address and not place.startswith(".."):
        anchor["href"] = f"{address}{place}" + (f"#{fragment}" if fragment else "")
    elif file:
        anchor.decompose()  # a button that would give nothing
    else:
        del anchor["href"]


def image(element: Tag, folder: Path) -> tuple[str, bytes]:
    """Return a file name that says what an image holds, and what it holds.

    Args:
        folder: folder of the built page.

    Raises:
        ContentError: the file is not there.
    """
    source = attribute(element, "src")
    if source.startswith(_DATA):
        content, suffix = unquote_to_bytes(source.removeprefix(_DATA)), ".svg"
    else:
        path = folder / source
        if not path.is_file():
            raise ContentError(
                [Fault(source, 0, "une page du livre montre une image absente", "lancez « make livre »")]
            )
        content, suffix = path.read_bytes(), path.suffix.lower()
    return sha256(content).hexdigest()[:16] + suffix, content
