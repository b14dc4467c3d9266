"""Is chance counted exactly, and do blind strategies look at what they say they look at?"""

from __future__ import annotations

from collections import Counter
from itertools import combinations, permutations, product

import pytest

from mallette.questions import TYPES, Question
from mallette.questions.concordance import POINTS
from mallette.quiz import blind, chance
from tests.questions.test_types import QUESTIONS, question_of

READING = question_of({"type": "concordance", "lecture": {"position": -1, "admise": -2}})
SIX = question_of({"type": "ordre", "elements": [{"texte": str(rank)} for rank in range(6)]})


def possible(question: Question) -> list:
    """Return every answer that the question allows."""
    match question.kind:
        case "choix_unique":
            return list(range(len(question.choices)))
        case "choix_multiple":
            places = range(len(question.choices))
            return [list(boxes) for size in places for boxes in combinations(places, size + 1)]
        case "vrai_faux":
            return ["vrai", "faux"]
        case "numerique":
            return [question.at(rank) for rank in question.proposed()]
        case "ordre":
            return [list(order) for order in permutations(range(len(question.elements)))]
    return list(POINTS)


SCORED = {name: QUESTIONS[name] for name in ("unique", "multiple", "vf", "nombre", "ordre", "panel")}
SCORED |= {"lecture": READING, "six": SIX}


@pytest.mark.parametrize("question", SCORED.values(), ids=SCORED)
def test_the_credit_of_a_random_answer_is_counted_exactly(question: Question) -> None:
    answers = possible(question)
    counted = Counter(round(question.guessed(answer) * chance.GRID) for answer in answers)
    found = chance.random_answer(question)
    assert found.sum() == pytest.approx(1)
    assert {place: found[place] for place in counted} == pytest.approx(
        {place: count / len(answers) for place, count in counted.items()}
    )


def test_the_credits_of_several_questions_add_up_exactly() -> None:
    asked = [SCORED[name] for name in ("unique", "multiple", "vf", "ordre", "panel", "unique", "lecture")]
    spread = [Counter(question.guessed(answer) for answer in possible(question)) for question in asked]
    exact: Counter = Counter()
    for hand in product(*(item.items() for item in spread)):
        weight = 1.0
        for (_, count), item in zip(hand, spread, strict=True):
            weight *= count / item.total()
        exact[round(sum(credit for credit, _ in hand), 6)] += weight
    found = chance.total(chance.random_answer(question) for question in asked)
    for score in (0, 1.5, 2, 3.25, 5, 7):
        right = sum(weight for total, weight in exact.items() if total >= score - 1e-9)
        assert chance.at_least(found, score) == pytest.approx(right, abs=1e-9)
    assert chance.mean(found) == pytest.approx(sum(total * weight for total, weight in exact.items()))


def choices(*texts: str) -> dict:
    return {"id": "a", "choix": [{"texte": text} for text in texts], "elements": [{"texte": text} for text in texts]}


PLACES = choices("Il fume parfois", "Elle ne fume jamais", "On fume peut-être, selon le jour", "Oui")
DOMAIN = {"domaine": {"min": 0, "max": 40, "pas": 0.5}}


@pytest.mark.parametrize(
    ("kind", "name", "question", "answers"),
    [
        ("choix_unique", "la première réponse", PLACES, [0]),
        ("choix_unique", "la dernière réponse", PLACES, [3]),
        ("choix_unique", "la réponse la plus longue", PLACES, [2]),
        ("choix_unique", "la réponse la plus longue", choices("aa", "bb", "c"), [0, 1]),
        ("choix_unique", "la réponse la plus longue", choices("aa", "bb"), []),
        ("choix_unique", "la réponse la plus nuancée", PLACES, [2]),
        ("choix_unique", "la réponse la plus nuancée", choices("Oui", "Non"), []),
        ("choix_unique", "la réponse la moins absolue", PLACES, [0, 2, 3]),
        ("choix_unique", "ni la première réponse ni la dernière", PLACES, [1, 2]),
        ("choix_multiple", "toutes les cases", PLACES, [[0, 1, 2, 3]]),
        ("choix_multiple", "toutes les cases sauf la plus courte", PLACES, [[0, 1, 2]]),
        ("choix_multiple", "toutes les cases sauf la plus absolue", PLACES, [[0, 2, 3]]),
        ("choix_multiple", "la moitié des cases, les plus longues", PLACES, [[1, 2]]),
        ("choix_multiple", "une seule case, la réponse la plus courte", PLACES, [[3]]),
        ("vrai_faux", "faux", {"enonce": "."}, ["faux"]),
        ("vrai_faux", "faux si un mot est absolu, vrai s’il nuance", {"enonce": "Tous partent."}, ["faux"]),
        ("vrai_faux", "faux si un mot est absolu, vrai s’il nuance", {"enonce": "Certains partent."}, ["vrai"]),
        ("vrai_faux", "faux si un mot est absolu, vrai s’il nuance", {"enonce": "Ils partent."}, []),
        ("numerique", "le milieu du domaine", DOMAIN, [20]),
        ("numerique", "le nombre rond le plus proche du milieu", DOMAIN, []),
        ("numerique", "le nombre rond le plus proche du milieu", {"domaine": {"min": 0, "max": 24, "pas": 1}}, [10]),
        ("numerique", "le premier quart du domaine", DOMAIN, [10]),
        ("ordre", "du plus court au plus long", PLACES, [[3, 0, 1, 2]]),
        ("ordre", "l’ordre montré", {**PLACES, "id": "etapes"}, [[1, 2, 3, 0]]),
        ("ordre", "l’ordre montré, à l’envers", {**PLACES, "id": "etapes"}, [[0, 3, 2, 1]]),
        ("concordance", "moins plausible (−2 ou −1)", {}, [-2, -1]),
    ],
)
def test_each_strategy_answers_as_it_says(kind: str, name: str, question: dict, answers: list) -> None:
    (found,) = [item for item in TYPES[kind].strategies if item.name == name]
    assert found.answers(question_of({**question, "type": kind})) == answers


def test_a_reading_of_the_team_counts_its_position_and_the_one_it_admits() -> None:
    assert [READING.guessed(point) for point in POINTS] == [1, 1, 0, 0, 0]
    alone = question_of({"type": "concordance", "lecture": {"position": 2}})
    assert [alone.guessed(point) for point in POINTS] == [0, 0, 0, 0, 1]
    assert READING.best() == ({-1}, 5)
    assert QUESTIONS["panel"].best() == ({1}, 5)


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.25, "25\u202f% des fois"),
        (0.009, "1 fois sur 100"),
        (1 / 6100, "1 fois sur 6\u202f000"),
        (1e-12, "moins d’1 fois sur 100 millions"),
    ],
)
def test_a_probability_is_said_in_words(probability: float, words: str) -> None:
    assert blind.rarity(probability) == words
