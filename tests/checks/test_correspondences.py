"""Is a table of correspondences that leads nowhere told, and a page that comes from nowhere?"""

from __future__ import annotations

import pytest

from mallette.checks import correspondences
from mallette.paths import Project

TABLE = """\
# D’où vient quoi

## Une source

| Dans la source | Dans le livre |
|---|---|
| Le début | [Module 1](../../modules/1-essai/module.md), *Une unité d’essai* |
| La fin | Non repris : elle est passée |

## Ce que le livre ne reprend pas

| Quoi | Pourquoi |
|---|---|
| Un nom | Il n’aide pas à agir. |
"""


def check(course: Project, text: str) -> list[tuple[str, int]]:
    page = course.book / "annexes" / "correspondances.md"
    page.write_text(text, encoding="utf-8")
    return [(fault.file.rpartition("/")[2], fault.line) for fault in correspondences.check(course) if fault.remedy]


def test_a_sound_table_has_no_fault(small_course: Project) -> None:
    assert check(small_course, TABLE) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("*Une unité d’essai*", "*Une autre*", [("correspondances.md", 7)]),
        (
            "[Module 1](../../modules/1-essai/module.md), *Une unité d’essai*",
            "Module 1",
            [("correspondances.md", 7), ("module.md", 0)],
        ),
        ("Non repris", "Rien", [("correspondances.md", 8)]),
        ("| Il n’aide pas à agir. |", "| Il n’aide | pas |", [("correspondances.md", 14)]),
        ("Non repris", "Non repris | a | b |", [("correspondances.md", 8)]),
    ],
)
def test_what_leads_nowhere_is_told(small_course: Project, old: str, new: str, told: list) -> None:
    assert check(small_course, TABLE.replace(old, new)) == told


def test_a_page_on_the_approach_that_comes_from_nowhere_is_told(small_course: Project) -> None:
    (small_course.book / "demarche").mkdir()
    (small_course.book / "demarche" / "perdue.md").write_text("# Perdue\n", encoding="utf-8")
    assert check(small_course, TABLE) == [("perdue.md", 0)]
