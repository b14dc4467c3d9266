"""A document for a word processor: OpenDocument text, written with the standard library.

Rules: OASIS, OpenDocument 1.3, part 2 (packages: the media type first and not compressed) and part 3 (schema).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from mallette import files
from mallette.grading.documents.sheet import BLANK, Block, Field, Heading, Note, Paragraph, Points, Sheet, Space, Table

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
        ("meta", "meta"),
    )
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MANIFEST = (
    f'{_HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MEDIA_TYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "styles.xml", "meta.xml")
    )
    + "</manifest:manifest>"
)
_STYLES = """\
<office:document-styles {names} office:version="1.3"><office:styles>
<style:default-style style:family="paragraph">
<style:paragraph-properties fo:margin-bottom="0.2cm" fo:line-height="120%"/>
<style:text-properties fo:font-size="11pt" fo:font-family="Liberation Sans, Arial, sans-serif"
 fo:language="fr" fo:country="FR" fo:color="#1b1f2a"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph" style:class="text"/>
{named}
<text:list-style style:name="Liste"><text:list-level-style-bullet text:level="1" text:bullet-char="•">
<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">
<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.6cm" fo:margin-left="0.6cm"/>
</style:list-level-properties></text:list-level-style-bullet></text:list-style>
</office:styles><office:automatic-styles>
<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="{width}" fo:page-height="{height}"
 style:print-orientation="{turned}" fo:margin-top="1.6cm" fo:margin-bottom="1.6cm" fo:margin-left="1.6cm"
 fo:margin-right="1.6cm"/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"/></office:master-styles>
</office:document-styles>
"""
_PARAGRAPHS = {
    "Title": ('fo:margin-bottom="0.1cm"', 'fo:font-size="18pt" fo:font-weight="bold"'),
    "Heading_20_2": (
        'fo:margin-top="0.6cm" fo:keep-with-next="always" fo:border-bottom="1pt solid #1f4e8c"',
        'fo:font-size="14pt" fo:font-weight="bold"',
    ),
    "Heading_20_3": ('fo:margin-top="0.4cm" fo:keep-with-next="always"', 'fo:font-size="12pt" fo:font-weight="bold"'),
    "About": ('fo:margin-bottom="0.4cm"', 'fo:font-size="12pt" fo:color="#4a5163"'),
    "Warning": ('fo:border="1.5pt solid #9a1b1b" fo:padding="0.15cm"', 'fo:font-weight="bold" fo:color="#7a1414"'),
    "Note": (
        'fo:margin-left="0.3cm" fo:border-left="2pt solid #c3c8d4" fo:padding-left="0.2cm"',
        'fo:font-size="10pt" fo:color="#4a5163"',
    ),
    "Room": ('fo:keep-together="always" fo:border="0.5pt solid #767676" fo:padding="0.15cm"', 'fo:color="#4a5163"'),
    "Caption": ('fo:margin-top="0.4cm" fo:keep-with-next="always"', 'fo:font-weight="bold"'),
    "Cell": ('fo:margin-bottom="0cm"', 'fo:font-size="10pt"'),
    "Head": ('fo:margin-bottom="0cm"', 'fo:font-size="10pt" fo:font-weight="bold"'),
}
_AUTOMATIC = """\
<style:style style:name="T" style:family="table"><style:table-properties style:width="{width}" table:align="margins"
 fo:margin-bottom="0.4cm"/></style:style>
<style:style style:name="C" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #9aa1b2"
 fo:padding="0.1cm"/></style:style>
<style:style style:name="H" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #9aa1b2"
 fo:padding="0.1cm" fo:background-color="#eef1f6"/></style:style>
