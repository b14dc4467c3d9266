"""Texts written by people: put into Markdown without becoming Markdown, or shown as the Markdown that they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_BREAKS = re.compile(r"[^\S\u00a0\u202f]+")
"""Spaces that may go: the no-break ones stay."""
_MARKUP = re.compile(r"[\\`*_\[\]<>&|~$^@{}]|:(?=//)|\.(?=\w)")
_LINE_START = re.compile(r"^(?:(\d+)(?=[.)])|(?=[!-/:-@\[-`{-~]))(?!\\)")


def defuse(value: object) -> object:
    """Return a text as Markdown that shows it as it is, on one line; what is no text comes back unchanged.

    Rules: CommonMark 0.31 (any punctuation may be escaped), GitHub's autolinks, MyST's roles, targets and comments.
    """
    if not isinstance(value, str):
        return value
    line = _BREAKS.sub(" ", value).strip(" ")
    escaped = _MARKUP.sub(r"\\\g<0>", line)
    return _LINE_START.sub(r"\g<0>\\", escaped)


def to_html(text: str) -> Markup:
    """Return the HTML of a text in Markdown (CommonMark 0.31 and tables, no HTML): what an assignment gives to read."""
    return Markup(reader().render(text))


@cache
def reader() -> MarkdownIt:
    """Return what reads and shows such a text."""
    from markdown_it import MarkdownIt  # many verbs need none of it

    found = MarkdownIt("commonmark", {"html": False}).enable("table")

    def table(_self: object, tokens: Sequence[Token], place: int, *_: object) -> str:
        if tokens[place].nesting < 0:
            return "</table></div>"
        # A wide table scrolls by itself; whoever has no mouse must reach it to do so.
        return '<div class="mlt-scroll" role="region" tabindex="0" aria-label="Tableau"><table>'

    def cell(_self: object, tokens: Sequence[Token], place: int, *_: object) -> str:
        token = tokens[place]
        scope = ' scope="col"' if token.tag == "th" else ""
        kind = ' class="mlt-num"' if "right" in str(token.attrs.get("style", "")) else ""  # no style in a page
        return f"<{token.tag}{scope}{kind}>"

    for name in ("table_open", "table_close"):
        found.add_render_rule(name, table)
    for name in ("th_open", "td_open"):
        found.add_render_rule(name, cell)
    return found
