"""The form of an assignment on a phone: what is answered is kept, whatever happens to the network and the page."""

# ruff: noqa: F811
from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from mallette.grading import assignment, handin
from mallette.paths import Project
from tests import salle
from tests.grading.conftest import graded_course, room  # noqa: F401 (fixtures)

BACK_MS = 20_000
"""Retries come at most eight seconds apart; the rest is a busy machine."""


def part(page: Page, title: str) -> Locator:
    """Return the section of a question."""
    return page.locator("section.mlt", has=page.get_by_role("heading", name=title))


def saved(page: Page, count: int) -> None:
    expect(page.locator("#etat")).to_contain_text(f"{count} réponse", timeout=BACK_MS)
    expect(page.locator("#etat")).to_contain_text("sur 6", timeout=BACK_MS)


def kept(course: Project) -> dict[str, object]:
    [copy] = (course.exercises / "submitted").glob("*/essai/essai.ipynb")
    return dict(handin.read(copy.read_bytes(), assignment.load("essai", course)).answers)


@pytest.mark.parametrize("viewport", ["telephone", "etroit"])
def test_an_assignment_from_the_portal_to_the_receipt(
    room: salle.Room, graded_course: Project, page_check: Callable, axe: Callable, no_overflow: Callable, viewport: str
) -> None:
    page = page_check(f"{room.url}devoirs/", viewport)

    def look() -> None:
        axe(page, colours=viewport == "telephone")
        no_overflow(page)

    look()
    page.get_by_role("link", name="Commencer : Un devoir d’essai").click()
    saved(page, 0)
    look()
    part(page, "Choisir").get_by_role("radio", name="Les deux tableaux.").check()
    for name in ("Un.", "Trois."):
        part(page, "Plusieurs").get_by_role("checkbox", name=name).check()
    part(page, "Ranger").get_by_role("button", name="Garder cet ordre").click()
    page.get_by_role("textbox", name=re.compile("Votre réponse")).fill("beaucoup")
    page.get_by_role("textbox", name=re.compile("Votre texte")).fill("<b>Un texte</b>\nde deux lignes. ")
    expect(part(page, "Lire une case")).to_contain_text("Rien n’est enregistré pour cette question.")
    saved(page, 4)
    look()
    page.get_by_role("button", name="Remettre ma copie").click()
    expect(page.get_by_role("alert").filter(has_text="Les questions 1 et 4 sont sans réponse.")).to_be_visible()
    page.get_by_role("textbox", name=re.compile("Votre réponse")).fill("10,2 %")
    saved(page, 5)
    page.get_by_role("button", name="Remettre quand même").click()
    expect(page.get_by_role("heading", name="Votre copie est remise")).to_be_focused(timeout=BACK_MS)
    look()
    found = kept(graded_course)
    assert found["choix"] == 1
    assert found["plusieurs"] == [0, 2]
    assert found["lire-une-case"] == 10.2
    assert found["ecrire"] == "<b>Un texte</b>\nde deux lignes."
    assert "vf" not in found

    code, word = page.locator(".recu strong").all_inner_texts()
    part(page, "Vrai ou faux").get_by_role("radio", name="Faux").check()
    expect(page.locator("#etat")).to_contain_text("Vos réponses ont changé depuis la remise")
    page.reload()
    expect(page.locator("#etat")).to_contain_text("Vos réponses ont changé depuis la remise")
    expect(page.locator(".recu strong").first).to_have_text(code)
    page.get_by_role("button", name="Remettre ma copie de nouveau").click()
    expect(page.locator("#etat")).not_to_contain_text("changé", timeout=BACK_MS)
    assert kept(graded_course)["vf"] == "faux"
    page.get_by_role("link", name="Devoirs").click()
    expect(page.get_by_text("✓ Copie remise")).to_be_visible()
    look()
    page.get_by_role("button", name="Quitter sur cet appareil").click()
    expect(page.get_by_text("✓ Copie remise")).to_have_count(0)
    page.get_by_label("Code de la copie").fill(code)
    page.get_by_label("Mot secret").fill(word)
    page.get_by_role("button", name="Reprendre").click()
    expect(page.get_by_text("✓ Copie remise")).to_be_visible()


def test_a_wrong_word_is_told(room: salle.Room, page_check: Callable, axe: Callable) -> None:
    page = page_check(f"{room.url}devoirs/", "telephone", cut=True)
    page.get_by_label("Code de la copie").fill("p1234")
    page.get_by_label("Mot secret").fill("bcdfg")
    page.get_by_role("button", name="Reprendre").click()
    expect(page.get_by_role("alert")).to_contain_text("ne vont pas ensemble")
    axe(page)


