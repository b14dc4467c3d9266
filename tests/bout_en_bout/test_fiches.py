"""Can one find a fiche-action with a keyboard, on a narrow phone, from a shared address, on paper, without script?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from mallette.paths import Project

LIST = "book/demarche/fiches.html"


def _address(built: Project, page: str = LIST) -> str:
    return (built.html / page).as_uri()


def _cards(page: Page):
    return page.locator(".mallette-fiches li:visible")


@pytest.mark.parametrize("viewport", ["ordinateur", "etroit"])
def test_the_list_is_narrowed_with_the_keyboard_and_says_how_many(
    built_course: Project, page_check: Callable[..., Page], axe: Callable, no_overflow: Callable, viewport: str
) -> None:
    page = page_check(_address(built_course), viewport=viewport)
    expect(_cards(page)).to_have_count(11)
    page.locator(".mallette-fiches summary").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Logique d’action", exact=True)).to_be_focused()
    page.keyboard.type("Acc")  # as one chooses in a list without opening it
    status = page.get_by_role("status")
    expect(status).to_contain_text(re.compile(r"^2\sfiches-actions sur 11"))
    expect(_cards(page)).to_have_count(2)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Partenaire", exact=True)).to_be_focused()
    page.keyboard.type("Centre social A")
    expect(status).to_contain_text(re.compile(r"^1\sfiche-action sur 11"))
    expect(_cards(page)).to_contain_text("Santal")
    axe(page)
    no_overflow(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(_cards(page)).to_have_count(11)
    expect(status).to_have_text(re.compile(r"^11\sfiches-actions$"))
    assert "#" not in page.url


def test_an_address_brings_the_choices_back(built_course: Project, page_check: Callable[..., Page]) -> None:
    page = page_check(_address(built_course))
    page.get_by_label("Public", exact=True).select_option(label="Commerçants (1)")
    expect(_cards(page)).to_have_count(1)
    again = page_check(page.url)
    expect(again.get_by_label("Public", exact=True)).to_have_value("commercants")
    expect(_cards(again)).to_have_count(1)
    foreign = page_check(_address(built_course) + "#fiches?logique=inconnue&public=%&autre=1")
    expect(_cards(foreign)).to_have_count(11)


def test_choices_that_meet_nothing_say_so(built_course: Project, page_check: Callable[..., Page]) -> None:
    page = page_check(_address(built_course))
    page.get_by_label("Logique d’action", exact=True).select_option("traces")
    page.get_by_label("Public", exact=True).select_option("jeunes")
    expect(_cards(page)).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text("élargissez")


def test_a_fiche_leads_to_the_others_of_its_logic(built_course: Project, page_check: Callable[..., Page]) -> None:
    page = page_check(_address(built_course, "book/demarche/fiches/4-santal.html"))
    page.get_by_role("link", name="Accompagner le parcours des jeunes").click()
    expect(_cards(page)).to_have_count(2)


def test_the_whole_list_is_there_without_script(built_course: Project, page_check: Callable[..., Page]) -> None:
    page = page_check(_address(built_course), java_script_enabled=False)
    expect(_cards(page)).to_have_count(11)
    expect(page.locator(".mallette-filtres")).to_be_hidden()


def test_what_is_chosen_is_what_is_printed(built_course: Project, page_check: Callable[..., Page]) -> None:
    page = page_check(_address(built_course) + "#fiches?logique=parcours-jeunes")
    expect(_cards(page)).to_have_count(2)
    page.emulate_media(media="print")
    expect(page.locator(".mallette-filtres")).to_be_hidden()
    expect(page.get_by_role("status")).to_be_visible()
    expect(_cards(page)).to_have_count(2)
