"""Decks are built, kept when nothing changed, and their faults are told by file and line."""

import re
import shutil

import pytest

from mallette import data, slides, stamps
from mallette.faults import ContentError
from mallette.figures import style
from mallette.french import people
from mallette.paths import PACKAGE, Project
from mallette.slides import cells

HEAD = """\
---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3}
---
"""
DECK = (
    HEAD
    + """\
# Un titre d’essai

Sous-titre

```{notes}
Dire *bonjour*.
```

## Une liste

- un
- deux

## Une figure

```{code-cell} python
:tags: [remove-input]
from mallette import figures
figures.effectifs(2014, "annee")
```

```{notes}
Laisser lire.
```
"""
)


@pytest.fixture
def course(tmp_path):
    """A course with the real tables and one deck."""
    shutil.copytree(PACKAGE.parent / "data", tmp_path / "data")
    (tmp_path / "_config.yml").write_text("title: essai\n", encoding="utf-8")
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "1-essai.md").write_text(DECK, encoding="utf-8")
    return Project(tmp_path)


def test_deck_has_a_slide_a_heading_a_figure_and_notes_out_of_the_slides(course):
    (page,) = slides.build(course)
    text = page.read_text(encoding="utf-8")
    assert page == course.decks / "1-essai" / "index.html"
    assert '<html lang="fr"' in text
    assert "<title>Un titre d’essai</title>" in text
    assert len(re.findall(r"<h1|<h2", text)) == 3
    assert 'class="mlt-figure mlt-figure-slide"' in text
    assert "figures.effectifs" not in text  # the room never sees code
    notes = re.findall(r'<aside class="notes">(.*?)</aside>', text, re.DOTALL)
    assert len(notes) == 2
    assert "<em>bonjour</em>" in notes[0]


def test_deck_asks_nothing_from_elsewhere_and_all_it_links_is_there(course):
    (page,) = slides.build(course)
    text = page.read_text(encoding="utf-8")
    links = re.findall(r'<(?:script|link)[^>]*?(?:src|href|data-style)="([^"]+)"', text)
    links += re.findall(r'data-style="([^"]+)"', text)
    files = [link.split("?")[0] for link in links if not link.startswith("data:")]
    assert len(files) >= 6
    for name in files:
        assert (page.parent / name).is_file(), name


def test_environment_of_the_caller_is_left_as_it_was(course, monkeypatch):
    monkeypatch.delenv(style.LAYOUT_VARIABLE, raising=False)
    slides.build(course)
    assert not style.on_slide()


def test_unchanged_deck_is_kept_and_a_corrected_number_is_not(course, monkeypatch):
    ran = []
    monkeypatch.setattr(cells, "run", lambda *args, run=cells.run: ran.append(cells.reading) or run(*args))
    (page,) = slides.build(course)
    (course.slides / "2-autre.md").write_text(DECK.replace("essai", "plus"), encoding="utf-8")
    assert [one.parent.name for one in slides.build(course)] == ["1-essai", "2-autre"]
    slides.build(course)
    assert ran == ["slides/1-essai.md", "slides/2-autre.md"]
    assert stamps.of_decks(course).current()

    table = course.data / "effectifs_usagers.csv"
    where = {"annee": 2014, "produit": "cannabis", "indicateur": "annee"}
    published = data.lookup("effectifs_usagers", where, "effectif", course)
    corrected = published + 100_000
    assert people(corrected) not in page.read_text(encoding="utf-8")
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace(f",{published},", f",{corrected},"), encoding="utf-8")
    assert not stamps.of_decks(course).current()
    slides.build(course)
    assert people(corrected) in page.read_text(encoding="utf-8")

    (course.slides / "2-autre.md").unlink()
    slides.build(course)
    assert not (course.decks / "2-autre").exists()


def test_failing_cell_is_told_with_its_line_in_every_deck_and_told_again(course):
    broken = DECK.replace("effectifs(2014", "effectifs(1900")
    for name in ("1-essai.md", "2-autre.md"):
        (course.slides / name).write_text(broken, encoding="utf-8")
    line = broken.splitlines().index("```{code-cell} python") + 1
    for _ in range(2):
        with pytest.raises(ContentError) as caught:
            slides.build(course)
        assert {fault.file for fault in caught.value.faults} == {"slides/1-essai.md", "slides/2-autre.md"}
        assert {fault.line for fault in caught.value.faults} == {line}
        assert "2014" in caught.value.faults[0].remedy
        assert not stamps.of_decks(course).current(), "ce qui manque ne serait plus dit"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + "## Sans titre de niveau 1\n", "0 titres de niveau 1"),
        (HEAD + "# Un\n\n## A\n\n# Deux\n", "2 titres de niveau 1"),
        (HEAD + "# Un\n\nRien d’autre.\n", "aucune diapositive"),
        (DECK.replace("```{notes}\nDire", "```{note_inconnue}\nDire"), "note_inconnue"),
    ],
)
def test_deck_without_the_right_shape_is_refused(course, text, told):
    (course.slides / "1-essai.md").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        slides.build(course)
    assert told in str(caught.value)
    assert caught.value.faults[0].file == "slides/1-essai.md"


def test_a_deck_in_another_encoding_is_told_and_the_others_are_built(course):
    (course.slides / "2-autre.md").write_bytes((DECK + "\nÉté\n").encode("cp1252", "replace"))
    with pytest.raises(ContentError) as caught:
        slides.build(course)
    assert [fault.file for fault in caught.value.faults] == ["slides/2-autre.md"]
    assert [path.parent.name for path in course.decks.glob("*/index.html")] == ["1-essai"]


def test_no_deck_is_no_fault(course):
    (course.slides / "1-essai.md").unlink()
    assert slides.build(course) == []
