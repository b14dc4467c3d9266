"""Widths of the columns of a table on paper, from what its cells hold."""

from __future__ import annotations

import re

from bs4 import Tag

from mallette.publication.page import attribute

WIDTH = 482.0
"""Width of the text of a page, in points."""
_SIGN, _SMALL_SIGN, _LARGE_SIGN = 5.0, 4.4, 7.0
"""Width of a letter in a table, in points: usual, smaller and larger type, the margin of a word in bold included."""
_EDGES = 9.0
_PEN, _LABEL = 70.0, 100.0
"""Least width of a cell to write in, and width of what stands beside it, in points."""
_HYPHENATED = 8
"""Letters that stay together at most: a longer word is cut."""
_LONGEST = 90
"""Characters beyond which one cell asks for no more width: it gets lines."""
_NARROW = 6
"""Columns from which a table is set in smaller type."""
_FEW_ROWS, _FEW_SIGNS = 14, 1500
"""Rows and characters up to which a table is not cut."""
_TOGETHER = re.compile(r"[^\s/_.-]+[/_.-]?")


def widths(rows: list[list[Tag]], large: bool = False) -> tuple[list[float], bool]:
    """Return the weight of each column, and whether the table needs smaller type.

    A column is as wide as its longest word; what is left goes to those that hold most.

    Args:
        rows: the cells of each row.
        large: whether the type is that of sheets to print.
    """
    count = max(sum(_span(cell) for cell in row) for row in rows)
    sign = _LARGE_SIGN if large else _SMALL_SIGN if count >= _NARROW else _SIGN
    least, most, total, pen = [20.0] * count, [1] * count, [0] * count, [False] * count
    for row in rows:
        place = 0
        for cell in row:
            span = _span(cell)
            if span == 1 and place < count:
                text = cell.get_text(" ", strip=True)
                word = max((_held(one) for one in _TOGETHER.findall(text)), default=1)
                most[place] = max(most[place], len(text))
                total[place] += len(text)
                least[place] = max(least[place], word * sign + _EDGES)
                pen[place] |= to_fill(cell)
            place += span
    if any(pen):
        return _to_write_in(least, pen), count >= _NARROW
    left = WIDTH - sum(least)
    if left <= 0:
        return least, count >= _NARROW
    wanted = [min(one, _LONGEST) / 4 + whole / len(rows) for one, whole in zip(most, total, strict=True)]
    more = [max(0.0, want * sign + _EDGES - held) ** 0.9 for want, held in zip(wanted, least, strict=True)]
    share = left / (sum(more) or 1)
    return [held + share * one for held, one in zip(least, more, strict=True)], count >= _NARROW


def _to_write_in(least: list[float], pen: list[bool]) -> list[float]:
    """Return the widths of a table with columns to write in: they take all that the others can spare."""
    written = [max(held, _LABEL) for held, one in zip(least, pen, strict=True) if not one]
    share = max(_PEN, (WIDTH - sum(written)) / sum(pen))
    return [share if one else max(held, _LABEL) for held, one in zip(least, pen, strict=True)]


def _held(word: str) -> int:
    """Return how many characters of a word stay together; capitals are wider."""
    if word.isupper():
        return round(len(word) * 1.25)
    return min(len(word), _HYPHENATED) if re.sub(r"[\W_]", "", word).isalpha() else len(word)


def short(rows: list[Tag]) -> bool:
    """Tell whether a table is short enough to stay on one page."""
    if any(to_fill(cell) for row in rows for cell in row.find_all("td")):
        return False
    return len(rows) <= _FEW_ROWS and sum(len(row.get_text()) for row in rows) <= _FEW_SIGNS


def to_fill(cell: Tag) -> bool:
    """Tell whether a cell waits for a pen: nothing but an empty paragraph or line breaks."""
    return not cell.get_text(strip=True) and bool(cell.find(["p", "br"])) and not cell.find("img")


def _span(cell: Tag) -> int:
    return int(attribute(cell, "colspan") or 1)
