"""What Typst 0.15 leaves to do in a PDF: cells that name a row, ends of streams.

Typst tags the headers of columns only: what it has for rows is an experiment that its Python binding does not reach.
The file is changed as it stands, tags being plain text in it; the places of its objects are counted again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

_TAG = re.compile(rb"\n(\d+) 0 obj\n(<</Type/StructElem/S/(TR|TD|Strong)/[^\n]*>>)\nendobj")
_FIRST = re.compile(rb"/K\[(\d+) 0 R")
_ONLY = re.compile(rb"/K\[(\d+) 0 R\]")
_END = re.compile(rb"\r(\n)endstream\nendobj")
_PLACES = re.compile(rb"\nxref\n0 \d+\n((?:\d{10} \d{5} [fn][ \r]\n|\d{10} \d{5} [fn]\r\n)+)")
_START = re.compile(rb"startxref\n(\d+)\n%%EOF\s*$")


def finish(pdf: bytes) -> bytes:
    """Return the PDF finished.

    Args:
        pdf: as Typst 0.15 writes it; any other comes back as it is.
    """
    places, start = _PLACES.search(pdf), _START.search(pdf)
    if not places or not start:
        return pdf
    # A stream whose last byte is a carriage return, one in 256, would be read as one byte too short.
    changes = sorted([*_row_headers(pdf), *((end.start(1), end.end(1), b"\r\n") for end in _END.finditer(pdf))])
    ends = [end for _, end, _ in changes]
    shifts = [0, *accumulate(len(new) - (end - begin) for begin, end, new in changes)]

    def moved(place: int) -> int:
        return place + shifts[bisect_right(ends, place)]

    rows = places[1].splitlines(keepends=True)
    counted = b"".join(b"%010d" % moved(int(row[:10])) + row[10:] if row[17:18] == b"n" else row for row in rows)
    changes += [
        (places.start(1), places.end(1), counted),
        (start.start(1), start.end(1), str(moved(int(start[1]))).encode()),
    ]
    made, last = [], 0
    for begin, end, new in changes:
        made += [pdf[last:begin], new]
        last = end
    return b"".join([*made, pdf[last:]])


def _row_headers(pdf: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield start, end and new text of the cells that name their row: the first one, when all of it is bold."""
    tags = {found[1]: found for found in _TAG.finditer(pdf)}
    firsts = {first[1] for found in tags.values() if found[3] == b"TR" and (first := _FIRST.search(found[2]))}
    for number in firsts & set(tags):
        cell = tags[number]
        inside = _ONLY.search(cell[2])
        if cell[3] == b"TD" and inside and inside[1] in tags and tags[inside[1]][3] == b"Strong":
            yield cell.start(2), cell.end(2), _header(cell[2])


def _header(cell: bytes) -> bytes:
    """Return a cell as the header of its row."""
    cell = cell.replace(b"/S/TD/", b"/S/TH/", 1)
    if b"<</O/Table" in cell:
        return cell.replace(b"<</O/Table", b"<</O/Table/Scope/Row", 1)
    if b"/A[" in cell:
        return cell.replace(b"/A[", b"/A[<</O/Table/Scope/Row>>", 1)
    return cell.replace(b"/K[", b"/A[<</O/Table/Scope/Row>>]/K[", 1)
