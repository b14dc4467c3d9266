"""The menu of the book, resolved once: Sphinx copies the whole contents, headings included, for each page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util.osutil import relative_uri

_TAG = re.compile(r'(<ul>|<li class="toctree-l\d+">|<a class="reference internal" href="[^"]*">|</ul>|</li>)')
_LINK = re.compile(r'<a class="(reference internal)" href="([^"#]*)(#?[^"]*)">')
_NOWHERE = "genindex"
"""A page at the root of the book that no contents hold: seen from it, no entry is the current one."""


class Menu:
    """The contents as HTML, and how they look from each page.

    Seen from a page, its own entry and all that hold it are marked, and each address is relative to it.
    """

    def __init__(self, html: str, uri: Callable[[str], str]) -> None:
        self._uri = uri
        self._parts = _TAG.split(html)
        self._holders: dict[str, list[int]] = {}
        opened: list[int] = []
        for rank, part in enumerate(self._parts):
            link = _LINK.fullmatch(part)
            if part.startswith(("<ul", "<li")):
                opened.append(rank)
            elif part in ("</ul>", "</li>"):
                opened.pop()
            elif link and not link[3]:
                self._holders.setdefault(link[2], []).extend([*opened, rank])

    def seen_from(self, page: str) -> str:
        """Return the contents as they stand in a page; empty when they have no entry for it."""
        here = self._uri(page)
        if here not in self._holders:
            return ""
        parts = [self._link(part, here) if part.startswith("<a ") else part for part in self._parts]
        for rank in dict.fromkeys(self._holders[here]):
            parts[rank] = _marked(parts[rank])
        return "".join(parts)

    @staticmethod
    def _link(part: str, here: str) -> str:
        link = _LINK.fullmatch(part)
        if not link:
            return part
        address = relative_uri(here, link[2]) + link[3]
        return f'<a class="{link[1]}" href="{address or "#"}">'


def _marked(tag: str) -> str:
    if tag == "<ul>":
        return '<ul class="current">'
    if tag.startswith("<a "):
        return tag.replace('class="', 'class="current ', 1)
    return tag.replace('">', ' current">', 1)


def forget(app: Sphinx, env: BuildEnvironment) -> None:
    """Resolve the contents again: a title may have changed since the last build of this process."""
    app.builder.__dict__.pop("mallette_menus", None)


def share(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
    """Have the theme ask for the contents here."""
    builder = app.builder
    if not isinstance(builder, StandaloneHTMLBuilder) or builder.name != "html":
        return
    resolved = context["toctree"]
    menus: dict[str, Menu] = builder.__dict__.setdefault("mallette_menus", {})

    def toctree(**options: Any) -> str:
        if options.get("collapse", True):  # what is folded away depends on the page
            return resolved(**options)
        key = repr(sorted(options.items()))
        if key not in menus:
            menus[key] = Menu(builder._get_local_toctree(_NOWHERE, **options), builder.get_target_uri)
        return menus[key].seen_from(pagename) or resolved(**options)

    context["toctree"] = toctree
