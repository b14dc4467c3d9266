"""Is the programme to print one accessible page with sessions, places, the book's address and help lines?"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from mallette import cli
from mallette.paths import Project
from tests.publication.test_calendar import PROGRAMME
from tests.publication.test_pdf import failures

ONE = """\
  - {date: "2027-01-14", horaires: 14h-17h, unite: 1-essai, lieu: "Salle 2, étage 1", intervenants: [{nom: A. B.}]}
"""


def _publish(course: Project, sessions: int) -> tuple[int, Path]:
    text = PROGRAMME + "cycle:\n  titre: Cycle 2027\n  seances:\n" + ONE * sessions
    course.programme.write_text(text, encoding="utf-8")
    course.config.write_text("html: {baseurl: 'https://exemple.fr/livre'}\n", encoding="utf-8")
    return cli.main(["--cours", str(course.root), "publier", "programme"]), course.publication / "programme.pdf"


def test_the_programme_holds_what_one_needs_to_come(small_course: Project) -> None:
    code, path = _publish(small_course, 6)
    said = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    assert (code, failures(path), said.count("\f")) == (0, [], 1)
    wanted = ("Cycle 2027", "jeudi", "14 janvier 2027", "14h-17h", "Salle 2", "Une unité d’essai", "A. B.", "3114")
    said = said.replace("\u00a0", " ").replace("\u200b", "")
    assert [words for words in (*wanted, "https://exemple.fr/livre/") if words not in said] == []
    first = path.read_bytes()
    assert _publish(small_course, 6)[0] == 0 and path.read_bytes() == first


def test_sessions_that_one_page_does_not_hold_are_told_and_not_cut(
    small_course: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    code, path = _publish(small_course, 30)
    assert code == 1
    assert "data/programme.yml" in capsys.readouterr().err
    said = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
    assert said.count("Une unité d’essai") == 30
