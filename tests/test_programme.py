"""Is the programme read whole, and are all its faults told at once?"""

from __future__ import annotations

import pytest

from mallette import programme
from mallette.faults import ContentError
from mallette.paths import Project
from mallette.units import units


def test_the_six_seminars_are_there_with_what_is_known(course: Project) -> None:
    series = programme.load(course)
    assert [session.number for session in series.sessions] == [1, 2, 3, 4, 5, 6]
    first, last = series.sessions[0], series.sessions[-1]
    assert (first.date_text, first.hours) == ("21 janvier 2021", "14h-17h")
    assert last.date_text == "octobre 2021", "le jour n’est pas connu : il ne doit pas être inventé"
    assert [person.name for person in first.speakers] == ["Claire Duport", "Nina Tissot"]
    assert any(person.note == "sous réserve" for session in series.sessions for person in session.speakers)


def test_every_written_seminar_is_in_the_programme(course: Project) -> None:
    planned = {session.unit for session in programme.load(course).sessions}
    assert {unit.slug for unit in units(course) if unit.kind == "seminaire"} <= planned


def test_every_fault_is_told_at_once(small_course: Project) -> None:
    small_course.programme.write_text(
        "titre: Essai\norganisateur: X\nsource: TAT_2016\nseances:\n"
        "- {numero: 1, titre: A, date: 2021-01-21, horaires: 14:30, unite: 1-essai, questions: [Q]}\n"
        "- {numero: 2, date: 2021-10, horaires: 14h-17h, unite: 1-essai, questions: [Q]}\n",
        encoding="utf-8",
    )
    with pytest.raises(ContentError) as caught:
        programme.load(small_course)
    assert [fault.line for fault in caught.value.faults] == [5, 6]
    assert all(words in str(caught.value) for words in ("horaires", "guillemets droits", "titre"))
