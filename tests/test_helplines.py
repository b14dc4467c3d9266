"""Is a number to call read from one file, whatever shows it, and is a faulty file told whole?"""

from __future__ import annotations

import pytest

from mallette import helplines
from mallette.faults import ContentError
from mallette.paths import Project
from mallette.units import units

LINE = "  - {id: %s, nom: Un, court: Un, numero: '%s', affiche: '%s', pour: vous%s}\n"


def _write(course: Project, *rows: str, more: str = "") -> None:
    course.helplines.write_text("lignes:\n" + "".join(rows) + more, encoding="utf-8")


@pytest.mark.parametrize(
    ("row", "line", "told"),
    [
        (LINE % ("a", "11 9", "119", ""), 2, "chiffres seulement"),
        (LINE % ("a", "119", "118", ""), 2, "n’est pas"),
        (LINE % ("a", "116006", "116 006", ""), 2, "se couper"),
        (LINE % ("a", "119", "119", ", cout: gratuit"), 2, "sans page lue"),
        (LINE % ("a", "119", "119", ", page: x, date_page: '2024-13'"), 2, "incomprise"),
        (LINE % ("a", "119", "119", ", page: x, verifie: '2026-11'"), 2, "incomprise"),
        (LINE % ("a", "119", "119", ", page: x, cout: donné"), 2, "valeur inconnue"),
        (LINE % ("a", "119", "119", "") + LINE % ("b", "119", "119", ""), 3, "déjà"),
        (LINE % ("a", "119", "119", "") + "rappels:\n  - {expressions: [x], ligne: z, raison: y}\n", 4, "aucune ligne"),
    ],
)
def test_a_defect_of_the_file_is_told_with_its_line(small_course: Project, row: str, line: int, told: str) -> None:
    _write(small_course, row)
    with pytest.raises(ContentError, match=told) as caught:
        helplines.load(small_course)
    assert [fault.line for fault in caught.value.faults] == [line]


def test_a_course_without_the_file_has_no_line(small_course: Project) -> None:
    small_course.helplines.unlink()
    assert helplines.load(small_course).lines == ()


def test_a_unit_gives_its_own_lines_and_those_given_everywhere(course: Project, monkeypatch) -> None:
    monkeypatch.setenv("MALLETTE_RACINE", str(course.root))
    known = helplines.load(course)
    everywhere = [line for line in known.lines if line.everywhere]
    assert everywhere
    for unit in units(course):
        shown = helplines.lignes(unit.slug)._repr_mimebundle_()
        for line in {*everywhere, *map(known.line, unit.help_lines)}:
            assert f'href="tel:{line.number}">{line.shown}<' in shown["text/html"]
            assert line.shown in shown["text/plain"]


def test_an_unknown_line_is_told_with_the_nearest(course: Project, monkeypatch) -> None:
    monkeypatch.setenv("MALLETTE_RACINE", str(course.root))
    with pytest.raises(LookupError, match="drogues"):
        helplines.lignes("drogue")


def test_a_faulty_file_does_not_shut_the_pages_of_a_room(small_course: Project) -> None:
    assert any(character.isdigit() for character in helplines.danger(small_course))
    _write(small_course, "  - {}\n")
    assert "signaler un danger" in helplines.danger(small_course)
