"""Is the programme read whole, and are all its faults told at once?"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

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


OWN = """titre: Essai
organisateur: X
source: TAT_2016
seances:
- {numero: 1, titre: A, date: "2021-01-21", horaires: 14h-17h, unite: 1-essai, questions: [Q]}
cycle:
  titre: Cycle 2027
  seances:
  - {date: "2027-02", horaires: 9h-12h, titre: Restitution}
  - {date: "2027-02-04", horaires: 9h-12h, unite: 1-essai, lieu: Salle 2}
  - {date: "2027-01-14", horaires: 14h-17h, unite: 1-essai}
"""


def test_the_example_of_the_file_becomes_a_cycle_once_its_marks_are_removed(course: Project, tmp_path: Path) -> None:
    shutil.copytree(course.root, tmp_path / "cours", ignore=shutil.ignore_patterns(".*", "_build", "tests", "mallette"))
    copy = Project(tmp_path / "cours")
    assert programme.cycle(copy) is None
    assert programme.current(copy) == programme.load(copy)
    text = re.sub(r"^#(?! )|^#(?=  )", "", copy.programme.read_text(encoding="utf-8"), flags=re.M)
    copy.programme.write_text(text, encoding="utf-8")
    own = programme.current(copy)
    assert own == programme.cycle(copy) and own.sessions[0].start
    assert programme.load(copy) == programme.load(course)


def test_own_dates_come_in_their_order_and_take_their_titles_from_units(small_course: Project) -> None:
    small_course.programme.write_text(OWN, encoding="utf-8")
    own = programme.cycle(small_course)
    assert [(one.weekday, one.date_text) for one in own.sessions] == [
        ("jeudi", "14 janvier 2027"),
        ("jeudi", "4 février 2027"),
        ("", "février 2027"),
    ]
    assert [one.heading for one in own.sessions] == ["Une unité d’essai", "Une unité d’essai", "Restitution"]
    assert own.sessions[2].over.day == 28
    assert len({one.key for one in own.sessions}) == 3


def test_faults_of_own_dates_are_told_at_once_with_their_lines(small_course: Project) -> None:
    wrong = OWN.replace("2027-02-04", "4 février").replace(", titre: Restitution", "")
    small_course.programme.write_text(wrong.replace("14h-17h, unite: 1-essai}", "l’après-midi, unite: nulle}"), "utf-8")
    with pytest.raises(ContentError) as caught:
        programme.cycle(small_course)
    assert {fault.line for fault in caught.value.faults} == {9, 10, 11}
    assert all(
        words in str(caught.value)
        for words in ("4 février", "ni unité ni titre", "l’après-midi", "aucune unité", "nulle")
    )
