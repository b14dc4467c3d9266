"""The report of a group: no code, nothing below five copies, no unanimity told; safe to hand on, once.

What each question was chosen for is not told here: beside a protected count, it would undo the protection.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from mallette import french, spreadsheet
from mallette.disclosure import ALMOST_NOBODY, MINIMUM, almost_everybody, enough, near_unanimity
from mallette.french import number
from mallette.grading import items
from mallette.grading.documents.sheet import Block, Heading, Note, Paragraph, Points, Sheet, table
from mallette.grading.objectives import LEVELS, Thresholds, assessed, label, outcomes, positions, total
from mallette.grading.results import Class

TOO_FEW = f"Moins de {MINIMUM} copies corrigées : rien n’est montré, pour que personne ne soit reconnu."
TOO_FEW_HERE = f"moins de {MINIMUM} copies : non montré"
RULES = (
    f"Rien n’est montré en dessous de {MINIMUM} copies.",
    "Quand tout le monde est dans le même cas, ou tout le monde sauf une ou deux personnes, on dit « presque tout le "
    "monde », sans nombre : un nombre dirait le résultat de chacun.",
    "Ni code, ni texte, ni résultat d’une personne, ni le plus haut, ni le plus bas.",
)
BEFORE = (
    "Ce que les personnes disaient d’elles-mêmes avant. Ce n’est pas la même mesure que des points : l’écart entre les "
    "deux n’est pas un progrès mesuré."
)


def sheet(held: Class, before: Sequence[Class], thresholds: Thresholds, day: date) -> Sheet:
    """Return the report of a group, at a date."""
    blocks: list[Block] = [
        Paragraph(f"Au {french.day(day)}. Ce document ne contient que des résultats de groupe."),
        *_points(held, thresholds),
        *_positions(held),
    ]
    for earlier in before:
        blocks += _positions(earlier)
    blocks += [Heading("Comment ces résultats sont protégés"), Points(RULES)]
    return Sheet("Bilan du groupe", held.assignment.title, tuple(blocks))


def csv(held: Class, before: Sequence[Class], thresholds: Thresholds) -> str:
    """Return the same results for a spreadsheet."""
    rows: list[tuple[str, ...]] = []
    rows += [("question", f"{rank}. {title}", told) for rank, title, told in _questions(held)]
    for name, counts in _levels(held, thresholds):
        told = protected(counts)
        rows += [("objectif", label(name), f"{level} : {words}") for level, words in zip(LEVELS, told, strict=True)]
    for where in [held, *before]:
        for name, scale, counts in _scales(where):
            told = protected(counts)
            rows += [
                ("position déclarée", label(name), f"{at} : {words}") for at, words in zip(scale, told, strict=True)
            ]
    return spreadsheet.text(("quoi", "lequel", "résultat"), rows or [("", "", TOO_FEW)])


def protected(counts: Sequence[int]) -> list[str]:
    """Return exclusive counts in words: none below five people, no number where almost everybody is in one case."""
    number_of = sum(counts)
    if not enough(number_of):
        return [TOO_FEW_HERE] * len(counts)
    most = near_unanimity(counts)
    if most is None:
        return [f"{count} sur {number_of}" for count in counts]
    return [almost_everybody(number_of) if place == most else ALMOST_NOBODY for place in range(len(counts))]


def _points(held: Class, thresholds: Thresholds) -> Iterator[Block]:
    asked = held.assignment
    if not asked.points:
        return
    if not enough(len(held.graded)):
        yield Paragraph(TOO_FEW)
        return
    yield Paragraph(f"{len(held.graded)} copies corrigées.")
    yield from _totals(held)
    yield Heading("Par objectif")
    yield Points(tuple(f"{label(name)} : {asked.objectives[name]}" for name in assessed(asked)))
    yield Note(thresholds.told)
    rows = [(label(name), *protected(counts)) for name, counts in _levels(held, thresholds)]
    yield table("Personnes, par objectif", ("Objectif", *(level.capitalize() for level in LEVELS)), rows)
    yield Heading("Par question")
    rows = [(f"{rank}. {title}", told) for rank, title, told in _questions(held)]
    heads = ("Question", "Tous les points (un texte : la moitié au moins)")
    yield table("Personnes, par question", heads, rows)


def _totals(held: Class) -> Iterator[Block]:
    totals = [found for copy in held.graded if (found := total(copy, held.assignment)) is not None]
    if not enough(len(totals)) or near_unanimity([*Counter(totals).values()]) is not None:
        return
    low, middle, high = statistics.quantiles(totals, n=4, method="inclusive")
    yield Paragraph(
        f"Sur {number(held.assignment.points)} points, la moitié des copies a {number(middle)} ou plus, et la "
        f"moitié est entre {number(low)} et {number(high)}."
    )


def _questions(held: Class) -> Iterator[tuple[int, str, str]]:
    """Yield rank, title and protected success of each question that has points."""
    if not enough(len(held.graded)):
        return
    for found in items.analyse(held):
        if found.item.points:
            yield found.item.rank, found.item.title, protected([found.passed, found.copies - found.passed])[0]


def _levels(held: Class, thresholds: Thresholds) -> Iterator[tuple[str, list[int]]]:
    """Yield how many people are at each level of an objective, those whose texts wait left out."""
    if not enough(len(held.graded)):
        return
    for name in assessed(held.assignment):
        found = Counter(outcomes(copy, held.assignment)[name].level(thresholds) for copy in held.graded)
        yield name, [found[level] for level in LEVELS]


def _positions(held: Class) -> Iterator[Block]:
    asked = held.assignment
    if asked.kind != "positionnement":
        return
    scales = [*_scales(held)]
    yield Heading("Avant : où les personnes disaient se situer")
    yield Note(BEFORE)
    if not scales:
        yield Paragraph(TOO_FEW)
        return
    rows = [(f"{label(name)} : {asked.objectives[name]}", *protected(counts)) for name, _, counts in scales]
    yield table("Personnes, par objectif", ("Objectif", *scales[0][1]), rows)


def _scales(held: Class) -> Iterator[tuple[str, Sequence[str], list[int]]]:
    """Yield each objective of a ``positionnement``, its scale and how many people are at each point."""
    if held.assignment.kind != "positionnement" or not enough(len(held.graded)):
        return
    said = [positions(copy, held.assignment) for copy in held.graded]
    for item in held.assignment.items:
        name, scale = item.question.objective, item.question.options()
        found = Counter(answers.get(name) for answers in said)
        yield name, scale, [found[at] for at in scale]
