"""The small-group rules, case by case; random rooms are in test_anonymat.py."""

import pytest

from mallette.seance import disclosure
from mallette.seance.disclosure import near_unanimity, protect, share_class, share_classes, subtractable
from tests.seance import attacker


@pytest.mark.parametrize(("counts", "most"), [([12, 0], 0), ([1, 11], 1), ([2, 10, 0], 1), ([3, 9], None), ([2, 3], 1)])
def test_all_but_two_people_are_almost_everybody(counts, most):
    assert near_unanimity(counts) == most


@pytest.mark.parametrize(("before", "after", "told"), [(20, 20, False), (20, 19, True), (16, 20, True), (20, 15, False),
                                                       (4, 5, False)])
def test_two_displays_are_subtractable_when_one_to_four_people_differ(before, after, told):
    assert subtractable(before, after) is told


def test_a_class_of_shares_holds_its_lower_end_only():
    assert share_class(4, 20, 20) == ((20, 40), (4, 7))
    assert share_class(20, 20, 20) == ((80, 100), (16, 20))


def test_ten_points_are_too_fine_for_a_small_room():
    """50 % of 12 people is 6 people: a share of ten points would tell the count."""
    assert share_classes([6, 7], 13, [1, 11], 12) == [(25, 50), (50, 75)]
    assert share_classes([33, 27], 60, [10, 49], 59) == [(50, 60), (40, 50)]
    assert share_classes([30, 30], 60, [10, 49], 59) == [(40, 60), (40, 60)]  # twice 50 to 60 % would be 50 %


def test_classes_are_wide_enough_to_hide_the_one_who_came():
    """5 of 19, then 6 of 20: two classes would meet between 5 and 6."""
    shares = share_classes([6, 14], 20, [5, 14], 19)
    assert shares == share_classes([5, 15], 20, [5, 14], 19)


def test_no_classes_when_none_hides_the_one_who_came():
    assert share_classes([3, 3], 6, [2, 3], 5) is None


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
