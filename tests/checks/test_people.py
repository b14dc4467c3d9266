"""May a person who follows several units trust that a first name is always the same person?"""

from __future__ import annotations

from functools import partial

import pytest

from mallette import checks, people
from mallette.checks import people as check
from mallette.faults import ContentError
from mallette.paths import Project

LIST = """\
personnes:
  - {nom: Zoé, qui: "treize ans", ou: [1-essai]}
  - {nom: Mme Dupuis, qui: voisine, ou: [1-essai, accueil]}
"""


@pytest.fixture
def town(small_course: Project, replace_in) -> Project:
    """A small course that names its two people where its list says."""
    small_course.people.write_text(LIST, encoding="utf-8")
    replace_in(small_course.modules / "1-essai" / "module.md", "Du texte.", "Zoé et Mme Dupuis.")
    (small_course.book / "accueil.md").write_text("# Accueil\n\nMadame Dupuis parle.\n", encoding="utf-8")
    assert check.check(small_course) == []
    return small_course


def found(course: Project) -> list[tuple[str, int]]:
    return [(fault.file, fault.line) for fault in sorted(checks.faults_of(partial(check.check, course), ""))]


@pytest.mark.parametrize("text", ["Zoé revient.", "On parle d’elle et de **Zoé**, ici.", "Il parle.\n\nQu’a dit Zoé ?"])
def test_a_name_used_elsewhere_is_told_with_who_bears_it(town: Project, text: str) -> None:
    (town.book / "accueil.md").write_text(f"# Accueil\n\nMme Dupuis parle.\n{text}\n", encoding="utf-8")
    [fault] = check.check(town)
    assert fault.line == 4 + text.count("\n")
    assert "treize ans (1-essai)" in fault.message and "personnes.yml" in fault.remedy


@pytest.mark.parametrize(
    "text",
    [
        "Zoé Martin l’écrit.",
        "Zoé Le Gall l’écrit.",
        "Zoétrope.",
        "Saint-Zoé.",
        "{cite}`Zoé`",
    ],
)
def test_a_real_person_and_another_word_pass(town: Project, text: str) -> None:
    (town.book / "accueil.md").write_text(f"# Accueil\n\nMme Dupuis parle.\n{text}\n", encoding="utf-8")
    assert check.check(town) == []


@pytest.mark.parametrize(
    "text",
    [
        "Hector, 14\u00a0ans, entre.",
        "**Hector** a quinze ans.",
        "Hector (31\u00a0ans) parle.",
        "Hector, âgé de vingt-deux ans.",
        "Mme Hector parle.",
        "M.\u00a0Hector parle.",
        "chez madame Hector.",
        "Zoé, puis monsieur H. parle.",
    ],
)
def test_somebody_new_must_be_added_to_the_list(town: Project, replace_in, text: str) -> None:
    replace_in(town.modules / "1-essai" / "atelier.md", "# Atelier d’essai\n", f"# Atelier d’essai\n\n{text}\n")
    [fault] = check.check(town)
    assert (fault.file, fault.line) == ("modules/1-essai/atelier.md", 8)
    assert "inscrivez" in fault.remedy


@pytest.mark.parametrize(
    "text",
    [
        "Elle a quinze ans.",
        "En France, 17\u00a0ans est un âge.",
        "Mme Duport l’écrit.",
        "A.-M. Tagawa",
        "Zoé, 13\u00a0ans.",
    ],
)
def test_ages_of_nobody_and_authors_pass(town: Project, replace_in, text: str) -> None:
    replace_in(town.modules / "1-essai" / "atelier.md", "# Atelier d’essai\n", f"# Atelier d’essai\n\n{text}\n")
    assert check.check(town) == []


def test_slides_and_quizzes_belong_to_their_unit_and_are_read(town: Project, replace_in) -> None:
    town.people.write_text(LIST.replace("[1-essai]", "[accueil]"), encoding="utf-8")
    replace_in(town.modules / "1-essai" / "quiz.yml", "Il pleut.", "Zoé dort.")
    (town.slides / "1-essai.md").write_text("# Essai\n\nZoé dort.\n", encoding="utf-8")
    assert found(town) == [
        ("data/personnes.yml", 2),
        ("modules/1-essai/module.md", 14),
        ("modules/1-essai/quiz.yml", 6),
        ("slides/1-essai.md", 3),
    ]


def test_a_tool_belongs_to_the_unit_that_holds_its_folder(town: Project) -> None:
    (town.modules / "1-essai" / "outils").mkdir()
    (town.modules / "1-essai" / "outils" / "ligne.yml").write_text("titre: Zoé dort.\n", encoding="utf-8")
    assert check.check(town) == []


def test_a_place_that_no_longer_names_a_person_is_told(town: Project) -> None:
    (town.book / "accueil.md").write_text("# Accueil\n", encoding="utf-8")
    assert found(town) == [("data/personnes.yml", 3)]


def test_two_people_of_one_name_are_refused(town: Project) -> None:
    town.people.write_text(LIST + "  - {nom: Zoé, qui: une autre, ou: [accueil]}\n", encoding="utf-8")
    with pytest.raises(ContentError, match="ligne 2"):
        people.load(town)
    assert found(town) == [("data/personnes.yml", 4)]
