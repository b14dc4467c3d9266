"""A document as EPUB 3.3: one file a page, a table of contents by parts, the same bytes at each build.

Rules: W3C, EPUB 3.3 and EPUB Accessibility 1.1; vocabulary of accessibility: schema.org.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bs4 import Tag
from markupsafe import Markup

from mallette import files, templates
from mallette.paths import PACKAGE
from mallette.publication.assemble import Whole, nested
from mallette.publication.page import attribute

STYLE = PACKAGE / "publication" / "epub.css"
_HEADING = re.compile("^h[1-6]$")
_KINDS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_NOT_HTML = {"data-page", "align", "valign", "border", "role"}
"""Attributes that the site needs, or that HTML does not know any more."""


@dataclass
class Chapter:
    """One file of the book, and its place in the table of contents.

    Attributes:
        name: of the file, without extension.
        title: of its first heading.
        level: of this heading in the whole, from 1.
        content: its HTML.
        inside: what depends on it.
    """

    name: str
    title: str
    level: int
    content: Markup = Markup()
    inside: list[Chapter] = field(default_factory=list)


def write(whole: Whole, target: Path, day: date) -> int:
    """Write a document and return its number of files of text.

    Args:
        day: of the content, which the document bears.

    Raises:
        OSError: it cannot be written.
    """
    chapters = [*_chapters(whole.body)]
    values = {
        "whole": whole,
        "chapters": chapters,
        "contents": nested(chapters),
        "day": day.isoformat(),
        "identifier": uuid.uuid5(uuid.NAMESPACE_OID, f"{whole.title}/{whole.subtitle}"),
        "images": [(name, _KINDS[Path(name).suffix]) for name in sorted(whole.images)],
    }
    parts: dict[str, bytes] = {"mimetype": b"application/epub+zip"}
    for name in ("META-INF/container.xml", "EPUB/livre.opf", "EPUB/sommaire.xhtml"):
        parts[name] = _filled(name.rpartition("/")[2], **values)
    parts["EPUB/livre.css"] = STYLE.read_bytes()
    for chapter in chapters:
        parts[f"EPUB/{chapter.name}.xhtml"] = _filled("page.xhtml", chapter=chapter, whole=whole)
    parts |= {f"EPUB/{name}": content for name, content in sorted(whole.images.items())}
    files.write({target: files.archive(parts)})
    return len(chapters)


def _filled(name: str, **values: object) -> bytes:
    return templates.render(f"publication/templates/{name}.j2", **values).encode()


def _chapters(body: Tag) -> Iterator[Chapter]:
    """Yield the files of a document: one for each child of its body, links among them set."""
    sections = [child for child in body.children if isinstance(child, Tag)]
    home = {attribute(item, "id"): attribute(section, "id") for section in sections for item in _named(section)}
    for section in sections:
        name = attribute(section, "id")
        for anchor in section.find_all("a", href=re.compile("^#")):
            place = attribute(anchor, "href")[1:]
            file = home.get(place)
            if file is None:
                del anchor["href"]
            else:
                anchor["href"] = f"{file}.xhtml" + ("" if place == file else f"#{place}")
        heading = section.find(_HEADING)
        level = int(heading.name[1]) if heading else 1
        title = " ".join(heading.get_text().split()) if heading else name
        _lift(section, level - 1)
        for element in section.find_all(True):
            for key in _NOT_HTML & set(element.attrs):
                del element[key]
        yield Chapter(name, title, level, Markup(section.decode(formatter="minimal")))


def _named(section: Tag) -> list[Tag]:
    return [section, *section.find_all(id=True)]


def _lift(section: Tag, by: int) -> None:
    """Put the first heading of a file at level 1, the others below."""
    for heading in section.find_all(_HEADING):
        heading.name = f"h{max(1, int(heading.name[1]) - by)}"
