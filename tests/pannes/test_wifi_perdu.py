"""R11: the Wi-Fi is lost while people answer, then found again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.pannes.atelier import Atelier
from tests.pannes.telephone import BACK_MS, KEPT, LOST, SAVED, TOLD_MS, OnScreen
from tests.relais import Relay


@pytest.fixture
def wifi(atelier: Atelier) -> Iterator[Relay]:
    made = Relay(atelier.port)
    yield made
    made.close()


_WATCH = """() => {
    const contact = document.getElementById("contact");
    new MutationObserver(() => {
        if (contact.textContent.startsWith("Contact perdu")) window.toldAt ??= Date.now();
    }).observe(contact, { childList: true, characterData: true, subtree: true });
}"""


def lose_wifi(atelier: Atelier, wifi: Relay, look: Callable[..., Page], people: int, seconds: float) -> float:
    """Cut everyone off for some seconds while they answer; return after how many seconds the last one was told."""
    trainer = atelier.trainer()
    code = trainer.open(40)
    screens = [OnScreen(atelier, look, code, wifi.url) for _ in range(people)]
    trainer.does(code, "ouvrir", question="texte-1")
    for number, screen in enumerate(screens):
        screen.write(f"réponse {number}")
        screen.page.evaluate(_WATCH)
    cut = time.time()
    wifi.freeze()
    for screen in screens:
        screen.send()
    for screen in screens:
        screen.says(KEPT, TOLD_MS)
        screen.says(LOST, TOLD_MS)
    told = max(screen.page.evaluate("window.toldAt") for screen in screens) / 1000 - cut
    screens[0].page.wait_for_timeout(max(0, 1000 * (cut + seconds - time.time())))
    with atelier.copy_of_store() as kept:
        assert kept.get(code).current.answers == 0
    wifi.mend()
    for number, screen in enumerate(screens):
        screen.says(SAVED, BACK_MS)
        screen.silent(LOST)
        assert screen.acknowledged <= 1  # the page may learn that it is kept from the state of the room, before a reply
        assert screen.phone.get(f"/s/{code}/etat").data["etape"]["ma_reponse"] == f"réponse {number}"
    with atelier.copy_of_store() as kept:
        assert kept.get(code).current.answers == people
    return told


def test_an_answer_waits_for_the_wifi(atelier: Atelier, wifi: Relay, look: Callable[..., Page]) -> None:
    assert lose_wifi(atelier, wifi, look, 2, 6) <= TOLD_MS / 1000


@pytest.mark.endurance
@pytest.mark.timeout(900)
def test_forty_answers_wait_for_the_wifi(
    atelier: Atelier, wifi: Relay, look: Callable[..., Page], report: Callable[[str], None]
) -> None:
    told = lose_wifi(atelier, wifi, look, 40, 30)
    report(f"R11, Wi-Fi coupé 30 s : 40 réponses sur 40 gardées et envoyées une fois, dit en {told:.1f} s au plus")
    assert told <= TOLD_MS / 1000
