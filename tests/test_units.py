"""Is everything that is computed from a unit right, and is a unit only a folder?"""

from __future__ import annotations

import re
import shutil

import pytest

from mallette import checks
from mallette.french import duration
from mallette.paths import Project
from mallette.units import READING_WORDS_PER_MINUTE, parts, unit, units


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (5, "5\u00a0min"),
        (60, "1\u00a0h"),
        (90, "1\u00a0h\u00a030"),
        (125, "2\u00a0h\u00a005"),
    ],
)
def test_a_duration_is_written_as_in_french(minutes: int, text: str) -> None:
    assert duration(minutes) == text


def test_the_units_of_the_course_are_found_in_order(course: Project) -> None:
    pages = [line.split("file:")[1].strip() for line in course.toc.read_text("utf-8").splitlines() if "file:" in line]
    chapters = [page for page in pages if page.endswith(("/chapitre", "/module"))]
    assert len(chapters) >= 2
    assert [item.page.removesuffix(".html") for item in units(course)] == chapters


def test_the_contents_page_decides_the_order(course_copy: Project) -> None:
    lines = course_copy.toc.read_text(encoding="utf-8").splitlines()
    parts = [index for index, line in enumerate(lines) if line.startswith("  - caption:")]
    blocks = [lines[start:end] for start, end in zip(parts, [*parts[1:], len(lines)], strict=True)]
    blocks.reverse()
    turned = [*lines[: parts[0]], *(line for block in blocks for line in block)]
    course_copy.toc.write_text("\n".join(turned) + "\n", encoding="utf-8")
    kinds = [item.kind for item in units(course_copy)]
    assert kinds == ["module"] * kinds.count("module") + ["seminaire"] * kinds.count("seminaire")


def test_units_are_grouped_by_the_parts_of_the_contents(course: Project, small_course: Project) -> None:
    grouped = parts(course)
    assert [item.slug for _, held in grouped for item in held] == [item.slug for item in units(course)]
    assert all(caption for caption, _ in grouped)
    assert len({item.kind for item in grouped[0][1]}) == 1
    assert [(caption, [item.slug for item in held]) for caption, held in parts(small_course)] == [("", ["1-essai"])]


def test_reading_time_counts_prose_and_not_code(small_course: Project) -> None:
    item = units(small_course)[0]
    text = item.chapter.read_text(encoding="utf-8")
    cell = "\n```{code-cell}\n" + "x = 1\n" * 2000 + "```\n"
    item.chapter.write_text(text + "mot " * (READING_WORDS_PER_MINUTE * 3) + cell, encoding="utf-8")
    assert units(small_course)[0].reading_minutes == 4


def test_an_unknown_unit_is_told_with_those_that_exist(course: Project) -> None:
    with pytest.raises(LookupError, match="1-recours-aux-drogues"):
        unit("9-rien", course)


def test_removing_a_unit_leaves_no_orphan(course_copy: Project) -> None:
    gone = unit("2-economie-de-la-debrouille", course_copy)
    shutil.rmtree(gone.folder)
    gone.deck.unlink()
    text, count = re.subn(
        rf"      - file: \S*{gone.slug}/module\n        sections:\n(?:.*{gone.slug}.*\n)+",
        "",
        course_copy.toc.read_text(encoding="utf-8"),
    )
    course_copy.toc.write_text(text, encoding="utf-8")
    assert count == 1
    assert gone.slug not in [item.slug for item in units(course_copy)]
    faults = {name: checks.CHECKS[name](course_copy) for name in ("unités et quiz", "liens, citations et termes")}
    assert faults["unités et quiz"] == []
    # Another chapter may point to it: the check says where, and nothing computed does.
    left = faults["liens, citations et termes"]
    assert all(gone.slug in fault.message and gone.slug not in fault.file for fault in left)
