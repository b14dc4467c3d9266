"""A small sound course whose tables follow the real schema, to be broken one way at a time."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mallette.paths import Project

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cas" / "donnees"


@pytest.fixture
def course(tmp_path: Path) -> Project:
    """Return a copy of the sound tables, with the schema of the real course."""
    shutil.copytree(CASES / "saine", tmp_path / "data")
    shutil.copy(ROOT / "data" / "datapackage.json", tmp_path / "data")
    return Project(tmp_path)
