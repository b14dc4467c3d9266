"""The schema is sound, and nothing that it refuses is left unsaid."""

from __future__ import annotations

import copy
from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from mallette.quiz import structure

SOUND = yaml.safe_load(Path(__file__).with_name("banque.yml").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(structure.schema())


def places(value, path=()):
    """Yield the path of every value of a document."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*path, key))


def test_the_schema_is_a_json_schema():
    Draft202012Validator.check_schema(structure.schema())


def test_every_field_that_an_editor_completes_is_described_in_french():
    for name, node in structure.schema()["$defs"].items():
        for key, about in node.get("properties", {}).items():
            target = structure.schema()["$defs"].get(about.get("$ref", "").rpartition("/")[2], {})
            assert about.get("description") or target.get("description"), f"{name}.{key}"


@settings(max_examples=150, deadline=None)
@given(
    place=st.sampled_from([path for path in places(SOUND) if path]),
    change=st.sampled_from(["remove", "rename", None, True, 0, -1, 2.5, "", " ", "texte", [], {}, ["a", "b"]]),
)
def test_whatever_the_schema_refuses_is_said_in_french_and_nothing_else_is(place, change):
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
    found = structure.differences(data)
    assert bool(found) == (not VALIDATOR.is_valid(data))
    assert not [item for item in found if item.message == "valeur refusée"], "a keyword of the schema has no sentence"
