"""Checks of the content: everything ``mallette verifier`` reports, in French, all at once."""

from __future__ import annotations

from collections.abc import Callable

from mallette import programme, references
from mallette.checks import (
    fiches,
    guessing,
    helplines,
    links,
    names,
    people,
    promises,
    readme,
    rhythm,
    sources,
    typography,
    unit_files,
    unverified,
    wording,
)
from mallette.data import validation
from mallette.faults import ContentError, Fault
from mallette.grading import checks as exercises
from mallette.paths import Project
from mallette.quiz import bank
from mallette.units import Unit, units

Check = Callable[[Project], list[Fault]]


def unit_faults(unit: Unit) -> list[Fault]:
    """Return what keeps one unit from opening: its front matter, its files, its quiz."""
    return sorted(unit_files.check(unit) or bank.check_unit(unit))


def _units(course: Project) -> list[Fault]:
    return [fault for unit in units(course) for fault in unit_faults(unit)] + unit_files.check_course(course)


def _programme(course: Project) -> list[Fault]:
    try:
        references.reference(programme.load(course).source, course)
    except ContentError as error:
        return error.faults
    except LookupError as error:
        return [Fault("data/programme.yml", 0, str(error), "citez une clé de references.bib")]
    return []


CHECKS: dict[str, Check] = {
    "données": validation.validate,
    "références": references.check,
    "unités et quiz": _units,
    "quiz joués sans lire": guessing.check,
    "programme": _programme,
    "fiches-actions": fiches.check,
    "exercices": exercises.check,
    "liens, citations et termes": links.check,
    "typographie": typography.check,
    "mots et lieux": wording.check,
    "phrases et gras": rhythm.check,
    "ce que deviennent les réponses": promises.check,
    "sites cités et reprises": sources.check,
    "personnes inventées": people.check,
    "lignes d’aide": helplines.check,
    "points à vérifier": unverified.check,
    "première page": readme.check,
    "noms de fichiers": names.check,
}


def all_faults(course: Project) -> dict[str, list[Fault]]:
    """Return the sorted faults of every check, by name of check."""
    return {name: sorted(check(course)) for name, check in CHECKS.items()}
