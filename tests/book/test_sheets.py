"""Does a trainer who opens the plan or the sheets of a unit find all that has to be printed?"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import escape

from mallette.book import fragments
from mallette.paths import Project
from mallette.questions import TYPES
from mallette.quiz import bank, paper
from mallette.units import units

BANK = Path(__file__).parents[1] / "quiz" / "banque.yml"
Replace = Callable[[Path, str, str], None]


@pytest.fixture
def printed(small_course: Project, replace_in: Replace) -> Project:
    """A course whose plan uses a sheet of its unit and one of all units."""
    unit = units(small_course)[0]
    small_course.common_sheets.parent.mkdir(parents=True, exist_ok=True)
    small_course.common_sheets.write_text("# Fiches\n\n## Cartons\n\n## Axe\n", encoding="utf-8")
    unit.sheets.write_text("# Fiches\n\n## Nos règles\n", encoding="utf-8")
    replace_in(unit.trainer, "titre: Accueil}", "titre: Accueil, fiches: [Cartons, Nos règles]}")
    return small_course


def test_plan_and_sheets_of_a_unit_lead_to_those_of_all(printed: Project) -> None:
    unit = units(printed)[0]
    plan = fragments.schedule(unit, lambda page: f"../../{page}")
    assert 'href="../../book/guides/fiches-communes.html#cartons"' in plan
    assert 'href="fiches.html#nos-regles"' in plan
    rows = re.findall(r'href="([^"]*)#([^"]*)"', fragments.sheets(unit, lambda page: page))
    assert rows == [("", "nos-regles"), ("book/guides/fiches-communes.html", "cartons")]


def test_a_sheet_of_all_units_tells_who_uses_it(printed: Project) -> None:
    shown = fragments.common_sheets(printed, lambda page: page)
    rows = re.findall(r"<tr[^>]*><th[^>]*>.*?</tr>", shown, re.DOTALL)
    assert "modules/1-essai/formateur.html" in next(row for row in rows if "#cartons" in row)
    assert "<a" not in next(row for row in rows if "#axe" in row).split("</th>")[1]


def test_an_answer_sheet_has_the_marks_of_the_questions_and_no_answer() -> None:
    quiz_bank = bank.load(BANK)
    asked, sheet = paper.questions(quiz_bank), paper.answer_sheet(quiz_bank)
    for place, question in enumerate(quiz_bank.questions, 1):
        row = re.search(rf"<tr>\s*<th[^>]*>{place}</th>.*?</tr>", sheet, re.DOTALL)
        assert bool(row) is not question.written
        for mark, text in question.marked() if row and not question.ranked else ():
            assert f"☐\u00a0{mark}" in row[0]
            assert f"<b>{mark}</b> {escape(text)}<" in asked
    told = [line for question in quiz_bank.questions for line in question.solution()]
    assert not [line for line in told if line in sheet + asked]


def test_posters_bear_the_words_of_the_questions() -> None:
    posted = [point for kind in TYPES.values() for point in kind.posters]
    assert [mark for mark, _ in posted] == ["−2", "−1", "0", "+1", "+2"]
    assert len({words for _, words in posted}) == 5
