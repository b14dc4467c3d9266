"""Markdown pages that people write: their text, and what their front matter says, with its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mallette.faults import ContentError, Fault, relative
from mallette.handwritten import document, listing, structure, text
from mallette.handwritten.document import Document
from mallette.handwritten.structure import Difference

HEAD = re.compile(r"\A---[ \t]*\n(.*?\n|)---[ \t]*\n", re.DOTALL)
"""The front matter of a page, with its limits."""
BLOCK = "mallette"
"""Key of the front matter under which the kit finds what it computes from."""


@dataclass(frozen=True)
class Page:
    """A page.

    Attributes:
        file: its path, as faults name it.
        text: all of it, lines ended by ``\\n``; empty when the file cannot be read.
        head: its front matter; ``data`` is ``None`` without any.
        faults: what keeps the file, or its front matter, from being read.
    """

    file: str
    text: str
    head: Document
    faults: tuple[Fault, ...]

    @property
    def body(self) -> str:
        """The text without the front matter."""
        return HEAD.sub("", self.text)


def read(path: Path, root: Path) -> Page:
    """Return the page ``path`` of the course at ``root``."""
    return _read(path, relative(path, root), text.stamp(path))


def front(
    path: Path,
    root: Path,
    schema: Path,
    items: structure.Items,
    rules: Callable[[dict], Iterable[Difference]] = lambda data: (),
) -> Document:
    """Return the block ``mallette`` of a page's front matter, as its JSON Schema and ``rules`` want it.

    Raises:
        ContentError: with every fault of the page and of its block.
    """
    return _front(path, root, text.stamp(path), schema, items, rules)


@lru_cache(maxsize=512)
def _read(path: Path, file: str, stamp: tuple[int, int]) -> Page:
    content, faults = text.read(path, file)
    head = HEAD.match(content or "")
    # A blank line stands for the opening mark, so that lines are counted as in the file.
    source = document.parse("\n" + head[1], file) if head else Document()
    return Page(file, content or "", source, (*faults, *source.faults))


@lru_cache(maxsize=128)
def _front(path: Path, root: Path, stamp: tuple, schema: Path, items: structure.Items, rules: Callable) -> Document:
    page = read(path, root)
    if page.faults:
        raise ContentError(list(page.faults))
    if not isinstance(page.head.data, dict) or not isinstance(page.head.data.get(BLOCK), dict):
        raise ContentError(
            [
                Fault(
                    page.file,
                    1,
                    f"l’en-tête n’a pas de bloc « {BLOCK} »",
                    "copiez celui d’une autre unité ; le fichier commence par « --- »",
                )
            ]
        )
    return listing.checked(page.head.under(BLOCK), page.file, schema, items, rules)
