"""R13: another program holds the lock of the answers' file while people answer."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from mallette.seance.errors import Unavailable
from tests.pannes.atelier import Atelier, all_recorded, answering, lost, until
from tests.seance.faults import locked

PEOPLE = 40
TOLD_SECONDS = 10
TOLD = re.compile("Un autre programme occupe|n’arrive pas à enregistrer pour l’instant")


def lock_and_release(atelier: Atelier, look: Callable[..., Page], seconds: float) -> tuple[float, int]:
    """Return after how many seconds the last phone was told, and the number of acknowledged answers."""
    trainer = atelier.trainer()
    code = trainer.open(PEOPLE)
    phones = atelier.phones(code, PEOPLE)
    trainer.does(code, "ouvrir", question="texte-1")
    page = look(f"{atelier.url}formateur/s/{code}", trainer.browser.cookie)
    with answering(phones, code, "texte-1") as senders:
        all_recorded(senders)
        with locked(atelier.store, seconds=seconds):
            start = time.monotonic()
            for sender in senders:
                sender.forget()
            expect(page.locator("#panne")).to_have_text(TOLD, timeout=1000 * TOLD_SECONDS)
            until(lambda: all(sender.failures for sender in senders))
            told = time.monotonic() - start
            assert {refusal for sender in senders for refusal in sender.refusals} == {
                (503, Unavailable.for_participants)
            }
        all_recorded(senders)
        expect(page.locator("#panne")).to_have_text("", timeout=1000 * TOLD_SECONDS)
    with atelier.copy_of_store() as kept:
        assert lost(kept, code, senders, "texte-1") == []
        assert kept.get(code).current.answers == PEOPLE
    return told, sum(sender.acknowledged for sender in senders)


def test_a_locked_file_is_told_then_written(atelier: Atelier, look: Callable[..., Page]) -> None:
    told, _ = lock_and_release(atelier, look, 10)
    assert told <= TOLD_SECONDS


@pytest.mark.endurance
def test_a_lock_of_20_seconds_loses_nothing(
    atelier: Atelier, look: Callable[..., Page], report: Callable[[str], None]
) -> None:
    told, total = lock_and_release(atelier, look, 20)
    report(f"R13, fichier verrouillé 20 s : dit à tous en {told:.1f} s, {total} réponses acquittées, 0 perdue")
    assert told <= TOLD_SECONDS
