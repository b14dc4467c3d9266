"""Does another program read the sessions of the programme, at the right hour, and none that was made up?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from mallette import cli, programme
from mallette.faults import ContentError
from mallette.paths import Project
from mallette.publication import calendar

PROGRAMME = """\
titre: "Série, essai ; suite"
organisateur: X
source: TAT_2016
seances:
- {numero: 1, titre: "Une, deux ; trois \\\\ quatre", date: "2026-01-15", horaires: "9h30-12h",
   lieu: "Salle 1, étage 2", unite: 1-essai,
   questions: ["Assez longue pour que la ligne soit pliée deux fois : é à ç œ « » et l’émoji 👩🏽‍🏫 à la fin ?"]}
- {numero: 2, titre: Été, date: "2026-07-02", horaires: "14 h – 17 h", unite: 1-essai, questions: [Q],
   intervenants: [{nom: A. B., qualite: sociologue, note: sous réserve}]}
- {numero: 3, titre: Sans jour, date: "2026-10", horaires: "14h-17h", unite: 1-essai, questions: [Q]}
"""


@pytest.fixture
def events(small_course: Project, capsys: pytest.CaptureFixture[str]) -> list:
    small_course.programme.write_text(PROGRAMME, encoding="utf-8")
    assert cli.main(["--cours", str(small_course.root), "publier", "calendrier"]) == 0
    said = capsys.readouterr().out
    assert "Sans jour" in said and "octobre 2026" in said
    content = (small_course.publication / "calendrier" / "seances.ics").read_bytes()
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    return Calendar.from_ical(content).walk("VEVENT")


def test_hours_are_those_of_paris_in_winter_and_in_summer(events: list) -> None:
    moments = [event.decoded(name).astimezone(UTC) for event in events for name in ("dtstart", "dtend")]
    assert moments == [
        datetime(2026, 1, 15, 8, 30, tzinfo=UTC),
        datetime(2026, 1, 15, 11, tzinfo=UTC),
        datetime(2026, 7, 2, 12, tzinfo=UTC),
        datetime(2026, 7, 2, 15, tzinfo=UTC),
    ]


def test_texts_come_back_whole(events: list) -> None:
    first, second = events
    assert str(first["summary"]) == "1. Une, deux ; trois \\ quatre"
    assert str(first["location"]) == "Salle 1, étage 2"
    assert "l’émoji 👩🏽‍🏫 à la fin" in str(first["description"])
    assert "A. B., sociologue (sous réserve)" in str(second["description"])


def test_the_calendar_holds_its_time_zone_and_two_exports_are_the_same(course: Project) -> None:
    path, count, left_out = calendar.write(course)
    first = path.read_bytes()
    read = Calendar.from_ical(first)
    known = [item for item in programme.load(course).sessions if len(item.date) == len("2021-01-21")]
    assert (count, len(left_out)) == (len(known), len(programme.load(course).sessions) - len(known))
    (zone,) = read.walk("VTIMEZONE")
    assert {part["tzname"] for part in zone.subcomponents} == {"CET", "CEST"}
    identities = [str(event["uid"]) for event in read.walk("VEVENT")]
    assert len({*identities}) == len(known)
    calendar.write(course)
    assert path.read_bytes() == first


def test_a_session_keeps_its_identity_when_it_is_moved(small_course: Project) -> None:
    def identities(text: str) -> list[str]:
        small_course.programme.write_text(text, encoding="utf-8")
        return [
            event["uid"] for event in Calendar.from_ical(calendar.write(small_course)[0].read_bytes()).walk("VEVENT")
        ]

    moved = PROGRAMME.replace("2026-01-15", "2026-01-22").replace("Été", "L’été")
    assert identities(PROGRAMME) == identities(moved)


def test_own_dates_are_the_calendar_and_bear_the_day_of_the_content(
    small_course: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    own = PROGRAMME + "cycle: {titre: Cycle 2027, seances: [{date: '2027-01-14', horaires: 14h-17h, unite: 1-essai}]}\n"
    small_course.programme.write_text(own, encoding="utf-8")
    assert cli.main(["--cours", str(small_course.root), "publier", "calendrier"]) == 0
    assert "Cycle 2027" in capsys.readouterr().out
    content = (small_course.publication / "calendrier" / "seances.ics").read_bytes()
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["summary"]) == "Une unité d’essai"
    assert event.decoded("dtstamp") == datetime(1970, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize("hours", ["14:00", "l’après-midi", "17h-14h", "14h-14h", "25h-26h"])
def test_hours_that_no_calendar_could_take_are_told(small_course: Project, hours: str) -> None:
    small_course.programme.write_text(PROGRAMME.replace("9h30-12h", hours), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        programme.load(small_course)
    (fault,) = caught.value.faults
    assert (fault.line, "horaires" in fault.message, "14h-17h" in fault.remedy) == (5, True, True)
