"""Stigmatising words in what readers see; a word quoted in order to talk about it is accepted."""

from __future__ import annotations

import re

from mallette import words
from mallette.checks import pages
from mallette.faults import ContentError, Fault, relative
from mallette.paths import Project

_QUOTED = re.compile(r"«[^«»]*»")


def check(course: Project) -> list[Fault]:
    """Return the words of ``data/mots.yml`` used outside « » in pages, quizzes and YAML tables."""
    try:
        listed = words.load(course)
    except ContentError as error:
        return error.faults
    plain = [path for path in pages.tables(course) if path != course.words]
    return [
        fault
        for path, text in [(page, pages.shown(page.read_text(encoding="utf-8"))) for page in pages.markdown(course)]
        + [(path, pages.without_comments(path.read_text(encoding="utf-8"))) for path in plain]
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
