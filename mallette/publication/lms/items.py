"""What is exported: questions of a unit or of an assignment, out of their files, whatever format writes them."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from mallette import markdown
from mallette.grading.assignment import Assignment
from mallette.questions import Question
from mallette.questions.forms import Portable, Statement
from mallette.quiz.bank import Bank
from mallette.units import Unit

LONGEST_NAME = 42
"""Characters of a name: Moodle's ordering questions lose what is beyond, and the identity is elsewhere."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OF_A_PAGE = re.compile(r'</?div[^>]*>| class="[^"]*"')
_EMPTY = re.compile(r"<(br|hr|img)\b([^>]*?) */?>")


@dataclass(frozen=True)
class Item:
    """One question.

    Attributes:
        name: shown in lists of questions.
        number: identity, unique over the course.
        html: what is read before answering, as well-formed elements.
        points: what it is worth; 0 when it is not graded.
        tags: words by which to find it.
    """

    name: str
    number: str
    html: str
    question: Portable
    points: float
    tags: tuple[str, ...]

    @property
    def after(self) -> str:
        """What everybody reads after answering, as well-formed elements."""
        return paragraphs(self.question.after)


@dataclass(frozen=True)
class Collection:
    """The questions of one file.

    Attributes:
        name: of the file, without extension.
        title: of the category that holds them.
        about: a sentence on them.
    """

    name: str
    title: str
    about: str
    items: tuple[Item, ...]


def of_unit(unit: Unit, bank: Bank) -> Collection:
    """Return the quiz of a unit."""
    asked = enumerate(bank.questions, 1)
    items = (_item(rank, question.id, unit.slug, question, 1) for rank, question in asked)
    return Collection(unit.slug, f"{unit.label} - {unit.title}", unit.summary, tuple(items))


def of_assignment(asked: Assignment) -> Collection:
    """Return an assignment: what there is to read, then its questions."""
    place = f"devoir-{asked.name}"
    texts = [("Introduction", asked.introduction), *((held.title, held.text) for held in asked.documents)]
    read = (_reading(rank, title, place, text) for rank, (title, text) in enumerate(texts, 1))
    items = (_item(item.rank, item.title, place, item.question, item.points) for item in asked.items)
    return Collection(place, f"Devoir - {asked.title}", f"Unité : {asked.unit}.", (*read, *items))


def paragraphs(lines: Iterable[str]) -> str:
    """Return plain texts as paragraphs."""
    return "".join(f"<p>{html.escape(clean(line), quote=False)}</p>" for line in lines)


def clean(text: str) -> str:
    """Return a text on one line, without the signs that XML refuses."""
    return " ".join(part for part in re.split(r"[ \t\r\n]+", _NOT_XML.sub("", text)) if part)


def elements(text: str) -> Iterator[ET.Element]:
    """Yield the elements that :func:`paragraphs` or an :class:`Item` holds."""
    yield from ET.fromstring(f"<div>{text}</div>")


def decimal(value: float) -> str:
    """Return a number with a decimal point and no exponent, its last digits rounded where floats err."""
    text = f"{Decimal(repr(round(float(value), 10))):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float) -> str:
    """Return a share in percent, with five decimals when it has some."""
    return decimal(round(100 * share, 5))


def _item(rank: int, name: str, place: str, asked: Question, worth: float) -> Item:
    taken = asked.portable()
    tags = ("mallette", f"objectif:{asked.objective}")
    html = paragraphs(taken.lines)
    return Item(_short(rank, name), f"{place}/{asked.id}", html, taken, worth if taken.graded else 0, tags)


def _reading(rank: int, title: str, place: str, text: str) -> Item:
    html = _rich(f"## {title}\n\n{text}")
    return Item(_short(0, title), f"{place}/lire-{rank}", html, Portable((), Statement(), False), 0, ("mallette",))


def _short(rank: int, name: str) -> str:
    return f"{rank:02d} {clean(name)}"[:LONGEST_NAME].strip()


def _rich(text: str) -> str:
    """Return Markdown as well-formed elements, without what only the pages of the kit understand."""
    return _EMPTY.sub(r"<\1\2 />", _OF_A_PAGE.sub("", markdown.to_html(_NOT_XML.sub("", text))))
