"""What trainers and evaluators count on in every unit, and in the course as a whole."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from mallette import checks, cli
from mallette.checks import links, pages
from mallette.paths import Project
from mallette.quiz import bank, panels
from mallette.units import Unit, units
from tests.conftest import ROOT

COURSE = Project(ROOT)
UNITS = units(COURSE)
SEMINARS = {f"{number}-" for number in range(1, 7)}
MODULES = {f"{number}-" for number in range(1, 10)}
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
SLIDE = re.compile(r"^##? ", re.MULTILINE)

each_unit = pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.slug)


def _calls(path: Path) -> list[ast.Call]:
    """Return the calls of the code cells of a page."""
    cells = [re.sub(r"^:.*\n", "", code, flags=re.MULTILINE) for code in CELL.findall(path.read_text(encoding="utf-8"))]
    return [node for code in cells for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]


def _figures(path: Path) -> set[str]:
    """Return the figures that a page draws, each with its arguments."""
    return {
        ast.dump(call) for call in _calls(path)
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "figures"
    }


def _explores(path: Path) -> bool:
    return any(ast.unparse(call.func) in ("PrevalenceExplorer", "HourlyPay") for call in _calls(path))


def test_the_six_seminars_and_the_nine_modules_are_there() -> None:
    prefixes = {kind: {re.match(r"\d+-", item.slug)[0] for item in UNITS if item.kind == kind}
                for kind in ("seminaire", "module")}
    assert prefixes == {"seminaire": SEMINARS, "module": MODULES}


@each_unit
def test_a_quiz_varies_its_questions_estimates_and_judges(unit: Unit) -> None:
    questions = bank.load_unit(unit).questions
    kinds = [question.kind for question in questions]
    assert len(kinds) >= 10
    assert len(set(kinds)) >= 4
    assert any(question.kind in ("estimation", "numerique") and question.source for question in questions)
    assert kinds.count("concordance") >= 3


def test_a_panel_put_in_the_course_leaves_nothing_to_mend(course_copy: Project) -> None:
    """What a trainer will do one day: no check and no test of the content may be in the way."""
    placed = units(course_copy)[0]
    question = next(item for item in bank.load_unit(placed).questions if item.kind == "concordance")
    held = course_copy.panels / "essai.yml"
    held.parent.mkdir()
    held.write_text(panels.text(held.name, placed.slug, question, [0, 1, 2, 6, 3], "éducatrices et éducateurs de rue",
                                date(2024, 3, 12)), encoding="utf-8")
    assert cli.main(["--cours", str(course_copy.root), "panel", str(held), "--remplacer"]) == 0
    assert "panel" in bank.load_unit(placed).select([question.id]).questions[0].content
    assert checks.unit_faults(placed) == []
    assert not checks.typography.check(course_copy) and not checks.wording.check(course_copy)
    test_a_quiz_varies_its_questions_estimates_and_judges(placed)


@each_unit
def test_a_chapter_shows_data_ends_on_a_discussion_and_names_help(unit: Unit) -> None:
    text = unit.chapter.read_text(encoding="utf-8")
    assert _figures(unit.chapter) or _explores(unit.chapter)
    for heading in ("## Pour en discuter", "## Pour aller plus loin"):
        assert heading in text
    assert "annexes/ressources.md" in text
    assert unit.warning, "une note dit ce que l’unité peut remuer"


@each_unit
def test_the_trainers_notes_say_what_to_expect_and_what_to_print(unit: Unit) -> None:
    text = unit.trainer.read_text(encoding="utf-8").casefold()
    for words in ("moments difficiles", "variantes", "demi-journée", "imprim", "réponses"):
        assert words in text, words
    assert re.search(r"sans (aucun )?écran", text)
    assert all(step.instruction for step in unit.steps if step.minutes >= 15), "à chaque grande étape, quoi dire"


@each_unit
def test_a_deck_has_ten_to_twenty_slides_and_notes(unit: Unit) -> None:
    body = unit.deck.read_text(encoding="utf-8").split("\n---\n", 1)[1]
    slides = len(SLIDE.findall(body))
    assert 10 <= slides <= 20
    assert body.count("{notes}") >= slides - 1


def test_the_course_draws_twenty_five_distinct_figures() -> None:
    drawn = {figure for path in pages.markdown(COURSE) for figure in _figures(path)}
    assert len(drawn) >= 25


def test_the_glossary_defines_eighty_terms() -> None:
    assert len(links.terms(COURSE)) >= 80
