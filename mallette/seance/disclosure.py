"""Small-group rules: what counts may be shown so that nobody's answer can be worked out. Pure functions on counts.

Rules and the attacks behind them: notes/reliability.md §3.2. Tables follow Hundepool et al., *Statistical Disclosure
Control*, Wiley, 2012, ch. 4: primary and complementary suppression, then an audit of the bounds that an attacker can
compute. The attacker knows every display of the séance and how many people answered what.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

MINIMUM = 5
"""Answers below which nothing is shown."""
POSSIBLE_VALUES = 3
"""Values that a hidden count must at least be able to take."""
DOUBT = POSSIBLE_VALUES - 1
"""People who may stand elsewhere than it seems: those that “almost everybody” leaves out, those who may have changed
their minds between two rounds that look alike."""
Interval = tuple[int, int]
"""Lowest and highest integer, both included."""
Matrix = Sequence[Sequence[int]]


def enough(answers: int) -> bool:
    """Tell whether a group of ``answers`` people may be shown at all."""
    return answers >= MINIMUM


def near_unanimity(counts: Sequence[int]) -> int | None:
    """Return the index of the answer that all but two people at most gave, ``None`` when there is none.

    On a sensitive question such a group is shown alike whether 0, 1 or 2 people differ: three possible values, so that
    “almost everybody” never means 100 %. ``counts`` are those of exclusive answers, five at least in all.
    """
    most = max(counts)
    return counts.index(most) if sum(counts) - most <= DOUBT else None


# Two rounds of one question ---------------------------------------------------------------------------------------
#
# People are compared, not numbers of answers: one who leaves and one who comes keep the total. Whoever supposes that
# those who answered both rounds did not change their minds subtracts the two displays, and what is left is the answers
# of those who answered one only. So every second round that this supposition allows (two changes of mind more, at
# most) is shown in one and the same way: by intervals that follow from what is public already, the first display and
# how many people came and left. Any other second round shows that more people changed their minds, and may be shown.


def tells_of_few(left: int, came: int, both: int, fewest: int) -> bool:
    """Tell whether subtracting two rounds would tell of a group smaller than ``fewest``.

    Args:
        left, came: people who answered the round published first only, the other one only.
        both: people who answered both; when some left and some came, they are a group to be found too.
    """
    return any(0 < group < fewest for group in (left, came, both if left and came else 0))


def as_displayed(counts: Sequence[int], sensitive: bool) -> list[Interval]:
    """Return the counts that the display of a round, taken alone, leaves possible."""
    most = near_unanimity(counts) if sensitive else None
    if most is None:
        return [(count, count) for count in counts]
    total = sum(counts)
    return [(total - DOUBT, total) if place == most else (0, DOUBT) for place in range(len(counts))]


def look_alike(published: Sequence[Interval], left: int, came: int, total: int, sensitive: bool) -> list[Interval]:
    """Return the counts of the second rounds that may not be told apart. They depend on what is public alone.

    Each count has three values at least. On a sensitive question, “almost everybody” hides which of several rooms it
    stands for: all of them are within the bounds, or none.

    Args:
        published: counts that the round published first leaves possible (:func:`as_displayed`).
        left, came: people who answered that round only, the second one only.
        total: answers of the second round.
    """
    bounds = [(max(0, low - left - DOUBT), min(total, high + came + DOUBT)) for low, high in published]
    before = None
    while sensitive and bounds != before:
        before = bounds
        for most, (low, high) in enumerate(bounds):
            if high >= total - DOUBT and sum(least for least, _ in bounds) - low <= DOUBT:
                bounds = [(min(ends[0], total - DOUBT), total) if place == most else (0, max(ends[1], DOUBT))
                          for place, ends in enumerate(bounds)]
    return bounds


# Tables -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """A table of counts as it may be shown.

    Attributes:
        cells: what is shown of each cell, row by row: a count ``(12, 12)``, a class ``(10, 14)``, ``None`` if hidden.
        exact: whether cells that are shown are counts, not classes.
    """

    cells: tuple[tuple[Interval | None, ...], ...]
    exact: bool


def protect(counts: Matrix, rows: Sequence[int], columns: Sequence[int]) -> Table | None:
    """Return how a table of two questions may be shown, ``None`` when it cannot.

    Counts if at least half of them may stay once small ones, and others with them, are hidden; classes of five people
    otherwise. The totals of each question alone are public. They may exceed those of the table, by the people who
    answered one question only: when they are fewer than five, the table must teach nothing of them.

    Args:
        counts: people who answered both, row by row.
        rows, columns: people by answer to each question, as published.
    """
    if any(not enough(total) for total in (*rows, *columns)):
        return None
    whole = _with_single_answers(counts, rows, columns)
    size = len(rows) * len(columns)
    hidden = {(i, j) for i, row in enumerate(counts) for j, count in enumerate(row) if count < MINIMUM}
    while (leak := _leak(whole, _exact_bounds(whole, hidden), hidden)) is not None:
        shown = [place for place in _places(counts) if place not in hidden]
        if 2 * len(shown) <= size:
            break
        near = [place for place in shown if place[0] == leak[0] or place[1] == leak[1]]
        hidden.add(min(near or shown, key=lambda place: (_lonely({*hidden, place}), counts[place[0]][place[1]], place)))
    if leak is None and 2 * len(hidden) <= size:
        return Table(_rows(counts, lambda i, j: None if (i, j) in hidden else (counts[i][j],) * 2), exact=True)
    if _leak(whole, _class_bounds(whole), set(_places(counts))) is None:
        return Table(_rows(counts, lambda i, j: _class_of_five(counts[i][j])), exact=False)
    return None


def possible_values(values: Matrix, lows: Matrix, highs: Matrix, place: tuple[int, int]) -> Interval:
    """Return the least and greatest value of a cell over all tables with the totals of ``values`` and these bounds.

    Every integer between the two is possible too (totals of rows and columns make a network: Cox, "Network models for
    complementary cell suppression", JASA 90, 1995). ``values`` is one such table.
    """
    i, j = place
    return values[i][j] - _room(values, lows, highs, place, -1), values[i][j] + _room(values, lows, highs, place, 1)


def _leak(whole: Matrix, bounds: tuple[Matrix, Matrix], hidden: set[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the first cell that may be worked out, ``None`` when there is none."""
    last_row, last_column = len(whole) - 1, len(whole[0]) - 1
    for place in sorted(hidden):
        low, high = possible_values(whole, *bounds, place)
        if high - low + 1 < POSSIBLE_VALUES:
            return place
    unknown = _exact_bounds(whole, set(_places(whole)) - {(last_row, last_column)})
    singles = [(i, last_column) for i in range(last_row)], [(last_row, j) for j in range(last_column)]
    for group in singles:
        people = sum(whole[i][j] for i, j in group)
        for place in group if people else []:
            low, high = possible_values(whole, *bounds, place)
            prior = possible_values(whole, *unknown, place)
            if (low, high) != prior and (not enough(people) or high - low + 1 < POSSIBLE_VALUES):
                return place
    return None


def _lonely(hidden: set[tuple[int, int]]) -> int:
    """Return how many rows and columns hide one cell only: a subtraction would find it."""
    rows, columns = Counter(i for i, _ in hidden), Counter(j for _, j in hidden)
    return sum(count == 1 for count in (*rows.values(), *columns.values()))


def _with_single_answers(counts: Matrix, rows: Sequence[int], columns: Sequence[int]) -> list[list[int]]:
    """Return the table with a column and a row for the people who answered one question only."""
    whole = [[*row, total - sum(row)] for row, total in zip(counts, rows, strict=True)]
    last = [total - sum(column) for column, total in zip(zip(*counts, strict=True), columns, strict=True)]
    if any(row[-1] < 0 for row in whole) or any(count < 0 for count in last):
        raise ValueError("a table holds more people than were published for one of its questions")
    return [*whole, [*last, 0]]


def _exact_bounds(whole: Matrix, hidden: set[tuple[int, int]]) -> tuple[Matrix, Matrix]:
    """Return the bounds of each cell: counts where shown, anything where hidden; single answers are never shown."""
    last = (len(whole) - 1, len(whole[0]) - 1)
    everybody = sum(map(sum, whole))

    def known(i: int, j: int) -> bool:
        return (i, j) == last or ((i, j) not in hidden and i != last[0] and j != last[1])

    places = [[known(i, j) for j in range(last[1] + 1)] for i in range(last[0] + 1)]
    lows = [[count if fixed else 0 for count, fixed in zip(*pair, strict=True)]
            for pair in zip(whole, places, strict=True)]
    highs = [[count if fixed else everybody for count, fixed in zip(*pair, strict=True)]
             for pair in zip(whole, places, strict=True)]
    return lows, highs


def _class_bounds(whole: Matrix) -> tuple[Matrix, Matrix]:
    lows, highs = _exact_bounds(whole, set(_places(whole)) - {(len(whole) - 1, len(whole[0]) - 1)})
    for i, row in enumerate(whole[:-1]):
        for j, count in enumerate(row[:-1]):
            lows[i][j], highs[i][j] = _class_of_five(count)
    return lows, highs


def _class_of_five(count: int) -> Interval:
    low = count // MINIMUM * MINIMUM
    return low, low + MINIMUM - 1


def _places(matrix: Matrix) -> Iterator[tuple[int, int]]:
    return ((i, j) for i, row in enumerate(matrix) for j in range(len(row)))


def _rows(matrix: Matrix, cell: Callable[[int, int], Interval | None]) -> tuple[tuple[Interval | None, ...], ...]:
    return tuple(tuple(cell(i, j) for j in range(len(row))) for i, row in enumerate(matrix))


def _room(values: Matrix, lows: Matrix, highs: Matrix, place: tuple[int, int], sign: int) -> int:
    """Return by how much a cell can move up (``sign`` 1) or down (−1), totals kept, along shortest augmenting paths."""
    table = [list(row) for row in values]
    i, j = place
    wanted = highs[i][j] - values[i][j] if sign > 0 else values[i][j] - lows[i][j]
    moved = 0

    def slack(a: int, b: int, step: int) -> int:
        if (a, b) == place:
            return 0
        return highs[a][b] - table[a][b] if step > 0 else table[a][b] - lows[a][b]

    while moved < wanted:
        path = _path(len(table), len(table[0]), place, lambda a, b, step: slack(a, b, step * sign) > 0)
        if not path:
            break
        push = min(wanted - moved, *(slack(a, b, step * sign) for a, b, step in path))
        for a, b, step in path:
            table[a][b] += step * sign * push
        moved += push
    return moved


def _path(
    height: int, width: int, place: tuple[int, int], usable: Callable[[int, int, int], bool]
) -> list[tuple[int, int, int]]:
    """Return cells to lower and raise in turn so that ``place`` may go up, empty when there are none.

    Raising a cell leaves its column one too many: leave the column by a cell to lower, its row by a cell to raise,
    until the row of ``place`` is reached.
    """
    row, column = place
    start = ("column", column)
    came: dict[tuple[str, int], tuple[tuple[str, int], tuple[int, int, int]]] = {}
    queue = deque([start])
    while queue:
        kind, here = queue.popleft()
        steps = (
            [(("row", a), (a, here, -1)) for a in range(height)] if kind == "column"
            else [(("column", b), (here, b, 1)) for b in range(width)]
        )
        for node, step in steps:
            if node == start or node in came or not usable(*step):
                continue
            came[node] = ((kind, here), step)
            if node == ("row", row):
                path = []
                while node != start:
                    node, step = came[node]
                    path.append(step)
                return path
            queue.append(node)
    return []
