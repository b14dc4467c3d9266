"""Makes matplotlib's SVG several times shorter: a page of the book holds two drawings a figure."""

from __future__ import annotations

import re

_GLYPH = re.compile(r'<use xlink:href="#DejaVuSans(?:-(\w+?))?-([0-9a-f]+)"(?: transform="translate\(([\d.]+) 0\)")?/>')
_GLYPH_ID = re.compile(r'id="DejaVuSans(?:-(\w+?))?-([0-9a-f]+)"')
_NOISE = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", re.DOTALL)
_PATH = re.compile(r' d="([^"]*)"')


def slim(svg: str) -> str:
    """Return ``svg`` without metadata, with short names of glyphs, two decimals and single quotes.

    Two decimals of a point are a hundredth of a pixel: nothing moves.
    """
    text = _NOISE.sub("", svg)
    text = _GLYPH.sub(_use, text)
    text = _GLYPH_ID.sub(lambda match: f'id="{_name(match)}"', text)
    # Not inside scale(): glyphs are drawn at 1/64, which two decimals would shrink by a third.
    text = re.sub(r"scale\([^)]*\)|(\d+\.\d\d)\d+", lambda match: match[1] or match[0], text)
    text = _PATH.sub(_pack, text)
    text = re.sub(r"\s+", " ", re.sub(r">\s+<", "><", text)).strip()
    return text.replace('"', "'")


def _pack(match: re.Match[str]) -> str:
    """Write a path with commas for spaces, which an address would have to escape."""
    path = re.sub(r"\s*([A-Za-z])\s*", r"\1", match[1].strip())
    packed = re.sub(r"\s+", ",", path)
    return f' d="{packed}"'


def _name(match: re.Match[str]) -> str:
    """Name a glyph by the initials of its face (none for the regular one) and its number."""
    return "".join(part[0] for part in (match[1] or "").split("-") if part) + "g" + match[2]


def _use(match: re.Match[str]) -> str:
    place = f' x="{round(float(match[3]))}"' if match[3] else ""
    return f'<use xlink:href="#{_name(match)}"{place}/>'
