"""Citation keys of the course: works cited in prose (``references.bib``) and pages where a number was read
(``data/sources.csv``). A key lives in one of the two; prose may cite either."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pybtex.database import BibliographyData, Entry, Person, PybtexError, parse_string
from pybtex.richtext import Text

from mallette import data
from mallette.data.rules import COPIED
from mallette.faults import ContentError, Fault, relative
from mallette.handwritten import text
from mallette.paths import Project, project
from mallette.stamps import fingerprint

_ADDRESS = re.compile(r"^    url = .*$", re.MULTILINE)
_LATEX = re.compile(r"[\\{}~$%&#^_`'\"]|--|\s\s|[\n\t]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?)+[^\W\d_][^\s,.]+")
"""One person with initials: « C. Duport », « A.-M. Tagawa », « S. A. Venkatesh »."""


@dataclass(frozen=True)
class Reference:
    """What a reader needs to recognise a source.

    Attributes:
        key: citation key.
        authors: people or body, as displayed; may be empty.
        title: title of the work or page.
        year: year as text, ``"s. d."`` when unknown.
        url: address printed as text, possibly empty.
    """

    key: str
    authors: str
    title: str
    year: str
    url: str = ""

    def label(self, detail: str = "") -> str:
        """Return ``auteur, « titre » (année), détail``."""
        text = f"« {self.title} » ({self.year})"
        if self.authors:
            text = f"{self.authors}, {text}"
        return f"{text}, {detail}" if detail else text


def _person(person: Person) -> str:
    last = " ".join([*person.prelast_names, *person.last_names])
    first = " ".join([*person.first_names, *person.middle_names])
    return " ".join(part for part in (first, last) if part).replace("{", "").replace("}", "")


def _authors(entry: Entry) -> str:
    names = [_person(person) for person in entry.persons.get("author") or entry.persons.get("editor") or []]
    return f"{names[0]} et al." if len(names) > 3 else ", ".join(names)


@lru_cache(maxsize=8)
def _references(course: Project) -> dict[str, Reference]:
    found = {}
    for row in data.rows("sources", course):
        found[row["source_id"]] = Reference(
            row["source_id"],
            data.credit(row),
            row["titre"],
            str(row["annee"] or "s. d."),
            row["url"] or "",
        )
    for key, entry in bibliography(course).entries.items():
        fields = {name: _plain(value) for name, value in entry.fields.items()}
        found[key] = Reference(
            key, _authors(entry), fields.get("title", key), fields.get("year", "s. d."), fields.get("url", "")
        )
    return found


def bibliography(course: Project | None = None) -> BibliographyData:
    """Return the works of ``references.bib``.

    Raises:
        ContentError: the file is missing or is not valid BibTeX.
    """
    course = course or project()
    content, unreadable = text.read(course.references, relative(course.references, course.root))
    if unreadable:
        raise ContentError(list(unreadable))
    try:
        works = parse_string(content or "", "bibtex")
    except PybtexError as error:
        fault = Fault(
            relative(course.references, course.root),
            getattr(error, "lineno", 0) or 0,
            f"bibliographie illisible ({error})",
            "vérifiez accolades, virgules et clés en double",
        )
        raise ContentError([fault]) from error
    faults = [
        _unreadable(key, name, course)
        for key, entry in works.entries.items()
        for name, value in entry.fields.items()
        if not _readable(value)
    ]
    if faults:
        raise ContentError(faults)
    return works


@lru_cache(maxsize=2048)
def _plain(value: str) -> str:
    # Most values hold no LaTeX, but for the braces of a title; decoding takes longer than reading all the rest.
    inner = value[1:-1] if value[:1] + value[-1:] == "{}" else value
    return str(Text.from_latex(value)) if _LATEX.search(inner) else inner


def _readable(value: str) -> bool:
    try:
        _plain(value)
    except PybtexError:
        return False
    return True


def _unreadable(key: str, name: str, course: Project) -> Fault:
    place = relative(course.references, course.root)
    return Fault(
        place,
        _line(key, course),
        f"« {key} » : le champ « {name} » est illisible",
        "écrivez « \\% » pour « % » et fermez chaque accolade : BibTeX suit les règles de LaTeX",
    )


def _line(key: str, course: Project) -> int:
    lines = (text.read(course.references, "")[0] or "").split("\n")
    return next((number for number, line in enumerate(lines, 1) if f"{{{key}," in line.replace(" ", "")), 0)


def keys(course: Project | None = None) -> frozenset[str]:
    """Return every key that may be cited."""
    return frozenset(_references(course or project()))


def reference(key: str, course: Project | None = None) -> Reference:
    """Return the reference named ``key``.

    Raises:
        LookupError: nothing has that key.
    """
    known = _references(course or project())
    if key not in known:
        raise LookupError(f"aucune référence « {key} » dans references.bib ni dans sources.csv")
    return known[key]


def label(key: str, detail: str = "", course: Project | None = None) -> str:
    """Return the displayed citation of ``key``, followed by ``detail`` (page, table…)."""
    return reference(key, course).label(detail)


def check(course: Project) -> list[Fault]:
    """Report keys that are in both homes, and works read in a copy whose site is not named beside the author."""
    try:
        works = bibliography(course).entries
    except ContentError as error:
        return error.faults
    known = {row["source_id"] for row in data.rows("sources", course)}
    place = relative(course.references, course.root)
    return [
        Fault(
            place,
            _line(key, course),
            f"la clé « {key} » existe aussi dans data/sources.csv",
            "ne la gardez qu’à un endroit",
        )
        for key in works
        if key in known
    ] + [
        Fault(
            place,
            _line(key, course),
            f"« {key} » a été lu dans une copie, et la référence ne dit pas laquelle",
            "écrivez dans « author » : {{Auteur, repris par nom du site}}",
        )
        for key, work in works.items()
        if COPIED.search(work.fields.get("note", "")) and "repris par" not in _authors(work)
    ]


def write_data_bib(course: Project) -> None:
    """Write ``data/sources.csv`` as BibTeX, so that prose can cite what a figure cites; once for each state of it."""
    made_from = f"% {fingerprint([Path(__file__), *course.data.glob('sources.csv')])}\n"
    if course.data_bib.is_file() and course.data_bib.read_text(encoding="utf-8").startswith(made_from):
        return
    entries = {}
    for row in data.rows("sources", course):
        # Braces keep the capitals of a title, which the style of the bibliography would lower.
        fields = [("title", f"{{{_escape(row['titre'])}}}"), ("year", str(row["annee"] or "s. d."))]
        fields += [(name, _escape(row[column])) for name, column in (("publisher", "editeur"),) if row[column]]
        fields += [("url", row["url"])] if row["url"] else []
        persons = {"author": _persons(_escape(data.credit(row)))} if data.credit(row) else {}
        entries[row["source_id"]] = Entry("misc", fields=fields, persons=persons)
    course.data_bib.parent.mkdir(parents=True, exist_ok=True)
    # The writer escapes every field, the style unescapes all but addresses: an escaped one would lead nowhere.
    made = _ADDRESS.sub(lambda line: re.sub(r"\\(.)", r"\1", line[0]), BibliographyData(entries).to_string("bibtex"))
    course.data_bib.write_text(made_from + made, encoding="utf-8")


def _persons(author: str) -> list[Person]:
    """Return the people of an author cell (``C. Duport, K. Sahraoui``), or the body it names, kept whole by braces."""
    names = author.split(", ")
    if all(_INITIALS.fullmatch(name) for name in names):
        return [Person(name) for name in names]
    return [Person(f"{{{author}}}")]


def _escape(text: str) -> str:
    """Return ``text`` without braces; the writer of pybtex escapes the other special characters itself."""
    return text.replace("{", "").replace("}", "")
