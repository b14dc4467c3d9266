"""How a page sounds when it is read aloud: statements that follow each other too short, and whole sentences in bold.

Lists, tables and headings have a rhythm of their own; so have questions, orders given to a group (« Notez. Échangez. »)
and what people say between « ».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from mallette.checks import pages
from mallette.faults import Fault, relative
from mallette.paths import Project

SHORT = 6
"""Words of the longest short sentence."""
IN_A_ROW = 3
"""Short statements in a row that are too many."""
BOLD = 40
"""Characters of the longest run in bold inside a sentence: a term, a figure, a label; longer, it shouts."""
_ASIDE = re.compile(r"^\s*(?:[-*+] |\d+[.)] |#|☐).*", re.MULTILINE | re.DOTALL)  # a list goes to the end of its passage
_QUOTED = re.compile(r"«[^«»]*»")
_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+(?=[\s*]|$)|\Z)\**", re.DOTALL)
_LABEL = re.compile(r"^\s*\*\*[^*]+\*\*", re.MULTILINE)  # « **Pièce 2. Le relevé.** »
_ORDER = re.compile(r"\w+ez\b")
_BOLD = re.compile(r"(?<=\w[\s\u00a0,;:])\*\*([^*]+)\*\*")
_DENIED = re.compile(r"\b(?:n’est|ne\s+sont|n’était|ne\s+veut)\s+(?:pas|jamais|ni)\b")
_SAID = re.compile(r"(?:C’est(?!\s+(?:là|pourquoi|ainsi|aussi)\b)|Ce\s+sont|(?:Elle|Il)s?\s+(?:est|sont))\s")
_MAXIM = 12
"""Words of each half of a maxim, at most."""


def check(course: Project) -> list[Fault]:
    """Return what sounds chopped or shouted in the pages of the book and of the units."""
    return [
        fault
        for path in pages.markdown(course)
        if not path.is_relative_to(course.slides)  # a slide is made of short lines
        for fault in faults_in(_paragraphs(path), relative(path, course.root))
    ]


def _paragraphs(path: Path) -> Iterator[tuple[int, str]]:
    return ((line, text) for line, text in pages.passages(path) if not text.startswith(("|", "---")))


def faults_in(paragraphs: Iterable[tuple[int, str]], file: str) -> list[Fault]:
    """Return the faults of paragraphs given with their line numbers."""
    faults = []
    for line, text in paragraphs:
        prose = _QUOTED.sub(lambda match: re.sub(r"[.!?…]", " ", match[0]), _ASIDE.sub("", text))
        faults += [Fault.at(file, prose, *told, first=line) for told in (*_chopped(prose), *_shouted(prose))]
    return faults


def _chopped(prose: str) -> Iterator[tuple[int, str, str]]:
    row: list[re.Match[str]] = []
    before = ""
    for match in [*_SENTENCE.finditer(_LABEL.sub(pages.blank, prose)), None]:
        sentence = match[0] if match else ""
        stated = sentence.rstrip("* ").endswith(".") and not _ORDER.match(sentence.strip("* "))
        if match and stated and 0 < _words(sentence) <= SHORT:
            row.append(match)
        else:
            if len(row) >= IN_A_ROW:
                yield (
                    row[0].start(),
                    f"{len(row)} phrases très courtes à la suite : « {_one_line(row[0][0])} »",
                    "lisez à voix haute, et reliez-les en une ou deux phrases",
                )
            row = []
        if (
            match
            and _DENIED.search(before)
            and _SAID.match(sentence)
            and max(_words(before), _words(sentence)) <= _MAXIM
        ):
            yield (
                match.start(),
                f"tournure de maxime : « {_one_line(before)} {_one_line(sentence)} »",
                "dites-le en une phrase, ou seulement ce qui est",
            )
        before = sentence


def _shouted(prose: str) -> Iterator[tuple[int, str, str]]:
    for match in _BOLD.finditer(prose):
        if len(match[1]) > BOLD:
            yield (
                match.start(),
                f"une phrase en gras : « {_one_line(match[1])} »",
                "gardez le gras pour un terme, un chiffre ou une étiquette",
            )


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))


def _one_line(text: str) -> str:
    return " ".join(text.split())
