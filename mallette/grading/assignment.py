"""Assignments: the files ``exercices/devoirs/<devoir>.yml``, their numbers read in ``data/``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from mallette import units
from mallette.faults import ContentError, Fault, relative
from mallette.grading import values
from mallette.grading.schema import SCHEMA
from mallette.handwritten import document, structure
from mallette.handwritten.plain import markup
from mallette.handwritten.structure import Difference
from mallette.paths import Project
from mallette.questions import TYPES, Question, of, position
from mallette.questions.schema import COMMON
from mallette.quiz import bank

ITEMS = structure.Items("questions", "question", "id")
SCALE = ("Pas encore", "Un peu", "Plutôt oui", "Tout à fait")
"""What a ``positionnement`` offers for each objective."""
_SCALE_TOLD = (
    "C’est un point de départ : le chapitre y travaille.",
    "Notez ce qui vous manque : vous le chercherez dans le chapitre.",
    "Notez un exemple qui vous le fait dire.",
    "Votre expérience peut servir au groupe.",
)


@dataclass(frozen=True)
class Text:
    """A document that comes with an assignment: its title and its Markdown."""

    title: str
    text: str


@dataclass(frozen=True)
class Item:
    """A question of an assignment.

    Attributes:
        question: the question itself.
        title: short title.
        points: points that it is worth; 0 in a ``positionnement``.
        rank: from 1.
    """

    question: Question
    title: str
    points: float
    rank: int

    @property
    def id(self) -> str:
        return self.question.id

    @property
    def variable(self) -> str:
        """Name that receives the answer in a notebook."""
        return f"reponse_{self.rank}"


@dataclass(frozen=True)
class Assignment:
    """A graded assignment, or a ``positionnement``.

    Attributes:
        name: name of its file.
        title: as shown.
        kind: ``devoir`` or ``positionnement``.
        unit: slug of the seminar or module.
        minutes: time that it takes.
        introduction: Markdown.
        documents: what there is to read.
        items: the questions.
        objectives: text of each objective of the unit, by id.
    """

    name: str
    title: str
    kind: str
    unit: str
    minutes: int
    introduction: str
    documents: tuple[Text, ...]
    items: tuple[Item, ...]
    objectives: Mapping[str, str] = field(default_factory=dict)

    @property
    def points(self) -> float:
        return sum(item.points for item in self.items)

    @property
    def texts(self) -> tuple[Item, ...]:
        """The questions that a person reads and marks."""
        return tuple(item for item in self.items if item.question.rubric)

    def item(self, name: str) -> Item:
        """Return the question ``name``.

        Raises:
            KeyError: there is none.
        """
        return {item.id: item for item in self.items}[name]


def folder(course: Project) -> Path:
    return course.exercises / "devoirs"


def path(name: str, course: Project) -> Path:
    return folder(course) / f"{name}.yml"


def handed_out(name: str, course: Project) -> Path:
    """Return the notebook that participants receive, there once the assignment is prepared."""
    return course.exercises.resolve() / "release" / name / f"{name}.ipynb"


def names(course: Project) -> list[str]:
    """Return the names of all assignments, in alphabetical order."""
    return sorted(item.stem for item in folder(course).glob("[!.]*.yml"))


def load(name: str, course: Project) -> Assignment:
    """Read an assignment.

    Raises:
        ContentError: there is none of that name, or it has defects; the error holds them all.
    """
    found, faults = _read(name, course)
    if found is None or faults:
        raise ContentError(faults)
    return found


def check(name: str, course: Project) -> list[Fault]:
    """Return every defect of a description, sorted by line."""
    return sorted(_read(name, course)[1])


def _read(name: str, course: Project) -> tuple[Assignment | None, list[Fault]]:
    file = path(name, course)
    place = relative(file, course.root)
    if not file.is_file():
        near = structure.suggestion(name, names(course))
        return None, [Fault(place, 0, f"aucun devoir « {name} »", near)]
    source = document.read(file, place)
    faults = list(source.faults)
    if source.data is None:
        return None, faults or [Fault(place, 0, "le fichier est vide", "écrivez « titre », « unite » et « questions »")]

    def report(found: Iterator[Difference]) -> bool:
        items = list(found)
        faults.extend(structure.fault(place, source, item, ITEMS) for item in items)
        return bool(items)

    if not re.search(COMMON["id"]["pattern"], name):
        faults.append(
            Fault(place, 0, "nom illisible dans celui d’une copie", "minuscules sans accent, chiffres et tirets")
        )
    if report(iter(structure.differences(source.data, SCHEMA))):
        return None, faults
    raw = source.data
    unit, objectives = _objectives(raw["unite"], course)
    if unit:
        report(iter([Difference(("unite",), *unit)]))
    report(_rules(raw, objectives))
    report(values.figures(raw, course))
    items = [*_positions(objectives)] if _kind(raw) == "positionnement" else []
    for rank, question in enumerate(() if items else raw.get("questions", ()), 1):
        wrong, item = _item(question, rank, course)
        if not report(replace(item, place=("questions", rank - 1, *item.place)) for item in wrong) and item:
            items.append(item)
    texts = tuple(Text(item["titre"], item["texte"].strip()) for item in raw.get("documents", ()))
    about = raw["titre"], _kind(raw), raw["unite"], raw["minutes"], raw["introduction"].strip()
    return Assignment(name, *about, texts, tuple(items), objectives), faults


def _kind(raw: Mapping) -> str:
    return raw.get("genre", "devoir")


def _objectives(slug: str, course: Project) -> tuple[tuple[str, str] | None, dict[str, str]]:
    """Return what is wrong with the unit of an assignment, and its objectives."""
    known = {unit.slug: unit for unit in units.units(course)}
    if slug not in known:
        return (f"aucune unité « {slug} »", structure.suggestion(slug, sorted(known))), {}
    try:
        return None, {item.id: item.text for item in known[slug].objectives}
    except ContentError:
        return ("les objectifs de cette unité ne se lisent pas", "corrigez d’abord son chapitre"), {}


def _rules(raw: Mapping, objectives: Mapping[str, str]) -> Iterator[Difference]:
    """Yield what the schema cannot say of an assignment."""
    asked = raw.get("questions", [])
    if _kind(raw) == "positionnement" and asked:
        yield Difference(
            ("questions",), "un positionnement n’a pas de questions à lui", "enlevez-les : ce sont les objectifs"
        )
    if _kind(raw) == "devoir" and not asked:
        yield Difference((), "il manque « questions »", "ajoutez au moins une question")
    elif _kind(raw) == "devoir" and not any(TYPES[question["type"]].rubric for question in asked):
        yield Difference(
            ("questions",), "aucune rédaction", "ajoutez-en une : le programme ne juge pas un raisonnement"
        )
    yield from bank.heads(asked, objectives or None)
    yield from (replace(item, place=("questions", *item.place)) for item in markup(asked))


def _positions(objectives: Mapping[str, str]) -> Iterator[Item]:
    """Yield the questions of a ``positionnement``: where one stands on each objective."""
    for rank, (name, text) in enumerate(objectives.items(), 1):
        prompt = f"Aujourd’hui, où en êtes-vous de cet objectif ? « {text.rstrip('.')} »"
        yield Item(position(name, name, prompt, SCALE, _SCALE_TOLD), f"Objectif {name.removeprefix('o')}", 0, rank)


def _item(raw: Mapping, rank: int, course: Project) -> tuple[list[Difference], Item | None]:
    """Return what is wrong with a question, and the question."""
    cls = TYPES[raw["type"]]
    plain = {name: value for name, value in raw.items() if name not in ("titre", "points", "source")}
    wrong: list[Difference] = []
    if "marge" in plain:
        wrong, plain = values.resolve(plain, course)
    wrong += [] if wrong else cls.rules(plain)
    if wrong:
        return wrong, None
    question = of(plain)
    return [], Item(question, raw["titre"], question.points if cls.rubric else raw["points"], rank)
