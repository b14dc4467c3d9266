"""Help lines (``data/lignes.yml``): the one home of every number that the course tells people to call.

A page of the book takes them through ``{lignes}`` and ``{ligne}``, a cell of a workshop or of a deck through
:func:`lignes`, the phones of a séance through :func:`danger`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby
from pathlib import Path

from mallette.faults import ContentError
from mallette.french import NBSP, SEPARATOR, day
from mallette.handwritten import listing, structure
from mallette.handwritten.structure import Difference
from mallette.paths import Project, project

SCHEMA = Path(__file__).with_name("helplines.schema.json")
ITEMS = structure.Items("lignes", "ligne", "id")
TO_CHECK = "à revérifier avant impression"
_GAP = "…"
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")


@dataclass(frozen=True)
class Line:
    """A help line.

    Attributes:
        id: short name that pages cite.
        name: of the service, in French.
        short: two or three words before the number where room is scarce; neighbours that share them are told together.
        number: digits to dial.
        shown: the number as readers see it, its spaces no-break ones.
        audience: for whom, in French.
        hours, cost, note: what the page that was read says, in French, possibly empty; cost is « gratuit » or
            « non surtaxé ».
        anonymous: the page that was read says so.
        everywhere: every unit gives it.
        page, cost_page: addresses that were read, possibly empty.
        page_date: date of that page, ISO and as precise as known, possibly empty.
        checked: ISO day when someone read the page on line or called; empty until then.
    """

    id: str
    name: str
    short: str
    number: str
    shown: str
    audience: str
    hours: str = ""
    cost: str = ""
    note: str = ""
    anonymous: bool = False
    everywhere: bool = False
    page: str = ""
    cost_page: str = ""
    page_date: str = ""
    checked: str = ""

    @property
    def facts(self) -> str:
        """Hours, cost, anonymity, as far as they are known."""
        known = [self.hours, self.cost or "coût à vérifier", "anonyme" if self.anonymous else "", self.note]
        return ", ".join(filter(None, known))

    @property
    def state(self) -> str:
        """When the line was checked, or what is known of the page that was read."""
        if self.checked:
            return f"vérifié le {day(self.checked)}"
        dated = day(self.page_date) if self.page_date else "sans date"
        return (f"page lue ({dated})" if self.page else "aucune page lue") + SEPARATOR + TO_CHECK

    def link(self) -> str:
        """Return the number as HTML: a phone offers to call it."""
        return f'<a class="mallette-numero" href="tel:{self.number}">{escape(self.shown)}</a>'


@dataclass(frozen=True)
class Reminder:
    """What a page must also give when it uses an expression.

    Attributes:
        pattern: matches the expressions, across line ends.
        line: id of the line to give, or empty.
        word: word to write, or empty.
        reason: why, in French.
    """

    pattern: re.Pattern[str]
    line: str
    word: str
    reason: str


@dataclass(frozen=True)
class Helplines:
    """The lines in the order of the file, and the reminders."""

    lines: tuple[Line, ...] = ()
    reminders: tuple[Reminder, ...] = ()

    def line(self, name: str) -> Line:
        """Return a line by its id.

        Raises:
            LookupError: there is none; the message, in French, names the nearest.
        """
        for line in self.lines:
            if line.id == name:
                return line
        remedy = structure.suggestion(name, [line.id for line in self.lines])
        raise LookupError(f"aucune ligne d’aide « {name} » dans data/lignes.yml : {remedy}")

    def given(self, names: Iterable[str]) -> list[Line]:
        """Return the lines every unit gives and those named, in the order of the file.

        Raises:
            LookupError: a name is unknown.
        """
        chosen = {self.line(name).id for name in names}
        return [line for line in self.lines if line.everywhere or line.id in chosen]


def load(course: Project) -> Helplines:
    """Return the help lines of the course; none when it has no such file.

    Raises:
        ContentError: with every fault of the file.
    """
    if not course.helplines.is_file():
        return Helplines()
    data = listing.read(course.helplines, course.root, SCHEMA, ITEMS, _differences).data
    return Helplines(
        tuple(_line(row) for row in data["lignes"]),
        tuple(_reminder(row) for row in data.get("rappels") or ()),
    )


def _line(row: dict) -> Line:
    return Line(
        row["id"],
        row["nom"],
        row["court"],
        row["numero"],
        row["affiche"],
        row["pour"],
        row.get("horaires", ""),
        row.get("cout", ""),
        row.get("precision", ""),
        row.get("anonyme", False),
        row.get("toujours", False),
        row.get("page", ""),
        row.get("page_cout", ""),
        row.get("date_page", ""),
        row.get("verifie", ""),
    )


def _reminder(row: dict) -> Reminder:
    parts = [
        r"\w*[^.;]{0,80}?".join(re.escape(part.strip()).replace(r"\ ", r"\s+") for part in text.split(_GAP))
        for text in row["expressions"]
    ]
    pattern = re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)
    return Reminder(pattern, row.get("ligne", ""), row.get("mot", ""), row["raison"])


def _differences(data: dict) -> Iterator[Difference]:
    """Yield what the schema cannot tell: digits, spaces, doubles, claims without a page, dates."""
    seen: dict[tuple[str, str], str] = {}
    for rank, row in enumerate(data["lignes"]):
        place = ("lignes", rank)
        if not row["numero"].isdigit():
            yield Difference(
                (*place, "numero"),
                "le numéro à composer a des chiffres seulement",
                "enlevez les espaces : ils vont dans « affiche »",
            )
        if re.sub(r"\D", "", row["affiche"]) != re.sub(r"\D", "", row["numero"]):
            yield Difference(
                (*place, "affiche"),
                f"« {row['affiche']} » n’est pas « {row['numero']} »",
                "écrivez les mêmes chiffres dans « numero » et dans « affiche »",
            )
        elif not re.fullmatch(rf"[\d{NBSP}]+", row["affiche"]):
            yield Difference(
                (*place, "affiche"),
                "le numéro peut se couper en fin de ligne",
                "entre les chiffres, mettez des espaces insécables (U+00A0)",
            )
        for key in ("id", "numero"):
            if (key, row[key]) in seen:
                yield Difference(
                    (*place, key),
                    f"« {row[key]} » est déjà à la ligne « {seen[key, row[key]]} »",
                    "gardez une seule des deux",
                )
            seen.setdefault((key, row[key]), row["id"])
        if "page" not in row:
            yield from (
                Difference((*place, key), f"« {key} » sans page lue", "ajoutez « page », ou enlevez cette clé")
                for key in ("horaires", "cout", "anonyme", "precision", "date_page")
                if row.get(key)
            )
        yield from (
            Difference((*place, key), f"date « {row[key]} » incomprise", f"écrivez {model}, entre guillemets droits")
            for key, model in (("date_page", "2024, 2024-07 ou 2024-07-22"), ("verifie", "2026-11-29"))
            if key in row and not _dated(row[key], whole=key == "verifie")
        )
    known = {row["id"] for row in data["lignes"]}
    for rank, row in enumerate(data.get("rappels") or ()):
        if "ligne" in row and row["ligne"] not in known:
            remedy = structure.suggestion(row["ligne"], sorted(known))
            yield Difference(("rappels", rank, "ligne"), f"aucune ligne « {row['ligne']} »", remedy)


def _dated(text: str, whole: bool) -> bool:
    if not _DAY.fullmatch(text) or (whole and len(text) < 10):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    except ValueError:
        return False
    return True


def _grouped(lines: Iterable[Line]) -> Iterable[tuple[str, list[Line]]]:
    return ((short, list(group)) for short, group in groupby(lines, key=lambda line: line.short))


def _either(items: Sequence[str]) -> str:
    *others, last = items
    return f"{', '.join(others)} ou {last}" if others else last


def compact(lines: Iterable[Line]) -> str:
    """Return lines as one paragraph of HTML, empty without any."""
    items = [f"{escape(short)}{NBSP}: {_either([line.link() for line in group])}" for short, group in _grouped(lines)]
    told = f"<strong>Parler à quelqu’un.</strong> {'. '.join(items)}."
    return f'<p class="mallette-lignes">{told}</p>' if items else ""


class Paragraph:
    """What a cell shows: the lines as HTML and as plain text."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = tuple(lines)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        told = [f"{short}{NBSP}: {_either([line.shown for line in group])}" for short, group in _grouped(self._lines)]
        return {"text/html": compact(self._lines), "text/plain": ". ".join(told) + "."}


def lignes(*names: str) -> Paragraph:
    """Return, for the last line of a cell, the help lines of a unit (its slug) or those named (their ids).

    Raises:
        LookupError: no unit and no line has that name.
    """
    from mallette.units import units

    course = project()
    known = load(course)
    for unit in units(course):
        if names == (unit.slug,):
            return Paragraph(known.given(unit.help_lines))
    return Paragraph([known.line(name) for name in names])


def danger(course: Project) -> str:
    """Return what a page that receives texts says of a danger: it is no place to report one, and whom to call.

    A faulty file costs the numbers, not the page: a room may be waiting for it.
    """
    try:
        lines = [line for line in load(course).lines if line.everywhere]
    except ContentError:
        lines = []
    urgent = [f"le {line.shown}" for line in lines if line.short == "Urgence"]
    child = next((line for line in lines if line.id == "enfance"), None)
    told = [f"pour un enfant en danger, appelez le {child.shown}"] if child else []
    told += [f"en urgence, {_either(urgent)}"] if urgent else []
    text = "Ce n’est pas un endroit pour signaler un danger"
    return f"{text}{NBSP}: {SEPARATOR.join(told)}." if told else f"{text}."
