"""A phone in a séance: joins by one tap, answers, is told where its answer is, and finds its place again."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from mallette.paths import Project
from tests import salle

SAVED = re.compile(r"Réponse enregistrée")
KEPT = re.compile(r"gardée sur ce téléphone, en attente du réseau")
LOST = re.compile(r"Contact perdu avec l’atelier")
TOLD_MS = 10_000
"""A person is told within ten seconds that contact is lost."""
BACK_MS = 20_000
"""Retries come at most eight seconds apart; the rest is a busy machine."""

LEFT = "Object.entries(localStorage).map(([name, value]) => [name, JSON.parse(value)])"
"""What stays on the phone, of all scripts."""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return salle.write_course(tmp_path_factory.mktemp("seance") / "cours")


@pytest.fixture
def phone_check(page_check: Callable[..., Page]) -> Callable[..., Page]:
    """Return ``open(url, script="") -> Page`` for tests that cut the network themselves."""
    return lambda url, script="": page_check(url, "telephone", cut=True, script=script)


def join(page: Page) -> None:
    page.get_by_role("button", name="Participer").click()
    expect(page.get_by_role("heading", level=2)).to_be_visible()


def send(page: Page) -> None:
    page.get_by_role("button", name="Envoyer ma réponse").click()


def title(page: Page) -> Locator:
    return page.get_by_role("heading", level=2)


def fill_in(page: Page, question: str) -> None:
    """Answer the question on the page, whatever its type."""
    if question in {"heures", "cannabis"}:
        page.get_by_role("textbox").fill("7,5")
    elif question == "souvenir":
        page.get_by_role("textbox").fill("<b>Une réunion</b>\nutile")
    elif question == "etapes":
        page.get_by_role("button", name=re.compile("^Descendre")).first.click()
    else:
        page.locator("main input").first.check()


QUESTIONS = ["definition", "champs", "confusion", "heures", "cannabis", "etapes", "aise", "rupture", "souvenir"]


@pytest.mark.parametrize("viewport", ["telephone", "etroit"])
def test_a_whole_seance_on_a_phone(
    room: salle.Room, code: str, page_check: Callable[..., Page], axe: Callable, no_overflow: Callable, viewport: str
) -> None:
    page = page_check(f"{room.url}s/{code}", viewport=viewport)

    def look() -> None:
        axe(page, colours=viewport == "telephone")
        no_overflow(page)

    look()
    join(page)
    expect(title(page)).to_have_text("Regardez l’écran")
    expect(title(page)).to_be_focused()
    look()
    for question in QUESTIONS:
        room.act("open_question", code, question)
        expect(title(page)).to_contain_text(f"Question {QUESTIONS.index(question) + 1}")
        expect(title(page)).to_be_focused()
        expect(page.locator(".mlt-quiz-fate")).to_contain_text("gardé")
        look()
        fill_in(page, question)
        send(page)
        expect(page.get_by_text(SAVED).first).to_be_visible()
        look()
        room.act("close_question", code, question, 1)
        expect(title(page)).to_have_text("La question est fermée")
        room.act("reveal", code, question, 1)
        expect(title(page)).to_have_text("Retour sur la question")
        look()
    expect(page.get_by_text("<b>Une réunion</b>")).to_be_visible()
    room.act("finish", code)
    expect(title(page)).to_have_text("La séance est terminée")
    look()


def test_nothing_is_asked_of_someone_who_has_not_joined(
    room: salle.Room, code: str, page_check: Callable[..., Page]
) -> None:
    page = page_check(f"{room.url}s/{code}", viewport="telephone")
    room.act("open_question", code, "aise")
    for words in ("Aucun nom, aucun compte, aucune adresse gardée", "tout effacer", "à partir de cinq réponses"):
        expect(page.get_by_text(words)).to_be_visible()
    assert room.context.seances.get(code).participants == 0
    join(page)
    expect(title(page)).to_contain_text("Question 1")


def test_a_browser_that_refuses_cookies_is_told_what_to_do(
    room: salle.Room, code: str, page_check: Callable[..., Page]
) -> None:
    page = page_check(f"{room.url}s/{code}", viewport="telephone")

    def without_cookie(route: Route) -> None:
        reply = route.fetch()
        headers = {name: value for name, value in reply.headers.items() if name != "set-cookie"}
        page.context.clear_cookies()
        route.fulfill(response=reply, headers=headers)

    page.route("**/rejoindre", without_cookie)
    page.get_by_role("button", name="Participer").click()
    expect(page.get_by_role("alert").filter(has_text="autorisez les cookies")).to_be_visible()
    assert room.context.seances.get(code).participants == 0
    page.unroute("**/rejoindre")
    join(page)
    assert room.context.seances.get(code).participants == 1


def test_an_answer_can_be_changed_from_where_it_was(
    room: salle.Room, code: str, page_check: Callable[..., Page]
) -> None:
    page = page_check(f"{room.url}s/{code}", viewport="telephone")
    join(page)
    for question, earlier in (("aise", 1), ("champs", [0, 2]), ("cannabis", 12.25), ("etapes", [3, 1, 0, 2])):
        room.act("open_question", code, question)
        expect(title(page)).to_be_focused()
        phone = room.phone()
        phone.cookie = "; ".join(f"{item['name']}={item['value']}" for item in page.context.cookies())
        assert phone.answer(code, question, earlier).status == 200  # as another tab of this phone would
        page.reload()
        page.get_by_role("button", name="Changer ma réponse").click()
        send(page)
        expect(page.get_by_text(SAVED).first).to_be_visible()
        assert phone.get(f"/s/{code}/etat").data["etape"]["ma_reponse"] == earlier
        room.act("close_question", code, question, 1)


def test_a_reloaded_page_finds_its_place_and_its_answer(
    room: salle.Room, code: str, page_check: Callable[..., Page]
) -> None:
    page = page_check(f"{room.url}s/{code}", viewport="telephone")
    join(page)
    room.act("open_question", code, "confusion")
    page.get_by_label("Faux").check()
    send(page)
    expect(page.get_by_text(SAVED).first).to_be_visible()
    page.reload()
    expect(page.get_by_text(SAVED).first).to_be_visible()
    expect(page.locator(".seance-reponse")).to_have_text("Faux")
    assert room.context.seances.get(code).participants == 1
    room.act("close_question", code, "confusion", 1)
    expect(title(page)).to_have_text("La question est fermée")
    expect(page.get_by_text("Votre réponse est enregistrée")).to_be_visible()


def test_an_answer_given_without_network_leaves_once_it_is_back(
    room: salle.Room, code: str, phone_check: Callable[..., Page]
) -> None:
    page = phone_check(f"{room.url}s/{code}")
    join(page)
    room.act("open_question", code, "aise")
    page.locator("main input").first.check()
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_text(KEPT).first).to_be_visible(timeout=TOLD_MS)
    expect(page.get_by_text(LOST)).to_be_visible(timeout=TOLD_MS)
    page.wait_for_timeout(10_000)
    assert room.context.seances.get(code).current.answers == 0
    page.context.set_offline(False)
    expect(page.get_by_text(SAVED).first).to_be_visible(timeout=BACK_MS)
    expect(page.get_by_text(LOST)).to_have_count(0)
    assert room.context.seances.get(code).current.answers == 1
    assert page.evaluate(LEFT) == [[f"mallette-seance-{code}", {"numeros": {"aise/1": 1}, "attente": {}}]]
    room.act("close_question", code, "aise", 1)
    expect(title(page)).to_have_text("La question est fermée")
    assert page.evaluate(LEFT) == []


def test_an_answer_survives_a_dead_server_and_a_reload(
    room: salle.Room, code: str, course: Project, tmp_path: Path, phone_check: Callable[..., Page]
) -> None:
    page = phone_check(f"{room.url}s/{code}")
    join(page)
    room.act("open_question", code, "souvenir")
    page.get_by_role("textbox").fill("Une réunion")
    room.close()
    expect(page.get_by_text(LOST)).to_be_visible(timeout=TOLD_MS)
    expect(page.get_by_role("textbox")).to_have_value("Une réunion")
    send(page)
    expect(page.get_by_text(KEPT).first).to_be_visible(timeout=TOLD_MS)
    again = salle.start(course, tmp_path / "seances", room.port)
    try:
        page.reload()
        expect(page.get_by_text(SAVED).first).to_be_visible(timeout=BACK_MS)
        assert again.context.seances.get(code).current.answers == 1
    finally:
        again.close()
        room.close = lambda: None


def test_an_answer_that_comes_too_late_is_told(room: salle.Room, code: str, phone_check: Callable[..., Page]) -> None:
    page = phone_check(f"{room.url}s/{code}")
    join(page)
    room.act("open_question", code, "aise")
    page.locator("main input").first.check()
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_text(KEPT).first).to_be_visible(timeout=TOLD_MS)
    room.act("close_question", code, "aise", 1)
    page.context.set_offline(False)
    expect(page.get_by_text("arrivée après la fermeture : elle n’est pas comptée").first).to_be_visible(timeout=BACK_MS)
    expect(title(page)).to_have_text("La question est fermée")
    assert room.context.seances.answers(code, "aise", 1) == []


def test_a_workshop_that_falls_silent_is_told_within_ten_seconds(
    room: salle.Room, code: str, phone_check: Callable[..., Page]
) -> None:
    page = phone_check(f"{room.url}s/{code}")
    join(page)
    room._loop.call_soon_threadsafe(time.sleep, 14)  # connections stay open, nothing comes
    expect(page.get_by_text(LOST)).to_be_visible(timeout=TOLD_MS + 1000)
    expect(page.get_by_text("Contact rétabli.")).to_be_visible(timeout=BACK_MS)


def test_a_browser_without_event_stream_follows_too(
    room: salle.Room, code: str, phone_check: Callable[..., Page]
) -> None:
    page = phone_check(f"{room.url}s/{code}", "delete window.EventSource")
    join(page)
    room.act("open_question", code, "aise")
    expect(title(page)).to_contain_text("Question 1")
    room.act("close_question", code, "aise", 1)
    expect(title(page)).to_have_text("La question est fermée")


def test_the_countdown_goes_on_when_an_answer_is_sent_and_changed(
    room: salle.Room, code: str, page_check: Callable[..., Page]
) -> None:
    page = page_check(f"{room.url}s/{code}", viewport="telephone")
    join(page)
    room.act("open_question", code, "aise", 1, 60)
    countdown = page.get_by_role("timer")
    page.locator("main input").first.check()
    later = re.compile(r"\s0\smin\s[45]\d\ss(?<!5[89]\ss)$")
    expect(countdown).to_have_text(later)
    page.evaluate("() => { const { now } = Date; Date.now = () => now() + 3_600_000; }")  # a phone set right
    send(page)
    expect(page.get_by_text(SAVED).first).to_be_visible()
    assert later.search(countdown.inner_text())
    page.get_by_role("button", name="Changer ma réponse").click()
    assert later.search(countdown.inner_text())


def test_nothing_moves_under_the_fingers_of_someone_who_types(
    room: salle.Room, code: str, page_check: Callable[..., Page]
) -> None:
    page = page_check(f"{room.url}s/{code}", viewport="telephone")
    join(page)
    room.act("open_question", code, "souvenir", 1, 600)
    area = page.get_by_role("textbox")
    area.press_sequentially("Une réu")
    with page.expect_response("**/etat"):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_role("timer")).to_contain_text("Temps restant")
    expect(area).to_be_focused()
    area.press_sequentially("nion")
    expect(area).to_have_value("Une réunion")
    warning = page.get_by_text("N’écrivez le nom de personne")
    assert warning.get_attribute("id") in area.get_attribute("aria-describedby").split()
    expect(page.get_by_text("appelez le 119")).to_be_visible()
    room.act("close_question", code, "souvenir", 1)
    expect(page.get_by_text("rien n’est parti de ce téléphone")).to_be_visible()


def test_two_tabs_of_a_phone_tell_the_same(room: salle.Room, code: str, page_check: Callable[..., Page]) -> None:
    page = page_check(f"{room.url}s/{code}", viewport="telephone")
    join(page)
    other = page.context.new_page()
    other.goto(page.url)
    room.act("open_question", code, "confusion")
    other.get_by_label("Vrai").check()
    page.get_by_label("Faux").check()
    send(page)
    expect(page.get_by_text(SAVED).first).to_be_visible()
    expect(other.locator(".seance-reponse")).to_have_text("Faux")
    assert room.context.seances.get(code).current.answers == 1


def test_an_erased_seance_is_told_and_leaves_nothing_on_the_phone(
    room: salle.Room, code: str, phone_check: Callable[..., Page]
) -> None:
    page = phone_check(f"{room.url}s/{code}")
    join(page)
    room.act("erase", code)
    expect(title(page)).to_have_text("Cette séance n’existe plus")
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("path", ["s", "s/confidentialite"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_other_pages_are_accessible(
    room: salle.Room,
    page_check: Callable[..., Page],
    axe: Callable,
    no_overflow: Callable,
    kit_font: Callable,
    path: str,
    scheme: str,
) -> None:
    page = page_check(room.url + path, viewport="etroit", color_scheme=scheme)
    kit_font(page)
    axe(page)
    no_overflow(page)


def test_a_typed_code_leads_to_the_seance_in_the_dark_too(
    room: salle.Room, code: str, page_check: Callable[..., Page], axe: Callable
) -> None:
    page = page_check(f"{room.url}s", viewport="telephone", color_scheme="dark")
    page.get_by_label(re.compile("^Code affiché")).fill(f"{code[:3]} {code[3:]}".lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Participer")).to_be_enabled()
    axe(page)
    join(page)
    room.act("open_question", code, "cannabis")
    expect(title(page)).to_contain_text("Question 1")
    axe(page)
    fill_in(page, "cannabis")
    page.keyboard.press("Enter")
    expect(page.get_by_text(SAVED).first).to_be_visible()
    axe(page)
