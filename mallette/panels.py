"""From the answers of a group to the panel of a bank: the file in between, and the lines it changes in ``quiz.yml``."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import yaml

from mallette import files, units, words
from mallette.checks import typography, wording
from mallette.faults import ContentError, Fault, relative
from mallette.french import typeset
from mallette.handwritten import document, structure
from mallette.paths import Project
from mallette.questions import SCHEMA, Question, panel
from mallette.quiz import bank

_ITEMS = structure.Items("", "", "")  # the file holds one panel, no list
_HEAD = """\
# Les réponses d’un groupe à une question de jugement. Pour les mettre dans le quiz : mallette panel {name}
# Rien d’une personne : cinq nombres, leur somme, le métier du groupe, le jour.
"""


def text(name: str, unit: str, question: Question, counts: list[int], origin: str, day: date) -> str:
    """Return the text of the file ``name`` that holds a group's answers to a question."""
    held = {
        "unite": unit,
        "question": question.id,
        "reponses": counts,
        "effectif": sum(counts),
        "origine": origin,
        "date": day,
        "posee": question.asked(),
    }
    return _HEAD.format(name=name) + yaml.safe_dump(held, allow_unicode=True, sort_keys=False, default_flow_style=None)


def tidy(origin: str) -> str:
    """Return the words that say who a group is, as they are printed."""
    return typeset(" ".join(origin.split()).rstrip("."))


def origin_problems(origin: str, course: Project) -> Iterator[tuple[str, str]]:
    """Yield what keeps the words that say who a group is from standing in a bank: message and remedy, in French."""
    yield from panel.origin(origin)
    yield from _ill_written(origin, course)


def _ill_written(origin: str, course: Project) -> Iterator[tuple[str, str]]:
    faults = typography.faults_in([(1, origin)], "") + wording.faults_in(origin, "", words.load(course))
    yield from ((fault.message, fault.remedy) for fault in faults)


def insert(path: Path, course: Project, replace: bool = False) -> tuple[Path, int]:
    """Put the panel of a file in the bank that it names; return that ``quiz.yml`` and the line of the panel.

    The ``lecture`` of the question gives way, or its panel with ``replace``; no other character of the bank changes.

    Raises:
        ContentError: all that is wrong in the file, in the bank, or between the two. The bank is as it was.
        OSError: the bank cannot be written; it is as it was.
    """
    name = relative(path, course.root)
    source = document.read(path, name)
    _refuse(source.faults)
    panel.date_as_text(source.data)
    definitions = SCHEMA["$defs"]
    schema = {"title": definitions["fichier_panel"]["title"], "$ref": "#/$defs/fichier_panel", "$defs": definitions}
    _refuse([structure.fault(name, source, item, _ITEMS) for item in structure.differences(source.data, schema)])
    faults = [structure.fault(name, source, item, _ITEMS) for item in _wrong(source.data, course)]
    try:
        unit = units.unit(source.data["unite"], course)
    except LookupError as error:
        raise ContentError([*faults, Fault(name, source.line(("unite",)), str(error), "corrigez « unite »")]) from error
    _refuse([*faults, *bank.check_unit(unit)])
    questions = {question.id: question for question in bank.load_unit(unit).questions}
    _refuse([structure.fault(name, source, item, _ITEMS) for item in _unlike(source.data, questions, replace)])
    return unit.quiz, _rewrite(unit.quiz, source.data, course)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise ContentError(faults)


def _wrong(held: Mapping, course: Project) -> Iterator[structure.Difference]:
    """Yield what is wrong in the file itself."""
    yield from panel.rules(held)
    for message, remedy in _ill_written(held["origine"], course):
        yield structure.Difference(("origine",), message, remedy)


def _unlike(held: Mapping, questions: Mapping[str, Question], replace: bool) -> Iterator[structure.Difference]:
    """Yield what keeps the panel from answering a question of the bank as it is today."""
    question = questions.get(held["question"])
    if question is None:
        judged = [name for name, item in questions.items() if item.takes_panel]
        yield structure.Difference(
            ("question",),
            f"aucune question « {held['question']} » dans cette unité",
            structure.suggestion(held["question"], judged),
        )
    elif not question.takes_panel:
        yield structure.Difference(
            ("question",),
            f"la question « {question.id} » ne demande pas de jugement",
            "seule une concordance reçoit un panel",
        )
    else:
        for name, now in question.asked().items():
            if held["posee"][name] != now:
                yield structure.Difference(
                    ("posee", name),
                    f"« {name} » a changé dans la banque depuis ces réponses",
                    "un panel répond à un texte précis : reposez la question à un groupe",
                )
        if question.panel and not replace:
            there = panel.who(question.panel)
            yield structure.Difference(
                ("question",),
                f"cette question a déjà un panel ({there})",
                "pour le remplacer, ajoutez --remplacer à la commande",
            )


def _rewrite(path: Path, held: Mapping, course: Project) -> int:
    """Change the lines of one question and return the line of its panel.

    The place is found in the YAML tree, the change is made in the text: order, comments and line ends stay. What comes
    out is read again, and must differ by the panel alone.
    """
    before = path.read_bytes().decode("utf-8")
    fields = ", ".join(f"{name}: {_written(held[name])}" for name in panel.FIELDS)
    same, line, name, after = False, 0, "lecture", before
    if found := _given(yaml.compose(before, yaml.SafeLoader), held["question"]):
        key, value = found
        name, start = key.value, key.start_mark.index
        end = start + len(before[start : _end(value)].rstrip())  # a folded text ends on the next line
        after = f"{before[:start]}panel: {{{fields}}}{before[end:]}"
        line = before.count("\n", 0, start) + 1
        wanted = yaml.safe_load(before)
        chosen = next(item for item in wanted["questions"] if item["id"] == held["question"])
        del chosen[name]
        chosen["panel"] = {**{name: held[name] for name in panel.FIELDS}, "date": date.fromisoformat(held["date"])}
        with contextlib.suppress(yaml.YAMLError):
            same = yaml.safe_load(after) == wanted
    if not same:  # an anchor or a merge, say: the value stands elsewhere
        raise ContentError(
            [
                Fault(
                    relative(path, course.root),
                    line,
                    f"ces lignes de « {held['question']} » ne se changent pas d’elles-mêmes",
                    f"écrivez à la place de « {name} » : panel: {{{fields}}}",
                )
            ]
        )
    files.write({path: after.encode("utf-8")})
    return line


def _given(bank: yaml.Node | None, question: str) -> tuple[yaml.ScalarNode, yaml.Node] | None:
    """Return the key and the value that a panel replaces, where they stand in the question itself."""
    listed = _keys(bank).get("questions")
    for keys in map(_keys, listed[1].value if listed else ()):
        if "id" in keys and keys["id"][1].value == question:
            return keys.get("lecture") or keys.get("panel")
    return None


def _keys(node: yaml.Node | None) -> dict[str, tuple[yaml.ScalarNode, yaml.Node]]:
    return {pair[0].value: pair for pair in node.value} if isinstance(node, yaml.MappingNode) else {}


def _end(node: yaml.Node) -> int:
    """Return where a value ends in the text: a block ends with its last item, not where the next key starts."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return node.end_mark.index


def _written(value: object) -> str:
    """Return a value as it is written between braces; a text gets quotes unless it is a day."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return value
    return json.dumps(value, ensure_ascii=False)
