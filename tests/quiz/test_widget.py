"""The widget seen from Python: what it sends to a page, and what is read without JavaScript."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from mallette import units
from mallette.faults import ContentError
from mallette.quiz import bank
from mallette.widgets import Quiz

HERE = Path(__file__).parent
WITH_BANK = [unit.slug for unit in units.units() if unit.quiz.is_file()]


@pytest.fixture
def quiz():
    return Quiz(HERE / "banque.yml")


@pytest.fixture
def questions():
    """The questions of the same bank, with their answers."""
    return bank.load(HERE / "banque.yml").public()["questions"]


def test_every_bank_of_the_course_makes_a_quiz():
    assert WITH_BANK, "aucune unité n’a de quiz.yml"
    for slug in WITH_BANK:
        unit = units.unit(slug)
        quiz = Quiz(slug)
        assert quiz.identifiant == f"quiz-{slug}"
        assert set(quiz.banque["objectifs"]) <= {item.id for item in unit.objectives}
        assert len(quiz.banque["questions"]) == len(bank.load_unit(unit).questions)


def test_some_questions_under_another_title():
    quiz = Quiz(HERE / "banque.yml", questions=["aise", "champs"], titre="Pour finir")
    assert [item["id"] for item in quiz.banque["questions"]] == ["aise", "champs"]
    assert quiz.banque["titre"] == "Pour finir"
    assert "Pour finir" in quiz.text()


def test_an_unknown_unit_question_or_a_broken_bank_is_refused():
    with pytest.raises(LookupError, match="^aucune unité «\u00a0"):
        Quiz("99-nulle-part")
    with pytest.raises(LookupError, match="aucune question"):
        Quiz(HERE / "banque.yml", questions=["absente"])
    with pytest.raises(ContentError, match="aucun choix n’est juste"):
        Quiz(HERE.parent / "cas" / "quiz" / "aucun_juste.yml")


def test_the_page_carries_the_state_and_no_tag_of_the_bank():
    page = Quiz(HERE / "banque_html.yml").static_html()
    state = re.search(r'<script type="application/json">(.*?)</script>', page, re.DOTALL).group(1)
    assert json.loads(state)["banque"]["questions"][0]["reponse"] == "vrai"
    assert "<img" not in page
    assert page.count("</script") == 1


def test_on_paper_questions_come_first_and_answers_are_folded_away(quiz, questions):
    asked, answers = quiz.fallback_html().split("<details>")
    for item in questions:
        assert item["enonce"].split("«")[0] in asked
    assert "checked" not in asked and "Juste" not in asked
    told = [item["choix"][0]["explication"] for item in questions if "choix" in item]
    assert told and not [text for text in told if text in asked]
    assert not [text for text in told if text not in answers]


def test_on_paper_an_order_is_not_printed_in_the_right_order(quiz, questions):
    right = [item["texte"] for item in questions[5]["elements"]]
    asked = quiz.fallback_html().split("<details>")[0]
    places = [asked.index(f"> {text}<") for text in right]
    assert places != sorted(places)


def test_plain_text_holds_questions_then_answers(quiz, questions):
    asked, answered = quiz.text().split("Réponses et explications")
    value = questions[4]["valeur"]
    assert f"{value:g}\u202f%" not in asked
    assert f"Valeur publiée\u00a0: {value:g}\u202f%" in answered
    assert "<" not in quiz.text()


def test_voila_gets_no_static_form_which_weighs_more_than_its_page(quiz, questions, monkeypatch):
    assert questions[0]["choix"][0]["explication"] in quiz._repr_mimebundle_()[0]["text/html"]
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")
    data = quiz._repr_mimebundle_()[0]
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "text/html" not in data
