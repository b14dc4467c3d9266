"""What is found in a file of another program, before it becomes a bank."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from mallette import markdown
from mallette.questions.forms import Portable

_BLOCKS = frozenset(
    ("p", "div", "br", "li", "ul", "ol", "tr", "table", "blockquote", "pre", "hr", "dt", "dd", "figure")
)
_TITLES = frozenset(f"h{level}" for level in range(1, 7))
_SKIPPED = frozenset(("script", "style"))
_LOST = {
    "img": "une image",
    "video": "une vidéo",
    "audio": "un son",
    "iframe": "une page incluse",
    "table": "un tableau",
}
_MARKUP = re.compile(r"`+|\*\*|@@|(?<=\])(?=\()|(?<=<)(?=[A-Za-z/])|(?<=&)(?=[A-Za-z#]+;)|(?<=\})(?=`)")
"""What a bank would take for markup: taken away, or parted by a space."""
_UNSEEN = re.compile("[^\\S\u00a0\u202f]+|[\x00-\x1f\x7f-\x9f]")
"""Spaces, the no-break ones aside, and controls."""


@dataclass(frozen=True)
class Found:
    """One question.

    Attributes:
        name: in the other program.
        question: ``None`` when the kit has nothing like it.
        tags: words that go with it.
        remarks: what is lost, in French.
    """

    name: str
    question: Portable | None
    tags: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    """The questions of a file, and the title that goes with them; may be empty."""

    title: str
    questions: tuple[Found, ...]


def lines(text: str, format: str, lost: list[str]) -> tuple[str, ...]:
    """Return what a person reads of a text.

    Args:
        format: ``html``, ``markdown`` or ``plain_text``; any other may hold HTML.
        lost: gets, in French, what a plain text cannot hold.
    """
    if format == "plain_text":
        parts = text.splitlines()
    else:
        reader = _Reader()
        reader.feed(markdown.to_html(text) if format == "markdown" else text)
        reader.close()
        parts = "".join(reader.parts).split("\n")
        lost += [name for name in reader.lost if name not in lost]
    plain = (_MARKUP.sub(_parted, _UNSEEN.sub(" ", part)).strip() for part in parts)
    return tuple(part for part in plain if part)


def _parted(found: re.Match[str]) -> str:
    return "" if found[0] else " "


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lost: list[str] = []
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS | _TITLES:
            self.parts.append("\n")
        if tag in ("td", "th"):
            self.parts.append(" ")
        if tag in _LOST:
            self.lost.append(_LOST[tag])
        if tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")
        self.skipped += tag in _SKIPPED

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS | _TITLES:
            self.parts.append("\n")
        self.skipped -= tag in _SKIPPED and self.skipped > 0

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.parts.append(re.sub(r"[\r\n]+", " ", data))
