"""What a class says of each question, against numbers worked out by hand."""

from __future__ import annotations

import math

import pytest

from mallette.grading import items
from mallette.grading.results import Class, Copy
from tests.grading import classes


def test_difficulty_is_a_count_with_wilsons_interval():
    # 9 of 12: centre (0.75 + 1.9208/12) / (1 + 3.8415/12) = 0.6894; half-width 0.2218: from 46.8 to 91.1 %.
    held = classes.of([*[(1, 2.0, 3.0)] * 9, *[(0, 0.0, 1.0)] * 3])
    choice, text = items.analyse(held)
    assert (choice.passed, choice.copies, choice.interval) == (9, 12, (46.8, 91.1))
    assert choice.mean == 1.5  # 9 × 2 ÷ 12
    assert (text.passed, text.copies, text.mean) == (9, 12, 2.5)


def test_a_text_of_half_its_points_counts_and_one_unread_does_not():
    choice, text = items.analyse(classes.of([(1, 2.0, 1.5), (1, 2.0, 1.0), (1, 2.0, None)]))
    assert (text.passed, text.copies, text.waiting, text.mean) == (1, 2, 1, 1.25)
    assert (choice.copies, choice.waiting) == (3, 0)


def test_a_copy_without_a_grade_is_in_no_number():
    held = classes.of([(1, 2.0, 3.0)])
    held = Class(held.assignment, (*held.copies, Copy("p9999", reason="à corriger")))
    assert [(found.copies, found.passed) for found in items.analyse(held)] == [(1, 1), (1, 1)]
    nobody = items.analyse(Class(held.assignment, (held.copies[-1],)))[0]
    assert (nobody.copies, nobody.interval, nobody.mean) == (0, None, None)


@pytest.mark.parametrize(("copies", "said"), [(19, ""), (20, "jamais choisi")])
def test_a_choice_that_nobody_ticked_is_told_from_twenty_answers(copies, said):
    held = classes.of([*[(1, 2.0, 3.0)] * (copies - 1), (0, 0.0, 3.0), (None, 0.0, 3.0)])
    found = items.analyse(held)[0]
    assert [(choice.count, choice.remark) for choice in found.choices] == [(1, ""), (copies - 1, ""), (0, said)]
    assert found.unanswered == 1
    assert items.analyse(held)[1].choices == ()


def test_correlation_is_pearsons_with_fishers_interval():
    # x = 1 2 3 4 5, y = 2 1 4 3 5: Σdxdy = 8, Σdx² = Σdy² = 10, r = 0.8;
    # atanh 0.8 = 1.0986, ± 1.96 ÷ √2 = 1.3859: tanh(−0.2873) = −0.2797, tanh(2.4845) = 0.9862.
    found = items.correlation([(1, 2), (2, 1), (3, 4), (4, 3), (5, 5)])
    assert found == pytest.approx((0.8, -0.2797, 0.9862), abs=1e-4)
    assert items.correlation([(1, 1), (1, 2), (1, 3), (1, 4)]) is None
    assert items.correlation([(1, -1), (2, -2), (3, -3), (4, -4)]) == pytest.approx((-1, -1, -1))


def test_discrimination_is_of_the_rest_alone_and_from_forty_copies():
    # Two questions: the rest of one is the other. 20 copies (2, 3), 10 (2, 0), 10 (0, 0):
    # in shares, p = 30/40, q = 20/40, both 20/40: φ = (0.5 − 0.75 × 0.5) ÷ √(0.75 × 0.25 × 0.5 × 0.5) = 0.5774.
    rows = [(1, 2.0, 3.0)] * 20 + [(1, 2.0, 0.0)] * 10 + [(0, 0.0, 0.0)] * 10
    choice, text = items.analyse(classes.of(rows))
    assert choice.discrimination and choice.discrimination[0] == pytest.approx(1 / math.sqrt(3))
    assert choice.discrimination[1:] == pytest.approx((0.3241, 0.7525), abs=1e-3)
    assert choice.discrimination == pytest.approx(text.discrimination)
    assert choice.why_not == ""


@pytest.mark.parametrize(
    "rows",
    [
        [(1, 2.0, 3.0)] * 20 + [(0, 0.0, 0.0)] * 19,  # one too few
        [(1, 2.0, 3.0)] * 39 + [(0, 0.0, None)] * 10,  # as many, once those whose text is not read are left out
        [(1, 2.0, 3.0)] * 40,  # nothing varies
    ],
)
def test_where_there_is_no_discrimination_a_sentence_says_why(rows):
    for found in items.analyse(classes.of(rows)):
        assert found.discrimination is None
        assert found.why_not
