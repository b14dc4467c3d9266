"""A tool that the tables of a room fill in: the last value written stays, tables do not mix, erasing leaves nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from sqlalchemy import select

from mallette.seance import tables
from mallette.seance.boards import MOST_BOARDS, Boards
from mallette.seance.errors import Closed, NotAllowed, NotJoined, UnknownSeance
from mallette.tools.values import LONGEST
from tests.seance.conftest import UNIT

TOOL = json.loads(
    json.dumps(yaml.safe_load((Path(__file__).parents[1] / "tools" / "essai.yml").read_text("utf-8")), default=str)
)
ROW = {"jour": "", "besoin": "", "service": "Médiation", "fait": "Présence", "heures": None}


@pytest.fixture
def code(seances):
    return seances.open(UNIT, 20).code


@pytest.fixture
def boards(store, code):
    found = Boards(store)
    found.offer(code, "essai", TOOL)
    return found


@pytest.fixture
def token(seances, code):
    return seances.join(code)


def begun(boards, code):
    """Return the tables that wrote something."""
    return {one.name: one.boards for one in boards.every(code)}["essai"]


def test_a_table_reads_what_it_wrote_and_what_changed_since(boards, seances, code, token):
    first = boards.write(code, token, "essai", 1, "objet", "Un hall")
    boards.write(code, token, "essai", 1, "lignes/r1", ROW)
    boards.write(code, token, "essai", 1, "lignes/r2", {**ROW, "fait": "Deuxième"})
    boards.write(code, token, "essai", 1, "lignes/r1", {**ROW, "fait": "Changée"})
    boards.write(code, token, "essai", 2, "objet", "Un parc")
    last, values = boards.read(code, "essai", 1)
    assert list(values) == ["objet", "lignes/r1", "lignes/r2"], "a row that changes keeps its place"
    assert values["lignes/r1"]["fait"] == "Changée" and values["objet"] == "Un hall"
    assert set(boards.read(code, "essai", 1, first)[1]) == {"lignes/r1", "lignes/r2"}
    assert boards.read(code, "essai", 1, last) == (last, {})
    assert boards.read(code, "essai", 2)[1] == {"objet": "Un parc"}
    assert begun(boards, code) == (1, 2)
    boards.write(code, token, "essai", 1, "lignes/r1", None)
    assert boards.read(code, "essai", 1, last)[1] == {"lignes/r1": None}


@pytest.mark.parametrize(
    ("board", "place", "value"),
    [
        (0, "objet", "x"),
        (MOST_BOARDS + 1, "objet", "x"),
        (True, "objet", "x"),
        (1, "inconnu", "x"),
        (1, "objet/r1", "x"),
        (1, "lignes", []),
        (1, "lignes/../x", ROW),
        (1, "lignes/r1", "x"),
        (1, "lignes/r1", {**ROW, "autre": "x"}),
        (1, "lignes/r1", {**ROW, "heures": "deux"}),
        (1, "objet", 3),
        (1, "objet", "x" * (LONGEST + 1)),
        (1, "cout", True),
        (1, "echeance", "demain"),
    ],
)
def test_what_the_tool_may_not_hold_is_refused_and_changes_nothing(boards, code, token, board, place, value):
    with pytest.raises(NotAllowed):
        boards.write(code, token, "essai", board, place, value)
    assert begun(boards, code) == ()


def test_last_words_are_taken_while_another_tool_is_offered_and_until_the_trainer_closes(boards, code, token):
    boards.write(code, token, "essai", 1, "objet", "Un ha")
    boards.offer(code, "autre", TOOL)
    boards.write(code, token, "essai", 1, "objet", "Un hall")
    assert boards.read(code, "essai", 1)[1] == {"objet": "Un hall"} and boards.read(code, "autre", 1)[1] == {}
    assert boards.offered(code)["nom"] == "autre", "phones are led to one"
    boards.withdraw(code)
    assert boards.offered(code) is None
    for tool in ("essai", "autre"):
        with pytest.raises(Closed):
            boards.write(code, token, tool, 1, "objet", "Trop tard")
    assert boards.read(code, "essai", 1)[1] == {"objet": "Un hall"}


def test_only_who_has_joined_writes_and_only_while_a_tool_is_offered(boards, seances, code, token):
    with pytest.raises(NotJoined):
        boards.write(code, "inconnu", "essai", 1, "objet", "x")
    with pytest.raises(NotAllowed):
        boards.write(code, token, "autre", 1, "objet", "x")
    boards.write(code, token, "essai", 1, "objet", "Un hall")
    version = seances.get(code).version
    boards.withdraw(code)
    assert seances.get(code).version > version, "phones are told"
    with pytest.raises(Closed):
        boards.write(code, token, "essai", 1, "objet", "y")
    assert boards.read(code, "essai", 1)[1] == {"objet": "Un hall"}
    boards.offer(code, "essai", {**TOOL, "titre": "Changé depuis"})
    assert boards.content(code, "essai")["titre"] == TOOL["titre"], "rows keep the meaning that they had"
    boards.offer(code, "autre", TOOL)
    assert [one.name for one in boards.every(code) if one.offered] == ["autre"]
    seances.finish(code)
    with pytest.raises(Closed):
        boards.write(code, token, "autre", 1, "objet", "y")
    with pytest.raises(Closed):
        boards.offer(code, "essai", TOOL)
    assert boards.read(code, "essai", 1)[1] == {"objet": "Un hall"}


def test_erasing_a_seance_erases_what_its_tables_wrote(boards, seances, store, code, token):
    boards.write(code, token, "essai", 1, "objet", "Un hall")
    other = seances.open(UNIT, 20).code
    boards.offer(other, "essai", TOOL)
    boards.write(other, seances.join(other), "essai", 1, "objet", "Un parc")
    seances.erase(code)
    with pytest.raises(UnknownSeance):
        boards.read(code, "essai", 1)
    with store.reading() as connection:
        assert [row.value for row in connection.execute(select(tables.boards))] == ["Un parc"]
        assert len(connection.execute(select(tables.tools)).all()) == 1
