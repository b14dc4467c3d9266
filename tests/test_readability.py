"""Does the index count what its authors counted?"""

from __future__ import annotations

import pytest

from mallette import readability
from mallette.paths import Project
from mallette.units import prose, units
from tests.conftest import ROOT


def test_the_index_of_a_text_counted_by_hand() -> None:
    # Ten words, two sentences, two words of seven letters or more: 10 / 2 + 100 × 2 / 10.
    measured = readability.measure("Le chat dort sous la table. Personne ne le réveille.")
    assert (measured.words, measured.sentences, measured.long_words) == (10, 2, 2)
    assert measured.lix == 25
    assert measured.level == "très facile"


def test_items_and_paragraphs_end_sentences_and_numbers_are_no_words() -> None:
    measured = readability.measure("Trois choses\n\n- une en 2014\n- deux\n")
    assert (measured.words, measured.sentences) == (5, 3)


def test_nothing_measures_nothing() -> None:
    assert readability.measure("").lix == 0


@pytest.mark.parametrize("unit", units(Project(ROOT)), ids=lambda unit: unit.slug)
def test_a_chapter_is_easy_to_read(unit) -> None:
    assert readability.measure(prose(unit.chapter)).lix < 40
