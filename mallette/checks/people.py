"""One name, one person: who follows several units never meets a first name that was somebody else's."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from mallette import people, programme, references
from mallette.checks import pages
from mallette.faults import Fault, relative
from mallette.paths import Project
from mallette.units import units

_NAME = r"(?<![\w’.-])([A-ZÀÉÈÎÔ][a-zà-ÿ]+(?:-[A-ZÉ][a-zà-ÿ]+)?)\*{0,2}"
_NUMBER = r"(?:\d{1,2}|[a-z]+(?:-[a-z]+)*)\sans\b"
_AGED = re.compile(rf"{_NAME}(?:,\s(?:âgée?\sde\s)?|\sa\s|\s\(){_NUMBER}")
_TITLED = re.compile(rf"(?<![\w-]){people.TITLE}([A-ZÀÉÈÎÔ](?:\.|[\w’-]*))")
_NOBODY = ("Il", "Elle", "On", "Qui", "Chacun", "Chacune", "Lui", "France", "Europe")
"""What an age follows without being somebody."""


def check(course: Project) -> list[Fault]:
    """Return the names of ``data/personnes.yml`` used elsewhere or no longer used, and people that it does not know."""
    known, real = people.load(course), _authors(course)
    faults: list[Fault] = []
    seen: set[tuple[str, str]] = set()
    keys = {one.key for one in known}
    folders = {one.folder: one.slug for one in units(course)} | {one.deck: one.slug for one in units(course)}
    for path in [*pages.markdown(course), *pages.tables(course)]:
        if path == course.people:
            continue
        inside = (path, path.parent, path.parent.parent)  # a tool is one folder below its unit
        here = next((folders[one] for one in inside if one in folders), path.stem)  # a unit, or a page by its name
        text = pages.shown(path)
        possible = [one for one in known if one.key in text]  # most names are in few files
        seen |= {(one.name, here) for one in possible if one.pattern.search(text)}
        faults += faults_in(text, relative(path, course.root), here, possible, keys, real)
    place = relative(course.people, course.root)
    return faults + [
        Fault(
            place,
            one.line,
            f"« {one.name} » ne paraît pas dans « {where} »",
            "retirez ce lieu de « ou », ou la personne de la liste",
        )
        for one in known
        for where in one.where
        if (one.name, where) not in seen
    ]


def faults_in(
    text: str,
    file: str,
    here: str,
    possible: Iterable[people.Person],
    keys: Collection[str],
    real: Collection[str],
) -> list[Fault]:
    """Return what the text of ``file`` names wrongly.

    Args:
        here: the unit or page of the file.
        possible: people of the list who may be named in it.
        keys: every name of the list, without titles.
        real: words of the names of authors and speakers, whom « M. » and « Mme » may name too.
    """
    elsewhere = [
        (
            match.start(),
            f"« {one.name} » est ailleurs une autre personne : {one.who} ({', '.join(one.where)})",
            "prenez un autre nom ; si c’est la même personne, ajoutez ce lieu dans data/personnes.yml",
        )
        for one in possible
        if here not in one.where
        for match in one.pattern.finditer(text)
    ]
    unknown = [
        (
            match.start(),
            f"« {match[1]} » n’est pas inscrit dans data/personnes.yml",
            "inscrivez cette personne inventée ; une personne réelle se cite avec son prénom et son nom",
        )
        for pattern, others in ((_AGED, _NOBODY), (_TITLED, real))
        for match in pattern.finditer(text)
        if match[1] not in keys and match[1] not in others
    ]
    return [Fault.at(file, text, *told) for told in elsewhere + unknown]


def _authors(course: Project) -> set[str]:
    """Return the words of the names of authors and speakers."""
    texts = [references.reference(key, course).authors for key in references.keys(course)]
    texts += [speaker.name for session in programme.load(course).sessions for speaker in session.speakers]
    return {word for text in texts for word in re.findall(r"[A-ZÀÉÈÎÔ][\w’-]+", text)}
