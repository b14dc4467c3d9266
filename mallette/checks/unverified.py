"""What waits for a lawyer is said once a page, with a date: marks and points answer each other, no refrain besides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from mallette import unverified
from mallette.checks import pages
from mallette.faults import Fault, relative
from mallette.paths import Project
from mallette.units import units
from mallette.unverified import Box, Marks

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REFRAIN = re.compile(
    r"""\b(?:à|se|faire)\s+\**vérifi(?:er|e|ent)\**\s+
        (?:(?:auprès\s+d[’e]|avec\s|par\s)\s*une?\s+\**(?:juriste|avocate?)|sur\s+Légifrance)
    |\bà\s+vérifier(?=\s*\))|(?<=:[ \u00a0])\**à\s+vérifier\**(?=\s*(?:[.;|]|\Z))""",
    re.VERBOSE | re.IGNORECASE,
)


def check(course: Project) -> list[Fault]:
    """Return the faults of boxes and marks, and the refrains, of every page, deck and quiz."""
    faults = []
    for path in pages.markdown(course):
        text, place = pages.text(path), relative(path, course.root)
        if path.parent == course.slides or path.name == "atelier.md":
            faults += _repeated(pages.prose(text), place)
        else:
            faults += faults_of(text, place)
    for quiz in [item.quiz for item in units(course) if item.quiz.is_file()]:
        faults += _repeated(pages.shown(quiz), relative(quiz, course.root))
    return faults


def faults_of(text: str, place: str) -> list[Fault]:
    """Return the faults of a page of the book."""
    found = unverified.read(text)
    faults = [
        Fault(place, box.line, "une deuxième boîte « à vérifier » dans la page", "réunissez leurs points en une seule")
        for box in found.boxes[1:]
    ]
    for box in found.boxes:
        faults += _of_box(box, found, place)
    faults += _of_marks(found, place)
    for line, said in _refrains(_outside(pages.prose(text), found)):
        faults.append(
            Fault(
                place,
                line,
                f"« {said} » dans le texte : à force, personne ne le lit plus",
                "mettez {verif}`nom-du-point`, et le point dans la boîte {a-verifier} de la page",
            )
        )
    return faults


def _of_box(box: Box, found: Marks, place: str) -> Iterator[Fault]:
    try:
        date.fromisoformat(box.date)
    except ValueError:
        yield Fault(
            place,
            box.line,
            f"date de la boîte incomprise : « {box.date} »",
            "écrivez le jour où la liste a été faite : ```{a-verifier} 2026-11-29",
        )
    if not box.points:
        yield Fault(place, box.line, "la boîte « à vérifier » est vide", "écrivez une ligne par point : - `nom` texte")
    seen: set[str] = set()
    for point in box.points:
        if not _KEY.fullmatch(point.key):
            yield Fault(
                place,
                point.line,
                f"« {point.key} » n’est pas un nom de point",
                "minuscules sans accent, chiffres et tirets : `amende-forfaitaire`",
            )
        elif point.key in seen:
            yield Fault(place, point.line, f"deux points s’appellent « {point.key} »", "réunissez-les")
        elif not found.count(point.key):
            yield Fault(
                place,
                point.line,
                f"aucune marque ne renvoie au point « {point.key} »",
                f"mettez {{verif}}`{point.key}` à l’endroit du texte, ou enlevez le point",
            )
        if not point.text:
            yield Fault(place, point.line, f"le point « {point.key} » est vide", "écrivez ce qu’il faut vérifier")
        seen.add(point.key)


def _of_marks(found: Marks, place: str) -> Iterator[Fault]:
    known = {point.key for box in found.boxes for point in box.points}
    for line, key in found.marks:
        if key not in known:
            yield Fault(
                place,
                line,
                f"la marque « {key} » n’a pas de point dans la page",
                f"ajoutez à la boîte {{a-verifier}} la ligne : - `{key}` ce qu’il faut vérifier",
            )


def _outside(text: str, found: Marks) -> str:
    lines = text.split("\n")
    for box in found.boxes:
        lines[box.line - 1 : box.end] = [""] * (box.end - box.line + 1)
    return "\n".join(lines)


def _refrains(text: str) -> Iterator[tuple[int, str]]:
    for match in _REFRAIN.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, re.sub(r"[\s*]+", " ", match[0]).strip()


def _repeated(text: str, place: str) -> list[Fault]:
    """Return the refrains after the first of a file that has neither roles nor directives."""
    return [
        Fault(place, line, f"« {said} » une fois de plus", "une fois suffit, à la fin ; la liste est dans le chapitre")
        for line, said in list(_refrains(text))[1:]
    ]
