"""Some pages of the built book, without a way to the others: a link to one of these becomes plain text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection

from mallette.book import search

_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_RELATED = re.compile(r'<link rel="(?:next|prev)"[^>]*?\bhref="([^"]*)"[^>]*>\n?')
_NEXT = re.compile(r'<a class="(?:left-prev|right-next)"\s+href="([^"]*)".*?</a>', re.DOTALL)
_ENTRY = re.compile(r'<li class="toctree-l[^>]*><a\b[^>]*?\bhref="([^"]*)"[^>]*>(?:(?!</a>).)*</a></li>\n?', re.DOTALL)
"""A line of a menu that holds no other."""
_EMPTY = re.compile(
    r"<details\b[^>]*>(?:(?!</?details).)*<ul>\s*</ul>\s*</details>"
    r'|(?:<p\b[^>]*\bclass="caption"(?:(?!</p>).)*</p>\s*)?<ul class="[^"]*\bbd-sidenav">\s*</ul>\n?',
    re.DOTALL,
)
"""A list of a menu without a line, with what names it."""


def of(pages: Collection[str]) -> Callable[[str, bytes], bytes]:
    """Return what makes a file of the book one of the excerpt.

    Args:
        pages: those of the excerpt, without extension.
    """

    def changed(name: str, content: bytes) -> bytes:
        if name.endswith(".html"):
            return _page(name, content.decode(), pages).encode()
        if name == search.TEXTS:
            return search.texts_of(content.decode(), pages).encode()
        if name == search.INDEX:
            return search.index_of(content.decode(), pages).encode()
        return content

    return changed


def _page(name: str, text: str, pages: Collection[str]) -> str:
    def away(address: str) -> bool:
        """Tell whether an address leads to a page of the book that is not there."""
        target = re.split("[?#]", address)[0]
        place = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        return ":" not in target and target.endswith(".html") and place.removesuffix(".html") not in pages

    def drop(pattern: re.Pattern[str], text: str) -> str:
        return pattern.sub(lambda found: "" if away(found[1]) else found[0], text)

    for pattern in (_RELATED, _NEXT):
        text = drop(pattern, text)
    before = ""
    while before != text:
        before, text = text, _EMPTY.sub("", drop(_ENTRY, text))
    return _LINK.sub(lambda found: found[2] if away(found[1]) else found[0], text)
