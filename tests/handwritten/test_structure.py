"""The schemas are sound, and nothing that they refuse is left unsaid."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from mallette import people, programme, questions, sites, toc, units, words
from mallette.checks import profile
from mallette.fiches import collection
from mallette.handwritten import document, structure
from mallette.paths import Project
from tests.conftest import ROOT

KINDS = {
    # A schema, and a sound document.
    "quiz": (questions.SCHEMA, ROOT / "tests" / "quiz" / "banque.yml"),
    "fiches": (collection.SCHEMA, ROOT / "data" / "fiches-actions.yml"),
    "mots": (words.SCHEMA, ROOT / "data" / "mots.yml"),
    "sites": (sites.SCHEMA, ROOT / "data" / "sites.yml"),
    "personnes": (people.SCHEMA, ROOT / "data" / "personnes.yml"),
    "programme": (programme.SCHEMA, ROOT / "data" / "programme.yml"),
    "profil": (profile.SCHEMA, ROOT / "data" / "profil.yml"),
    "sommaire": (toc.SCHEMA, ROOT / "_toc.yml"),
}
SOUND = {name: document.read(path, name).data for name, (_, path) in KINDS.items()}
UNIT = units.units(Project(ROOT))[0]
KINDS |= {"chapitre": (units.SCHEMA, UNIT.chapter), "déroulé": (units.PLAN_SCHEMA, UNIT.trainer)}
SOUND |= {"chapitre": UNIT.head.data, "déroulé": UNIT.plan.data}
SCHEMAS = {name: found if name == "quiz" else structure.schema(found) for name, (found, _) in KINDS.items()}
for name in ("fiches", "personnes", "sites"):
    SOUND[name][name] = SOUND[name][name][:1]  # each is like the others


def short(held):
    """Return a document once for each item of its longest list, with that item alone: all take ten times longer."""
    key = max(held, key=lambda key: len(held[key]) if isinstance(held[key], list) else 0)
    return [{**held, key: [item]} for item in held[key]] if isinstance(held[key], list) else [held]


SHORT = {name: short(held) for name, held in SOUND.items()}


def places(value, path=()):
    """Yield the path of every value of a document."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*path, key))


@pytest.mark.parametrize("name", KINDS)
def test_the_schema_is_a_json_schema(name):
    Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("name", KINDS)
def test_every_field_that_an_editor_completes_is_described_in_french(name):
    for title, node in SCHEMAS[name]["$defs"].items():
        for key, about in node.get("properties", {}).items():
            target = SCHEMAS[name]["$defs"].get(about.get("$ref", "").rpartition("/")[2], {})
            assert about.get("description") or target.get("description"), f"{title}.{key}"


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_whatever_the_schema_refuses_is_said_in_french_and_nothing_else_is(name, data):
    sound = data.draw(st.sampled_from(SHORT[name]))
    place = data.draw(st.sampled_from([path for path in places(sound) if path]))
    change = data.draw(
        st.sampled_from(["remove", "rename", None, True, 0, -1, 2.5, "", " ", "texte", [], {}, ["a", "b"]])
    )
    changed = copy.deepcopy(sound)
    holder = changed
    for key in place[:-1]:
        holder = holder[key]
    if change == "remove":
        del holder[place[-1]]
    elif change == "rename" and isinstance(holder, dict):
        holder[f"{place[-1]}x"] = holder.pop(place[-1])
    else:
        holder[place[-1]] = change
    found = structure.differences(changed, SCHEMAS[name])
    assert bool(found) == (not Draft202012Validator(SCHEMAS[name]).is_valid(changed))
    assert not [item for item in found if item.message == "valeur refusée"], "a keyword of the schema has no sentence"
