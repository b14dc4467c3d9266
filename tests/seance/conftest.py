"""Stores for tests: each test that takes ``location`` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mallette.paths import Project
from mallette.seance.seances import Seances
from mallette.seance.store import Store
from tests import salle
from tests.seance import postgresql

UNIT = salle.UNIT


@pytest.fixture(scope="session")
def server() -> Iterator[postgresql.Postgresql]:
    """A running PostgreSQL; skips where there is none, but never in continuous integration."""
    folder = postgresql.binaries()
    if folder is None:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL manque : .ci/run l’installe")
        pytest.skip("PostgreSQL n’est pas installé")
    running = postgresql.Postgresql(folder)
    yield running
    running.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a new store may be: a folder that does not exist yet, or the URL of an empty database."""
    if request.param == "sqlite":
        return tmp_path / "réponses de la salle"
    return request.getfixturevalue("server").new_database()


@pytest.fixture(scope="session")
def room_course(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A course of one unit whose bank has every type of question. Not to be changed."""
    return salle.write_course(tmp_path_factory.mktemp("salle") / "cours")


@pytest.fixture
def store(location: Path | str) -> Iterator[Store]:
    opened = Store(location)
    yield opened
    opened.close()


class Clock:
    """A clock that tests move, in seconds since the epoch."""

    def __init__(self) -> None:
        self.time = 1_700_000_000.25

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def seances(store: Store, room_course: Project, clock: Clock) -> Seances:
    return Seances(store, room_course, clock)


def run_together(calls: list[Callable[[], object]]) -> None:
    """Run calls in threads that start at once; fail with the first thing they raise."""
    gate, errors = threading.Barrier(len(calls)), []

    def run(call):
        gate.wait(10)
        try:
            call()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert errors == []
