"""Rooms for the tests of the séance's routes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mallette.paths import Project
from tests import salle


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small course whose bank has a question of each type. Not to be changed."""
    return salle.write_course(tmp_path_factory.mktemp("seance") / "cours")


@pytest.fixture
def room(course: Project, tmp_path: Path) -> Iterator[salle.Room]:
    """A running room with an empty store."""
    running = salle.start(course, tmp_path / "seances")
    yield running
    running.close()


@pytest.fixture
def code(room: salle.Room) -> str:
    """A séance of twenty people, nothing asked yet."""
    return room.open(20)
