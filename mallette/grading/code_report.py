"""The evaluator's report: results code by code and question by question, on a page that stays on the desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat

from mallette import french
from mallette.french import number
from mallette.grading import items
from mallette.grading.assignment import Assignment
from mallette.grading.documents.sheet import Block, Heading, Note, Paragraph, Points, Sheet, table
from mallette.grading.items import Analysis
from mallette.grading.notebook import points
from mallette.grading.objectives import Outcome, Thresholds, assessed, label, outcomes, positions, total
from mallette.grading.results import Class, Copy
from mallette.questions.words import people

WARNING = (
    "Confidentiel : résultats par code. Ce fichier reste chez la personne qui évalue. Pour d’autres, donnez le bilan "
    "du groupe."
)
TEXT_WAITS = "un texte attend une lecture"
INTERVAL = (
    "Entre parenthèses, un intervalle à 95 % (Wilson) : ce que serait cette part si ces personnes avaient été tirées "
    "au sort parmi toutes celles à qui le devoir s’adresse. Elles ne l’ont pas été : lisez-le comme une invitation à "
    "la prudence."
)
NOT_THE_SAME = (
    "Avant : ce que la personne disait savoir. Après : des points à des questions. Ce n’est pas la même mesure : "
    "l’écart n’est pas un progrès mesuré. Il donne de quoi parler avec elle."
)
ONCE = (
    "Ne faites circuler qu’une version du bilan du groupe, quand toutes les copies sont corrigées : deux versions, "
    "avant et après une copie de plus, diraient les points de cette copie par soustraction."
)


def sheet(held: Class, before: Sequence[Class], thresholds: Thresholds) -> Sheet:
    blocks = [*_counts(held), Note(ONCE), *_points(held), *_objectives(held, thresholds), *_positions(held)]
    for earlier_ in before:
        blocks += _before_and_after(earlier_, held)
    blocks += _questions(held)
    return Sheet("Bilan par code", held.assignment.title, tuple(blocks), WARNING)


def reason(copy: Copy, assignment: Assignment) -> str:
    """Return why a copy has no total, in French; empty when it has one."""
    if copy.reason or not assignment.points:
        return copy.reason
    return TEXT_WAITS if total(copy, assignment) is None else ""


def when(copy: Copy) -> str:
    """Return when a copy came: ``30/11/2026``, with a word on a late one."""
    day = f"{copy.handed_in.astimezone():%d/%m/%Y}" if copy.handed_in else ""
    return ", ".join(filter(None, (day, "en retard" if copy.late else "")))


def _counts(held: Class) -> Iterator[Block]:
    waiting = sum(reason(copy, held.assignment) == TEXT_WAITS for copy in held.graded)
    told = f"{_copies(len(held.graded), 'corrigée')} sur {people(len(held.copies))}."
    yield Paragraph(f"{told} {_copies(waiting)} dont un texte attend une lecture." if waiting else told)
    missing = [f"{copy.code} : {copy.reason}" for copy in held.copies if copy.reason]
    if missing:
        yield Paragraph("Sans note, et pourquoi :")
        yield Points(tuple(missing))


def _copies(count: int, word: str = "") -> str:
    plural = "s" if count > 1 else ""
    return " ".join(filter(None, (f"{count} copie{plural}", f"{word}{plural}" if word else "")))


def _points(held: Class) -> Iterator[Block]:
    asked = held.assignment
    if not asked.points:
        return
    heads = ("Code", "Remise", "Total", *(f"Q{item.rank}" for item in asked.items), "Pourquoi une case est vide")
    rows = []
    for copy in held.copies:
        given = [_cell(copy.points.get(item.id)) for item in asked.items]
        rows.append([copy.code, when(copy), _cell(total(copy, asked)), *given, reason(copy, asked)])
    yield Heading("Points par code et par question")
    yield Points(tuple(f"Q{item.rank}. {item.title} : {points(item.points)}" for item in asked.items))
    yield table(f"Points, sur {number(asked.points)}", heads, rows)


def _cell(points: float | None) -> str:
    return "" if points is None else number(points)


def _objectives(held: Class, thresholds: Thresholds) -> Iterator[Block]:
    asked = held.assignment
    names = assessed(asked)
    if not names:
        return
    rows = []
    for copy in held.copies:
        found = outcomes(copy, asked)
        cells = [
            ", ".join(filter(None, (earned(found.get(name)), _level(found.get(name), thresholds)))) for name in names
        ]
        rows.append([copy.code, *cells, reason(copy, asked)])
    yield Heading("Points par code et par objectif")
    yield Points(tuple(f"{label(name)} : {asked.objectives[name]}" for name in names))
    yield Note(thresholds.told)
    yield table("Points de chaque objectif", ("Code", *map(label, names), "Pourquoi une case est vide"), rows)


def _positions(held: Class) -> Iterator[Block]:
    asked = held.assignment
    if asked.kind != "positionnement":
        return
    names = [item.question.objective for item in asked.items]
    rows = [[copy.code, *map(positions(copy, asked).get, names, repeat("")), copy.reason] for copy in held.copies]
    yield Heading("Où chacun dit se situer")
    yield Points(tuple(f"{label(name)} : {asked.objectives[name]}" for name in names))
    yield table(
        "Position déclarée sur chaque objectif", ("Code", *map(label, names), "Pourquoi une case est vide"), rows
    )


def _before_and_after(before: Class, held: Class) -> Iterator[Block]:
    yield Heading("Avant, après")
    yield Note(NOT_THE_SAME)
    for name in assessed(held.assignment):
        rows = [row for row in pairs(before, held, name) if any(row[1:])]
        if rows:
            heads = ("Code", "Avant (déclaré)", "Après (points)")
            yield table(f"{label(name)} : {held.assignment.objectives[name]}", heads, rows)


def pairs(before: Class, held: Class, objective: str) -> Iterator[tuple[str, str, str]]:
    """Yield each code with what it said of an objective before, and its points after; what is not known is empty."""
    said = {copy.code: positions(copy, before.assignment).get(objective, "") for copy in before.copies}
    after = {copy.code: earned(outcomes(copy, held.assignment).get(objective)) for copy in held.copies}
    for code in sorted({*said, *after}):
        yield code, said.get(code, ""), after.get(code, "")


def earned(outcome: Outcome | None) -> str:
    """Return ``3 sur 4``; nothing while it is not known."""
    if outcome is None or outcome.points is None:
        return ""
    return f"{number(outcome.points)} sur {number(outcome.maximum)}"


def _level(outcome: Outcome | None, thresholds: Thresholds) -> str:
    return outcome.level(thresholds) if outcome else ""


def _questions(held: Class) -> Iterator[Block]:
    if not held.graded or not held.assignment.points:
        return
    yield Heading("Question par question")
    yield Note(INTERVAL)
    analysed = items.analyse(held)
    shared = {found.why_not for found in analysed}
    if len(shared) == 1 and all(shared):  # the group is too small for any of them: once is enough
        yield Note(*shared)
    for found in analysed:
        yield Heading(f"Question {found.item.rank}. {found.item.title}", 3)
        yield Points(tuple(line for line in sentences(found) if line not in shared or len(shared) > 1))
        if found.choices:
            right = {True: "juste", False: "", None: ""}
            rows = [
                (choice.label, str(choice.count), ", ".join(filter(None, (right[choice.right], choice.remark))))
                for choice in found.choices
            ]
            yield table("Ce qui a été choisi", ("Proposition", "Personnes", "Remarque"), rows)


def sentences(found: Analysis) -> Iterator[str]:
    """Yield what is said of one question to the evaluator."""
    if found.interval:
        what = "la moitié des points au moins" if found.item.question.rubric else "tous les points"
        low, high = (french.percent(round(bound)) for bound in found.interval)
        yield f"{found.passed} sur {found.copies} {'ont' if found.passed > 1 else 'a'} {what} (entre {low} et {high})."
    if found.mean is not None:
        yield f"En moyenne, {number(found.mean)} sur {number(found.item.points)}."
    if found.waiting:
        yield f"{_copies(found.waiting)} : le texte attend une lecture."
    if found.unanswered:
        yield f"{people(found.unanswered)} sans réponse lisible."
    if found.discrimination:
        told = items.discrimination_in_words(found.discrimination)
        yield f"Corrélation avec le reste du devoir, intervalle à 95 % : {told}."
    else:
        yield found.why_not
