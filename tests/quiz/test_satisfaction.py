"""The questionnaire of satisfaction: asked in any séance, never mixed up with a unit's questions."""

from __future__ import annotations

import shutil

import pytest

from mallette import units
from mallette.faults import ContentError
from mallette.quiz import satisfaction
from mallette.seance.questions import SATISFACTION, questions_of
from tests.conftest import ROOT
from tests.seance.conftest import UNIT


def test_it_is_asked_last_and_scores_nobody(small_course):
    shutil.copy(ROOT / "data" / "satisfaction.yml", small_course.satisfaction)
    asked = questions_of(units.unit(UNIT, small_course))
    opinions = [item.question for item in asked if item.group == SATISFACTION]
    assert opinions and [item.question for item in asked[-len(opinions) :]] == opinions
    assert not any(question.scored or question.objective for question in opinions)
    assert any(question.written for question in opinions), "a free expression is expected"


def test_a_course_may_do_without(small_course):
    small_course.satisfaction.unlink(missing_ok=True)
    assert satisfaction.load(small_course) == ()
    assert SATISFACTION not in {item.group for item in questions_of(units.unit(UNIT, small_course))}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("id: satisfaction-usage", "id: pluie", "satisfaction-"),
        ("id: satisfaction-usage", "id: satisfaction-attentes", "satisfaction-"),
        ("type: reflexion", "type: vrai_faux", "type"),
        ("echelle: [trop lent, ", "echelle: [", "retours"),
    ],
)
def test_each_defect_is_told_with_its_line(small_course, replace_in, before, after, told):
    shutil.copy(ROOT / "data" / "satisfaction.yml", small_course.satisfaction)
    replace_in(small_course.satisfaction, before, after)
    with pytest.raises(ContentError, match=told) as error:
        questions_of(units.unit(UNIT, small_course))
    assert all(fault.line and fault.remedy for fault in error.value.faults)
