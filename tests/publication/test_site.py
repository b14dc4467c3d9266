"""Is the site whole, and only what its pages lead to?"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from mallette.faults import ContentError
from mallette.paths import Project
from mallette.publication import site

PAGES = {
    "index.html": '<a href="livre/a.html?x#y">Lire</a><link href="_static/kit/style.css?v=1"><a href="https://example.org">',
    "search.html": "",
    "_static/textes.js": "",
    "_static/licences.txt": "",
    "livre/a.html": '<img src="../_static/figures/a.svg"><script data-explorer="../_static/copybutton.js?v"></script>',
    "_static/kit/style.css": "b{background:url(data:,)}i{background:url('../figures/plan%20b.svg')}",
    "_static/figures/plan b.svg": "",
    "_static/figures/a.svg": "",
    "_static/copybutton.js": "",
    "_static/copybutton.js.LICENSE.txt": "",
    "_static/personne.js": "",
    "reste.html": "",
}


@pytest.fixture
def book(small_course: Project) -> Project:
    for name, text in PAGES.items():
        path = small_course.html / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return small_course


def test_the_site_holds_what_its_pages_lead_to(book: Project) -> None:
    folder = book.publication / "site"
    folder.mkdir(parents=True)
    (folder / "ancienne.html").write_text("", encoding="utf-8")
    archive, held, faults = site.write(book, folder)
    assert faults == []
    assert set(held) == PAGES.keys() - {"_static/personne.js", "reste.html"}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there == set(held)
    assert set(zipfile.ZipFile(archive).namelist()) == there
    assert site.write(book, folder)[0].read_bytes() == archive.read_bytes()


def test_a_link_that_leads_nowhere_is_told(book: Project) -> None:
    Path(book.html, "livre/a.html").write_text('<a href="b.html">b</a>', encoding="utf-8")
    (fault,) = site.contents(book.html)[1]
    assert fault.file == "livre/a.html"
    assert "« livre/b.html »" in fault.message


def test_a_book_that_is_not_built_is_told(small_course: Project) -> None:
    with pytest.raises(ContentError, match="make livre"):
        site.write(small_course, small_course.publication / "site")


def test_a_file_of_others_without_credit_is_told(book: Project) -> None:
    Path(book.html, "livre/a.html").write_text('<script src="../_static/personne.js"></script>', encoding="utf-8")
    (fault,) = site.contents(book.html)[1]
    assert fault.file == "_static/personne.js"
    assert "crédits" in fault.message
