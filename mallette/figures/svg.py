"""Makes matplotlib's SVG several times shorter: a page of the book holds two drawings a figure."""

from __future__ import annotations

import re

_FACE = r'([A-Z][A-Za-z]+(?:-[A-Z][A-Za-z]+)?)-([0-9a-f]+)"'
_GLYPH = re.compile(rf'<use xlink:href="#{_FACE}(?: transform="translate\(([\d.]+) 0\)")?/>')
_GLYPH_ID = re.compile(f'id="{_FACE}')
_NOISE = re.compile(r'<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>|(?<=<g) id="[^"]*"', re.DOTALL)
_PATH = re.compile(r' d="([^"]*)"')
_OUTLINE = re.compile(r' d="([^"]*)" transform="scale\(0\.015625\)"')
_STROKE = re.compile(r"([MLQCz])([^MLQCz]*)")
_COARSER = 8
"""Outlines are drawn 6,400 units high: a thousandth of a letter is lost."""


def slim(svg: str) -> str:
    """Return ``svg`` shorter: no metadata, no names of groups, short glyphs, two decimals, single quotes.

    Two decimals of a point are a hundredth of a pixel: nothing moves.
    """
    text = _NOISE.sub("", svg)
    text = _GLYPH.sub(_use, text)
    text = _GLYPH_ID.sub(lambda match: f'id="{_name(match)}"', text)
    text = _OUTLINE.sub(lambda match: f' d="{_relative(match[1])}" transform="scale({_COARSER / 64})"', text)
    # Not inside scale(): two decimals would shrink glyphs.
    text = re.sub(r"scale\([^)]*\)|(\d+\.\d\d)\d+", lambda match: match[1] or match[0], text)
    text = _PATH.sub(_pack, text)
    text = re.sub(r"\s+", " ", re.sub(r">\s+<", "><", text)).strip()
    return text.replace('"', "'")


def _relative(outline: str) -> str:
    """Write an outline as steps from point to point, in whole numbers: the steps of letters are short and alike."""
    steps: list[str] = []
    here = start = (0, 0)
    for command, numbers in _STROKE.findall(outline):
        values = [round(float(value) / _COARSER) for value in numbers.split()]
        points = list(zip(values[::2], values[1::2], strict=True))
        steps.append(command.lower() + ",".join(f"{x - here[0]},{y - here[1]}" for x, y in points))
        if command == "M":
            start = points[0]
        here = points[-1] if points else start
    return "".join(steps).replace(",-", "-")


def _pack(match: re.Match[str]) -> str:
    """Write a path with commas for spaces, which an address would have to escape."""
    path = re.sub(r"\s*([A-Za-z])\s*", r"\1", match[1].strip())
    packed = re.sub(r"\s+", ",", path)
    return f' d="{packed}"'


def _name(match: re.Match[str]) -> str:
    """Name a glyph by the initials of its font and face (``AR``: Atkinson…, Regular) and its number."""
    font, _, face = match[1].partition("-")
    return f"{font[0]}{''.join(filter(str.isupper, face))}{match[2]}"


def _use(match: re.Match[str]) -> str:
    place = f' x="{round(float(match[3]))}"' if match[3] else ""
    return f'<use xlink:href="#{_name(match)}"{place}/>'
