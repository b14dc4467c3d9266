"""A small course with one assignment, ready for hand-ins: prepared once, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mallette.grading import assignment
from mallette.grading.assignment import Assignment
from mallette.paths import Project
from tests import salle
from tests.conftest import ROOT, once, write_small_course
from tests.grading import copies


def _write(target: Path) -> None:
    course = write_small_course(target)
    course.exercises.mkdir()
    shutil.copy(ROOT / "exercices" / "nbgrader_config.py", course.exercises)
    copies.prepared(course)


@pytest.fixture
def graded_course(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The course, which a test may spoil."""
    shutil.copytree(once(tmp_path_factory, "devoir", _write), tmp_path / "devoir")
    return Project(tmp_path / "devoir")


@pytest.fixture
def asked(graded_course: Project) -> Assignment:
    """Its assignment."""
    return assignment.load("essai", graded_course)


@pytest.fixture
def room(graded_course: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[salle.Room]:
    """A workshop that serves the course and its assignment."""
    monkeypatch.setenv("MALLETTE_SEANCES", str(tmp_path / "seances"))
    running = salle.start(graded_course, tmp_path / "seances")
    yield running
    running.close()
