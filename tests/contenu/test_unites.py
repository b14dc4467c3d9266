"""Nothing that a trainer does to the course with a verb of the kit leaves something to mend."""

from __future__ import annotations

from datetime import date

from mallette import checks, cli, panels
from mallette.checks import profile
from mallette.paths import Project
from mallette.quiz import bank
from mallette.units import units
from tests.conftest import ROOT


def test_a_panel_put_in_the_course_leaves_nothing_to_mend(course_copy: Project) -> None:
    """What a trainer will do one day: no check and no test of the content may be in the way."""
    placed = units(course_copy)[0]
    question = next(item for item in bank.load_unit(placed).questions if item.kind == "concordance")
    held = course_copy.panels / "essai.yml"
    held.parent.mkdir()
    held.write_text(
        panels.text(
            held.name, placed.slug, question, [0, 1, 2, 6, 3], "éducatrices et éducateurs de rue", date(2024, 3, 12)
        ),
        encoding="utf-8",
    )
    assert cli.main(["--cours", str(course_copy.root), "panel", str(held), "--remplacer"]) == 0
    assert "panel" in bank.load_unit(placed).select([question.id]).questions[0].content
    assert checks.unit_faults(placed) == []
    assert not checks.typography.check(course_copy) and not checks.wording.check(course_copy)
    assert profile.check(course_copy) == []


def test_what_is_computed_of_the_whole_course_has_one_page() -> None:
    """The PDF of the book would print it twice."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "book").rglob("*.md"))]
    for name in ("mots", "lisibilite", "fiches-actions", "etat"):
        assert sum(f"```{{{name}}}" in text for text in texts) <= 1, name
