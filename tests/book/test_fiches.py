"""Does each page of a fiche-action say all that the file says, and does the list offer what exists?"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from mallette.book import fiches
from mallette.fiches import collection
from mallette.markdown import defuse
from mallette.paths import Project
from tests.conftest import ROOT

ALL = collection.load(Project(ROOT)).fiches
CHAPTER_4 = "book/seminaires/4-cadre-de-vie-et-reduction-des-risques/chapitre"


def _page(course: Project, fiche: collection.Fiche, pages: tuple[str, ...] = ()) -> str:
    return fiches.page(course, fiche, "TAT_2016", "../../../", pages)


@pytest.mark.parametrize("fiche", ALL, ids=lambda fiche: fiche.slug)
def test_nothing_of_a_fiche_is_forgotten(course: Project, fiche: collection.Fiche) -> None:
    page = _page(course, fiche)
    said = [
        fiche.title,
        fiche.summary,
        fiche.warning,
        fiche.audience_text,
        fiche.actors,
        fiche.period,
        fiche.place,
        fiche.passage,
        *fiche.unknown,
        *fiche.training,
    ]
    said += [text for line in sum(fiche.lines.values(), ()) for text in (line.text, line.passage)]
    said += [text for partner in fiche.partners for text in (partner.name, partner.role)]
    said += [text for logic in fiche.logics for text in (logic.title, logic.reason)]
    said += [item.text for item in fiche.publications]
    assert [text for text in said if defuse(text) not in page] == []
    assert all(f"{{cite}}`{item.key}`" in page for item in fiche.publications)


def test_a_silence_of_the_report_is_said(course: Project) -> None:
    silent = next(fiche for fiche in ALL if not fiche.lines["resultats"])
    section = _page(course, silent).split("## Ce que cela a donné")[1].split("##")[0]
    assert "n’en dit rien" in section


def test_a_unit_is_linked_once_it_is_in_the_book(course: Project) -> None:
    fiche = next(item for item in ALL if 4 in item.seminars)
    assert "chapitre" not in _page(course, fiche)
    assert re.search(r"Séminaire 4 \(à venir", _page(course, fiche))
    assert re.search(r"\[Séminaire 4[^]]*\]\([^)]*4-cadre-de-vie[^)]*\)", _page(course, fiche, (CHAPTER_4,)))


def test_what_a_person_writes_never_becomes_markup(course: Project) -> None:
    hostile = replace(ALL[0], title="<script>x</script>", summary='"> {cite}`A` ![](b)')
    page = _page(course, hostile)
    assert "<script>" not in page and "{cite}`A`" not in page and "![](b)" not in page
    known = replace(collection.load(course), fiches=(hostile,))
    catalogue = fiches.catalogue(known, "fiches/")
    assert "<script>" not in catalogue and '"> {cite}' not in catalogue


@pytest.mark.parametrize("name", ["logique", "public", "partenaire"])
def test_each_choice_of_a_filter_says_how_many_cards_it_shows(course: Project, name: str) -> None:
    html = fiches.catalogue(collection.load(course), "fiches/")
    cards = re.findall(rf'<li class="mallette-carte"[^>]* data-{name}="([^"]*)"', html)
    assert len(cards) == len(ALL)
    select = re.search(rf'<select id="fiches-{name}".*?</select>', html, re.DOTALL)[0]
    counts = {value: int(count) for value, count in re.findall(r'value="([^"]+)"[^>]*>[^<]*\((\d+)\)', select)}
    assert counts == {value: sum(value in card.split() for card in cards) for value in counts}
    assert min(counts.values()) > 0, "un choix qui ne montre rien"
