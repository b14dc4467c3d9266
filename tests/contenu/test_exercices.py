"""The graded work as it is written: sound, and true to the tables it copies."""

from __future__ import annotations

import html
import json
import re

import nbformat
import pytest
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearSolutions
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from mallette import data
from mallette.grading import assignment, gradebook, handin, notebook, preprocessors
from mallette.grading.assignment import Assignment
from mallette.grading.documents import paper, sheet
from mallette.grading.handin import Handin
from mallette.handwritten.plain import texts
from mallette.paths import Project
from mallette.prevalence import wilson
from tests.conftest import ROOT
from tests.grading import copies

COURSE = Project(ROOT)
SURVEY = {"annee": 2014, "champ": "18-64 ans", "indicateur": "experimentation", "serie": True}
PRODUCTS = {"Cannabis": "cannabis", "Cocaïne": "cocaine", "Héroïne": "heroine"}
GROUPS = {"Ensemble": ("ensemble", "ensemble"), "Hommes": ("hommes", "ensemble"), "Femmes": ("femmes", "ensemble")}


@pytest.fixture(params=assignment.names(COURSE))
def described(request: pytest.FixtureRequest) -> Assignment:
    return assignment.load(request.param, COURSE)


@pytest.fixture
def prevalence() -> Assignment:
    return assignment.load("prevalence", COURSE)


def table(markdown: str) -> dict[tuple[str, str], str]:
    """Return (row label, column label) → text of the first table of a document."""
    lines = [
        [part.strip() for part in line.strip("|").split("|")] for line in markdown.splitlines() if line.startswith("|")
    ]
    header, _, *rows = lines
    return {(row[0], column): text for row in rows for column, text in zip(header[1:], row[1:], strict=True)}


def number(text: str) -> float | None:
    return None if text == "//" else float(re.sub(r"[\s€]", "", text).replace(",", "."))


def test_a_text_of_the_best_levels_earns_what_is_announced(described: Assignment) -> None:
    for item in described.texts:
        assert item.question.points == item.points
        assert item.question.valid(item.question.right_answer())


def points(described: Assignment, answers: dict) -> float:
    """Return what the checks of our own notebook give to these answers."""
    nb = handin.filled(described, Handin(answers))
    preprocessors.run(nb)
    results = [output for cell in nb.cells for output in cell.get("outputs", ()) if output.output_type != "stream"]
    assert {output.output_type for output in results} <= {"execute_result"}
    return sum(float(output.data["text/plain"]) for output in results)


def test_right_answers_earn_all_points_and_wrong_ones_none(described: Assignment) -> None:
    automatic = sum(item.points for item in described.items if not item.question.rubric)
    right = copies.right(described)
    assert points(described, right) == automatic
    assert points(described, {item.id: copies.wrong(item) for item in described.items if item.id in right}) == 0
    assert points(described, {}) == 0


def test_what_is_handed_out_tells_no_answer(described: Assignment) -> None:
    config = Config(PyFileConfigLoader(gradebook.CONFIG, path=str(COURSE.exercises)).load_config())
    nb = notebook.make(described, solved=True)
    for step in (ClearSolutions, ClearHiddenTests, ClearMarkScheme):
        nb, _ = step(config=config).preprocess(nb, {})
    text = nbformat.writes(nb)
    printed = html.unescape(sheet.html(paper.sheet(described)))
    for item in described.items:
        shown = {*texts(item.question.without_answers())}
        for _, secret in texts(item.question.public()):
            if secret not in {plain for _, plain in shown} and len(secret) > 20:
                assert json.dumps(secret, ensure_ascii=False)[1:-1] not in text, (item.id, secret)
                assert secret not in printed, (item.id, secret)
        for option in item.question.options():
            assert option in printed
    assert not handin.read(text.encode(), described).answers


def test_prevalences_of_the_table_are_in_their_cells(prevalence: Assignment, course: Project) -> None:
    for (row, column), text in table(prevalence.documents[0].text).items():
        sex, age = GROUPS.get(column) or ("ensemble", re.match(r"[\d-]+", column)[0])
        where = {**SURVEY, "produit": PRODUCTS.get(row, "cannabis"), "sexe": sex, "age": age}
        wanted = "effectif" if row == "Personnes interrogées" else "valeur_pct"
        assert number(text) == data.lookup("prevalences", where, wanted, course), (row, column)


def test_intervals_of_the_overlap_question_are_those_of_the_survey(prevalence: Assignment, course: Project) -> None:
    for text in prevalence.item("chevauchement").question.options():
        product, rest = text.split(",", 1)
        groups = re.findall(r"(?:([0-9]+-[0-9]+)\sans|(hommes|femmes)) \(([0-9,]+) à ([0-9,]+)\)", rest)
        assert len(groups) == 2, text
        for age, sex, low, high in groups:
            where = {**SURVEY, "produit": PRODUCTS[product], "sexe": sex or "ensemble", "age": age or "ensemble"}
            known = (data.lookup("prevalences", where, name, course) for name in ("valeur_pct", "effectif", "arrondi"))
            assert [number(low), number(high)] == wilson(*known), text


def test_numbers_of_users_are_in_their_cells(prevalence: Assignment, course: Project) -> None:
    shown = table(prevalence.documents[2].text)
    columns = dict.fromkeys(column for _, column in shown)
    indicators = dict(zip(columns, ("experimentation", "annee", "regulier"), strict=True))
    for (row, column), text in shown.items():
        where = {"annee": 2014, "champ": "11-75 ans", "produit": PRODUCTS[row], "indicateur": indicators[column]}
        assert number(text) == data.lookup("effectifs_usagers", where, "effectif", course), (row, column)
