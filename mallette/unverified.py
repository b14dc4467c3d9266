"""Points of a page that wait for a lawyer: one dated box a page (``{a-verifier}``), a mark in the text (``{verif}``).

A refrain in every paragraph is skipped by the eye; a list with a date is read, and can be handed to someone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BOX = re.compile(
    r"^(?P<fence>`{3,}|:{3,})\{a-verifier\}[ \t]*(?P<date>[^\n]*)\n(?P<body>.*?)^(?P=fence)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_POINT = re.compile(r"^- `(?P<key>[^`\n]*)`[ \t]*(?P<text>[^\n]*(?:\n(?!- |:|\s*\n)[^\n]+)*)", re.MULTILINE)
_MARK = re.compile(r"\{verif\}`([^`\n]*)`")


@dataclass(frozen=True)
class Point:
    """One point of the box: its key, its text in Markdown, its line in the page."""

    key: str
    text: str
    line: int


@dataclass(frozen=True)
class Box:
    """A box: the date as written, its points in order, its first and last lines in the page."""

    date: str
    points: tuple[Point, ...]
    line: int
    end: int

    def number(self, key: str) -> int | None:
        """Return the rank of a point, from 1; ``None`` when the box does not hold it."""
        return next((rank for rank, point in enumerate(self.points, 1) if point.key == key), None)


@dataclass(frozen=True)
class Marks:
    """What a page holds: its boxes, and its marks as (line, key) in the order of the text."""

    boxes: tuple[Box, ...]
    marks: tuple[tuple[int, str], ...]

    def count(self, key: str) -> int:
        """Return how many marks point to ``key``."""
        return sum(marked == key for _, marked in self.marks)


def read(text: str) -> Marks:
    """Return the boxes and the marks of a page."""
    return Marks(
        tuple(_box(text, match) for match in _BOX.finditer(text)),
        tuple((_line(text, match.start()), match[1].strip()) for match in _MARK.finditer(text)),
    )


def _box(text: str, match: re.Match[str]) -> Box:
    points = tuple(
        Point(
            point["key"].strip(),
            re.sub(r"\s*\n\s*", " ", point["text"]).strip(),
            _line(text, match.start("body") + point.start()),
        )
        for point in _POINT.finditer(match["body"])
    )
    return Box(match["date"].strip(), points, _line(text, match.start()), _line(text, match.end()))


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
