"""Whoever knows a source finds where each of its parts went, and each page says where it comes from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mallette.paths import Project
from mallette.units import units
from tests.conftest import ROOT

PAGE = ROOT / "book" / "annexes" / "correspondances.md"
APPROACH = ROOT / "book" / "demarche"
SOURCES = ("GAM_SEMINAIRES_2021", "TAT_2016", "PARIS_CRACK_2013", "LOOS_MILDECA", "FEDADDICTION_EMPLOI")
CITE = re.compile(r"\{cite\}`(\w+)`")
LINK = re.compile(r"\[[^\]]+\]\(([^)#]+)\)")
PLACE = re.compile(r"\[[^\]]+\]\(([^)#]+)\)((?:, \*[^*]+\*)+)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def _plain(text: str) -> str:
    """Return a text with ordinary spaces, whichever no-break space its author chose."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _rows(text: str) -> list[str]:
    """Return the rows of the tables of a text, without their headings and rules."""
    lines = text.splitlines()
    return [line for line, above in zip(lines[1:], lines, strict=False)
            if line.startswith("|") and above.startswith("|") and not line.startswith("|---")]


ROWS = _rows(PAGE.read_text(encoding="utf-8"))
REACHED = {(PAGE.parent / target).resolve() for row in ROWS for target in LINK.findall(row)}
PLACES = [(row, (PAGE.parent / target).resolve(), part)
          for row in ROWS for target, parts in PLACE.findall(row) for part in re.findall(r"\*([^*]+)\*", parts)]


@pytest.mark.parametrize("source", SOURCES)
def test_each_source_has_its_table(source: str) -> None:
    parts = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    of_source = [part for part in parts if source in CITE.findall(part)]
    assert len(of_source) == 1, source
    assert _rows(of_source[0])


@pytest.mark.parametrize("chapter", [unit.chapter for unit in units(Project(ROOT))], ids=lambda path: path.parent.name)
def test_each_unit_comes_from_a_source(chapter: Path) -> None:
    assert chapter.resolve() in REACHED


@pytest.mark.parametrize("page", sorted(APPROACH.rglob("*.md")), ids=lambda path: path.stem)
def test_each_page_on_the_approach_comes_from_a_source(page: Path) -> None:
    assert page.resolve() in REACHED


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place[2])
def test_the_part_that_a_row_names_is_a_heading_of_the_page(place: tuple[str, Path, str]) -> None:
    row, page, part = place
    assert _plain(part) in HEADING.findall(_plain(page.read_text(encoding="utf-8"))), row


def test_a_row_leads_to_a_page_or_says_why_not() -> None:
    text = PAGE.read_text(encoding="utf-8")
    kept, left = text.split("## Ce que le livre ne reprend pas")
    assert [row for row in _rows(kept) if not LINK.search(row) and "| Non repris" not in row] == []
    assert [row for row in _rows(left) if not re.fullmatch(r"\| [^|]+ \| [^|]+ \|", row)] == []


def test_the_tables_hold_on_a_phone() -> None:
    assert max(row.count("|") - 1 for row in ROWS) <= 3
