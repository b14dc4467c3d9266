"""R11, R12: a person changes an answer while the network holds, loses and repeats what the phone sends.

The last answer of the person is the one that is kept, and every page says what is kept.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mallette.paths import Project
from mallette.seance.seances import Seances
from tests import salle, serveur
from tests.pannes.atelier import Atelier, until
from tests.pannes.telephone import BACK_MS, KEPT, SAVED, OnScreen
from tests.relais import Relay

QUESTION = "texte-1"
HURRIED = """
    const wait = window.setTimeout;
    window.setTimeout = (call, milliseconds, ...rest) => wait(call, milliseconds / 10, ...rest);
"""
"""A page that gives up, and tries again, ten times sooner."""
WATCHED = """
    window.told = [];
    addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
        const words = document.querySelector(".seance-envoi")?.textContent ?? "";
        const shown = document.querySelector(".seance-reponse")?.textContent.match(/\\d+/);
        if (words.startsWith("✓") && shown) window.told.push(Number(shown[0]));
    }).observe(document.getElementById("seance"), { childList: true, characterData: true, subtree: true }));
"""
"""Notes the number of each answer that the page says is recorded."""
PRIVATE = HURRIED + "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refusé'); } });"
"""The same in a browser that refuses storage."""


@pytest.fixture
def room(course: Project, tmp_path: Path) -> Iterator[salle.Room]:
    running = salle.start(course, tmp_path / "seances")
    yield running
    running.close()


@pytest.fixture
def wifi(room: salle.Room) -> Iterator[Relay]:
    made = Relay(room.port, spread=True)
    yield made
    made.close()


@pytest.fixture
def hurried(room: salle.Room, wifi: Relay, page_check: Callable[..., Page]) -> Callable[..., OnScreen]:
    """Return ``join(code, script=HURRIED) -> OnScreen``: a phone behind the Wi-Fi, in a hurry."""

    def join(code: str, script: str = HURRIED) -> OnScreen:
        def look(url: str, cookie: str) -> Page:
            return page_check(url, "telephone", cut=True, cookie=cookie, script=script, patience=20_000)

        return OnScreen(room, look, code, wifi.url).ready()

    return join


def open_question(room: salle.Room) -> str:
    code = room.open(20)
    room.act("open_question", code, QUESTION)
    return code


@pytest.mark.parametrize("script", [HURRIED, PRIVATE], ids=["ordinaire", "sans-stockage"])
def test_an_answer_held_up_does_not_come_back_over_a_newer_one(
    room: salle.Room, wifi: Relay, hurried: Callable[..., OnScreen], script: str
) -> None:
    code = open_question(room)
    screen = hurried(code, script)
    wifi.freeze()
    screen.give("A")
    screen.says(KEPT, BACK_MS)
    screen.give("B")
    screen.page.wait_for_timeout(1500)  # the page gives up on A, then sends B
    wifi.mend(gap=0.3)
    screen.says(SAVED, BACK_MS)
    screen.page.wait_for_timeout(500)
    assert (screen.shown, kept(room, code, screen)) == ("B", "B")


def test_an_answer_whose_reply_was_lost_does_not_come_back_from_another_tab(
    room: salle.Room, wifi: Relay, hurried: Callable[..., OnScreen]
) -> None:
    code = open_question(room)
    screen = hurried(code)
    other = screen.tab().ready()
    wifi.lost = 1
    screen.give("A")
    until(lambda: kept(room, code, screen) == "A")
    screen.says(KEPT, BACK_MS)
    wifi.cut()
    wifi.lost = 0
    other.give("B")
    other.says(KEPT, BACK_MS)
    wifi.mend()
    for tab in (screen, other):
        tab.says(SAVED, BACK_MS)
        expect(tab.page.locator(".seance-reponse")).to_have_text("B")
    screen.page.wait_for_timeout(1000)
    assert (screen.shown, other.shown, kept(room, code, screen)) == ("B", "B", "B")


class Person:
    """Somebody who changes an answer again and again, in two tabs of one phone.

    Attributes:
        given: the last answer.
        tabs: the two pages.
    """

    def __init__(self, screen: OnScreen) -> None:
        self.tabs = [screen, screen.tab()]
        self.given, self._number = "", 0
        for tab in self.tabs:
            tab.ready()

    def answer(self) -> None:
        self._number += 1
        self.given = f"réponse {self._number}"
        random.choice(self.tabs).give(self.given)

    @property
    def token(self) -> str:
        return self.tabs[0].phone.cookie.partition("=")[2]

    def settled(self) -> None:
        """Wait until every page says that the last answer is recorded; none ever went back to an older one."""
        for tab in self.tabs:
            tab.says(SAVED, BACK_MS)
            expect(tab.page.locator(".seance-reponse")).to_have_text(self.given, timeout=BACK_MS)
            told = tab.page.evaluate("window.told")
            assert told == sorted(told), "une page a dit enregistrée une réponse plus ancienne"


def check(people: list[Person], seances: Seances, code: str) -> None:
    """Nothing lost, nothing counted twice, nothing older than what the person gave last."""
    found = [seances.kept(code, person.token, QUESTION, 1) for person in people]
    assert [item and item.answer for item in found] == [person.given for person in people]
    assert seances.get(code).current.answers == len(people)


def test_two_tabs_behind_a_bad_network_end_with_the_last_answer(
    room: salle.Room, wifi: Relay, hurried: Callable[..., OnScreen]
) -> None:
    code = open_question(room)
    people = [Person(hurried(code, HURRIED + WATCHED)) for _ in range(2)]
    wifi.lost = 0.3
    for turn in range(20):
        for person in people:
            person.answer()
        if turn == 6:
            wifi.freeze()
        elif turn == 13:
            wifi.mend(gap=0.02)
        people[0].tabs[0].page.wait_for_timeout(100)
    wifi.lost = 0
    for person in people:
        person.settled()
    check(people, room.context.seances, code)


@pytest.mark.endurance
@pytest.mark.timeout(1800)
def test_two_thousand_answers_behind_a_bad_network_and_a_server_that_dies(
    atelier: Atelier, page_check: Callable[..., Page], report: Callable[[str], None]
) -> None:
    """Cuts of 7 to 11 seconds, three replies lost in ten, and the server killed three times."""
    trainer = atelier.trainer()
    code = trainer.open(20)
    trainer.does(code, "ouvrir", question=QUESTION)
    wifi = Relay(atelier.port, spread=True)
    over = threading.Event()
    cuts = kills = 0

    def look(url: str, cookie: str) -> Page:
        return page_check(url, "telephone", cut=True, cookie=cookie, script=WATCHED, patience=60_000)

    def cut() -> None:
        nonlocal cuts
        while not over.wait(random.uniform(3, 6)):
            wifi.freeze()
            over.wait(random.uniform(7, 11))
            wifi.mend(gap=random.choice((0, 0.02)))
            cuts += 1

    try:
        people = [Person(OnScreen(atelier, look, code, wifi.url)) for _ in range(10)]
        wifi.lost = 0.3
        threads = [threading.Thread(target=cut, daemon=True)]
        threads[0].start()
        for turn in range(200):
            for person in people:
                person.answer()
            if turn in (40, 100, 160):
                atelier.kill()
                kills += 1
                threads.append(threading.Thread(target=atelier.start, daemon=True))
                threads[-1].start()
            people[0].tabs[0].page.wait_for_timeout(400)
        over.set()
        for thread in threads:
            thread.join(serveur.START_SECONDS)
        wifi.lost = 0
        for person in people:
            person.settled()
        with atelier.copy_of_store() as seances:
            check(people, seances, code)
    finally:
        over.set()
        wifi.close()
    report(
        f"R11 : 2000 réponses, 20 pages, {cuts} coupures, {kills} arrêts, 30 % d’accusés perdus : 0 perdue, "
        "0 en double, 0 plus ancienne, 0 page qui dit autre chose"
    )


def kept(room: salle.Room, code: str, screen: OnScreen) -> str | None:
    found = room.context.seances.kept(code, screen.phone.cookie.partition("=")[2], QUESTION, 1)
    return found and found.answer
