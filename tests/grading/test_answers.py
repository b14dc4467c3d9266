"""What a participant may type, and what is said when it cannot be read."""

from __future__ import annotations

import pytest

from mallette.grading.answers import Feedback, answer, as_choice, as_choices, as_number, as_text, expect


class AlwaysEqual(str):
    """Passes any naive comparison."""

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return True


@pytest.mark.parametrize(("typed", "letter"), [("b", "b"), (" B ", "b"), ("b.", "b"), ("b)", "b")])
def test_a_letter_is_read_however_it_is_typed(typed, letter):
    assert as_choice(typed, "abc") == letter


@pytest.mark.parametrize("typed", ["z", "ab", "", 2, None, ["b"], AlwaysEqual("z"), AlwaysEqual("b")])
def test_anything_but_one_of_the_letters_is_refused(typed):
    with pytest.raises(Feedback, match="une seule lettre"):
        as_choice(typed, "abc")


@pytest.mark.parametrize("typed", [["a", "c"], ("c", "a"), {"A", "C"}, "a, c", "a c", ["a", "c", "a"]])
def test_several_letters_are_read_in_any_order(typed):
    assert as_choices(typed, "abcd") == {"a", "c"}


@pytest.mark.parametrize("typed", [[], "", ["a", "z"], [1, 2], "ac", {"a": "c"}, 3])
def test_a_list_with_anything_else_is_refused(typed):
    with pytest.raises(Feedback, match="liste de lettres"):
        as_choices(typed, "abcd")


@pytest.mark.parametrize(("typed", "number"), [(8.33, 8.33), (8, 8.0), ("8,33", 8.33), ("8.33", 8.33), (" 8 ", 8.0)])
def test_a_number_is_read_with_a_point_or_a_comma(typed, number):
    assert as_number(typed) == number


def test_a_comma_outside_quotes_is_a_decimal_comma():
    typed = eval("8,5")  # what Python makes of « reponse = 8,5 »
    assert as_number(typed) == 8.5


@pytest.mark.parametrize("typed", ["beaucoup", True, float("nan"), float("inf"), [8], (8, 5, 1), (8, -5), "8 €", "1e3"])
def test_what_is_not_a_finite_number_is_refused(typed):
    with pytest.raises(Feedback, match="nombre seul"):
        as_number(typed)


def test_a_number_out_of_bounds_hints_at_the_unit():
    assert as_number(100, 0, 100) == 100
    with pytest.raises(Feedback, match="unité"):
        as_number(100.5, 0, 100)


def test_a_text_is_stripped_and_bounded():
    assert as_text("  Bonjour.\n") == "Bonjour."
    for refused in ("  ", 12, "x" * 11):
        with pytest.raises(Feedback):
            as_text(refused, longest=10)


def test_a_blank_or_broken_answer_cell_is_told_apart():
    with pytest.raises(Feedback, match="Pas encore de réponse"):
        answer({"reponse_1": ...}, "reponse_1")
    with pytest.raises(Feedback, match="n’a pas pu être lue"):
        answer({}, "reponse_1")


def test_only_true_itself_earns_the_points():
    expect(True, "jamais montré")
    for almost in (1, "oui", AlwaysEqual("non")):
        with pytest.raises(Feedback, match="^Relisez.$"):
            expect(almost, "Relisez.")


def test_a_participant_sees_the_sentence_without_traceback():
    assert Feedback("Relisez le titre.")._render_traceback_() == ["Relisez le titre."]
