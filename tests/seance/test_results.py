"""What each type of question shows, before and after its answer is revealed."""

import pytest

from mallette.quiz import bank
from mallette.seance import results
from mallette.seance.displays import BLURRED, CLASSES, EXACT
from mallette.seance.results import Earlier, comparison, result
from tests.conftest import ROOT

PANEL = bank.load(ROOT / "tests" / "quiz" / "banque_panel.yml").questions[0]
QUESTIONS = {question.id: question for question in bank.load(ROOT / "tests" / "quiz" / "banque.yml").questions}
ANSWERS = {
    "definition": [0] * 6 + [1] * 3 + [2],
    "champs": [[0, 1, 3]] * 4 + [[0]] * 3 + [[2, 3]] * 3,
    "confusion": ["vrai"] * 4 + ["faux"] * 6,
    "heures": [12] * 5 + [11.5, 10, 14, 20, 13],
    "cannabis": [10, 20, 30, 40, 42, 45, 50, 60, 70, 100],
    "etapes": [[0, 1, 2, 3]] * 5 + [[1, 0, 2, 3]] * 5,
    "aise": [0] * 2 + [1] * 3 + [2] * 4 + [3],
    "rupture": [-2, -1, 0, 0, 1, 1, 1, 1, 2, 2],
    "souvenir": ["un texte"] * 10,
}
EXPLAINED = {"definition", "champs", "confusion", "etapes", "rupture"}


def both(question, before, after):
    """Compare two rounds of the same people, or of a room of which some left."""
    second = result(question, after, 2, before=Earlier(before, min(len(before), len(after))))
    return comparison(question, result(question, before), second)


def shares(shown):
    return [bar.share for bar in shown.bars]


@pytest.mark.parametrize("name", QUESTIONS)
def test_before_revealing_nothing_tells_the_answer(name):
    question, shown = QUESTIONS[name], result(QUESTIONS[name], ANSWERS[name])
    assert not shown.withheld and shown.count == 10 and shown.precision == EXACT
    assert shown.published is None and not shown.points and not shown.source
    assert not shown.panel_origin and not shown.reading
    assert all(bar.right is None and bar.panel is None and not bar.explanation and not bar.mark for bar in shown.bars)
    if shown.axis:
        assert shown.axis.published is None and shown.axis.band is None
    words = " ".join(shown.summary)
    assert "bonne réponse" not in words and "proche" not in words
    assert result(question, ANSWERS[name][::-1]) == shown  # the order of arrival changes nothing


@pytest.mark.parametrize("name", QUESTIONS)
def test_four_answers_show_nothing_but_what_the_bank_says(name):
    shown = result(QUESTIONS[name], ANSWERS[name][:4])
    assert shown.withheld == results.TOO_FEW and shown.count is None
    assert not shown.bars and not shown.summary
    revealed = result(QUESTIONS[name], ANSWERS[name][:4], expected=True)
    assert all(bar.count is None and not bar.shown and not bar.high for bar in revealed.bars)
    assert revealed.axis is None or revealed.axis.median is None
    assert name not in EXPLAINED or any(bar.explanation for bar in revealed.bars)


def test_choices():
    shown = result(QUESTIONS["definition"], ANSWERS["definition"], expected=True)
    assert [bar.right for bar in shown.bars] == [True, False, False]
    assert shares(shown) == [60, 30, 10]
    assert shown.bars[2].shown == "1 personne (10\u202f%)"
    assert "6 personnes sur 10 ont trouvé la bonne réponse." in shown.summary
    assert "TAT_2016" in shown.source or "2016" in shown.source


def test_several_choices_count_each_person_once_a_choice():
    shown = result(QUESTIONS["champs"], ANSWERS["champs"], expected=True)
    assert shares(shown) == [70, 40, 30, 70]
    assert "4 personnes sur 10 ont trouvé toutes les bonnes réponses et aucune autre." in shown.summary


def test_true_or_false():
    shown = result(QUESTIONS["confusion"], ANSWERS["confusion"], expected=True)
    assert [(bar.label, bar.count, bar.right) for bar in shown.bars] == [("Vrai", 4, False), ("Faux", 6, True)]


