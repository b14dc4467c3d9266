"""Is nobody left before a page that does not start: a browser of 2020, a browser too old, a script lost on the way?

Real Chromium 80, 83 and 92 were tried by hand; here what they lack is taken from a recent one before each page loads.
What they cannot read is found in the sources by tests/test_scripts.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from mallette.paths import Project
from mallette.widgets import HourlyPay, PrevalenceExplorer
from tests import salle
from tests.bout_en_bout.test_quiz_widget import quiz

WITHOUT = """() => {
  const gone = [
    [AbortSignal, "timeout", "any"], [Array.prototype, "at", "findLast", "toSorted"],
    [String.prototype, "at", "replaceAll"],
    [Element.prototype, "replaceChildren", "checkVisibility"], [Document.prototype, "replaceChildren"],
    [DocumentFragment.prototype, "replaceChildren"], [HTMLFormElement.prototype, "requestSubmit"],
    [SubmitEvent.prototype, "submitter"], [MediaQueryList.prototype, "addEventListener"], [Object, "hasOwn"],
    [Promise, "any"], [window, "structuredClone"], [crypto, "randomUUID"], [Crypto.prototype, "randomUUID"],
    [Navigator.prototype, "wakeLock"], [Element.prototype, "ariaDisabled"],
  ];
  for (const [owner, ...names] of gone) for (const name of names) delete owner[name];
}"""
"""What Chrome 80, Firefox 75 and Safari 13.1 do not have."""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return salle.write_course(tmp_path_factory.mktemp("anciens") / "cours")


@pytest.fixture
def old_page(page_check: Callable[..., Page]) -> Callable[..., Page]:
    return lambda url, **options: page_check(url, script=f"({WITHOUT})()", **options)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone whose console may show that a script does not come or cannot be read."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    yield context.new_page()
    context.close()


def test_a_browser_of_2020_conducts_and_answers_a_seance(room: salle.Room, old_page: Callable[..., Page]) -> None:
    control = old_page(room.trainer_address)
    assert control.evaluate("[typeof AbortSignal.timeout, typeof [].at, 'submitter' in SubmitEvent.prototype]") == [
        "undefined",
        "undefined",
        False,
    ]
    control.get_by_role("button", name=re.compile("^Ouvrir une séance")).click()
    phone = old_page(f"{room.url}s/{control.url.rsplit('/', 1)[1]}", viewport="telephone")
    phone.get_by_role("button", name="Participer").click()
    control.get_by_role("button", name="Poser cette question").click()
    phone.get_by_role("radio").first.check()
    phone.get_by_role("button", name="Envoyer ma réponse").click()
    expect(phone.get_by_text("Réponse enregistrée").first).to_be_visible()
    expect(control.get_by_text(re.compile(r"^1\sréponse$")).first).to_be_visible()
    control.wait_for_timeout(700)  # a click just after the buttons changed was meant for the former ones
    control.get_by_role("button", name="Fermer la question").click()
    control.get_by_role("button", name="Fermer quand même").click()
    expect(phone.get_by_role("heading", name="La question est fermée")).to_be_visible()
    expect(control.locator("#contact")).to_be_empty()
    expect(control.locator("#demarrage")).to_have_count(0)


def test_the_widgets_live_in_a_browser_of_2020(old_page: Callable[..., Page], static_page: Callable[..., str]) -> None:
    page = old_page(static_page(quiz(), PrevalenceExplorer(), HourlyPay()))
    expect(page.locator('[data-mallette-state="alive"]')).to_have_count(3)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Valider").first.click()
    expect(page.locator(".mlt-quiz-verdict").first).to_be_focused()


def test_a_script_that_is_lost_on_the_way_is_asked_for_again(
    room: salle.Room, code: str, phone: Page, axe: Callable, no_overflow: Callable
) -> None:
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.request.url)
        route.abort() if len(lost) < 3 else route.continue_()

    phone.route("**/participant.*.js*", lose)
    phone.goto(f"{room.url}s/{code}")
    notice = phone.get_by_text("Cette page n’est pas arrivée en entier")
    expect(notice).to_be_visible()
    expect(phone.get_by_text("toute seule")).to_be_visible()
    axe(phone)
    for width in (320, 390):
        phone.set_viewport_size({"width": width, "height": 844})
        no_overflow(phone)
    expect(notice).to_have_count(0, timeout=20_000)
    assert len(lost) == 3
    phone.get_by_role("button", name="Participer").click()
    expect(phone.get_by_role("heading", name="Regardez l’écran")).to_be_visible()


def test_a_browser_too_old_is_told_so_and_what_to_do(room: salle.Room, code: str, phone: Page, axe: Callable) -> None:
    phone.route(
        "**/participant.*.js*",
        lambda route: route.fulfill(
            content_type="text/javascript", body="class Page { #private; } un signe que personne ne connaît"
        ),
    )
    phone.goto(f"{room.url}s/{code}")
    expect(phone.get_by_text("Ce navigateur est trop ancien")).to_be_visible()
    expect(phone.get_by_text("pas arrivée en entier")).to_be_hidden()
    axe(phone)


def test_a_page_that_nothing_wakes_says_so_by_itself(room: salle.Room, code: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto(f"{room.url}s/{code}")
    notice = page.locator("#demarrage")
    expect(notice).to_be_hidden()
    expect(notice).to_be_visible(timeout=10_000)
    expect(page.get_by_role("link", name="rechargez-la")).to_be_visible()
    expect(page.get_by_text("toute seule")).to_be_hidden()
    context.close()


def test_the_trainers_page_that_does_not_start_says_so_and_still_conducts(
    room: salle.Room, code: str, phone: Page
) -> None:
    phone.route("**/formateur.js", lambda route: route.fulfill(content_type="text/javascript", body="class { "))
    phone.goto(room.trainer_address)
    phone.goto(f"{room.url}formateur/s/{code}")
    expect(phone.get_by_text("ne suit pas la séance toute seule")).to_be_visible(timeout=10_000)
    phone.get_by_role("button", name="Poser cette question").click()
    expect(phone.get_by_role("button", name="Fermer la question")).to_be_visible()
    assert room.context.seances.get(code).current is not None