<style:style style:name="R" style:family="table-row"><style:table-row-properties fo:keep-together="always"/>
</style:style>
<style:style style:name="Tall" style:family="table-row"><style:table-row-properties fo:keep-together="always"
 style:min-row-height="1.3cm"/></style:style>
{columns}<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
"""
_NARROW, _BROAD = 8, 40
"""Signs of the longest text of a column, from which its width is shared out."""


def odt(sheet: Sheet) -> bytes:
    """Return a document as a file ``.odt``."""
    width, height = ("29.7cm", "21cm") if sheet.wide else ("21cm", "29.7cm")
    named = "".join(
        f'<style:style style:name="{name}" style:display-name="{name.replace("_20_", " ")}" style:family="paragraph" '
        f'style:parent-style-name="Standard"><style:paragraph-properties {shape}/><style:text-properties {letters}/>'
        "</style:style>"
        for name, (shape, letters) in _PARAGRAPHS.items()
    )
    turned = "landscape" if sheet.wide else "portrait"
    styles = _STYLES.format(names=_NAMES, named=named, width=width, height=height, turned=turned)
    body = "".join(_body(sheet))
    room = 26.5 if sheet.wide else 17.8
    columns = "".join(_widths(block, f"Tableau{rank}", room) for rank, block in enumerate(sheet.blocks))
    content = (
        f'<office:document-content {_NAMES} office:version="1.3"><office:automatic-styles>'
        f"{_AUTOMATIC.format(width=f'{room}cm', columns=columns)}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    meta = (
        f'<office:document-meta {_NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3">'
        f"<office:meta><dc:title>{_text(sheet.title)}</dc:title><dc:language>fr-FR</dc:language></office:meta>"
        "</office:document-meta>"
    )
    parts = {"content.xml": content, "styles.xml": styles, "meta.xml": meta}
    return files.archive(
        {
            "mimetype": MEDIA_TYPE.encode(),
            **{name: (_HEAD + held).encode() for name, held in parts.items()},
            "META-INF/manifest.xml": _MANIFEST.encode(),
        }
    )


def _body(sheet: Sheet) -> Iterator[str]:
    if sheet.warning:
        yield _paragraph(sheet.warning, "Warning")
    yield f'<text:h text:style-name="Title" text:outline-level="1">{_text(sheet.title)}</text:h>'
    if sheet.about:
        yield _paragraph(sheet.about, "About")
    for rank, block in enumerate(sheet.blocks):
        yield _block(block, rank)


def _block(block: Block, rank: int) -> str:
    match block:
        case Heading(text, level):
            style = f"Heading_20_{level}"
            return f'<text:h text:style-name="{style}" text:outline-level="{level}">{_text(text)}</text:h>'
        case Paragraph(text):
            return _paragraph(text)
        case Note(text):
            return _paragraph(text, "Note")
        case Points(lines):
            items = "".join(f"<text:list-item>{_paragraph(line)}</text:list-item>" for line in lines)
            return f'<text:list text:style-name="Liste">{items}</text:list>'
        case Field(label, value):
            shown = f'<text:span text:style-name="B">{_text(value)}</text:span>' if value else BLANK
            return f'<text:p text:style-name="Standard">{_text(label)}\u00a0: {shown}</text:p>'
        case Space(label, lines):
            return _paragraph(label + "\n" * lines, "Room")
        case Table():
            return _table(block, f"Tableau{rank}")


def _table(block: Table, name: str) -> str:
    heads = "".join(_cell(head, "H", "Head") for head in block.heads)
    style = "Tall" if block.tall else "R"
    rows = "".join(
        f'<table:table-row table:style-name="{style}">'
        + "".join(_cell(cell, "C", "Cell" if place else "Head") for place, cell in enumerate(row))
        + "</table:table-row>"
        for row in block.rows
    )
    columns = "".join(f'<table:table-column table:style-name="{name}.{place}"/>' for place in range(len(block.heads)))
    return (
        f"{_paragraph(block.caption, 'Caption')}"
        f'<table:table table:name={quoteattr(name)} table:style-name="T">'
        f"{columns}"
        f'<table:table-header-rows><table:table-row table:style-name="R">{heads}</table:table-row>'
        f"</table:table-header-rows>{rows}</table:table>"
    )


def _widths(block: Block, name: str, room: float) -> str:
    """Return the styles of a table's columns: as wide as their longest texts ask; alike where people write."""
    if not isinstance(block, Table):
        return ""
    rows = (block.heads, *block.rows)
    longest = [max(len(row[place]) for row in rows) for place in range(len(block.heads))]
    parts = [max(_NARROW, min(_BROAD, signs)) for signs in longest]
    if block.tall:
        parts = [_NARROW, *[_BROAD] * (len(parts) - 1)]
    return "".join(
        f'<style:style style:name="{name}.{place}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{room * part / sum(parts):.2f}cm"/></style:style>'
        for place, part in enumerate(parts)
    )


def _cell(text: str, style: str, paragraph: str) -> str:
    held = _paragraph(text, paragraph)
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{held}</table:table-cell>'


def _paragraph(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{_text(text)}</text:p>'


def _text(text: str) -> str:
    return escape(_ILLEGAL.sub("", text)).replace("\n", "<text:line-break/>")