def test_numbers_are_shown_by_classes_of_the_domain_never_by_their_extremes():
    shown = result(QUESTIONS["cannabis"], ANSWERS["cannabis"], expected=True)
    assert shown.bars[4].label == "40 à moins de 50" and shown.bars[4].count == 3
    assert shown.bars[-1].label == "90 à 100" and shown.bars[-1].count == 1
    assert shown.summary[0].startswith("Médiane\u00a0: 44\u202f%")
    assert "va de 32 à 58\u202f%" in shown.summary[1]
    assert shown.summary[2] == "3 personnes sur 10 ont donné une réponse proche."
    assert shown.published.value == "42\u202f%" and shown.published.band == "de 37 à 47\u202f%"
    assert [bar.mark for bar in shown.bars if bar.mark] == ["valeur publiée\u00a0: 42\u202f%"]
    assert (shown.axis.median, shown.axis.published, shown.axis.band) == (44, 42, (37, 47))


def test_quartiles_need_eight_answers():
    assert result(QUESTIONS["cannabis"], ANSWERS["cannabis"][:7]).axis.quartiles is None
    assert result(QUESTIONS["cannabis"], ANSWERS["cannabis"][:8]).axis.quartiles is not None


def test_an_order_is_the_order_of_the_room_then_well_placed_elements():
    wrong = [[3, 2, 1, 0]] * 6
    shown = result(QUESTIONS["etapes"], wrong)
    assert [bar.label for bar in shown.bars][0] == "Usage quotidien"
    assert shown.bars[0].shown == "place moyenne\u00a0: 1" and shown.bars[0].share is None
    revealed = result(QUESTIONS["etapes"], ANSWERS["etapes"], expected=True)
    assert [bar.label for bar in revealed.bars][0] == "Expérimentation"
    assert shares(revealed) == [50, 50, 100, 100]
    assert "5 personnes sur 10 ont trouvé l’ordre complet." in revealed.summary


def test_an_order_not_revealed_does_not_fall_back_on_the_order_of_the_bank():
    alike = [[0, 1, 2, 3]] * 5 + [[3, 2, 1, 0]] * 5  # every mean place is the same
    labels = [bar.label for bar in result(QUESTIONS["etapes"], alike).bars]
    right = [item["texte"] for item in QUESTIONS["etapes"].content["elements"]]
    assert labels == [right[index] for index in QUESTIONS["etapes"].shown_order()]


def test_a_panel_that_sat_stands_beside_the_room_with_its_number_origin_and_day():
    shown = result(PANEL, ANSWERS["rupture"], expected=True)
    assert [bar.panel for bar in shown.bars] == [0, 1, 2, 5, 2]
    assert [bar.panel_share for bar in shown.bars] == [0, 10, 20, 50, 20]
    assert shown.panel_origin == "éducateurs de prévention spécialisée, 10\u00a0personnes, 1er mars 2024"
    assert shown.bars[3].label == "plus plausible (+1)"
    hidden = result(PANEL, ANSWERS["rupture"])
    assert not hidden.panel_origin and all(bar.panel is None for bar in hidden.bars)


def test_a_reading_is_marked_and_said_and_never_counted():
    shown = result(QUESTIONS["rupture"], ANSWERS["rupture"], expected=True)
    assert [bool(bar.mark) for bar in shown.bars] == [False, False, False, True, True]
    assert shown.reading.endswith("plus plausible (+1)\u202f; elle admet aussi\u00a0: beaucoup plus plausible (+2).")
    assert not shown.panel_origin and all(bar.panel is None and bar.panel_share is None for bar in shown.bars)
    assert all(bar.right is None for bar in shown.bars)
    assert (
        "panel" not in " ".join(shown.summary)
        and shown.summary == result(QUESTIONS["rupture"], ANSWERS["rupture"]).summary
    )
    assert shares(shown) == [10, 10, 20, 40, 20], "les réponses de la salle restent les siennes"
    after = result(QUESTIONS["rupture"], [1] * 6 + [2] * 14, 2, expected=True, before=Earlier(ANSWERS["rupture"], 10))
    pair = comparison(QUESTIONS["rupture"], shown, after)
    assert [bool(after.mark) for _, after in pair.rows] == [False, False, False, True, True] and not pair.summary


def test_a_reflection_counts_texts_and_shows_none():
    shown = result(QUESTIONS["souvenir"], ["CANARI"] * 6)
    assert shown.summary == ("6 personnes ont écrit un texte.",) and "CANARI" not in repr(shown)


def test_almost_everybody_is_no_number_on_an_opinion():
    shown = result(QUESTIONS["aise"], [2] * 12)
    assert shown.precision == BLURRED and shown.bars[2].shown == "presque tout le monde"
    assert [bar.count for bar in shown.bars] == [None] * 4
    assert result(QUESTIONS["definition"], [0] * 12).bars[0].share == 100


def test_a_room_of_six_is_not_said_unanimous_when_a_third_may_differ():
    assert result(QUESTIONS["aise"], [2] * 4 + [1, 0]).bars[2].shown == "la plupart ou presque tout le monde"


