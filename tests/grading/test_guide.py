"""Can the evaluator's guide be followed word for word? Each of its commands is run, in its order."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from mallette import cli
from mallette.grading import assignment, gradebook
from mallette.paths import Project
from mallette.server import reading
from tests.conftest import ROOT, copy_content
from tests.grading import copies

GUIDE = (ROOT / "book" / "guides" / "evaluateur.md").read_text(encoding="utf-8")
NOTER = re.compile(r"^\.venv/bin/mallette (noter (\w+).*)$", re.MULTILINE)


def words(command: str) -> list[str]:
    return [part.strip('"') for part in re.findall(r'"[^"]*"|\S+', command)]


def test_the_guide_can_be_followed_word_for_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    course = copy_content(tmp_path / "ma mallette")  # a folder with a space
    monkeypatch.chdir(course.root)
    monkeypatch.setattr("builtins.input", lambda _prompt: "oui")
    monkeypatch.setattr(reading, "serve", lambda asked, course, port, announce: announce("http://127.0.0.1/"))
    commands = NOTER.findall(GUIDE)
    assert [step for _, step in commands] == [
        "etat",
        "preparer",
        "relever",
        "corriger",
        "lire",
        "rendre",
        "bilan",
        "documents",
        "etat",
        "effacer",
    ]
    for command, step in commands:
        if step == "relever":
            _receive(course)
        assert cli.main(words(command)) == 0, command
        told = capsys.readouterr()
        assert told.err == ""
        assert not re.search(r"\b(?:the|warning|error|notebook|student)\b", told.out, re.IGNORECASE), told.out
        if step == "rendre":
            assert gradebook.feedback(course, "prevalence", "p4807").is_file()
            assert re.search(r"^p4807 +\| reçue +\| 12 +\| 0 sur 1 +\| oui$", told.out, re.MULTILINE), told.out
            assert re.search(r"^p0031 +\| en retard", told.out, re.MULTILINE), told.out
    assert not list(course.exercises.glob("submitted/*"))


def _receive(course: Project) -> None:
    asked = assignment.load("prevalence", course)
    place = course.root / "copies"
    place.mkdir()
    full = copies.answered(asked, course, copies.right(asked))
    (place / "p4807_prevalence.ipynb").write_bytes(full)
    late = place / "p0031_prevalence.ipynb"
    late.write_bytes(copies.typed(asked, course, {"rapport": "8,3 / 3,1"}))
    os.utime(late, (4102444800, 4102444800))  # in 2100


def test_an_unknown_assignment_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["noter", "corriger", "prevalense"]) == 1
    assert "vouliez-vous dire «\u00a0prevalence\u00a0»" in capsys.readouterr().err
