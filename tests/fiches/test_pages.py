"""Does each fiche-action have its page, in the table of contents, and each page its fiche?"""

from __future__ import annotations

from mallette.fiches import collection
from mallette.paths import Project

PAGE = "```{fiche-action}\n```\n"


def _write_pages(course: Project) -> list[str]:
    """Write the pages and the table of contents; return the names of the pages."""
    names = [fiche.slug for fiche in collection.load(course).fiches]
    course.fiche_pages.mkdir(parents=True)
    for name in names:
        (course.fiche_pages / f"{name}.md").write_text(PAGE, encoding="utf-8")
    lines = "".join(f"- file: book/demarche/fiches/{name}\n" for name in names)
    course.toc.write_text(f"format: jb-book\nroot: modules/1-essai/module\nchapters:\n{lines}", encoding="utf-8")
    return names


def test_pages_that_match_are_sound(small_course: Project) -> None:
    _write_pages(small_course)
    assert collection.check(small_course) == []


def test_a_forgotten_page_and_an_orphan_are_told(small_course: Project) -> None:
    first, *_ = _write_pages(small_course)
    (small_course.fiche_pages / f"{first}.md").unlink()
    (small_course.fiche_pages / "12-autre.md").write_text(PAGE, encoding="utf-8")
    told = {fault.file for fault in collection.check(small_course)}
    assert told == {f"book/demarche/fiches/{first}.md", "book/demarche/fiches/12-autre.md"}


def test_a_course_without_fiches_is_sound(small_course: Project) -> None:
    small_course.fiches.unlink()
    assert collection.check(small_course) == []
