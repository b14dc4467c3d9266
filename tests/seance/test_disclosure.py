"""The small-group rules, case by case; random rooms are in test_anonymat.py."""

import pytest

from mallette.seance import disclosure
from mallette.seance.disclosure import as_displayed, look_alike, near_unanimity, protect, tells_of_few
from tests.seance import attacker


@pytest.mark.parametrize(("counts", "most"), [([12, 0], 0), ([1, 11], 1), ([2, 10, 0], 1), ([3, 9], None), ([2, 3], 1)])
def test_all_but_two_people_are_almost_everybody(counts, most):
    assert near_unanimity(counts) == most


@pytest.mark.parametrize(
    ("left", "came", "both", "told"),
    [(0, 0, 20, False), (1, 0, 19, True), (1, 1, 18, True), (5, 4, 15, True), (5, 0, 15, False), (5, 5, 10, False),
     (12, 0, 3, False), (12, 12, 3, True)],
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


def test_a_table_of_large_cells_is_shown_as_it_is():
    table = protect([[10, 6], [7, 12]], [16, 19], [17, 18])
    assert table.exact and table.cells == (((10, 10), (6, 6)), ((7, 7), (12, 12)))


def test_other_cells_are_hidden_with_a_small_one():
    table = protect([[12, 3, 6], [7, 12, 9], [2, 9, 8]], [21, 28, 19], [21, 24, 23])
    assert table.exact
    assert [[cell is None for cell in row] for row in table.cells] == [
        [True, True, False], [False, False, False], [True, True, False],
    ]  # fmt: skip


def test_classes_of_five_when_too_much_would_be_hidden():
    table = protect([[12, 3], [4, 11]], [15, 15], [16, 14])
    assert not table.exact and table.cells == (((10, 14), (0, 4)), ((0, 4), (10, 14)))


@pytest.mark.parametrize(
    ("counts", "rows", "columns"),
    [
        ([[12, 3], [4, 11]], [15, 15], [16, 14]),  # safe by fives: the control
        ([[20, 0], [1, 19]], [20, 20], [21, 19]),  # everybody in a row gave the same answer
        ([[6, 6], [2, 2]], [12, 4], [8, 8]),  # a group of four
        ([[10, 10], [10, 10]], [21, 20], [20, 20]),  # one person answered the first question only
    ],
)
def test_what_is_shown_is_never_worked_out(counts, rows, columns):
    table = protect(counts, rows, columns)
    shown = counts == [[12, 3], [4, 11]]
    assert (table is not None) is shown
    if shown:
        assert not attacker.leaks(table.cells, counts, rows, columns)


def test_the_attacker_of_the_tests_sees_a_leak():
    """A test that finds nothing must be able to find something."""
    hidden = (((12, 12), None), ((6, 6), (11, 11)))
    assert attacker.leaks(hidden, [[12, 3], [6, 11]], [15, 17], [18, 14]) == ["cell (0, 1) is pinned"]


def test_a_table_larger_than_what_was_published_is_an_error():
    with pytest.raises(ValueError):
        protect([[10, 10], [10, 10]], [19, 20], [20, 20])


def test_bounds_are_those_of_all_tables_with_the_same_totals():
    values = [[3, 2], [4, 1]]
    bounds = disclosure.possible_values(values, [[0, 0], [0, 0]], [[9, 9], [9, 9]], (0, 0))
    assert bounds == (2, 5)
