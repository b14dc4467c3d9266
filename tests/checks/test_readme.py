"""Does the first page say how many units there are, and name the folders?"""

from __future__ import annotations

import pytest

from mallette.checks import readme
from mallette.paths import Project

TABLE = "| `book/` | annexes |\n| `modules/` | x |\n| `data/` | x |\n| `slides/` | x |\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Deux unités sont écrites.", ["« Deux unités », et le cours en a 1"]),
        ("Les 3 modules.", ["« 3 modules », et le cours en a 1"]),
        ("Une unité, un module ; deux programmes publics, trois lectures.", []),
        (TABLE, []),
        (TABLE.replace("annexes", "accueil"), ["oublie la partie « annexes »"]),
        (TABLE.replace("| `data/` | x |\n", ""), ["oublie « data/ »"]),
    ],
)
def test_what_the_course_does_not_hold_is_told(small_course: Project, text: str, told: list[str]) -> None:
    (small_course.root / "README.md").write_text(f"# Cours\n\n{text}\n", encoding="utf-8")
    found = readme.check(small_course)
    assert [fault.line for fault in found] == [3] * len(told)
    assert all(
        part.replace(" ", "") in fault.message.replace("\u00a0", "").replace(" ", "")
        for part, fault in zip(told, found, strict=True)
    )
