"""R11: a phone is put in a pocket (its browser is stopped) and taken out again."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psutil
import pytest
from playwright.sync_api import Browser, Page

from tests.pannes.atelier import Atelier
from tests.pannes.telephone import BACK_MS, LOST, SAVED, OnScreen


@contextmanager
def asleep(browser: Browser) -> Iterator[None]:
    """Stop every process of the browser, as the system of a phone does.

    ``Page.setWebLifecycleState`` has no effect under Playwright, which keeps every page visible; and a page that was
    stopped gets no event to tell it so, which is harder.
    """
    session = browser.new_browser_cdp_session()
    known = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    root = psutil.Process(next(process["id"] for process in known if process["type"] == "browser"))
    family = [root, *root.children(recursive=True)]
    try:
        for process in family:
            process.send_signal(signal.SIGSTOP)
        yield
    finally:
        for process in family:
            process.send_signal(signal.SIGCONT)


def sleep_and_wake(atelier: Atelier, look: Callable[..., Page], browser: Browser, seconds: float) -> float:
    """Have a phone sleep while the trainer goes on; return how many seconds it took to find its place."""
    trainer = atelier.trainer()
    code = trainer.open(20)
    screen = OnScreen(atelier, look, code)
    trainer.does(code, "ouvrir", question="texte-1")
    screen.write("avant la pause")
    with asleep(browser):
        trainer.does(code, "fermer", question="texte-1", confirme=1)
        trainer.does(code, "ouvrir", question="texte-2")
        time.sleep(seconds)
    late = screen.says(re.compile("Question 2"), BACK_MS)
    screen.silent(LOST)
    screen.write("après la pause")
    screen.send()
    screen.says(SAVED, BACK_MS)
    assert screen.acknowledged == 1
    assert screen.phone.get(f"/s/{code}/etat").data["etape"]["ma_reponse"] == "après la pause"
    return late


def test_a_phone_that_slept_finds_its_place(atelier: Atelier, look: Callable[..., Page], browser: Browser) -> None:
    sleep_and_wake(atelier, look, browser, 5)


@pytest.mark.endurance
@pytest.mark.timeout(900)
def test_a_phone_that_slept_five_minutes_finds_its_place(
    atelier: Atelier, look: Callable[..., Page], browser: Browser, report: Callable[[str], None]
) -> None:
    late = sleep_and_wake(atelier, look, browser, 300)
    report(f"R11, téléphone endormi 5 min : retrouve sa place en {late:.1f} s")
