"""Texts written by people, put into Markdown without becoming Markdown."""

from __future__ import annotations

import re

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
