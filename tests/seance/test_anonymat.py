"""R14 of the endurance bar: whatever a room answers, no sequence of displays tells what one person answered."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mallette.questions import Question, make
from mallette.seance.displays import BLURRED, EXACT, Result
from mallette.seance.results import Earlier, comparison, result
from tests.seance import attacker

LABELS = ["non", "plutôt non", "ni l’un ni l’autre", "plutôt oui", "oui"]


def opinion(labels: int) -> Question:
    content = {"echelle": LABELS[:labels], "retours": [""] * labels}
    return make("avis", "opinion", "o1", "Êtes-vous d’accord ?", content)


def choice(choices: int) -> Question:
    content = {"choix": [{"texte": f"choix {n}", "explication": "", "juste": n == 0} for n in range(choices)]}
    return make("choix", "choix_unique", "o1", "Lequel ?", content)


QUESTIONS = st.one_of(st.builds(opinion, st.integers(2, 4)), st.builds(choice, st.integers(2, 4)))


def labels_of(question: Question) -> int:
    return len(question.content.get("echelle") or question.content["choix"])


def endurance(quick: int, long: int):
    """Run a property on ``quick`` examples, and on ``long`` ones in the endurance run."""
    slow = pytest.param(long, marks=[pytest.mark.endurance, pytest.mark.timeout(1800)])
    return pytest.mark.parametrize("examples", [quick, slow])


def hold(examples: int, test) -> None:
    settings(max_examples=examples, deadline=None)(test)()


def counted(answers: list[int], labels: int) -> tuple[int, ...]:
    return tuple(answers.count(label) for label in range(labels))


@st.composite
def rooms(draw, labels: int, largest: int = 18) -> list[int]:
    """Answers of a room; a mode drawn first makes near-unanimous rooms as frequent as mixed ones."""
    mode, mixed = draw(st.integers(0, labels - 1)), draw(st.integers(0, 3))
    size = draw(st.integers(0, largest))
    others = draw(st.lists(st.integers(0, labels - 1), max_size=size if mixed else 3))
    return (others + [mode] * size)[:size]


def given_by(counts: tuple[int, ...]) -> list[int]:
    return [label for label, people in enumerate(counts) for _ in range(people)]


@st.composite
def two_rounds(draw) -> tuple[Question, list[int], list[int], int]:
    """A question and its two rounds: a few people leave, others come, a few change their minds."""
    question = draw(QUESTIONS)
    labels = labels_of(question)
    before = draw(rooms(labels))
    left, came = draw(st.integers(0, min(6, len(before)))), draw(st.integers(0, 6))
    both = len(before) - left
    after = before[:both]
    for place, label in draw(st.lists(st.tuples(st.integers(0, 30), st.integers(0, labels - 1)), max_size=6)):
        if after:
            after[place % both] = label
    after += draw(st.lists(st.integers(0, labels - 1), min_size=came, max_size=came))
    return question, before, after, both


@endurance(150, 4000)
def test_two_rounds_do_not_tell_one_answer(examples: int) -> None:
    @given(two_rounds())
    def run(case) -> None:
        question, before, after, both = case
        labels = labels_of(question)
        first, second = result(question, before), result(question, after, 2, before=Earlier(before, both))
        pair = comparison(question, first, second)
        assert (pair.before, pair.after) == (first, second)  # a comparison shows nothing else
        for shown, answers in ((first, before), (second, after)):
            total = len(answers)
            if total < 5:
                assert shown == result(question, [0] * total, shown.tour) or shown.withheld  # alike whatever was said
            if shown.withheld:
                assert not shown.bars and not shown.summary and not shown.precision
                continue
            possible = attacker.readings(shown, total)
            assert counted(answers, labels) in possible
            if shown.precision == EXACT:
                assert question.kind != "opinion" or total - max(counted(answers, labels)) > 2
                continue
            assert not re.search(r"\d", "".join(shown.summary))
            for label in range(labels):
                assert len({counts[label] for counts in possible}) >= 3, (shown.precision, label, possible)

    hold(examples, run)


def several(choices: int) -> Question:
    one = choice(choices)
    return make(one.id, "choix_multiple", one.objective, one.prompt, one.content)


@endurance(40, 800)
def test_those_who_came_or_left_cannot_be_found_by_subtraction(examples: int) -> None:
    """If nobody else changed anything, the second display is the same whatever those few people answered."""

    @given(st.data())
    def run(data) -> None:
        question = data.draw(st.one_of(QUESTIONS, st.builds(several, st.integers(2, 3))))
        labels = labels_of(question)
        forms = [[label] for label in range(labels)] + [[0, 1]] if question.kind == "choix_multiple" else range(labels)
        left, came = data.draw(st.sampled_from([(1, 0), (0, 1), (1, 1), (2, 0), (0, 3), (2, 1)]))
        kinds = [kind for kind in data.draw(rooms(len(forms))) if kind < len(forms)]
        assume(len(kinds) >= 5 + left)
        counts, both = counted(kinds, len(forms)), len(kinds) - left
        before = Earlier([forms[kind] for kind in kinds], both)
        shown = set()
        for gone in attacker.compositions(left, len(forms)):
            rest = [a - b for a, b in zip(counts, gone, strict=True)]
            for new in attacker.compositions(came, len(forms)) if min(rest) >= 0 else ():
                after = given_by(tuple(a + b for a, b in zip(rest, new, strict=True)))
                shown.add(repr(result(question, [forms[kind] for kind in after], 2, before=before)))
        assert len(shown) == 1

    hold(examples, run)


# Every room, every answer -----------------------------------------------------------------------------------------


def seen(shown: Result) -> tuple:
    """What differs between two displays of a question."""
    bars = tuple((bar.key, bar.shown, bar.people, bar.low, bar.high) for bar in shown.bars)
    return shown.precision, shown.withheld, shown.count, bars, shown.summary


def ours(question: Question, both: int) -> attacker.Rule:
    """The program as the attacker runs it."""
    return attacker.Rule(
        cache(lambda before: seen(result(question, given_by(before)))),
        cache(lambda before, after: seen(result(question, given_by(after), 2, before=Earlier(given_by(before), both)))),
    )


def small_rooms() -> list:
    """Rooms of 5 to 14 people of whom a few leave while a few come; more of them in the endurance run."""
    few = [(opinion(2), size, *moves) for size in range(5, 15) for moves in ((1, 0), (0, 1), (1, 1))]
    few += [(choice(2), size, 1, 1) for size in (5, 8, 14)]
    more = [
        (kind(2), size, left, came)
        for kind in (opinion, choice)
        for size in range(5, 15)
        for left in range(5)
        for came in range(5)
        if left + came
    ]
    more += [
        (opinion(2), size, left, came)
        for size in (5, 9, 14)
        for left in (0, 5, 7, 9)
        for came in (0, 6, 9)
        if left + came and left <= size
    ]
    more += [
        (kind(3), size, left, came)
        for kind in (opinion, choice)
        for size in (5, 6, 8)
        for left, came in ((1, 0), (0, 1), (1, 1))
    ]
    slow = (pytest.mark.endurance, pytest.mark.timeout(1800))
    return [pytest.param(few, id="quelques"), pytest.param(more, id="toutes", marks=slow)]


@pytest.mark.parametrize("cases", small_rooms())
def test_an_attacker_who_imagines_every_small_room_learns_nothing(cases) -> None:
    for question, size, left, came in cases:
        rule = ours(question, size - left)
        found = attacker.subtracted(rule, left, came, size - left, labels_of(question), most=2)
        assert not found, (question.kind, size, left, came, found[0])


def test_the_attacker_finds_the_one_who_left_when_numbers_of_answers_are_compared() -> None:
    """One person leaves and one comes: as many answers, so both rounds would be shown as they are."""
    question = opinion(2)
    rule = attacker.Rule(*[lambda *counts: seen(result(question, given_by(counts[-1])))] * 2)
    found = attacker.subtracted(rule, 1, 1, 8, 2)
    assert any("the left gave one of [(0, 1)]" in line for line in found)


def test_the_attacker_undoes_almost_everybody_when_withholding_depends_on_the_hidden_count() -> None:
    """The finest classes that hide the one who came, given the first count: but that one was not shown."""
    question = opinion(2)

    def classes(counts: tuple[int, ...], width: int) -> tuple[int, ...]:
        return tuple(min(100 * count // (width * sum(counts)), 100 // width - 1) for count in counts)

    def second(before: tuple[int, ...], after: tuple[int, ...]) -> object:
        unmoved = [tuple(n + (k == new) for k, n in enumerate(before)) for new in range(2)]
        for width in (10, 20, 25, 50):
            if len({classes(room, width) for room in unmoved}) == 1:
                return width, classes(after, width)
        return "withheld"

    rule = attacker.Rule(lambda before: seen(result(question, given_by(before))), second)
    found = attacker.subtracted(rule, 0, 1, 8, 2)
    assert any("the first was one of 3 rooms, now of" in line for line in found)


@endurance(40, 500)
def test_unanimity_is_shown_alike_whether_none_one_or_two_differ(examples: int) -> None:
    @given(st.data())
    def run(data) -> None:
        labels = data.draw(st.integers(2, 5))
        question = data.draw(st.sampled_from([opinion(labels), choice(labels)]))
        total = data.draw(st.integers(5, 60))
        mode = data.draw(st.integers(0, labels - 1))
        others = [label for label in range(labels) if label != mode]
        rooms = [[mode] * (total - few) + [data.draw(st.sampled_from(others)) for _ in range(few)] for few in (0, 1, 2)]
        shown = [result(question, answers) for answers in rooms]
        if question.kind == "opinion":
            assert shown[0] == shown[1] == shown[2]
            assert shown[0].precision == BLURRED
            assert "presque tout le monde" in shown[0].bars[mode].shown
            words = repr(replace(shown[0], question="", prompt="", count=None, protection=()))
            assert "100" not in re.sub(r"high=100\b", "", words)
        else:
            assert shown[0].bars[mode].share == 100  # a right answer that everybody gave tells nobody's opinion

    hold(examples, run)
