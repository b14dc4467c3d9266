"""Answers from outside: what is kept, and what is refused in French."""

from __future__ import annotations

import json
import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mallette.questions import AnswerError
from mallette.questions.reflexion import LONGEST_TEXT
from mallette.quiz import bank
from tests.salle import BANK

QUESTIONS = {question.id: question for question in bank.load(BANK).questions}


ACCEPTED = [
    ("definition", 1, 1),
    ("champs", [1, 0], [0, 1]),
    ("confusion", "faux", "faux"),
    ("heures", 12, 12),
    ("heures", 12.0, 12),
    ("cannabis", 40.5, 40.5),
    ("cannabis", -0.0, 0),
    ("aise", 0, 0),
    ("rupture", -2, -2),
    ("souvenir", "  Une\r\nfois ", "Une\nfois"),
]
REFUSED = {
    "definition": [-1, 99, True, 1.0, "1", None, [1], {}],
    "champs": [[], [0, 0], [99], [True], [0.0], 0, "01", [[0]], {"0": 1}],
    "confusion": ["Vrai", "", True, 1, ["vrai"]],
    "heures": [True, "12", -1, 10**400, math.nan, math.inf, -math.inf, [12], None],
    "cannabis": [100.1, math.nan, False],
    "etapes": [[0], [], [0, 0, 1], [0.0, 1.0, 2.0], "012", 3],
    "aise": [-1, 5, True, 2.0, "2"],
    "rupture": [-3, 3, 1.0, False, "0"],
    "souvenir": ["", " \n ", "\u200b\u202e", "a\0b", "a" * (LONGEST_TEXT + 1), True, 1, ["a"], None],
}


@pytest.mark.parametrize(("name", "raw", "kept"), ACCEPTED, ids=lambda item: repr(item)[:20])
def test_an_answer_takes_one_form(name, raw, kept):
    found = QUESTIONS[name].keep(raw)
    assert (found, type(found)) == (kept, type(kept))


@pytest.mark.parametrize(
    ("name", "raw"), [(name, raw) for name, rows in REFUSED.items() for raw in rows], ids=lambda item: repr(item)[:20]
)
def test_what_the_question_does_not_allow_is_refused_in_french(name, raw):
    with pytest.raises(AnswerError) as caught:
        QUESTIONS[name].keep(raw)
    assert str(caught.value).endswith(".")


def test_an_object_that_pretends_to_equal_everything_is_refused():
    class Liar(int):
        __eq__ = __le__ = __ge__ = lambda self, other: True
        __hash__ = int.__hash__

    for name in REFUSED:
        with pytest.raises(AnswerError):
            QUESTIONS[name].keep(Liar(1))


def test_an_order_is_kept_as_the_bank_counts_and_given_back_as_the_page_shows():
    question = QUESTIONS["etapes"]
    texts = [item["texte"] for item in question.without_answers()["elements"]]
    places = list(reversed(range(len(texts))))
    kept = question.keep(places)
    assert [question.content["elements"][index]["texte"] for index in kept] == texts[::-1]
    assert question.shown(kept) == places


def test_a_text_loses_what_could_disguise_it():
    raw = "avant\u202eerrière\u2066 \x1b[31m\u0007suite\u2028fin\ud800 e\u0301t\u00e9 👩\u200d🏫"
    kept = QUESTIONS["souvenir"].keep(raw)
    assert kept == "avanterrière [31msuite\nfin été 👩\u200d🏫"
    assert not [sign for sign in kept if unicodedata.bidirectional(sign) in ("RLO", "LRO", "LRI", "PDI")]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(alphabet=st.characters(), max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(raw=ANYTHING)
def test_what_is_kept_is_valid_json_that_is_kept_again_as_it_is(raw):
    for question in QUESTIONS.values():
        try:
            kept = question.keep(raw)
        except AnswerError:
            continue
        assert question.written or question.valid(kept)
        assert json.loads(json.dumps(kept, allow_nan=False).encode()) == kept
        assert question.keep(question.shown(kept)) == kept
