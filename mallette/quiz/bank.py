"""Banks of questions: the ``quiz.yml`` of a unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from mallette.faults import ContentError, Fault, relative
from mallette.handwritten import document, structure, text
from mallette.handwritten.document import Place
from mallette.handwritten.plain import markup
from mallette.handwritten.structure import Difference
from mallette.paths import Project, project
from mallette.questions import SCHEMA, TYPES, Question, of, panel
from mallette.units import Unit

ITEMS = structure.Items("questions", "question", "id")


@dataclass(frozen=True)
class Bank:
    """The questions of a unit.

    Attributes:
        title: title shown above the questions.
        questions: in the order of the file.
        objectives: text of each objective, by id; empty when the bank was read without its chapter.
    """

    title: str
    questions: tuple[Question, ...]
    objectives: Mapping[str, str] = field(default_factory=dict)

    def select(self, ids: Iterable[str]) -> Bank:
        """Return the bank cut down to the questions ``ids``, in that order.

        Raises:
            LookupError: a question does not exist; the message, in French, names the nearest.
        """
        known = {question.id: question for question in self.questions}
        chosen = []
        for name in ids:
            if name not in known:
                raise LookupError(f"aucune question « {name} » : {structure.suggestion(name, list(known))}")
            chosen.append(known[name])
        return replace(self, questions=tuple(chosen))

    def public(self) -> dict:
        """Return what the self-check widget needs, answers and explanations included, ready for JSON."""
        used = {question.objective for question in self.questions}
        objectives = {name: text for name, text in self.objectives.items() if name in used}
        questions = [question.public() for question in self.questions]
        return {"titre": self.title, "objectifs": objectives, "questions": questions}


def load(
    path: Path | str,
    objectives: Mapping[str, str] | Collection[str] | None = None,
    keys: Collection[str] | None = None,
    course: Project | None = None,
) -> Bank:
    """Read a bank.

    Args:
        path: a ``quiz.yml``.
        objectives: the chapter's objectives (id → text, or ids alone); ``None`` leaves them unchecked.
        keys: citation keys of the course; ``None`` leaves them unchecked.
        course: where ``data/`` and the references are; found from the bank's folder by default.

    Raises:
        ContentError: the bank has defects; the error holds them all.
    """
    bank, faults = _read(Path(path), objectives, keys, course)
    if bank is None or faults:
        raise ContentError(faults)
    return bank


def check(
    path: Path | str,
    objectives: Collection[str] | None = None,
    keys: Collection[str] | None = None,
    course: Project | None = None,
) -> list[Fault]:
    """Return every defect of a bank, sorted by line. Arguments as for :func:`load`."""
    return sorted(_read(Path(path), objectives, keys, course)[1])


def load_unit(unit: Unit) -> Bank:
    """Return the bank of a unit, with the texts of its objectives.

    Raises:
        ContentError: the bank has defects; the error holds them all.
    """
    return load(unit.quiz, {item.id: item.text for item in unit.objectives}, course=unit.project)


def check_unit(unit: Unit) -> list[Fault]:
    """Return every defect of a unit's bank, its objectives and citation keys included."""
    from mallette import references

    try:
        keys = references.keys(unit.project)
    except ContentError:
        keys = None  # what prevents reading the references is among the faults of the bank
    return check(unit.quiz, [item.id for item in unit.objectives], keys, unit.project)


def written(path: Path, name: str) -> tuple[document.Document, list[Difference]]:
    """Return a bank as its file has it, days as texts, and what is wrong in its structure; read once."""
    return _written(path, name, text.stamp(path))


@lru_cache(maxsize=64)
def _written(path: Path, name: str, stamp: tuple[int, int]) -> tuple[document.Document, list[Difference]]:
    source = document.read(path, name)
    if source.data is None:
        return source, []
    listed = source.data.get("questions") if isinstance(source.data, dict) else None
    for raw in listed if isinstance(listed, list) else ():
        panel.date_as_text(raw.get("panel") if isinstance(raw, dict) else None)
    return source, structure.differences(source.data, SCHEMA)


def heads(questions: Iterable[Mapping], objectives: Collection[str] | None) -> Iterator[Difference]:
    """Yield the questions of a list named ``questions`` whose name another one has, or whose objective is not known.

    Args:
        objectives: ids of the objectives; ``None`` leaves them unchecked.
    """
    seen = set()
    for number, question in enumerate(questions):
        place = ("questions", number)
        if question["id"] in seen:
            yield Difference(
                (*place, "id"),
                f"l’identifiant « {question['id']} » sert déjà à une autre question",
                "donnez à chaque question un identifiant à elle",
            )
        seen.add(question["id"])
        if objectives is not None and question["objectif"] not in objectives:
            yield Difference(
                (*place, "objectif"),
                f"objectif inconnu « {question['objectif']} »",
                structure.suggestion(question["objectif"], sorted(objectives)),
            )


