"""A small course with one assignment, ready for hand-ins."""

from __future__ import annotations

import shutil

import pytest

from mallette.grading.assignment import Assignment
from mallette.paths import Project
from tests.conftest import ROOT
from tests.grading import copies


@pytest.fixture
def graded_course(small_course: Project) -> Project:
    """A course with nbgrader's configuration."""
    small_course.exercises.mkdir(exist_ok=True)
    shutil.copy(ROOT / "exercices" / "nbgrader_config.py", small_course.exercises)
    return small_course


@pytest.fixture
def asked(graded_course: Project) -> Assignment:
    """The assignment of these tests, prepared."""
    return copies.prepared(graded_course)
