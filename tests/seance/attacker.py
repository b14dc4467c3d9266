"""What someone who sees every display can work out: by enumeration, knowing nothing of the program's own audit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from mallette.seance.displays import Bar, Result


def compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to share ``total`` people among ``parts`` answers."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, parts - 1):
            yield (first, *rest)


def fits(bar: Bar, count: int, total: int) -> bool:
    """Tell whether ``count`` people of ``total`` may stand behind what a bar shows, words, drawing and all."""
    if bar.count is not None:
        return count == bar.count
    if "presque" in bar.shown:
        return count <= 2 if bar.shown.startswith("personne") else count >= total - 2
    figures = [int(figure) for figure in re.findall(r"\d+", bar.shown)]
    low = 0 if bar.shown.endswith("moins") else figures[0]
    high = 100 if bar.shown.endswith("plus") else figures[-1]
    people = [int(figure) for figure in re.findall(r"\d+", bar.people)]
    least = 0 if bar.people.endswith("plus") else people[0]
    return low <= Fraction(100 * count, total) <= high and least <= count <= people[-1]


def readings(shown: Result, total: int) -> list[tuple[int, ...]]:
    """Every count of exclusive answers that agrees with a result of ``total`` answers."""
    bars = sorted(shown.bars, key=lambda bar: bar.key)
    return [
        counts
        for counts in compositions(total, len(bars))
        if all(fits(bar, count, total) for bar, count in zip(bars, counts, strict=True))
    ]


Counts = tuple[int, ...]


@dataclass(frozen=True)
class Rule:
    """A program that shows two rounds; the attacker runs it on every room he can imagine, and reads no line of it.

    Attributes:
        first: counts → what is shown of the round published first.
        second: counts of both → what is shown of the other one.
    """

    first: Callable[[Counts], Hashable]
    second: Callable[[Counts, Counts], Hashable]


def changes(counts: Counts, most: int) -> set[Counts]:
    """Every count that ``most`` people at most, by changing their minds, may make of ``counts``."""
    found = {counts}
    for _ in range(most):
        found |= {
            tuple(n - (k == one) + (k == other) for k, n in enumerate(room))
            for room in found
            for one in range(len(counts))
            for other in range(len(counts))
            if room[one]
        }
    return found


def subtracted(rule: Rule, left: int, came: int, both: int, answers: int, most: int = 0) -> list[str]:
    """Return what two rounds give away, sequences of displays that occur in some room.

    The attacker knows who answered which round. He enumerates all rooms, then asks two things of each pair of displays:

    * whatever people did between the rounds, does the second one tell more of what the first one hid?
    * if those who answered both changed ``most`` minds at most, does it tell anything of the answers of those who
      answered one only, or of those who answered both?
    """
    rooms = {size: list(compositions(size, answers)) for size in {left, came, both, left + both, came + both}}
    firsts = {before: rule.first(before) for before in rooms[left + both]}
    seconds = {(before, after): rule.second(before, after) for before in firsts for after in rooms[came + both]}
    found = []

    hidden, still = defaultdict(set), defaultdict(set)
    for before, shown in firsts.items():
        hidden[shown].add(before)
    for (before, _after), shown in seconds.items():
        still[firsts[before], shown].add(before)
    found += [
        f"{first}, then {second}: the first was one of {len(hidden[first])} rooms, now of {len(rest)}"
        for (first, second), rest in still.items()
        if rest != hidden[first]
    ]

    def added(one: Counts, other: Counts) -> Counts:
        return tuple(a + b for a, b in zip(one, other, strict=True))

    prior, posterior = defaultdict(set), defaultdict(set)
    for stayed in rooms[both]:
        later = changes(stayed, most)
        for gone in rooms[left]:
            before = added(stayed, gone)
            for new in rooms[came]:
                groups = ("left", gone), ("came", new), ("stayed", stayed)
                for group, given in groups:
                    prior[group, firsts[before]].add(given)
                for after in {added(room, new) for room in later}:
                    for group, given in (*groups, ("left and came", (gone, new))):
                        posterior[group, firsts[before], seconds[before, after]].add(given)
    for (group, first, second), rest in posterior.items():
        if group == "left and came":
            wanted = {(gone, new) for gone in prior["left", first] for new in prior["came", first]}
        else:
            wanted = prior[group, first]
        if rest != wanted and not (group == "stayed" and not (left and came)):
            found.append(f"{first}, then {second}: the {group} gave one of {sorted(rest)}, of {len(wanted)} before")
    return found
