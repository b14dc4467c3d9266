"""The schema is sound, and the small reader of this package agrees with a complete one."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from mallette.quiz import structure

DESCRIPTIVE = {"$schema", "$id", "$defs", "title", "description"}
ROOT = Path(__file__).parents[1]
SOUND = yaml.safe_load((ROOT / "quiz" / "banque.yml").read_text(encoding="utf-8"))
REFERENCE = Draft202012Validator(structure.schema())


def schemas(node):
    """Yield every schema inside ``node``."""
    yield node
    for name, value in node.items():
        if name in ("properties", "$defs"):
            for item in value.values():
                yield from schemas(item)
        elif name == "allOf":
            for item in value:
                yield from schemas(item)
        elif name in ("items", "if", "then", "not"):
            yield from schemas(value)


def places(value, path=()):
    """Yield the path of every value of a document."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*path, key))


def test_the_schema_is_a_json_schema():
    Draft202012Validator.check_schema(structure.schema())


def test_the_schema_uses_only_the_keywords_that_are_read():
    used = {keyword for node in schemas(structure.schema()) for keyword in node}
    assert used <= structure.KEYWORDS | DESCRIPTIVE


def test_every_field_that_an_editor_completes_is_described_in_french():
    for name, node in structure.schema()["$defs"].items():
        for key, about in node.get("properties", {}).items():
            target = structure.schema()["$defs"].get(about.get("$ref", "").rpartition("/")[2], {})
            assert about.get("description") or target.get("description"), f"{name}.{key}"


@pytest.mark.parametrize("path", sorted((ROOT / "cas" / "quiz").glob("*.yml")), ids=lambda path: path.stem)
def test_both_readers_agree_on_broken_banks(path):
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError):
        return
    assert bool(structure.differences(data)) == (not REFERENCE.is_valid(data))


@settings(max_examples=150, deadline=None)
@given(
    place=st.sampled_from([path for path in places(SOUND) if path]),
    change=st.sampled_from(["remove", "rename", None, True, 0, -1, 2.5, "", " ", "texte", [], {}, ["a", "b"]]),
)
def test_both_readers_agree_on_any_single_change(place, change):
    data = copy.deepcopy(SOUND)
    holder = data
    for key in place[:-1]:
        holder = holder[key]
    if change == "remove":
        del holder[place[-1]]
    elif change == "rename" and isinstance(holder, dict):
        holder[f"{place[-1]}x"] = holder.pop(place[-1])
    else:
        holder[place[-1]] = change
    assert bool(structure.differences(data)) == (not REFERENCE.is_valid(data))
