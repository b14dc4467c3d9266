"""A new unit passes every check but for its marks, and reads as a unit; nothing of an author is written over."""

from __future__ import annotations

import pytest

from mallette import checks, cli, scaffold, units
from mallette.faults import ContentError
from mallette.grading import assignment
from mallette.handwritten.plain import TO_FILL
from mallette.paths import Project
from mallette.quiz import bank

TITLE = 'Écouter les proches : "un appui" ? [L\'été] *'
SHOWN = "Écouter les proches\u00a0: «\u00a0un appui\u00a0»\u202f? [L’été] *"
OURS = "première page"
"""README.md says how many units the course has: that is for the author to change."""


def others(course: Project) -> list[str]:
    """Return what ``verifier`` says, marks to fill in aside."""
    found = checks.all_faults(course)
    return [
        str(fault) for name, faults in found.items() if name != OURS for fault in faults if TO_FILL not in str(fault)
    ]


def test_what_is_made_is_sound_but_for_what_is_to_be_written(course_copy: Project) -> None:
    before = course_copy.toc.read_text("utf-8").splitlines()
    known = {unit.slug for unit in units.units(course_copy)}
    new = ["--cours", str(course_copy.root), "nouveau"]
    for words in (["seminaire", TITLE], ["module", TITLE], ["devoir", TITLE, "--unite", "1-recours-aux-drogues"]):
        assert cli.main([*new, *words]) == 0
    assert others(course_copy) == []

    after = iter(course_copy.toc.read_text("utf-8").splitlines())
    assert all(line in after for line in before), "comments and order are kept"
    made = [unit for unit in units.units(course_copy) if unit.slug not in known]
    assert [unit.kind for unit in made] == ["seminaire", "module"]
    for unit in made:
        assert unit.title.replace("\\", "") == SHOWN
        assert unit.number == max(other.number for other in units.units(course_copy) if other.kind == unit.kind)
        for path in (unit.chapter, unit.quiz):
            path.write_text(path.read_text("utf-8").replace(TO_FILL, "Un texte"), "utf-8")
        assert {question.objective for question in bank.load_unit(unit).questions} == {"o1", "o2"}
    [path] = [path for path in assignment.folder(course_copy).glob("ecouter-*.yml")]
    path.write_text(path.read_text("utf-8").replace(TO_FILL, "Un texte"), "utf-8")
    described = assignment.load(path.stem, course_copy)
    assert described.title == SHOWN
    assert described.texts


def test_the_first_unit_of_a_kind_gets_a_part_of_its_own(small_course: Project) -> None:
    small_course.toc.write_text(
        "format: jb-book\nroot: modules/1-essai/module\nparts:\n  - caption: Modules\n    chapters:\n"
        "      - file: modules/1-essai/atelier\n      - file: modules/1-essai/formateur\n",
        encoding="utf-8",
    )
    scaffold.unit(small_course, "seminaire", "Un premier")
    [seminar] = [unit for unit in units.units(small_course) if unit.kind == "seminaire"]
    assert seminar.slug == "1-un-premier"
    assert [caption for caption, _ in units.parts(small_course)] == ["", "Séminaires"]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda course: scaffold.unit(course, "module", "« … »"), "ne donne aucun nom"),
        (lambda course: scaffold.devoir(course, "Essai", "9-absente"), "aucune unité « 9-absente »"),
    ],
)
def test_what_cannot_be_made_is_told(small_course: Project, make: object, said: str) -> None:
    with pytest.raises(ContentError) as error:
        make(small_course)
    assert said in str(error.value).replace("\u00a0", " ")


def test_nothing_is_written_over(small_course: Project) -> None:
    deck = small_course.slides / "2-essai.md"
    deck.write_text("# À moi\n", encoding="utf-8")
    toc = small_course.toc.read_bytes()
    with pytest.raises(ContentError, match="existe déjà"):
        scaffold.unit(small_course, "module", "Essai")
    assert deck.read_text("utf-8") == "# À moi\n"
    assert not (small_course.modules / "2-essai").exists()
    assert small_course.toc.read_bytes() == toc
