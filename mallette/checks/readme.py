"""The first page says what the course holds: its counts and its folders are compared with the course."""

from __future__ import annotations

import contextlib
import re

from mallette.checks import pages
from mallette.faults import ContentError, Fault
from mallette.fiches import collection
from mallette.french import without_accents
from mallette.paths import Project
from mallette.units import units

NAME = "README.md"
_WORDS = (
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
    "vingt",
)
_NUMBER = "|".join(sorted(set(_WORDS) - {"un"}, key=len, reverse=True))
"""« Un » and « une » are articles more often than counts."""


def check(course: Project) -> list[Fault]:
    """Return the counts of ``README.md`` that are not those of the course, and the folders that it forgets."""
    page = course.root / NAME
    if not page.is_file():
        return []
    text = pages.text(page)
    return _counts(text, held(course)) + _folders(text, course)


def held(course: Project) -> dict[str, int]:
    """Return how many units, seminars, modules and fiches-actions the course holds, by their French names."""
    found = units(course)
    counts = {
        "unité": len(found),
        "séminaire": sum(item.kind == "seminaire" for item in found),
        "module": sum(item.kind == "module" for item in found),
    }
    with contextlib.suppress(ContentError):  # told by the check of the fiches
        counts["fiche-action"] = len(collection.load(course).fiches) if course.fiches.is_file() else 0
    return counts


def _counts(text: str, counts: dict[str, int]) -> list[Fault]:
    faults = []
    for name, count in counts.items():
        plural = "s?-".join(name.split("-")) + "s?"
        for match in re.finditer(rf"\b({_NUMBER}|\d+)[\s\u00a0]({plural})\b", text, re.IGNORECASE):
            said = match[1].lower()
            number = int(said) if said.isdigit() else _WORDS.index(said)
            if number != count:
                shown = _WORDS[count] if count < len(_WORDS) else str(count)
                faults.append(
                    Fault.at(
                        NAME,
                        text,
                        match.start(),
                        f"« {match[1]} {match[2]} », et le cours en a {count}",
                        f"écrivez « {shown} »",
                    )
                )
    return faults


def _folders(text: str, course: Project) -> list[Fault]:
    """Return the folders of content without a row in the table, and the parts of the book that its row forgets."""
    rows = dict(re.findall(r"^\| `(\w+)/` \|(.*)$", text, re.MULTILINE))
    if not rows:
        return []
    line = text.count("\n", 0, text.index(f"| `{next(iter(rows))}/`")) + 1
    folders = [
        path for path in (course.book, course.modules, course.data, course.exercises, course.slides) if path.is_dir()
    ]
    faults = [
        Fault(NAME, line, f"le tableau des dossiers oublie « {path.name}/ »", "ajoutez sa ligne")
        for path in folders
        if path.name not in rows
    ]
    told = without_accents(rows.get(course.book.name, ""))
    faults += [
        Fault(NAME, line, f"la ligne « {course.book.name}/ » oublie la partie « {part.name} »", "nommez-la")
        for part in sorted(course.book.iterdir() if course.book.is_dir() else [])
        if part.is_dir() and course.book.name in rows and part.name not in told
    ]
    return faults
