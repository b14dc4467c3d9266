"""A figure as a reader receives it: drawing, text alternative, caption with its source, table of the data."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from matplotlib.figure import Figure as Canvas

from mallette import data
from mallette.figures import drawings, style
from mallette.figures.style import Layout
from mallette.figures.svg import slim
from mallette.french import NBSP, SEPARATOR
from mallette.surroundings import served_by_voila
from mallette.templates import table

FEW = 2
"""Up to this many sources are cited whole in a caption, or named on a slide; the others by author and year."""


@dataclass(frozen=True)
class Table:
    """The numbers of a figure, as text.

    Attributes:
        columns: headers; the first column names the row.
        rows: cells, as many as columns.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    def html(self, caption: str, scroll: str = "") -> str:
        return table(caption, self.columns, self.rows, scroll=scroll)

    def text(self) -> str:
        lines = [" | ".join(self.columns)] + [" | ".join(row) for row in self.rows]
        return "\n".join(lines)


@dataclass(frozen=True)
class Figure:
    """What the functions of this package return; the last expression of a cell displays it.

    Attributes:
        title: what is shown (indicator, population, date), without a conclusion.
        alt: text alternative: kind of chart, extreme values, evolution.
        table: every value drawn.
        sources: keys of ``data/sources.csv``.
        population: who the numbers are about.
        period: date or dates of the numbers.
        notes: what to know to read them (rounding, missing sample size, break of series…).
        draw: draws on an empty canvas for a layout.
    """

    title: str
    alt: str
    table: Table
    sources: Sequence[str]
    population: str
    period: str
    draw: Callable[[Canvas, Layout], None] = field(repr=False)
    notes: Sequence[str] = ()

    @property
    def identifier(self) -> str:
        """Id of the figure, the same at each build and different for different figures."""
        parts = repr((self.title, self.alt, self.table.rows))
        return "figure-" + hashlib.sha256(parts.encode()).hexdigest()[:10]

    @property
    def source_line(self) -> str:
        """Where the numbers were read: whole references when they are few, authors and years otherwise."""
        if len(self.sources) <= FEW:
            return _sources([data.source(key).label for key in self.sources])
        return _sources(self._short_sources)

    @property
    def short_source_line(self) -> str:
        """Authors and years of the first sources, for a slide."""
        return _sources(self._short_sources[:FEW], " et autres" if len(self._short_sources) > FEW else "")

    @property
    def _short_sources(self) -> list[str]:
        return list(dict.fromkeys(short_source(key) for key in self.sources))

    @property
    def scope_line(self) -> str:
        return f"Population{NBSP}: {self.population}. Date{NBSP}: {self.period}."

    def svg(self, layout: Layout = style.WIDE) -> str:
        """Return the drawing as SVG text; the same data gives the same text."""
        return self._drawing(layout, "svg").decode()

    def png(self, layout: Layout = style.WIDE) -> bytes:
        """Return the drawing as PNG, two device pixels for one CSS pixel."""
        return self._drawing(layout, "png")

    def _drawing(self, layout: Layout, kind: str) -> bytes:
        place = drawings.kept((self.identifier, repr(layout), repr(_drawn_from(self.draw))), kind)
        if place and place.is_file():
            return place.read_bytes()
        content = style.render(self.draw, layout, kind)
        if kind == "svg":
            content = slim(content.decode()).encode()
        if place:
            drawings.write(place, content)
        return content

    def html(self, stands_for: str = "") -> str:
        """Return the figure for a page: one drawing for wide screens, one for phones.

        Args:
            stands_for: id of the widget whose view it shows without a script and in print: the table is then open, and
                the figure may stand elsewhere on the page too.
        """
        wide, narrow = (uri(self.svg(layout)) for layout in (style.WIDE, style.NARROW))
        title, key = html.escape(self.title), html.escape(stands_for or self.identifier)
        notes = "".join(f" {html.escape(note)}" for note in self.notes)
        return (
            f'<figure class="mlt-figure" aria-labelledby="{key}">'
            f'<figcaption><span class="mlt-figure-title" id="{key}">{title}</span>'
            f'<span class="mlt-figure-scope">{html.escape(self.scope_line)}{notes}</span>'
            f'<span class="mlt-figure-source">{html.escape(self.source_line)}</span></figcaption>'
            f'<picture><source media="(max-width: 600px)" srcset="{narrow}"/>'
            f'<img src="{wide}" alt="{html.escape(self.alt)}" loading="lazy"/></picture>'
            f"<details{' open' if stands_for else ''}><summary>Voir les données</summary>"
            f"{self.table.html(self.title, 'mlt-figure-scroll')}</details></figure>"
        )

    def slide_html(self) -> str:
        """Return the figure for a slide: larger text, one short caption, the table for screen readers only."""
        wide, narrow = (uri(self.svg(layout)) for layout in (style.SLIDE, style.NARROW))
        return (
            f'<figure class="mlt-figure mlt-figure-slide" aria-labelledby="{self.identifier}"><picture>'
            f'<source media="(max-width: 700px)" srcset="{narrow}"/>'
            f'<img src="{wide}" alt="{html.escape(self.alt)}"/></picture>'
            f'<div class="mlt-figure-hidden"><p>{html.escape(" ".join([self.scope_line, *self.notes]))}</p>'
            f"{self.table.html(self.title)}<p>{html.escape(self.source_line)}</p></div>"
            f'<figcaption id="{self.identifier}">{html.escape(f"{self.title}. {self.short_source_line}")}</figcaption>'
            "</figure>"
        )

    def text(self) -> str:
        return "\n".join([self.title, self.alt, " ".join([self.scope_line, *self.notes]), self.source_line])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        if style.on_slide():
            return {"text/html": self.slide_html(), "text/plain": self.text()}
        if served_by_voila():
            return {"text/html": self.html(), "text/plain": self.text()}
        return {"text/html": self.html(), "image/png": self.png(), "text/plain": self.text()}


def _drawn_from(draw: Callable) -> tuple:
    """Return what a drawing is made of besides the layout: the function and the values it closes over."""
    return (draw.__qualname__, *(cell.cell_contents for cell in draw.__closure__ or ()))


def short_source(key: str) -> str:
    """Return ``auteur, repris par… (année)`` of a source of ``data/sources.csv``."""
    row = {one["source_id"]: one for one in data.rows("sources")}[key]
    return f"{data.credit(row) or row['titre']} ({row['annee'] or 's. d.'})"


def _sources(labels: Sequence[str], end: str = "") -> str:
    plural = "s" if len(labels) > 1 or end else ""
    return f"Source{plural}{NBSP}: {SEPARATOR.join(labels)}{end}."


def uri(svg: str) -> str:
    """Return a data address. Escaping the few characters that need it is shorter than base64; spaces are among them,
    for they end an address in ``srcset``."""
    return "data:image/svg+xml," + quote(svg, safe="!$&'()*+,-./:;=?@[]_~")
