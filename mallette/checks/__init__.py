"""Checks of the content: everything ``mallette verifier`` reports, in French, all at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from mallette import organisation, programme, references
from mallette.checks import (
    correspondences,
    exercises,
    guessing,
    helplines,
    links,
    names,
    pages,
    people,
    profile,
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
from mallette.faults import ContentError, Fault, relative
from mallette.fiches import collection
from mallette.handwritten import document
from mallette.paths import Project
from mallette.quiz import bank, satisfaction
from mallette.tools import collection as tools
from mallette.units import Unit, units

Check = Callable[[Project], list[Fault]]
"""Returns what is wrong; a file that it cannot do without may stop it by a ContentError, which tells as much."""


def unit_faults(unit: Unit) -> list[Fault]:
    """Return what keeps one unit from opening: its front matter, its files, its quiz."""
    place = relative(unit.folder, unit.project.root)
    return sorted(faults_of(lambda: unit_files.check(unit) or bank.check_unit(unit), place))


def faults_of(check: Callable[[], list[Fault]], place: str) -> list[Fault]:
    """Return what ``check`` finds; a fault of ``place`` when a file makes it fail in a way that nobody foresaw: one bad
    file must not hide what the other checks find, nor close the other units."""
    try:
        return check()
    except ContentError as error:
        return error.faults
    except Exception as error:
        return [
            Fault(
                place,
                0,
                f"vérification interrompue ({type(error).__name__} : {error})",
                "corrigez d’abord les autres points ; s’il reste, montrez-le à qui entretient la mallette",
            )
        ]


def _units(course: Project) -> list[Fault]:
    return [fault for unit in units(course) for fault in unit_faults(unit)] + unit_files.check_course(course)


def _programme(course: Project) -> list[Fault]:
    place = relative(course.programme, course.root)
    try:
        references.reference(programme.load(course).source, course)
    except LookupError as error:
        line = document.read(course.programme, place).line(("source",))
        return [Fault(place, line, str(error), "citez une clé de references.bib")]
    return []


def _readable(load: Callable[[Project], object]) -> Check:
    """Return the check of a file that ``load`` reads, and of which nothing else is asked."""

    def check(course: Project) -> list[Fault]:
        load(course)
        return []

    return check


CHECKS: dict[str, Check] = {
    "données": validation.validate,
    "pages": pages.check,
    "références": references.check,
    "unités et quiz": _units,
    "satisfaction": _readable(satisfaction.load),
    "profil du cours": profile.check,
    "correspondances": correspondences.check,
    "quiz et devoirs joués sans lire": guessing.check,
    "programme": _programme,
    "fiches-actions": collection.check,
    "exercices": exercises.check,
    "outils": tools.check,
    "liens, citations et termes": links.check,
    "typographie": typography.check,
    "mots et lieux": wording.check,
    "phrases et gras": rhythm.check,
    "ce que deviennent les réponses": promises.check,
    "sites cités et reprises": sources.check,
    "personnes inventées": people.check,
    "lignes d’aide": helplines.check,
    "points à vérifier": unverified.check,
    "organisme qui publie": _readable(organisation.load),
    "première page": readme.check,
    "noms de fichiers": names.check,
}


def all_faults(course: Project) -> dict[str, list[Fault]]:
    """Return the sorted faults of every check, by name of check; each is told once."""
    found: dict[str, list[Fault]] = {}
    told: set[Fault] = set()
    for name, check in CHECKS.items():
        faults = set(faults_of(partial(check, course), name)) - told
        found[name] = sorted(faults)
        told |= faults
    return found
