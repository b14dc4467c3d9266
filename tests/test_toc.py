"""Is the table of contents read as Jupyter Book reads it, and every slip in it told with its line?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mallette import toc
from mallette.checks import unit_files
from mallette.paths import Project

LAST = "  - file: modules/1-essai/formateur\n"


def test_pages_come_in_order_under_the_caption_of_their_part(small_course: Project) -> None:
    small_course.toc.write_text(
        "format: jb-book\nroot: a\nparts:\n- caption: Un\n  chapters:\n  - file: b.md\n    sections:\n    - file: c\n"
        "- chapters:\n  - {file: d}\n# - file: e\n",
        encoding="utf-8",
    )
    assert [(one.page, one.caption, one.line, one.depth) for one in toc.entries(small_course)] == [
        ("a", "", 2, 1),
        ("b", "Un", 6, 1),
        ("c", "Un", 8, 2),
        ("d", "", 10, 1),
    ]


@pytest.mark.parametrize(
    ("new", "line", "words"),
    [
        ("  # - file: modules/1-essai/formateur\n", 0, "modules/1-essai/formateur\u00a0» n’est pas dans le sommaire"),
        ("\t- file: modules/1-essai/formateur\n", 5, "tabulation"),
        ("  - file: modules/1-essai/fromateur\n", 5, "aucune page"),
        ("  - file: modules/1-essai/atelier\n", 5, "déjà ligne 4"),
        ("   - file: modules/1-essai/formateur\n", 5, "YAML illisible"),
        ("  - fichier: modules/1-essai/formateur\n", 5, "clé inconnue «\u00a0fichier\u00a0»"),
        ("  - file:\n", 5, "valeur vide"),
        ("  - file: modules/1-essai/été\n".encode("cp1252").decode("latin-1"), 5, "aucune page"),
    ],
)
def test_a_slip_is_told_with_its_line(
    small_course: Project, replace_in: Callable[[Path, str, str], None], new: str, line: int, words: str
) -> None:
    replace_in(small_course.toc, LAST, new)
    told = [fault for fault in unit_files.check_course(small_course) if fault.file == "_toc.yml" and fault.line == line]
    assert [fault for fault in told if words in fault.message], told
    assert all(fault.remedy for fault in told)


def test_a_missing_file_is_told(small_course: Project) -> None:
    small_course.toc.unlink()
    assert [fault.file for fault in unit_files.check_course(small_course)] == ["_toc.yml"]
