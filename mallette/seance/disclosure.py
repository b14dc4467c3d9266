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
WIDTHS = (10, 20, 25, 50)
"""Widths of classes of shares, in points: the finest that is safe is taken."""

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
    return counts.index(most) if sum(counts) - most < POSSIBLE_VALUES else None


def subtractable(before: int, after: int) -> bool:
    """Tell whether two displays of ``before`` and ``after`` answers differ by a group too small to be shown."""
    return enough(before) and 0 < abs(after - before) < MINIMUM


# Shares by classes ------------------------------------------------------------------------------------------------


def share_class(count: int, total: int, width: int) -> tuple[Interval, Interval]:
    """Return the class of a share in points, ``(20, 40)``, and the counts that fall in it.

    The lower end is included, the upper one is not, but for 100.
    """
    place = min(100 * count // (width * total), 100 // width - 1)
    low, high = place * width, (place + 1) * width
    lowest = -(-low * total // 100)
    highest = total if high == 100 else -(-high * total // 100) - 1
    return (low, high), (lowest, highest)


def share_classes(
    counts: Sequence[int], total: int, before: Sequence[int], total_before: int, exclusive: bool = True
) -> list[Interval] | None:
    """Return classes of shares (points) that may follow a display of nearly the same people, or ``None``.

    Rounding alone does not protect: with ``total``, 50 % of 12 people is 6 people. Two conditions are checked:

    * each count keeps three possible values;
    * if nobody but those who came or left changed anything, the classes say nothing of the answers of these: either
      all their answers are possible, or that story is (others did change).

    Args:
        counts: people by answer; ``total``: people who answered.
        before, total_before: the same in the display already published.
        exclusive: whether each person is in one count only.
    """
    for width in WIDTHS:
        classes = [share_class(count, total, width) for count in counts]
        possible = [interval for _, interval in classes]
        if _loose(possible, total, exclusive) and _silent(possible, before, total - total_before, exclusive):
            return [points for points, _ in classes]
    return None


def _loose(possible: Sequence[Interval], total: int, exclusive: bool) -> bool:
    """Tell whether each count keeps enough values once the others and the total are taken into account."""
    lows, highs = [sum(ends) for ends in zip(*possible, strict=True)]
    for low, high in possible:
        least = max(low, total - (highs - high))  # everybody gave an answer at least
        most = min(high, total - (lows - low)) if exclusive else high
        if most - least + 1 < POSSIBLE_VALUES:
            return False
    return True


def _silent(possible: Sequence[Interval], before: Sequence[int], change: int, exclusive: bool) -> bool:
    """Tell whether the classes teach nothing of the people who came (or left), all others answering as before."""
    moves, free = [], True
    for (low, high), count in zip(possible, before, strict=True):
        if change > 0:
            most, least, limit = min(change, high - count), max(0, low - count), change
        else:
            most, least, limit = min(-change, count, count - low), max(0, count - high), min(-change, count)
        moves.append((least, most))
        free = free and (least, most) == (0, limit)
    if free:
        return True
    if any(least > most for least, most in moves):
        return True
    fewest, largest = [sum(ends) for ends in zip(*moves, strict=True)]
    return exclusive and not fewest <= abs(change) <= largest


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
