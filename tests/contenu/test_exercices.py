"""The graded exercises as they are written: sound, balanced, and true to the tables they copy."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from mallette import data
from mallette.checks.exercises import check
from mallette.grading.questions import Question, questions
from mallette.prevalence import wilson
from tests.grading.copies import cell, read, right_answers

SOURCES = sorted((Path(__file__).resolve().parents[2] / "exercices" / "source").glob("*/*.ipynb"))
SURVEY = {"annee": 2014, "champ": "18-64 ans", "indicateur": "experimentation", "serie": True}
PRODUCTS = {"Cannabis": "cannabis", "Cocaïne": "cocaine", "Héroïne": "heroine"}
GROUPS = {"Ensemble": ("ensemble", "ensemble"), "Hommes": ("hommes", "ensemble"), "Femmes": ("femmes", "ensemble")}


@pytest.fixture(params=SOURCES, ids=[path.stem for path in SOURCES])
def notebook(request: pytest.FixtureRequest) -> nbformat.NotebookNode:
    return read(request.param)


def table(markdown: str) -> dict[tuple[str, str], str]:
    """Return (row label, column label) → text of the only table of a document."""
    lines = [
        [part.strip() for part in line.strip("|").split("|")] for line in markdown.splitlines() if line.startswith("|")
    ]
    header, _, *rows = lines
    return {(row[0], column): text for row in rows for column, text in zip(header[1:], row[1:], strict=True)}


def number(text: str) -> float | None:
    return None if text == "//" else float(re.sub(r"[\s€]", "", text).replace(",", "."))


def of_kind(found: list[Question], *kinds: str) -> list[Question]:
    return [question for question in found if question.kind in kinds]


def test_sources_have_no_fault(course):
    assert not check(course), "\n".join(map(str, check(course)))


def test_an_assignment_fits_one_sitting_and_mixes_kinds(notebook):
    found = questions(notebook)
    checked = of_kind(found, "choix", "liste", "nombre")
    assert 6 <= len(checked) <= 8
    assert 10 <= sum(question.points for question in checked) <= 12
    assert len(of_kind(found, "texte")) == 1
    assert {question.kind for question in found} == {"choix", "liste", "nombre", "texte"}


def test_always_the_same_letter_does_not_pay(notebook):
    """Ticking one letter everywhere earns less than half of the points of the choice questions."""
    choices = of_kind(questions(notebook), "choix")
    right = right_answers(notebook)
    for letter in "abcd":
        earned = sum(question.points for question in choices if right[question.id] == letter)
        assert earned <= sum(question.points for question in choices) / 2


def test_prevalences_of_the_table_are_in_their_cells(course):
    shown = table(cell(read(course.exercises / "source/prevalence/prevalence.ipynb"), "document-1").source)
    for (row, column), text in shown.items():
        sex, age = GROUPS.get(column) or ("ensemble", re.match(r"[\d-]+", column)[0])
        where = {**SURVEY, "produit": PRODUCTS.get(row, "cannabis"), "sexe": sex, "age": age}
        wanted = "effectif" if row == "Personnes interrogées" else "valeur_pct"
        assert number(text) == data.lookup("prevalences", where, wanted, course), (row, column)


def test_intervals_of_the_overlap_question_are_those_of_the_survey(course):
    choices = questions(read(course.exercises / "source/prevalence/prevalence.ipynb"))[6].choices
    for text in choices.values():
        product, rest = text.split(",", 1)
        groups = re.findall(r"(?:([0-9]+-[0-9]+)\sans|(hommes|femmes)) \(([0-9,]+) à ([0-9,]+)\)", rest)
        assert len(groups) == 2, text
        for age, sex, low, high in groups:
            where = {**SURVEY, "produit": PRODUCTS[product], "sexe": sex or "ensemble", "age": age or "ensemble"}
            known = (data.lookup("prevalences", where, name, course) for name in ("valeur_pct", "effectif", "arrondi"))
            assert [number(low), number(high)] == wilson(*known), text


def test_numbers_of_users_are_in_their_cells(course):
    shown = table(cell(read(course.exercises / "source/prevalence/prevalence.ipynb"), "document-3").source)
    columns = dict.fromkeys(column for _, column in shown)
    indicators = dict(zip(columns, ("experimentation", "annee", "regulier"), strict=True))
    for (row, column), text in shown.items():
        where = {"annee": 2014, "champ": "11-75 ans", "produit": PRODUCTS[row], "indicateur": indicators[column]}
        assert number(text) == data.lookup("effectifs_usagers", where, "effectif", course), (row, column)


def test_the_minimum_wage_of_the_table_is_complete_between_its_dates(course):
    """A wage that takes effect between two lines of the table would make "until the next line" false."""
    shown = table(cell(read(course.exercises / "source/taux-horaire/taux-horaire.ipynb"), "document-2").source)
    published = [
        (row["smic_horaire_brut"], row["smic_horaire_net_approx"])
        for row in data.rows("smic", course)
        if 2023 <= row["date_effet"].year <= 2024
    ]
    dates = list(dict.fromkeys(date for date, _ in shown))
    columns = list(dict.fromkeys(column for _, column in shown))
    assert [tuple(number(shown[date, column]) for column in columns) for date in dates] == published
