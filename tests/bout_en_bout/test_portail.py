"""Does the workshop work for forty phones and one projector, on the real course?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from mallette.paths import Project
from mallette.units import units
from tests import serveur
from tests.conftest import ROOT
from tests.navigateur import VIEWPORTS

DASHBOARD_MS = 90_000
"""A kernel starts and draws figures before the page ends; on two busy cores that takes its time."""
UNITS = [unit.slug for unit in units(Project(ROOT))]


@pytest.mark.parametrize("viewport", ["ordinateur", "telephone", "etroit"])
def test_the_portal_is_accessible_and_leads_everywhere(
    workshop: serveur.Server,
    page_check: Callable[..., Page],
    axe: Callable,
    no_overflow: Callable,
    kit_font: Callable,
    viewport: str,
) -> None:
    page = page_check(workshop.url, viewport=viewport)
    kit_font(page)
    axe(page)
    no_overflow(page)
    for link in {anchor.get_attribute("href") for anchor in page.locator("main a").all()}:
        assert workshop.get(link)[0] == 200, link
    assert page.get_by_role("link", name="Ouvrir l’atelier").count() == len(UNITS)


@pytest.mark.parametrize("slug", UNITS)
def test_a_dashboard_is_alive_without_a_kernel(
    workshop: serveur.Server,
    same_window: Callable[..., Page],
    axe: Callable,
    no_overflow: Callable,
    kit_font: Callable,
    slug: str,
) -> None:
    sockets: list[str] = []
    page = same_window(workshop.url, viewport="telephone")
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto(f"{workshop.url}atelier/{slug}", timeout=DASHBOARD_MS)
    expect(page.locator(".mlt").first).to_be_visible(timeout=60_000)
    quiz = page.locator(".mlt").filter(has=page.get_by_role("button", name="Valider")).first
    question = quiz.locator("section, fieldset").filter(has=page.get_by_role("radio")).first
    question.get_by_role("radio").first.check()
    question.get_by_role("button", name="Valider").first.click()
    expect(quiz.get_by_text(re.compile(r"^1 question répondue sur"))).to_be_visible()
    expect(quiz.locator(".mlt-quiz-verdict")).to_be_focused()
    _move_the_second_widget(page)
    assert sockets == []
    kit_font(page)
    for viewport in ("telephone", "etroit", "ordinateur"):
        page.set_viewport_size(VIEWPORTS[viewport])
        no_overflow(page)
    axe(page, colours=slug == UNITS[0])
    page.get_by_role("link", name="Accueil de l’atelier").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mallette")


def test_a_widget_that_does_not_start_says_what_to_do(workshop: serveur.Server, browser: Browser) -> None:
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.route("**/quiz.*.js", lambda route: route.fulfill(content_type="text/javascript", body="class { "))
    page.goto(f"{workshop.url}atelier/{UNITS[0]}", timeout=DASHBOARD_MS)
    expect(page.get_by_text("Cet outil ne s’affiche pas").first).to_be_visible(timeout=15_000)
    context.close()


def _move_the_second_widget(page: Page) -> None:
    """Use the explorer or the calculator, whichever this workshop shows beside its quizzes, if it shows one."""
    hours = page.get_by_label("Heures payées par jour")
    if hours.count():
        page.locator("summary", has_text="Le temps").first.click()  # folded on a phone
        hours.first.fill("9")
    if page.get_by_role("button", name="SVG").count():
        explorer = page.locator(".mlt").filter(has=page.get_by_role("button", name="SVG"))
        explorer.locator("summary", has_text="Changer la vue").click()  # folded on a phone
        explorer.locator("input[type=checkbox]:enabled:not(:checked):visible").first.check()


def test_the_room_gets_a_qr_code_of_its_address(built_course: Project) -> None:
    from mallette.server import portal

    page = portal.render(built_course, [], "http://192.168.1.20:8866/", in_room=True)
    assert 'role="img"' in page
    assert "Code QR de l’adresse http://192.168.1.20:8866/" in page


def test_only_who_holds_the_secret_is_offered_the_trainers_notes(workshop: serveur.Server) -> None:
    _, portal, _ = workshop.get("/")  # from the laptop itself, as through any relay that runs on it
    assert "formateur.html" not in portal
    assert portal.count('href="/atelier/') == len(UNITS)
    entrance = re.search(r"/formateur/entrer\?cle=([\w-]+)", workshop.text)
    _, page, _ = workshop.get("/formateur", {"Cookie": f"mallette_formateur={entrance[1]}"})
    notes = re.findall(r'href="(/livre/[^"]+/formateur.html)"', page)
    assert len(notes) == len(UNITS)
    assert workshop.get(notes[0])[0] == 200