def test_the_keyboard_is_enough(room: salle.Room, graded_course: Project, page_check: Callable) -> None:
    page = page_check(f"{room.url}devoirs/essai")
    saved(page, 0)
    page.get_by_role("radio", name="L’un des deux.").focus()
    page.keyboard.press("Space")
    page.get_by_role("checkbox", name="Deux.").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Descendre : ").first.focus()
    page.keyboard.press("Enter")
    saved(page, 3)
    page.get_by_role("button", name="Remettre ma copie").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Remettre quand même")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Votre copie est remise")).to_be_focused(timeout=BACK_MS)


def test_a_cut_network_and_a_closed_tab_lose_nothing(
    room: salle.Room, graded_course: Project, page_check: Callable
) -> None:
    page = page_check(f"{room.url}devoirs/essai", "telephone", cut=True)
    context: BrowserContext = page.context
    part(page, "Choisir").get_by_role("radio", name="Aucun.").check()
    saved(page, 1)
    context.set_offline(True)
    part(page, "Vrai ou faux").get_by_role("radio", name="Vrai").check()
    page.get_by_role("textbox", name=re.compile("Votre texte")).fill("Sans réseau.")
    expect(page.locator("#etat")).to_contain_text("2 réponses attendent sur cet appareil", timeout=BACK_MS)
    page.get_by_role("button", name="Remettre ma copie").click()
    page.get_by_role("button", name="Remettre quand même").click()
    expect(page.get_by_role("alert").filter(has_text="pas encore arrivées")).to_be_visible(timeout=BACK_MS)
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"{room.url}devoirs/essai")
    saved(again, 3)
    expect(again.get_by_role("textbox", name=re.compile("Votre texte"))).to_have_value("Sans réseau.")
    expect(part(again, "Vrai ou faux").get_by_role("radio", name="Vrai")).to_be_checked()
    again.get_by_role("button", name="Remettre ma copie").click()
    again.get_by_role("button", name="Remettre quand même").click()
    expect(again.get_by_role("heading", name="Votre copie est remise")).to_be_visible(timeout=BACK_MS)
    assert kept(graded_course) == {"choix": 2, "vf": "vrai", "ecrire": "Sans réseau."}


def test_two_tabs_show_the_same_answers(room: salle.Room, page_check: Callable) -> None:
    first = page_check(f"{room.url}devoirs/essai")
    saved(first, 0)
    second = first.context.new_page()
    second.goto(f"{room.url}devoirs/essai")
    part(first, "Choisir").get_by_role("radio", name="Aucun.").check()
    expect(part(second, "Choisir").get_by_role("radio", name="Aucun.")).to_be_checked(timeout=BACK_MS)
    part(second, "Choisir").get_by_role("radio", name="L’un des deux.").check()
    expect(part(first, "Choisir").get_by_role("radio", name="L’un des deux.")).to_be_checked(timeout=BACK_MS)
    second.get_by_role("textbox", name=re.compile("Votre réponse")).fill("12")
    expect(first.get_by_role("textbox", name=re.compile("Votre réponse"))).to_have_value("12", timeout=BACK_MS)
    saved(first, 2)


def test_a_lost_cookie_loses_no_answer(room: salle.Room, graded_course: Project, page_check: Callable) -> None:
    page = page_check(f"{room.url}devoirs/essai", cut=True)
    part(page, "Choisir").get_by_role("radio", name="Aucun.").check()
    saved(page, 1)
    page.context.clear_cookies()
    part(page, "Vrai ou faux").get_by_role("radio", name="Vrai").check()
    saved(page, 2)
    page.get_by_role("button", name="Remettre ma copie").click()
    page.get_by_role("button", name="Remettre quand même").click()
    expect(page.get_by_role("heading", name="Votre copie est remise")).to_be_visible(timeout=BACK_MS)
    assert kept(graded_course) == {"choix": 2, "vf": "vrai"}


def test_a_browser_that_refuses_cookies_is_told(room: salle.Room, page_check: Callable) -> None:
    page = page_check(f"{room.url}devoirs/essai")
    page.route("**/etat", lambda route: route.fulfill(json={"reconnu": False}))
    page.reload()
    expect(page.locator("#etat")).to_contain_text("refuse les cookies")


def test_the_portal_leads_to_what_is_open(graded_course: Project) -> None:
    from mallette.server import portal

    page = portal.render(graded_course, [], "http://127.0.0.1:1/", in_room=False)
    assert 'href="/devoirs/"' in page
    assignment.handed_out("essai", graded_course).unlink()
    assert 'href="/devoirs/"' not in portal.render(graded_course, [], "http://127.0.0.1:1/", in_room=False)
