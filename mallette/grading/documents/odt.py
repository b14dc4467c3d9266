"""A document for a word processor: OpenDocument text, whose parts are templates.

Rules: OASIS, OpenDocument 1.3, part 2 (packages: the media type first and not compressed) and part 3 (schema).
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from mallette import design, files, templates
from mallette.grading.documents.sheet import BLANK, Sheet, Table

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_PARTS = ("content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml")
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NARROW, _BROAD = 8, 40
"""Signs of the longest text of a column, from which its width is shared out."""


def odt(sheet: Sheet) -> bytes:
    room = 26.5 if sheet.wide else 17.8  # cm between the margins
    values = {"sheet": sheet, "room": room, "blank": BLANK, "text": _text, "colours": design.tokens()}
    values["widths"] = lambda held: _widths(held, room)
    parts = {name: templates.render(f"grading/templates/odt/{name}.j2", **values).encode() for name in _PARTS}
    return files.archive({"mimetype": MEDIA_TYPE.encode(), **parts})


def _widths(table: Table, room: float) -> list[str]:
    """Return the widths of a table's columns, in cm: as their longest texts ask; alike where people write."""
    longest = [max(map(len, column)) for column in zip(table.heads, *table.rows, strict=True)]
    parts = [max(_NARROW, min(_BROAD, signs)) for signs in longest]
    if table.tall:
        parts = [_NARROW, *[_BROAD] * (len(parts) - 1)]
    return [f"{room * part / sum(parts):.2f}" for part in parts]


def _text(text: str) -> Markup:
    """Return a text without the signs that XML refuses; its line ends are kept."""
    return Markup("<text:line-break/>").join(escape(_ILLEGAL.sub("", text)).split("\n"))
