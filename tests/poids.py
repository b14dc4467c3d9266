"""What a page of a site and its fonts weigh when it is first opened, without the figures, which come later."""

from __future__ import annotations

import gzip
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mallette.paths import project

_LOADED = re.compile(r'<script\b[^>]*\ssrc="([^"?]+)|<link\b(?=[^>]*\brel="(?:stylesheet|icon)")[^>]*\bhref="([^"?]+)')
_BROUGHT = re.compile(r'@import\s+"([^"]+)"|url\("([^"?]+\.woff2)')


@dataclass(frozen=True)
class Weight:
    """Bytes of a page and of what it loads at once, as they are and compressed with gzip as a web server does."""

    name: str
    whole: int
    compressed: int


def of_pages(site: Path) -> Iterator[Weight]:
    """Yield the weight of each page of a site."""

    @cache
    def size(path: str) -> tuple[int, int]:
        content = (site / path).read_bytes()
        return len(content), len(gzip.compress(content, 6))

    @cache
    def with_all_it_brings(path: str) -> frozenset[str]:
        text = (site / path).read_text(encoding="utf-8") if path.endswith(".css") else ""
        found = (
            posixpath.normpath(posixpath.join(posixpath.dirname(path), one))
            for one in map("".join, _BROUGHT.findall(text))
        )
        return frozenset({path}.union(*map(with_all_it_brings, found)))

    for page in sorted(site.rglob("*.html")):
        name = page.relative_to(site).as_posix()
        asked = {name}
        for groups in _LOADED.findall(page.read_text(encoding="utf-8")):
            asked |= with_all_it_brings(posixpath.normpath(posixpath.join(posixpath.dirname(name), "".join(groups))))
        sizes = [size(path) for path in sorted(asked)]
        yield Weight(name, sum(one[0] for one in sizes), sum(one[1] for one in sizes))


if __name__ == "__main__":  # after « mallette publier site »
    print(f"{'ko (gzip)':>9}{'ko':>7}  page")
    for weight in sorted(of_pages(project().publication / "site"), key=lambda one: -one.compressed):
        print(f"{weight.compressed / 1000:9.0f}{weight.whole / 1000:7.0f}  {weight.name}")