BEFORE = [0] * 8 + [1] * 7 + [2] * 5


def test_a_second_round_that_looks_like_the_first_is_given_by_intervals():
    after = [0] * 7 + [1] * 7 + [2] * 5
    shown = result(QUESTIONS["aise"], after, 2, before=Earlier(BEFORE, 19))
    assert shown.precision == CLASSES and shown.protection == (results.BY_CLASSES,)
    assert [bar.people for bar in shown.bars] == [
        "de 5 à 10 personnes",
        "de 4 à 9 personnes",
        "de 2 à 7 personnes",
        "2 personnes au plus",
    ]
    assert [bar.shown for bar in shown.bars] == [
        "de 26 à 53\u202f%",
        "de 21 à 48\u202f%",
        "de 10 à 37\u202f%",
        "11\u202f% ou moins",
    ]
    assert (shown.bars[3].low, shown.bars[3].high) == (0, pytest.approx(100 * 2 / 19))


def test_a_second_round_that_truly_moved_is_shown_as_it_is():
    after = [1] * 3 + [2] * 9 + [3] * 7
    assert result(QUESTIONS["aise"], after, 2, before=Earlier(BEFORE, 19)).precision == EXACT


def test_a_room_of_the_same_people_is_shown_as_it_is():
    assert result(QUESTIONS["aise"], BEFORE, 2, before=Earlier(BEFORE, 20)).precision == EXACT


def test_one_leaves_and_one_comes():
    shown = result(QUESTIONS["aise"], [1] + BEFORE[1:], 2, before=Earlier(BEFORE, 19))
    assert shown.precision == CLASSES


def test_five_who_leave_are_few_for_an_opinion_not_for_knowledge():
    opinions, answers = [0] * 10 + [3] * 10, ["vrai"] * 10 + ["faux"] * 10
    assert result(QUESTIONS["aise"], opinions[5:], 2, before=Earlier(opinions, 15)).withheld
    assert result(QUESTIONS["confusion"], answers[5:], 2, before=Earlier(answers, 15)).precision == EXACT


def test_almost_everybody_is_not_undone_by_the_second_round():
    """Nobody but the one who came may have made three differ of two: then all of this would be known."""
    first = ([2] * 8, [2] * 7 + [1], [2] * 6 + [0, 1])
    for second in ([2] * 9, [2] * 7 + [0, 1], [2] * 6 + [0, 1, 3]):
        alike = [result(QUESTIONS["aise"], second, 2, before=Earlier(before, 8)) for before in first]
        assert alike[0] == alike[1] == alike[2] and alike[0].withheld == results.TOO_CLOSE


def test_intervals_as_wide_as_half_of_the_room_are_not_shown():
    shown = result(QUESTIONS["aise"], [0, 0, 0, 2, 2, 2], 2, before=Earlier([0, 0, 0, 2, 2], 5))
    assert shown.withheld == results.TOO_CLOSE and not shown.bars


def test_an_order_not_revealed_has_no_intervals():
    orders = [[0, 1, 2, 3]] * 10 + [[1, 0, 2, 3]] * 10
    shown = [result(QUESTIONS["etapes"], orders[1:], 2, told, Earlier(orders, 19)) for told in (False, True)]
    assert shown[0].withheld == results.TOO_CLOSE and not shown[0].bars and shown[1].precision == CLASSES


def test_numbers_by_intervals_give_no_median():
    answers = [10] * 12 + [90] * 9
    shown = result(QUESTIONS["cannabis"], answers[1:], 2, True, Earlier(answers, 20))
    assert shown.precision == CLASSES and shown.axis.median is None and not shown.summary


def test_before_and_after():
    pair = both(QUESTIONS["aise"], ANSWERS["aise"], [1] * 2 + [2] * 3 + [3] * 5)
    assert [(before.share, after.share) for before, after in pair.rows] == [(20, 0), (30, 20), (40, 30), (10, 50)]
    assert pair.summary[0].endswith("«\u00a0Tout à fait\u00a0»\u00a0: 5 sur 10 avant, 8 sur 10 après.")


def test_a_round_too_small_is_not_compared():
    pair = both(QUESTIONS["aise"], ANSWERS["aise"], [3] * 4)
    assert pair.withheld == results.ONE_ROUND_HIDDEN and pair.rows == []


def test_orders_are_compared_element_by_element():
    pair = both(QUESTIONS["etapes"], [[3, 2, 1, 0]] * 6, [[0, 1, 2, 3]] * 6)
    assert all(before.label == after.label for before, after in pair.rows)
