"""Pages of the book as one SCORM 1.2 package, one object (SCO) a page: a learning platform shows what the site shows.

Rules: ADL, SCORM 1.2, Content Aggregation Model; what a page tells the platform is in ``scorm.js``.
The score of a page is 100 times the mean credit of all its scored questions, one without an answer being worth 0, as
tests of platforms count; the best of all visits stays.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from mallette import files, templates, toc
from mallette.paths import PACKAGE, Project
from mallette.publication import excerpt, page, site
from mallette.publication.assemble import levels, nested
from mallette.publication.editions import Edition
from mallette.widgets import bundle

HERE = PACKAGE / "publication"
SCRIPT, STYLE = "_static/scorm.js", "_static/scorm.css"
LONGEST = 200
"""Characters of a title (CAM 1.2, §2.3.2.5.3)."""
_TITLE = re.compile(r"<h1[^>]*>(.*?)(?:<a class=\"headerlink\".*?)?</h1>", re.DOTALL)


@dataclass
class Item:
    """One line of the contents.

    Attributes:
        name: identifies it: the same in the package of next year, so that a platform keeps what it knows of a page.
        title: of the page or of the part.
        level: from 1.
        page: without extension; empty for a part.
        inside: what depends on it.
    """

    name: str
    title: str
    level: int
    page: str = ""
    inside: list[Item] = field(default_factory=list)


def write(course: Project, edition: Edition, target: Path, day: date) -> int:
    """Write the package of some pages and return its number of objects.

    Args:
        day: of the content, which the package bears.

    Raises:
        ContentError: the book was built without one of its pages.
        OSError: a file cannot be read or written.
    """
    items = [*_items(course, edition)]
    pages = [item for item in items if item.page]
    parts = {SCRIPT: f"(() => {{\n{bundle.linked(HERE / 'scorm.js')}\n}})();\n".encode()}
    parts[STYLE] = (HERE / "scorm.css").read_bytes()
    objects = {f"{item.page}.html" for item in pages}
    named = {"search", *(item.page for item in pages)}
    first = {*objects, *site.ALWAYS}
    if toc.entries(course)[0] in edition.pages:
        named |= {"index"}
        first |= {*site.FIRST}
    held, _ = site.contents(course.html, sorted(first), excerpt.of(named))  # the site tells what is wrong with it
    parts |= held
    manifest = templates.render(
        "publication/templates/imsmanifest.xml.j2",
        identifier=uuid.uuid5(uuid.NAMESPACE_OID, items[0].title),
        day=day.isoformat(),
        contents=nested(items),
        pages=pages,
        files=sorted(parts.keys() - objects),
    )
    for name in objects:
        parts[name] = _followed(parts[name].decode(), "../" * name.count("/")).encode()
    files.write({target: files.archive({"imsmanifest.xml": manifest.encode(), **parts})})
    return len(pages)


def _items(course: Project, edition: Edition) -> Iterator[Item]:
    """Yield the parts and the pages of the contents in reading order."""
    caption = ""
    for entry, level in levels(course, edition):
        name = page.slug(entry.page)
        if edition.parts and entry.caption != caption:
            caption = entry.caption
            yield Item(f"partie--{name}", _short(caption), 1)
        title = _TITLE.search(page.built(course, entry.page))
        yield Item(name, _short(page.text(title.group(1)) if title else entry.page), level, entry.page)


def _short(title: str) -> str:
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"


def _followed(text: str, up: str) -> str:
    """Return a page that tells the platform of itself.

    Args:
        up: from the page to the root of the package.
    """
    asked = f'<link rel="stylesheet" href="{up}{STYLE}"><script src="{up}{SCRIPT}"></script>\n</head>'
    return text.replace("</head>", asked, 1)
