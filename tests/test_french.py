"""Numbers, dates, durations and lists as French readers write them."""

import datetime

import pytest

from mallette.checks import typography
from mallette.french import (
    amount,
    day,
    duration,
    enumeration,
    exact,
    number,
    people,
    percent,
    short,
    slug,
    typeset,
    with_unit,
)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(12.5, None, "12,5"), (42.0, None, "42"), (1234567, 0, "1\u202f234\u202f567"), (-3.25, 1, "−3,3")],
)
def test_number_has_a_comma_and_narrow_spaces(value, decimals, text):
    assert number(value, decimals) == text


def test_amounts_have_two_decimals_or_none():
    assert amount(150) == "150\u00a0€"
    assert amount(9.5) == "9,50\u00a0€"
    assert amount(3.3, "USD") == "3,30\u00a0$"


def test_percent_and_people():
    assert with_unit(9.2, "€/h") == "9,2\u00a0€/h"
    assert percent(47.8) == "47,8\u202f%"
    assert people(1_400_000) == "1,4\u00a0million"
    assert people(17_000_000) == "17\u00a0millions"
    assert people(450_000) == "450\u202f000"


def test_days():
    assert day(datetime.date(2024, 11, 1)) == "1er novembre 2024"
    assert day("2024-10-20") == "20 octobre 2024"
    assert day("2021-10") == "octobre 2021"
    assert day("2015") == "2015"
    assert day("2015-2019") == "2015-2019"


@pytest.mark.parametrize(("minutes", "text"), [(45, "45\u00a0min"), (120, "2\u00a0h"), (150, "2\u00a0h\u00a030")])
def test_durations(minutes, text):
    assert duration(minutes) == text


def test_digits_are_dropped_when_they_say_nothing_and_kept_when_they_are_exact():
    assert (short(8, 1), short(7.5, 1)) == ("8", "7,5")
    assert exact(3.14159) == "3,14159"


def test_enumeration():
    assert enumeration(["a"]) == "a"
    assert enumeration(["a", "b", "c"]) == "a, b et c"


@pytest.mark.parametrize(
    "typed",
    [
        "L'aide: 42% ou 60€ ? Oui !",
        'Il dit "non" ; puis "oui"...',
        "« Déjà » (et encore): rien d'autre",
        "Voir https://exemple.fr:8080/page?a=1 ou 12:30",
    ],
)
def test_what_a_person_types_is_printed_as_the_checks_want_it(typed: str) -> None:
    printed = typeset(typed)
    assert typography.faults_in([(1, printed)], "") == []
    assert typeset(printed) == printed
    assert "8080/page?a=1 ou 12:30" not in typed or "8080/page?a=1 ou 12:30" in printed


def test_a_name_made_from_a_title_holds_whole_words():
    assert slug("L’été, à Saint-Étienne : œuvrer !", 50) == "l-ete-a-saint-etienne-oeuvrer"
    assert slug("Économie de la débrouille", 14) == "economie-de-la"
    assert slug("Économie de la débrouille", 15) == "economie-de-la", "never half a word"
    assert slug("anticonstitutionnellement", 10) == slug("?!", 10) == ""
