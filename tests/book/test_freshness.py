"""Does a corrected number, question or page reach the book, and does nothing else get rebuilt?"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from mallette import build, stamps
from mallette.paths import Project

Replace = Callable[[Path, str, str], None]
CONFIG = """\
title: Essai
only_build_toc_files: true
execute: {execute_notebooks: force}
bibtex_bibfiles: [book/annexes/references.bib, _build/sources.bib]
sphinx:
  extra_extensions: [mallette.book]
  config: {language: fr, nb_ipywidgets_js: {}}
"""
CELL = """
```{code-cell}
:tags: [remove-input]
from mallette import data
from mallette.quiz import bank
from mallette.units import unit
print("SMIC", data.rows("smic")[0]["smic_horaire_brut"])
print("ÉNONCÉ", bank.load_unit(unit("1-essai")).questions[0].prompt)
```
"""


@pytest.fixture
def book(small_course: Project) -> Project:
    (small_course.root / "_config.yml").write_text(CONFIG, encoding="utf-8")
    toc = "format: jb-book\nroot: modules/1-essai/module\nchapters:\n- file: modules/1-essai/formateur\n"
    (small_course.root / "_toc.yml").write_text(toc, encoding="utf-8")
    chapter = small_course.modules / "1-essai" / "module.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + CELL, encoding="utf-8")
    return small_course


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def _page(course: Project, name: str = "module") -> str:
    return (course.html / "modules" / "1-essai" / f"{name}.html").read_text(encoding="utf-8")


def test_what_a_page_shows_decides_when_it_is_read_again(book: Project, replace_in: Replace) -> None:
    assert not stamps.of_book(book).current()
    told: list[str] = []
    build.build_book(book, progress=told.append)
    assert "écriture des pages 100\u202f%" in told
    assert stamps.of_book(book).current()
    assert "SMIC 7.61" in _page(book)
    assert "Il pleut." in _page(book)
    notes = _page(book, "formateur")
    shown = ("0\u00a0h\u00a020", ">Accueil", "1\u00a0h\u00a000", ">Travail", "1. Essayer", "pluie")
    assert [notes.index(text) for text in shown] == sorted(notes.index(text) for text in shown)

    replace_in(book.data / "smic.csv", "2004-07-01,7.61,", "2004-07-01,7.99,")
    replace_in(book.modules / "1-essai" / "quiz.yml", "Il pleut.", "Il neige.")
    replace_in(book.modules / "1-essai" / "quiz.yml", "id: pluie", "id: neige")
    assert not stamps.of_book(book).current()
    build.build_book(book)
    assert "SMIC 7.99" in _page(book)
    assert "Il neige." in _page(book)
    assert "neige" in _page(book, "formateur")

    log = book.build / "livre.log"
    build.build_book(book)
    assert "0 added, 0 changed, 0 removed" in log.read_text(encoding="utf-8")


def test_a_failing_cell_is_told_with_its_line_and_its_traceback_is_not_published(
    book: Project, replace_in: Replace
) -> None:
    for number in range(5):  # enough for Sphinx to read pages in several processes
        (book.root / "book" / f"page{number}.md").write_text(f"# Page {number}\n", encoding="utf-8")
        with book.toc.open("a", encoding="utf-8") as toc:
            toc.write(f"- file: book/page{number}\n")
    replace_in(book.modules / "1-essai" / "module.md", 'data.rows("smic")', 'data.rows("inconnue")')
    replace_in(book.modules / "1-essai" / "formateur.md", "minutes: 40", "minutes: quarante")
    with pytest.raises(build.BuildError) as caught:
        build.build_book(book)
    assert re.search(r"1-essai/module.md, ligne 18 : une cellule.*\n.*inconnue", plain(str(caught.value)))
    assert plain("formateur.md, ligne 5 : étape « Travail », minutes") in plain(str(caught.value))
    assert not stamps.of_book(book).current()
    assert "Traceback" not in "".join(path.read_text(encoding="utf-8") for path in book.html.rglob("*.html"))
    assert not list(book.html.rglob("*.err.log"))


def test_a_table_of_contents_that_cannot_be_read_is_told_before_building(book: Project) -> None:
    book.toc.write_text("format: jb-book\nroot: modules/1-essai/module\nchapters:\n\t- file: autre\n", encoding="utf-8")
    with pytest.raises(build.BuildError, match="_toc.yml, ligne 4"):
        build.build_book(book)
