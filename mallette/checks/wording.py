"""Stigmatising words in what readers see; a word quoted in order to talk about it is accepted."""

from __future__ import annotations

import re
from pathlib import Path

from mallette import words
from mallette.checks import pages
from mallette.faults import ContentError, Fault, relative
from mallette.paths import Project
from mallette.units import FRONT_MATTER

_QUOTED = re.compile(r"«[^«»]*»")
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)


def check(course: Project) -> list[Fault]:
    """Return the words of ``data/mots.yml`` used outside « » in pages, quizzes and YAML tables."""
    try:
        listed = words.load(course)
    except ContentError as error:
        return error.faults
    plain = [path for path in pages.tables(course) if path != course.words]
    return [
        fault
        for path, text in [(page, _page(page)) for page in pages.markdown(course)]
        + [(path, _COMMENT.sub("", path.read_text(encoding="utf-8"))) for path in plain]
        for fault in faults_in(text, relative(path, course.root), listed)
    ]


def faults_in(text: str, place: str, listed: list[words.Word]) -> list[Fault]:
    """Return the listed words that a text uses, with the line of each."""
    shown = _QUOTED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    return [
        Fault(place, shown.count("\n", 0, match.start()) + 1, f"mot qui enferme : « {match[1]} ». {word.reason}",
              f"dites : {word.instead} ; ou citez le mot entre « » si vous parlez du mot")
        for word in listed
        for match in word.pattern.finditer(shown)
        if match[1]
    ]


def _page(path: Path) -> str:
    """Return the prose of a page and its front matter, every line kept."""
    text = path.read_text(encoding="utf-8")
    front = FRONT_MATTER.match(text)
    lines = [""] * (text.count("\n") + 1)
    for number, line in pages.prose_lines(text):
        lines[number - 1] = line
    if front:
        head = front[0].splitlines()
        lines[: len(head)] = head
    return "\n".join(lines)
