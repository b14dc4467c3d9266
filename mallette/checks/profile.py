"""What every unit of one course offers (``data/profil.yml``): a course without this file asks for nothing of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from mallette.checks import cells, pages
from mallette.faults import ContentError, Fault, relative
from mallette.handwritten import listing, structure
from mallette.handwritten.plain import TO_FILL
from mallette.paths import PACKAGE, Project
from mallette.quiz import bank
from mallette.units import Unit, units

SCHEMA = PACKAGE / "profile.schema.json"
ITEMS = structure.Items("quiz", "quiz", "questions")
_SLIDE = re.compile(r"^##? ", re.MULTILINE)
_SCREENS = ("PrevalenceExplorer", "HourlyPay")
"""Widgets that draw data."""


def check(course: Project) -> list[Fault]:
    """Return what the units lack of what the profile of the course asks for.

    Raises:
        ContentError: with every fault of the profile.
    """
    if not course.profile.is_file():
        return []
    wanted = listing.read(course.profile, course.root, SCHEMA, ITEMS).data
    return [fault for unit in units(course) for fault in of_unit(unit, wanted)]


def of_unit(unit: Unit, wanted: dict) -> list[Fault]:
    """Return what one unit lacks; nothing of a file that has faults of its own, which are told elsewhere."""
    found = []
    for path, rules, key in (
        (unit.quiz, _quiz, "quiz"),
        (unit.chapter, _chapter, "chapitre"),
        (unit.trainer, _notes, "notes"),
        (unit.deck, _deck, "diapos"),
    ):
        place = relative(path, unit.project.root)
        if TO_FILL in pages.text(path):
            continue  # not written yet: its marks are told
        try:
            found += [Fault(place, *parts) for parts in rules(unit, path, wanted.get(key, {}))]
        except (ContentError, SyntaxError):
            continue
    return found


def _outside(number: int, bounds: Mapping) -> bool:
    return bool(bounds) and not bounds["min"] <= number <= bounds["max"]


def _quiz(unit: Unit, path: Path, wanted: dict) -> Iterator[tuple[int, str, str]]:
    source, wrong = bank.written(path, relative(path, unit.project.root))
    if source.data is None or wrong:
        return
    line = source.line(("questions",))
    kinds = [question["type"] for question in source.data["questions"]]
    if len(kinds) < wanted.get("questions", 0):
        yield line, f"nombre de questions : {len(kinds)}, au moins {wanted['questions']} dans ce cours", "ajoutez-en"
    if len(set(kinds)) < wanted.get("types", 0):
        yield line, f"types de questions : {len(set(kinds))}, au moins {wanted['types']} dans ce cours", "variez-les"
    for group in wanted.get("dont", ()):
        count = sum(kind in group["parmi"] for kind in kinds)
        if count < group["au_moins"]:
            yield (
                line,
                f"questions de type {' ou '.join(group['parmi'])} : {count}, au moins {group['au_moins']} dans"
                " ce cours",
                "ajoutez-en",
            )


def _chapter(unit: Unit, path: Path, wanted: dict) -> Iterator[tuple[int, str, str]]:
    text = pages.text(path)
    for title in wanted.get("titres", ()):
        if not re.search(rf"^## {re.escape(title)}", text, re.MULTILINE):
            yield 0, f"le chapitre n’a pas la partie « {title} »", f"ajoutez « ## {title} »"
    if "lien" in wanted and wanted["lien"] not in text:
        yield 0, f"le chapitre ne renvoie pas à {wanted['lien']}", "ajoutez le lien"
    if wanted.get("avertissement") and not unit.warning:
        yield unit.head.line(()), "« avertissement » manque dans l’en-tête", "dites ce que l’unité peut remuer"
    if wanted.get("figure") and not any(_shows(call) for _, call in cells.calls(text)):
        yield 0, "le chapitre ne montre aucune donnée", "ajoutez une figure, ou un outil qui en montre"
    if _outside(unit.reading_minutes, bounds := wanted.get("minutes_de_lecture", {})):
        yield (
            0,
            f"le chapitre se lit en {unit.reading_minutes} min, {bounds['min']} à {bounds['max']} dans ce cours",
            "resserrez-le, ou complétez-le",
        )


def _shows(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    return name.startswith("figures.") or name in _SCREENS


def _notes(unit: Unit, path: Path, wanted: dict) -> Iterator[tuple[int, str, str]]:
    text = " ".join(pages.text(path).casefold().replace("sans aucun écran", "sans écran").split())
    for word in wanted.get("mots", ()):
        if word.casefold() not in text:
            yield 0, f"les notes ne disent rien de « {word} »", "comparez avec celles d’une autre unité"
    for rank, step in enumerate(unit.steps):
        if step.minutes >= wanted.get("consigne_des_minutes", 10**6) and not step.instruction:
            yield (
                unit.plan.line(("deroule", rank)),
                f"l’étape « {step.title} » n’a pas de consigne",
                "écrivez sous « consigne » ce que dit la personne qui anime",
            )


def _deck(unit: Unit, path: Path, wanted: dict) -> Iterator[tuple[int, str, str]]:
    text = pages.text(path)
    slides = len(_SLIDE.findall(pages.without_code(text)))
    if _outside(slides, bounds := wanted.get("pages", {})):
        yield 0, f"diapositives : {slides}, de {bounds['min']} à {bounds['max']} dans ce cours", "ajoutez-en ou ôtez-en"
    if wanted.get("notes") and (notes := text.count("{notes}")) < slides - 1:
        yield 0, f"notes : {notes}, pour {slides} diapositives", "écrivez une directive {notes} par diapositive"
