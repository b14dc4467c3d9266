"""Do the pages of the book make one sound document?"""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from mallette.faults import ContentError
from mallette.paths import Project
from mallette.publication import assemble, editions
from mallette.publication.answers import TITLE
from mallette.publication.assemble import Whole
from mallette.publication.page import slug


@pytest.fixture(scope="module")
def unit(small_book: Project) -> Whole:
    return assemble.assemble(small_book, editions.unit(small_book, "1-essai"))


def _headings(whole: Whole) -> list[tuple[str, str]]:
    return [(one.name, one.get_text()) for one in whole.body.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]


def test_an_edition_holds_its_pages_in_order_under_their_part_and_skips_no_level(small_book: Project) -> None:
    book = assemble.assemble(small_book, editions.book(small_book))
    assert book.title == "Un livre d’essai"
    assert book.language == "fr"
    assert _headings(book) == [
        ("h1", "Un livre d’essai"),
        ("h1", "Modules"),
        ("h2", "Le module"),
        ("h3", "Un titre trop bas"),
        ("h3", TITLE),
        ("h1", "Guides"),
        ("h2", "Le guide"),
    ]
    guide = assemble.assemble(small_book, editions.guide(small_book))
    assert _headings(guide) == [
        ("h1", "Modules"),
        ("h2", "Les notes"),
        ("h2", "Les fiches"),
        ("h3", "Rôles"),
        ("h3", "Grille"),
        ("h1", "Guides"),
        ("h2", "Le guide"),
    ]


def test_a_unit_is_whole_and_says_its_name(unit: Whole) -> None:
    assert (unit.title, unit.subtitle) == ("Une unité d’essai", "Module 1")
    titles = [text for name, text in _headings(unit) if name == "h1"]
    assert titles == ["Le module", "L’atelier", "Les notes", "Les fiches", TITLE]


def test_no_id_is_lost_or_doubled_and_each_link_inside_leads_somewhere(small_book: Project) -> None:
    for edition in (editions.book(small_book), editions.unit(small_book, "1-essai")):
        whole = assemble.assemble(small_book, edition)
        ids = [element["id"] for element in whole.body.find_all(id=True)]
        assert len(ids) == len(set(ids))
        for entry in edition.pages:
            page = (small_book.html / f"{entry.page}.html").read_text(encoding="utf-8")
            written = {element["id"] for element in BeautifulSoup(page, "html.parser").find_all(id=True)}
            assert {f"{slug(entry.page)}--{name}" for name in written} <= set(ids)
        inside = [anchor["href"][1:] for anchor in whole.body.select("a[href^='#']")]
        assert inside
        assert set(inside) <= set(ids)


def test_a_form_to_fill_in_is_printed_once_and_other_pages_lead_to_its_sheet(small_book: Project, unit: Whole) -> None:
    (form,) = unit.body.find_all(attrs={"data-outil": True})
    sheet = form.find_parent("section", class_="feuille")
    assert sheet.get_text().count("Grille") == 1  # its title, which the form does not say again
    (way,) = unit.body.select_one("#modules--1-essai--module").find_all("a", href=f"#{sheet['id']}")
    assert "Grille" in way.get_text()
    book = assemble.assemble(small_book, editions.book(small_book))  # has no sheet: the form stays in its chapter
    assert "Grille" in book.body.find(attrs={"data-outil": True}).get_text()


def test_links_lead_to_the_place_to_the_page_or_out_and_others_stay_as_text(small_book: Project) -> None:
    whole = assemble.assemble(small_book, editions.book(small_book))
    home = whole.body.find("section", "page")
    assert {anchor.get_text().split()[-1]: anchor.get("href") for anchor in home.find_all("a")} == {
        "module": "#modules--1-essai--module--sens",
        "vue": "#modules--1-essai--module",
        "l’index": None,
        "ailleurs": "https://example.org/",
    }


def test_other_pages_are_on_the_published_site_when_there_is_one(small_book: Project) -> None:
    before = small_book.config.read_text(encoding="utf-8")
    small_book.config.write_text(f"{before}html: {{baseurl: https://example.org/cours}}\n", encoding="utf-8")
    try:
        whole = assemble.assemble(small_book, editions.guide(small_book))
    finally:
        small_book.config.write_text(before, encoding="utf-8")
    assert whole.body.a["href"] == "https://example.org/cours/modules/1-essai/module.html"


def test_what_only_a_screen_can_use_goes_and_what_it_hides_is_shown(unit: Whole) -> None:
    assert not unit.body.find_all(["script", "picture", "source", "details", "summary", "nav"])
    assert not unit.body.select(".mlt-mount, .headerlink, .toctree-wrapper")
    text = unit.body.get_text()
    assert "Un texte plié." in text
    assert "Il pleut." in text
    assert unit.body.find(lang="en").get_text() == "Street corner"
    image = unit.body.img
    assert b"<svg" in unit.images[image["src"]]
    assert image["alt"]
    # The table of the data stands beside the figure: a caption is its first or last child.
    assert not unit.body.figure.table
    assert unit.body.figure.find_next("table").caption


def test_a_question_asked_twice_is_answered_once_at_the_end_under_its_number(unit: Whole) -> None:
    pages = unit.body.find_all("section", "page")
    assert pages[-1].h1.get_text() == TITLE
    answers = pages[-1].ol.find_all("li", recursive=False)
    assert len(answers) == 1
    assert "La réponse est" in answers[0].get_text()
    assert not any("La réponse est" in page.get_text() for page in pages[:-1])
    asked = unit.body.select(".mlt-quiz > ol > li")
    assert [item["value"] for item in asked] == ["1", "1"]
    assert all(way.a["href"] == f"#{answers[0]['id']}" for way in unit.body.select(".mlt-quiz .renvoi"))
    assert answers[0].a["href"] == f"#{asked[0]['id']}"


def test_a_page_that_was_not_built_is_told(small_book: Project) -> None:
    page = small_book.html / "book" / "guides" / "formateur.html"
    content = page.read_bytes()
    page.unlink()
    try:
        with pytest.raises(ContentError, match=r"(?s)book/guides/formateur\.html.*make livre"):
            assemble.assemble(small_book, editions.guide(small_book))
    finally:
        page.write_bytes(content)


def test_the_notice_is_that_of_the_site_without_what_is_true_of_a_site_alone() -> None:
    foot = '<p>Licence X. <span class="mallette-site">Aucun\ntraceur.</span></p>'
    settings = {"author": "Une équipe", "sphinx": {"config": {"html_theme_options": {"extra_footer": foot}}}}
    assert assemble.signature(settings) == ("Une équipe", "Licence X.")
    assert assemble.signature({}) == ("", "")
