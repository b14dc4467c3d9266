"""Rooms for the tests of the séance's routes."""

from __future__ import annotations

import pytest

from mallette.paths import Project
from tests import salle
from tests.salle import code, room  # noqa: F401 (fixtures)


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small course whose bank has a question of each type. Not to be changed."""
    return salle.write_course(tmp_path_factory.mktemp("seance") / "cours")
