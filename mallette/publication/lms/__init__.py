"""Questions for learning platforms: each format is a module that knows the forms of a question, and none of its types.

A format has ``LABEL``, ``NAMES`` (form → what the platform calls it), ``lost(item)`` and a function that writes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from types import ModuleType

from mallette import files, units
from mallette.faults import ContentError, Fault, relative
from mallette.grading import assignment
from mallette.paths import Project
from mallette.publication.lms import gift, items, moodle, qti
from mallette.publication.lms.items import Collection, Item
from mallette.publication.made import Made
from mallette.questions.forms import Statement
from mallette.quiz import bank
from mallette.terminal import count

FORMATS = (moodle, gift, qti)


def collections(course: Project) -> tuple[list[Collection], list[Fault]]:
    """Return the quizzes of the units, and what keeps others from being exported."""
    found, faults = [], []
    for unit in units.units(course):
        try:
            found.append(items.of_unit(unit, bank.load_unit(unit)))
        except ContentError as error:
            faults += error.faults
    return found, faults


_USES = (
    ("moodle/*.xml", "Moodle (banque de questions, import « Moodle XML »)"),
    ("gift/*.gift.txt", "Moodle et d’autres lecteurs de GIFT"),
    ("qti/*.zip", "TAO, Canvas, OpenOLAT, Ilias (paquet QTI 2.1)"),
)


def write(course: Project, assignments: Sequence[str] = ()) -> tuple[list[Made], list[Fault]]:
    """Write the quizzes, and the ``assignments`` named, in all formats; return what was made, and what kept others.

    The folder ``lms`` is emptied first: a file that stayed from another day would be taken for one of this day.

    Raises:
        ContentError: an assignment has defects. Nothing is written.
        OSError: a file cannot be written.
    """
    quizzes, faults = collections(course)
    asked = [items.of_assignment(assignment.load(name, course)) for name in dict.fromkeys(assignments)]
    folder = course.publication / "lms"
    place = relative(folder, course.root)
    whole = {"moodle/tout.xml": moodle.text(quizzes), "gift/tout.gift.txt": gift.text(quizzes)}
    total = count(sum(map(questions, quizzes)), "question")
    made = [
        Made(f"{place}/{name}", "toutes les unités en un fichier", total, len(text)) for name, text in whole.items()
    ]
    written = {folder / name: text for name, text in whole.items()}
    for group in filter(None, [quizzes, *([held] for held in asked)]):
        contents = [_contents(held) for held in group]
        held = f"{count(len(group), 'fichier')}, " if len(group) > 1 else ""
        held += count(sum(map(questions, group)), "question")
        for rank, (pattern, use) in enumerate(_USES):
            name = pattern.replace("*", group[0].name if len(group) == 1 else "<unité>")
            made.append(Made(f"{place}/{name}", use, held, sum(len(texts[rank]) for texts in contents)))
            for one, texts in zip(group, contents, strict=True):
                written[folder / pattern.replace("*", one.name)] = texts[rank]
    shutil.rmtree(folder, ignore_errors=True)
    files.write(written)
    return made, faults


def _contents(held: Collection) -> tuple[bytes, bytes, bytes]:
    """Return a collection in each format, in the order of :data:`_USES`."""
    return moodle.text([held]), gift.text([held]), qti.package(held)


def questions(held: Collection) -> int:
    """Return how many questions a collection asks."""
    return sum(not isinstance(item.question.form, Statement) for item in held.items)


def losses(asked: Iterable[tuple[str, Item]]) -> list[list[str]]:
    """Return what becomes of each type of question in each format, and what is lost: a line for each, heads first.

    Args:
        asked: names of types, with questions of each.
    """
    found: dict[str, list[Item]] = {}
    for name, item in asked:
        found.setdefault(name, []).append(item)
    heads = ["Question", *(format.LABEL for format in FORMATS)]
    return [heads, *([name, *(_fate(held, format) for format in FORMATS)] for name, held in found.items())]


def _fate(held: list[Item], format: ModuleType) -> str:
    told = dict.fromkeys(text for item in held for text in format.lost(item))
    name: str = format.NAMES[type(held[0].question.form)]
    return f"{name}. Perdu : {', '.join(told)}" if told else name
