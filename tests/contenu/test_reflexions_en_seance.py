"""Every reflection of the course, asked in a séance: a phone says what becomes of the text, and nothing against it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import yaml
from playwright.sync_api import Page, expect

from mallette.checks import promises
from mallette.paths import Project
from mallette.units import units
from tests import salle
from tests.conftest import ROOT

FATE = re.compile("gardé.*ordinateur de la personne qui anime.*efface.*lit les textes.*montrer à la salle", re.DOTALL)


def write_course(root: Path) -> tuple[Project, list[str]]:
    """Write a course of one unit that asks them all; return it with their ids."""
    course, asked = salle.write_course(root), []
    for unit in units(Project(ROOT)):
        questions = yaml.safe_load(unit.quiz.read_text(encoding="utf-8"))["questions"]
        for item in questions:
            if item["type"] == "reflexion":
                place = len(asked)
                asked.append({**item, "id": f"q{place}", "objectif": ("o1", "o2")[place % 2]})
    bank = yaml.safe_dump({"titre": "Toutes les réflexions", "questions": asked}, allow_unicode=True)
    (course.modules / salle.UNIT / "quiz.yml").write_text(bank, encoding="utf-8")
    return course, [item["id"] for item in asked]


def test_a_phone_says_what_becomes_of_each_text_before_it_is_written(
    page_check: Callable[..., Page], tmp_path: Path
) -> None:
    course, questions = write_course(tmp_path / "cours")
    assert questions
    room = salle.start(course, tmp_path / "seances")
    told = []
    try:
        code = room.open()
        page = page_check(f"{room.url}s/{code}", viewport="telephone", cut=True)
        page.get_by_role("button", name="Participer").click()
        area, fate = page.get_by_role("textbox"), page.locator(".mlt-quiz-fate")
        for question in questions:
            room.act("open_question", code, question)
            expect(area).to_have_value("")
            expect(area).to_have_accessible_description(FATE)
            expect(fate).to_be_visible()
            shown = page.locator("main").inner_text().replace(fate.inner_text(), "")
            told += [fault.message for fault in promises.faults_in(shown, question)]
            room.act("close_question", code, question, 1)
            expect(area).to_have_count(0)
    finally:
        room.close()
    assert told == []
