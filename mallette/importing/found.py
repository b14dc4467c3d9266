"""What is found in a file of another program, before it becomes a bank."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

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
_TAG = re.compile(r"(<[/!]?[A-Za-z-][^<>]*>)")
_NAME = re.compile(r"<(/?)([A-Za-z]\w*)")
_ALTERNATIVE = re.compile(r"\balt=[\"']([^\"']*)")
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
    if format != "plain_text":
        text = _shown(markdown.to_html(text) if format == "markdown" else text, lost)
    parts = text.splitlines()
    plain = (_MARKUP.sub(_parted, _UNSEEN.sub(" ", part)).strip() for part in parts)
    return tuple(part for part in plain if part)


def _parted(found: re.Match[str]) -> str:
    return "" if found[0] else " "


def _shown(html: str, lost: list[str]) -> str:
    """Return the text of HTML, a line for each block.

    Tags are found in one pass: ``html.parser`` takes minutes over a hundred kilobytes of unclosed ones.
    """
    shown, skipped = [], ""
    for rank, part in enumerate(_TAG.split(html)):
        if rank % 2 == 0:
            shown.append("" if skipped else re.sub(r"[\r\n]+", " ", unescape(part)))
            continue
        name = _NAME.match(part)
        tag = name[2].lower() if name else ""
        if tag in _SKIPPED:
            skipped = "" if name and name[1] else tag
        if tag in _LOST and _LOST[tag] not in lost:
            lost.append(_LOST[tag])
        picture = _ALTERNATIVE.search(part) if tag == "img" else None
        shown.append("\n" if tag in _BLOCKS | _TITLES else " " if tag in ("td", "th") else "")
        shown.append(unescape(picture[1]) if picture else "")
    return "".join(shown)
