"""What a document is made of, and its page: HTML that prints on A4, without script or request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from mallette import design, templates
from mallette.paths import PACKAGE

BLANK = "." * 40
"""What is to be filled in by hand, in a format without rules to draw."""
BOX, TICKED = "☐", "☒ oui"
_STYLE = PACKAGE / "grading" / "static" / "sheet.css"


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 2
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    text: str
    kind: str = "paragraph"


@dataclass(frozen=True)
class Note:
    """What the document says of itself: a rule, a text of law, a limit."""

    text: str
    kind: str = "note"


@dataclass(frozen=True)
class Points:
    """A list of lines."""

    lines: tuple[str, ...]
    kind: str = "points"


@dataclass(frozen=True)
class Field:
    """A label and its value; an empty value is a blank to fill in."""

    label: str
    value: str = ""
    kind: str = "field"


@dataclass(frozen=True)
class Space:
    """Room to write or sign in, under a label.

    Attributes:
        label: what goes there.
        lines: height, in lines of text.
    """

    label: str
    lines: int = 4
    kind: str = "space"


@dataclass(frozen=True)
class Table:
    """A table whose first column names its rows.

    Attributes:
        caption: what it is about.
        heads: one a column.
        rows: texts, as many as heads.
        tall: whether people write in its cells; the first column then numbers its rows.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    tall: bool = False
    kind: str = "table"


Block = Heading | Paragraph | Note | Points | Field | Space | Table


@dataclass(frozen=True)
class Sheet:
    """A document.

    Attributes:
        title: its name.
        about: what it is about, under the title.
        blocks: what it says.
        warning: who may not see it; empty when it may be given.
        wide: whether its paper is turned.
    """

    title: str
    about: str
    blocks: tuple[Block, ...]
    warning: str = ""
    wide: bool = False


def html(sheet: Sheet) -> str:
    """Return the page of a document: style inside, nothing else needed."""
    style = Markup(design.embedded_css() + _STYLE.read_text("utf-8"))
    return templates.render("grading/templates/sheet.html.j2", sheet=sheet, style=style)


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], tall: bool = False) -> Table:
    return Table(caption, tuple(heads), tuple(tuple(row) for row in rows), tall)
