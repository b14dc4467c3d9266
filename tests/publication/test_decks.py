"""Are slides on paper accessible and whole: one a page, its notes under it, and none cut?"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from mallette import cli, figures
from mallette.paths import Project
from mallette.publication import decks, markup, pdf
from tests.conftest import write_small_course
from tests.publication.test_pdf import DAY, failures

DECK = """<!doctype html><html lang="fr"><body><div class="reveal"><div class="slides">
<section><section id="titre"><h1>Un jeu</h1><p>Module 1</p><aside class="notes"><p>Bonjour à tous.</p></aside></section>
</section><section><section><h2>Un dessin</h2>{figure}<aside class="notes"><p>Regardez.</p></aside></section></section>
<section><section><h2>Des mots</h2><ul class="simple"><li><p>Un</p></li></ul><blockquote><div><p>« Oui. »</p></div>
</blockquote><div class="admonition"><p class="admonition-title">À savoir</p><p>Voici.</p></div>
<table><thead><tr><th>Clé</th><th>Sens</th></tr></thead><tbody><tr><th>A</th><td>Alpha</td></tr></tbody></table></section>
</section>{more}</div></div><script>let a;</script></body></html>"""
LONG = f"<section><section><h2>Un roman</h2>{'<p>Une ligne de plus.</p>' * 30}</section></section>"


@pytest.fixture
def course(tmp_path: Path) -> Project:
    return write_small_course(tmp_path)


def build(course: Project, more: str = "") -> None:
    place = course.decks / "1-essai" / "index.html"
    place.parent.mkdir(parents=True)
    shown = figures.smic("2024-02-01").slide_html()
    place.write_text(DECK.format(figure=shown, more=more), encoding="utf-8")


def written(course: Project, end: str) -> list[str]:
    """Return the text of each page."""
    path = course.publication / "diapos" / f"1-essai{end}.pdf"
    said = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return said.stdout.decode().split("\f")[:-1]


def test_each_slide_has_its_page_and_its_notes_and_both_files_are_accessible(course: Project) -> None:
    build(course)
    assert cli.main(["--cours", str(course.root), "publier", "diapos", "--sans-livre"]) == 0
    place = course.publication / "diapos"
    assert [failures(place / f"1-essai{end}.pdf") for end in decks.FORMS] == [[], []]
    alone, noted = written(course, ""), written(course, "-notes")
    assert [page.split()[-1] for page in alone] == ["1/3", "2/3", "3/3"]
    assert all(text in alone[2] for text in ("Des mots", "« Oui. »", "À savoir", "Alpha"))
    assert "Regardez" not in "".join(alone)
    assert noted[1].index("Un dessin") < noted[1].index("Regardez")
    assert "Population" in noted[1], "les données de la figure suivent ses notes"


def test_a_slide_that_holds_too_much_is_told_and_not_cut(course: Project, capsys: pytest.CaptureFixture[str]) -> None:
    build(course, LONG + LONG.replace("Un roman", "Un second"))
    assert cli.main(["--cours", str(course.root), "publier", "diapos", "--sans-livre"]) == 1
    told = capsys.readouterr().err
    assert "slides/1-essai.md" in told and "Un roman" in told and "Un second" in told and "Des mots" not in told
    for end in decks.FORMS:
        assert "".join(written(course, end)).count("Une ligne de plus") == 60


def test_the_same_deck_gives_the_same_bytes(course: Project, tmp_path: Path) -> None:
    build(course)
    for name in ("un", "deux"):
        deck = decks.read(course, course.decks / "1-essai" / "index.html")
        pdf.write(deck, tmp_path / name, DAY, "deck_notes")
    assert (tmp_path / "un").read_bytes() == (tmp_path / "deux").read_bytes()
    assert "let a" not in markup.markup(deck.body)


def test_a_deck_that_is_not_there_is_told_with_those_that_are(
    course: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--cours", str(course.root), "publier", "diapos", "--sans-livre"]
    assert cli.main(asked) == 1
    assert "make diapos" in capsys.readouterr().err
    build(course)
    assert cli.main([*asked, "--unite", "nulle"]) == 1
    assert "1-essai" in capsys.readouterr().err
