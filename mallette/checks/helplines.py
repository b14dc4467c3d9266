"""Every number to call is one of ``data/lignes.yml``, written its way, and nothing more is promised of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from mallette import helplines
from mallette.checks import pages
from mallette.faults import ContentError, Fault, relative
from mallette.french import NBSP, NNBSP
from mallette.handwritten import structure
from mallette.helplines import Helplines, Line
from mallette.paths import Project
from mallette.units import Unit, units

_GAP = r"[\s\u00a0\u202f.\-]?"
_TEN_DIGITS = re.compile(rf"(?<![\d\w])0{_GAP}[1-9](?:{_GAP}\d){{8}}(?!\d)")
# « appelez le 119 », « numéro national : 3039 »; neither a date nor an article of a law is a number to call.
_CALLED = re.compile(
    rf"""\b(?:appel(?:ez|er|le|ons)?|compos(?:ez|er)|téléphon(?:ez|er)|joign(?:ez|able)|joindre|numéros?|lignes?)\b
    [^.;\n\d]{{0,30}}?(?:\b(?:le|au|du)|:)[\s\u00a0]\**(?P<number>\d(?:{_GAP}\d){{2,5}})\b
    (?![\s\u00a0\u202f]?(?:€|%|personnes|euros|ans\b)|-)""",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SENTENCE = re.compile(r"(?:[^.!?…|\n]|\n(?![\n\-*|#\d])|\.(?=\S))+")
_ALL = re.compile(r"\b(?:lignes|numéros|appels|services|lieux)\b", re.IGNORECASE)
_ROLE = re.compile(r"\{ligne\}`([^`]*)`")
_DIRECTIVE = re.compile(r"^[`:]{3,}\{lignes\}[ \t]*(.*)$", re.MULTILINE)
PROMISES = (
    # What is said, whether a line is so.
    ("gratuit", re.compile(r"\bgratuite?s?\b", re.IGNORECASE), lambda line: line.cost == "gratuit"),
    ("anonyme", re.compile(r"\banonymes?\b", re.IGNORECASE), lambda line: line.anonymous),
)


def check(course: Project) -> list[Fault]:
    """Return the faults of ``data/lignes.yml``, of what cites it, and of every number written by hand."""
    known = helplines.load(course)
    if not known.lines:
        return []
    faults = []
    owners = {item.folder.resolve(): item for item in units(course)}
    for path in pages.markdown(course):
        text, place = pages.text(path), relative(path, course.root)
        shown = pages.prose(_ROLE.sub(lambda match: _number(match[1], known), text))
        faults += [*faults_in(shown, place, known), *_unknown_ids(text, place, known)]
        faults += _forgotten(shown, text, place, known, _owner(path, owners, course))
    for path in pages.tables(course):
        if path != course.helplines:
            shown = pages.shown(path)
            faults += faults_in(shown, relative(path, course.root), known)
    return faults + [fault for item in owners.values() for fault in _unknown_lines(item, known)]


def _number(name: str, known: Helplines) -> str:
    """Return what the role {ligne} shows; nothing for an unknown line, which is told elsewhere."""
    return next((line.shown for line in known.lines if line.id == name.strip()), "")


def _owner(path: Path, owners: dict[Path, Unit], course: Project) -> Unit | None:
    """Return the unit whose help lines a page or a deck shows."""
    by_name = {item.slug: item for item in owners.values()} if path.parent == course.slides else {}
    return owners.get(path.parent.resolve()) or by_name.get(path.stem)


def faults_in(text: str, place: str, known: Helplines) -> list[Fault]:
    """Return the numbers of a text that are unknown or written another way, and what it wrongly says is free."""
    found = [*_misspelt(text, known), *_unknown(text, known), *_promises(text, known)]
    return [Fault.at(place, text, *told) for told in found]


@lru_cache
def _spellings(number: str) -> re.Pattern[str]:
    first, *others = [number[:2], number[2:]] if len(number) == 4 else list(number)
    # What may not stand before is looked for after the first digits: a pattern that begins with them is found faster.
    before = rf"(?<![\d.,]{first})(?<!\d[\s\u00a0\u202f]{first})"
    return re.compile(rf"{first}{before}{''.join(_GAP + part for part in others)}(?!\d)(?!{_GAP}\d)")


def _misspelt(text: str, known: Helplines) -> Iterator[tuple[int, str, str]]:
    for line in known.lines:
        for match in _spellings(line.number).finditer(text) if len(line.number) > 3 else ():
            if match[0].replace(NNBSP, NBSP) != line.shown:
                cut = re.sub(r"\s+", NBSP, match[0]) == line.shown
                how = "avec une espace qui se coupe" if cut else f"« {match[0]} »"
                yield (
                    match.start(),
                    f"numéro de « {line.name} » écrit {how}",
                    f"écrivez « {line.shown} », avec des espaces insécables (U+00A0), ou {{ligne}}`{line.id}`",
                )


def _unknown(text: str, known: Helplines) -> Iterator[tuple[int, str, str]]:
    numbers = {line.number for line in known.lines}
    called = {match.start("number"): match["number"] for match in _CALLED.finditer(text)}
    for start, written in {**called, **{match.start(): match[0] for match in _TEN_DIGITS.finditer(text)}}.items():
        digits = re.sub(r"\D", "", written)
        if digits not in numbers and not _YEAR.fullmatch(digits):
            yield (
                start,
                f"le numéro « {written} » n’est pas dans data/lignes.yml",
                "ajoutez-y la ligne avec la page lue, ou enlevez le numéro",
            )


def _promises(text: str, known: Helplines) -> Iterator[tuple[int, str, str]]:
    for sentence in _SENTENCE.finditer(text):
        for word, pattern, holds in PROMISES:
            if not (said := pattern.search(sentence[0])):
                continue
            named = [line for line in known.lines if _names(sentence[0], line)]
            wrong = [line.name for line in named if not holds(line)]
            if wrong:
                yield (
                    sentence.start() + said.start(),
                    f"« {word} » n’est pas attesté pour {', '.join(wrong)}",
                    "dites-le ligne par ligne, ou laissez la directive {lignes} le dire",
                )
            elif not named and said[0].endswith("s") and _ALL.search(sentence[0]) and not all(map(holds, known.lines)):
                yield (
                    sentence.start() + said.start(),
                    f"« {said[0]} » est dit de tous à la fois",
                    "dites-le de ceux pour qui une page l’atteste, ou laissez la directive {lignes} le dire",
                )


def _names(sentence: str, line: Line) -> bool:
    """Tell whether a sentence names a line; a number of two digits is too often something else."""
    return line.name in sentence or (
        len(line.number) > 2
        and re.search(rf"(?<![\d,.\u00a0\u202f-]){line.shown}(?![\d,%€\u00a0\u202f]\d)", sentence) is not None
    )


def _unknown_ids(text: str, place: str, known: Helplines) -> Iterator[Fault]:
    body = pages.without_code(text)
    cited = [(match.start(), name) for match in _ROLE.finditer(body) for name in [match[1].strip()]]
    cited += [(match.start(), name) for match in _DIRECTIVE.finditer(body) for name in match[1].split()]
    for start, name in cited:
        yield from _unless_known(name, place, body.count("\n", 0, start) + 1, known)


def _unknown_lines(unit: Unit, known: Helplines) -> Iterator[Fault]:
    for rank, name in enumerate(_given(unit)):
        yield from _unless_known(
            name, relative(unit.chapter, unit.project.root), unit.head.line(("lignes", rank)), known
        )


def _given(unit: Unit) -> list[str]:
    """Return the help lines of a unit; none of a faulty chapter, which is told elsewhere."""
    try:
        return unit.help_lines
    except ContentError:
        return []


def _unless_known(name: str, place: str, line: int, known: Helplines) -> Iterator[Fault]:
    names = [item.id for item in known.lines]
    if name not in names:
        message = f"aucune ligne d’aide « {name} » dans data/lignes.yml"
        yield Fault(place, line, message, structure.suggestion(name, names))


def _forgotten(shown: str, text: str, place: str, known: Helplines, unit: Unit | None) -> Iterator[Fault]:
    """Yield the expressions that call for a line or a word which the page, or its unit, does not give."""
    for reminder in known.reminders:
        match = reminder.pattern.search(shown)
        if not match:
            continue
        line, said = shown.count("\n", 0, match.start()) + 1, re.sub(r"\s+", " ", match[0])
        if reminder.word and reminder.word.casefold() not in text.casefold():
            yield Fault(
                place,
                line,
                f"« {said} » sans « {reminder.word} ». {reminder.reason}",
                f"nommez-la, par exemple {{term}}`{reminder.word}`",
            )
        if reminder.line and not (unit and reminder.line in _given(unit)) and not _gives(text, known, reminder.line):
            own = f"écrivez {{ligne}}`{reminder.line}`"
            yield Fault(
                place,
                line,
                f"« {said} » sans la ligne « {reminder.line} ». {reminder.reason}",
                f"ajoutez « {reminder.line} » à « lignes » dans l’en-tête de l’unité" if unit else own,
            )


def _gives(text: str, known: Helplines, name: str) -> bool:
    named = {part for match in _DIRECTIVE.finditer(text) for part in match[1].split()} | set(_ROLE.findall(text))
    return name in named or known.line(name).shown in text