def broken_rules(data: dict, objectives: Collection[str] | None, keys: Collection[str] | None) -> Iterator[Difference]:
    """Yield what is wrong in a bank whose structure is right.

    Args:
        objectives: ids of the chapter's objectives; ``None`` leaves them unchecked.
        keys: citation keys of the course; ``None`` leaves them unchecked.
    """
    yield from heads(data["questions"], objectives)
    for number, question in enumerate(data["questions"]):
        place = ("questions", number)
        key = question.get("source", {}).get("cle")
        if keys is not None and key is not None and key not in keys:
            yield structure.unknown_key((*place, "source", "cle"), key, keys)
        for item in TYPES[question["type"]].rules(question):
            yield Difference((*place, *item.place), item.message, item.remedy)
    yield from markup(data)


def _read(
    path: Path,
    objectives: Mapping[str, str] | Collection[str] | None,
    keys: Collection[str] | None,
    course: Project | None,
) -> tuple[Bank | None, list[Fault]]:
    course = course or _course_of(path)
    name = relative(path, course.root) if course else path.as_posix()
    source, wrong = written(path, name)
    faults = list(source.faults)

    def report(found: Iterable[Difference]) -> bool:
        items = list(found)
        faults.extend(structure.fault(name, source, item, ITEMS) for item in items)
        return bool(items)

    if source.data is None:
        if not faults:
            faults.append(Fault(name, 0, "le fichier est vide", "écrivez « titre » et « questions »"))
        return None, faults
    if report(wrong):
        return None, faults
    report(broken_rules(source.data, objectives, keys))
    questions = []
    for number, raw in enumerate(source.data["questions"]):
        try:
            value, wrong = _value(raw, course)
            report(replace(item, place=("questions", number, *item.place)) for item in wrong)
            questions.append(_question(raw, value, course))
        except ContentError as error:  # the references or the table themselves cannot be read
            faults += [fault for fault in error.faults if fault not in faults]
    texts = objectives if isinstance(objectives, Mapping) else {}
    return Bank(source.data["titre"], tuple(questions), dict(texts)), faults


def _question(raw: dict, value: float | None, course: Project | None) -> Question:
    source = raw.get("source", {})
    key = source.get("cle", "")
    label = _label(key, source.get("detail", ""), course) if key else ""
    return of(raw, value, label, key)


def _value(raw: dict, course: Project | None) -> tuple[float | None, list[Difference]]:
    """Return the published value of a question, and what prevents reading it.

    Raises:
        ContentError: the table cannot be read.
    """
    query = raw.get("valeur_de")
    if query is None or "valeur" in raw:
        return raw.get("valeur"), []
    value, wrong = looked_up(query, ("valeur_de",), course)
    return value, wrong if value is None else [*TYPES[raw["type"]].value_rules(raw, value)]


def looked_up(query: Mapping, place: Place, course: Project | None) -> tuple[float | None, list[Difference]]:
    """Return the number of ``data/`` that a question names at a place of its own, and what prevents reading it.

    Raises:
        ContentError: the table cannot be read.
    """
    from mallette import data  # only banks that read a table need it

    try:
        value = data.lookup(query["table"], query["ou"], query["colonne"], course)
    except (LookupError, OSError) as error:
        told = str(error.args[0] if error.args else error)
        remedy = "corrigez « table », « ou » et « colonne » : une ligne et une seule doit correspondre"
        return None, [Difference(place, told, remedy)]
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None, [
            Difference(
                (*place, "colonne"),
                f"la case lue n’est pas un nombre ({value})",
                "choisissez une colonne de nombres et une ligne où elle est remplie",
            )
        ]
    return value, []


def _label(key: str, detail: str, course: Project | None) -> str:
    """Return the source as a person reads it; the key itself where there is no course or no such reference.

    Raises:
        ContentError: the references cannot be read.
    """
    from mallette import references

    try:
        return references.label(key, detail, course)
    except (LookupError, FileNotFoundError):
        return f"{key}, {detail}" if detail else key


def _course_of(path: Path) -> Project | None:
    from mallette.paths import find_root

    try:
        return project(find_root(path.resolve().parent))
    except FileNotFoundError:
        return None
