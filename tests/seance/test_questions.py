"""What a séance can ask: one question of position an objective, then the bank."""

from __future__ import annotations

import pytest

from mallette import units
from mallette.checks import typography
from mallette.faults import ContentError
from mallette.seance.questions import POSITIONNEMENT, QUIZ, SATISFACTION, questions_of
from tests.seance.conftest import UNIT


def test_each_objective_gets_a_question_then_the_bank_follows(room_course):
    asked = questions_of(units.unit(UNIT, room_course))
    assert [item.question.id for item in asked if item.group == POSITIONNEMENT] == ["position-o1", "position-o2"]
    assert list(dict.fromkeys(item.group for item in asked[2:])) == [QUIZ, SATISFACTION]
    assert [item.question.id for item in asked[2:4]] == ["definition", "champs"]
    assert "Lire un chiffre »" in asked[0].question.prompt, "no full stop inside a sentence"


def test_a_question_of_position_has_five_points_and_no_right_answer(room_course):
    question = questions_of(units.unit(UNIT, room_course))[0].question
    assert len(question.without_answers()["echelle"]) == len(question.content["retours"]) == 5
    assert [question.valid(point) for point in range(-1, 6)] == [False, *[True] * 5, False]
    assert not question.scored
    assert question.verdict(0) is None


def test_generated_texts_are_typeset(course):
    texts = [
        text
        for unit in units.units(course)
        for item in questions_of(unit)
        if item.group == POSITIONNEMENT
        for text in (item.question.prompt, *item.question.content["echelle"], *item.question.content["retours"])
    ]
    assert typography.faults_in(enumerate(texts), "positionnement") == []


def test_a_question_of_the_bank_may_not_take_a_generated_name(small_course, replace_in):
    unit = units.unit(UNIT, small_course)
    replace_in(unit.quiz, "id: pluie", "id: position-o1")
    with pytest.raises(ContentError, match="position-o1"):
        questions_of(unit)


def test_a_broken_bank_is_told(small_course, replace_in):
    unit = units.unit(UNIT, small_course)
    replace_in(unit.quiz, "reponse: vrai", "reponse: peut-être")
    with pytest.raises(ContentError, match="reponse"):
        questions_of(unit)
