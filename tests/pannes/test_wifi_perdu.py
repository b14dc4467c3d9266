"""R11: the Wi-Fi is lost while people answer, then found again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.pannes.atelier import Atelier
from tests.pannes.telephone import BACK_MS, KEPT, LOST, SAVED, TOLD_MS, OnScreen


def lose_wifi(atelier: Atelier, look: Callable[..., Page], people: int, seconds: float) -> float:
    """Cut everyone off for some seconds while they answer; return after how many seconds the last one was told."""
    trainer = atelier.trainer()
    code = trainer.open(40)
    screens = [OnScreen(atelier, look, code) for _ in range(people)]
    trainer.does(code, "ouvrir", question="texte-1")
    for number, screen in enumerate(screens):
        screen.write(f"réponse {number}")
    told = []
    for screen in screens:
        screen.page.context.set_offline(True)
        screen.send()
        told.append(screen.says(LOST, TOLD_MS) + screen.says(KEPT, TOLD_MS))
    screens[0].page.wait_for_timeout(1000 * seconds)
    with atelier.copy_of_store() as kept:
        assert kept.get(code).current.answers == 0
    for screen in screens:
        screen.page.context.set_offline(False)
    for number, screen in enumerate(screens):
        screen.says(SAVED, BACK_MS)
        screen.silent(LOST)
        assert screen.acknowledged == 1
        assert screen.phone.get(f"/s/{code}/etat").data["etape"]["ma_reponse"] == f"réponse {number}"
    with atelier.copy_of_store() as kept:
        assert kept.get(code).current.answers == people
    return max(told)


def test_an_answer_waits_for_the_wifi(atelier: Atelier, look: Callable[..., Page]) -> None:
    lose_wifi(atelier, look, 2, 6)


@pytest.mark.endurance
@pytest.mark.timeout(900)
def test_forty_answers_wait_for_the_wifi(
    atelier: Atelier, look: Callable[..., Page], report: Callable[[str], None]
) -> None:
    told = lose_wifi(atelier, look, 40, 30)
    report(f"R11, Wi-Fi coupé 30 s : 40 réponses sur 40 gardées et envoyées une fois, dit en {told:.1f} s au plus")
