"""HTML and Markdown are written by templates: the environment escapes every value, so that none can be forgotten.

A template stands in the folder ``templates`` of the part that fills it in and is named by its path in the package.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import ModuleType

import jinja2
from markupsafe import Markup

from mallette.markdown import defuse
from mallette.paths import PACKAGE

HTML = jinja2.Environment(
    loader=jinja2.FileSystemLoader(PACKAGE),
    undefined=jinja2.StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
MARKDOWN = HTML.overlay(autoescape=False, finalize=defuse)


def render(name: str, **values: object) -> str:
    """Return the page of a template, for instance ``"server/templates/portail.html.j2"``."""
    return HTML.get_template(name).render(values)


def macros(name: str) -> ModuleType:
    """Return the macros of a template, to be called like functions; what they return is not escaped again."""
    return HTML.get_template(name).module


def table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    kind: str = "",
    scroll: str = "",
    stacked: bool = False,
) -> Markup:
    """Return a table whose first column names its rows; an empty cell names none.

    Args:
        kind: its CSS classes.
        scroll: CSS class of a region in which a wide table scrolls, and that the keyboard can reach.
        stacked: whether a style sheet may stack its cells on a phone: it is then no longer a table for a screen reader,
            unless its roles are written out.
    """
    return macros("templates/table.html.j2").table(caption, heads, rows, kind, scroll, stacked)
