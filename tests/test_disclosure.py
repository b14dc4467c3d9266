"""The small-group rules, case by case; random rooms are in test_anonymat.py."""

import pytest

from mallette.disclosure import as_displayed, look_alike, near_unanimity, tells_of_few


@pytest.mark.parametrize(("counts", "most"), [([12, 0], 0), ([1, 11], 1), ([2, 10, 0], 1), ([3, 9], None), ([2, 3], 1)])
def test_all_but_two_people_are_almost_everybody(counts, most):
    assert near_unanimity(counts) == most


@pytest.mark.parametrize(
    ("left", "came", "both", "told"),
    [
        (0, 0, 20, False),
        (1, 0, 19, True),
        (1, 1, 18, True),
        (5, 4, 15, True),
        (5, 0, 15, False),
        (5, 5, 10, False),
        (12, 0, 3, False),
        (12, 12, 3, True),
    ],
)
def test_a_subtraction_tells_of_a_group_of_one_to_four_people(left, came, both, told):
    assert tells_of_few(left, came, both, 5) is told


def test_almost_everybody_leaves_three_values_to_each_count():
    assert as_displayed([1, 11], sensitive=True) == [(0, 2), (10, 12)]
    assert as_displayed([1, 11], sensitive=False) == [(1, 1), (11, 11)]


def test_rounds_look_alike_when_two_people_at_most_changed_their_minds_beside_those_who_left_or_came():
    assert look_alike([(8, 8), (10, 10), (0, 0)], 1, 0, 17, True) == [(5, 10), (7, 12), (0, 2)]
    assert look_alike([(8, 8), (10, 10), (0, 0)], 1, 1, 18, True) == [(5, 11), (7, 13), (0, 3)]
    assert look_alike([(0, 2), (18, 20)], 0, 1, 21, True) == [(0, 5), (16, 21)]


def test_bounds_hold_all_of_what_almost_everybody_hides_or_none():
    """(9, 2) and (10, 1) look like (8, 4), one of whom left: then (11, 0), shown as they are, does too."""
    assert look_alike([(8, 8), (4, 4)], 1, 0, 11, sensitive=False) == [(5, 10), (1, 6)]
    assert look_alike([(8, 8), (4, 4)], 1, 0, 11, sensitive=True) == [(5, 11), (0, 6)]
