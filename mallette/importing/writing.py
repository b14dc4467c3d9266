"""Write questions of another program as a ``quiz.yml`` to complete: what is missing is marked, what is lost is told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from mallette.french import slug, typeset
from mallette.handwritten import structure
from mallette.handwritten.plain import TO_FILL, markup
from mallette.importing.found import File, Found
from mallette.questions import BANK, SCHEMA, of
from mallette.questions.forms import OneOf, Portable, SomeOf
from mallette.quiz.bank import load_unit
from mallette.units import Unit

_LONGEST_ID = 40
_HEAD = f"""\
# Questions venues de {{name}}. Remplacez chaque « {TO_FILL} » : « mallette verifier » dit ce qui reste.
# Les lignes qui commencent par « # » disent ce qui n’a pas trouvé sa place.
"""


@dataclass(frozen=True)
class Written:
    """A bank that was written.

    Attributes:
        text: of the file; empty when no question could be written.
        count: questions in it.
        told: name of each question that is not whole, with what is lost or why it was left out; in French.
    """

    text: str
    count: int
    told: tuple[tuple[str, str], ...]


def bank(file: File, name: str, unit: Unit) -> Written:
    """Return the bank of the questions of a file named ``name``, for a unit: its objectives, no id that it has already.

    Raises:
        ContentError: the unit has defects.
    """
    objectives = [item.id for item in unit.objectives]
    used = {question.id for question in load_unit(unit).questions} if unit.quiz.is_file() else set()
    parts, told = [], []
    for rank, found in enumerate(file.questions, 1):
        shown = found.name or f"question {rank}"
        asked = found.question
        raw, reason = _raw(found, asked, objectives) if asked else (None, found.remarks[0])
        if asked is None or raw is None:
            told.append((shown, f"laissée de côté : {reason}"))
            continue
        raw["id"] = _free(found.name, rank, used)
        lost = [f"perdu : {remark}" for remark in (*found.remarks, *_changes(raw, asked))]
        told += [(shown, remark) for remark in lost]
        parts.append(_yaml(raw, [*lost, *_aside(raw, asked)]))
    if not parts:
        return Written("", 0, tuple(told))
    title = yaml.safe_dump({"titre": typeset(file.title) or TO_FILL}, allow_unicode=True)
    text = _HEAD.format(name=" ".join(name.split())) + title + "questions:\n" + "\n".join(parts)
    return Written(text, len(parts), tuple(told))


def _raw(found: Found, asked: Portable, objectives: Collection[str]) -> tuple[dict | None, str]:
    """Return a question as a bank has it, its id aside; or why it cannot be one."""
    for kind, cls in BANK.items():
        fields = cls.from_form(asked.form, asked.graded)
        if fields is None:
            continue
        prompt = " ".join(line for line in asked.lines if line != cls.hint)
        tagged = [tag.removeprefix("objectif:") for tag in found.tags]
        known = [name for name in objectives if name in tagged]
        raw: dict = {
            "id": "a",
            "type": kind,
            "objectif": known[0] if known else TO_FILL,
            "enonce": typeset(prompt) or TO_FILL,
            **({"source": {"cle": TO_FILL}} if cls.sourced else {}),
            **_printed(fields),
        }
        wrong = structure.differences({"titre": "a", "questions": [raw]}, SCHEMA) or [
            *cls.rules(raw),
            *(item for item in markup(raw) if TO_FILL not in item.message),
        ]
        return (None, wrong[0].message) if wrong else (raw, "")
    if isinstance(asked.form, OneOf):
        return None, "aucune réponse, ou plusieurs, n’y valent tous les points"
    return None, "rien de tel dans la mallette"


def _printed(value: Any) -> Any:
    """Return what a file holds with its texts typeset."""
    if isinstance(value, str):
        return typeset(value)
    if isinstance(value, list):
        return [_printed(item) for item in value]
    return {name: _printed(item) for name, item in value.items()} if isinstance(value, dict) else value


def _changes(raw: Mapping, asked: Portable) -> Iterator[str]:
    """Yield what an answer is worth here and was not there."""
    made = of(raw).portable()
    if asked.graded and isinstance(asked.form, OneOf | SomeOf) and isinstance(made.form, OneOf | SomeOf):
        before, after = ([round(option.share, 2) for option in form.options] for form in (asked.form, made.form))
        if before != after:
            yield "le barème : la part de points de chaque réponse change"
    if asked.graded != made.graded:
        yield "les points : ici, ce type de question n’en donne pas" if asked.graded else "le « sans point »"


def _aside(raw: Mapping, asked: Portable) -> Iterator[str]:
    """Yield the lines read after answering, which a bank keeps in the explanation of each answer."""
    if "reperes" not in raw or TO_FILL in raw["reperes"]:
        yield from (f"lu après la réponse : {line}" for line in asked.after)


def _free(name: str, rank: int, used: set[str]) -> str:
    """Return an id made from a name, none of those ``used``; adds it to them."""
    short = slug(name.rsplit("/", 1)[-1], _LONGEST_ID) or f"question-{rank}"
    number, found = 1, short
    while found in used:
        number += 1
        found = f"{short}-{number}"
    used.add(found)
    return found


def _yaml(raw: Mapping, comments: list[str]) -> str:
    """Return a question as an item of the list, after its comments."""
    told = "".join(f"  # {comment}\n" for comment in comments)
    item = yaml.safe_dump([raw], allow_unicode=True, sort_keys=False, width=110)
    return told + re.sub(r"^(?=.)", "  ", item, flags=re.MULTILINE)
