"""Credit, verdict and allowed answers: shared vectors, and what must hold for any answer."""

from __future__ import annotations

import json
from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mallette.questions import Question, of
from mallette.questions.ordre import shown_order, shuffled

VECTORS = json.loads((Path(__file__).parents[1] / "vecteurs" / "quiz.json").read_text(encoding="utf-8"))


def question_of(fields: dict) -> Question:
    return of({"id": "essai", "objectif": "o1", "enonce": "?", **fields})


QUESTIONS = {name: question_of(fields) for name, fields in VECTORS["questions"].items()}


@pytest.mark.parametrize("vector", VECTORS["reponses"], ids=lambda item: f"{item['question']}={item['reponse']}")
def test_vectors(vector):
    question, answer = QUESTIONS[vector["question"]], vector["reponse"]
    assert question.valid(answer) is vector["valide"]
    assert question.credit(answer) == pytest.approx(vector["credit"])
    if vector["valide"]:
        assert question.verdict(answer) == vector["verdict"]


@pytest.mark.parametrize("vector", VECTORS["ordres"], ids=lambda item: item["graine"] or "vide")
def test_shown_orders(vector):
    assert shown_order(vector["graine"], vector["nombre"]) == vector["ordre"]


@pytest.mark.parametrize("vector", VECTORS["melanges"], ids=lambda item: item["graine"])
def test_shuffles(vector):
    assert shuffled(vector["graine"], vector["nombre"]) == vector["ordre"]


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_no_order_of_the_choices_is_favoured(count):
    """Among all the browsers that the book may meet, each order is as frequent as another, within five deviations."""
    seen = Counter(tuple(shuffled(f"{number}/question/0", count)) for number in range(1000, 10_000))
    expected = 9000 / len(list(permutations(range(count))))
    assert all(abs(seen[order] - expected) < 5 * expected**0.5 for order in permutations(range(count))), seen


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(name=st.sampled_from(sorted(QUESTIONS)), answer=ANYTHING)
def test_whatever_is_received_credit_stays_between_0_and_1(name, answer):
    question = QUESTIONS[name]
    credit = question.credit(answer)
    assert credit is None if not question.scored else 0 <= credit <= 1
    if not question.valid(answer):
        assert not credit


@given(right=st.lists(st.booleans(), min_size=2, max_size=8).filter(any), data=st.data())
def test_choices_the_right_ones_give_1_and_one_wrong_tick_lowers_credit(right, data):
    question = question_of({"type": "choix_multiple", "choix": [{"juste": value} for value in right]})
    best = [index for index, value in enumerate(right) if value]
    assert question.credit(best) == 1
    ticked = data.draw(st.lists(st.sampled_from(range(len(right))), min_size=1, unique=True))
    wrong = [index for index, value in enumerate(right) if not value and index not in ticked]
    if wrong:
        assert question.credit([*ticked, wrong[0]]) <= question.credit(ticked)


@given(order=st.integers(2, 8).flatmap(lambda count: st.permutations(range(count))))
def test_order_is_1_when_right_0_when_reversed_and_better_after_a_right_swap(order):
    question = question_of({"type": "ordre", "elements": [{"texte": str(index)} for index in order]})
    assert question.credit(sorted(order)) == 1
    assert question.credit(sorted(order, reverse=True)) == 0
    for place in range(len(order) - 1):
        if order[place] > order[place + 1]:
            better = [*order]
            better[place], better[place + 1] = better[place + 1], better[place]
            assert question.credit(better) >= question.credit(order)


@given(counts=st.lists(st.integers(0, 50), min_size=5, max_size=5).filter(any))
def test_concordance_the_mode_of_the_panel_gives_1_and_a_point_nobody_chose_0(counts):
    question = question_of({"type": "concordance", "panel": {"reponses": counts}})
    for point, count in zip(range(-2, 3), counts, strict=True):
        credit = question.credit(point)
        assert (credit == 1) == (count == max(counts))
        assert (credit == 0) == (count == 0)


@given(seed=st.text(max_size=30), count=st.integers(2, 12))
def test_elements_are_never_first_shown_in_the_right_order(seed, count):
    order = shown_order(seed, count)
    assert sorted(order) == list(range(count))
    assert order != sorted(order)
    assert order == shown_order(seed, count)


def test_a_decimal_gap_equal_to_the_tolerance_is_close():
    question = question_of({"type": "estimation", "valeur": 4.2, "proche": 0.1})
    assert question.verdict(4.1) == question.verdict(4.3) == "proche"
