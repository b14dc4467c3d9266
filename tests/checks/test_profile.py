"""Is all that the profile of a course asks for told where it lacks, and nothing asked of a course without profile?"""

from __future__ import annotations

import pytest

from mallette.checks import profile
from mallette.paths import Project
from mallette.units import units

LACKS = [
    ({"quiz": {"questions": 2}}, "quiz.yml", 2, "nombre de questions : 1, au moins 2"),
    ({"quiz": {"types": 2}}, "quiz.yml", 2, "types de questions : 1"),
    (
        {"quiz": {"dont": [{"parmi": ["estimation", "numerique"], "au_moins": 1}]}},
        "quiz.yml",
        2,
        "estimation ou numerique",
    ),
    ({"chapitre": {"titres": ["Pour en discuter"]}}, "module.md", 0, "Pour en discuter"),
    ({"chapitre": {"lien": "annexes/ressources.md"}}, "module.md", 0, "annexes/ressources.md"),
    ({"chapitre": {"avertissement": True}}, "module.md", 5, "avertissement"),
    ({"chapitre": {"figure": True}}, "module.md", 0, "aucune donnée"),
    ({"chapitre": {"minutes_de_lecture": {"min": 20, "max": 45}}}, "module.md", 0, "se lit en 1 min"),
    ({"notes": {"mots": ["variantes"]}}, "formateur.md", 0, "variantes"),
    ({"notes": {"consigne_des_minutes": 30}}, "formateur.md", 5, "Travail"),
    ({"diapos": {"pages": {"min": 10, "max": 20}}}, "1-essai.md", 0, "diapositives : 1, de 10 à 20"),
    ({"diapos": {"notes": True}}, "1-essai.md", 0, "notes : 0, pour 2"),
]


@pytest.mark.parametrize(("wanted", "file", "line", "words"), LACKS, ids=[case[3] for case in LACKS])
def test_what_a_unit_lacks_is_told(small_course: Project, wanted: dict, file: str, line: int, words: str) -> None:
    unit = units(small_course)[0]
    if "notes" in wanted.get("diapos", {}):
        unit.deck.write_text("# Essai\n\n## Une\n", encoding="utf-8")
    (fault,) = profile.of_unit(unit, wanted)
    assert (fault.file.rpartition("/")[2], fault.line) == (file, line)
    assert words in fault.message and fault.remedy


def test_a_course_without_profile_is_asked_nothing(small_course: Project) -> None:
    assert profile.check(small_course) == []


def test_the_real_course_keeps_its_profile(course: Project) -> None:
    assert course.profile.is_file() and profile.check(course) == []
