"""R13: the folder of the answers may only be read, while people answer and when the workshop starts."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from mallette.seance.errors import Unavailable
from tests.pannes.atelier import Atelier, all_recorded, answering, lost, until
from tests.seance.faults import read_only

PEOPLE = 10
TOLD = re.compile("écriture est interdite.*Rendez le dossier", re.DOTALL)


def test_a_read_only_folder_is_told_and_forgiven(atelier: Atelier, look: Callable[..., Page]) -> None:
    trainer = atelier.trainer()
    code = trainer.open(PEOPLE)
    phones = atelier.phones(code, PEOPLE)
    trainer.does(code, "ouvrir", question="texte-1")
    page = look(f"{atelier.url}formateur/s/{code}", trainer.browser.cookie)
    with answering(phones, code, "texte-1") as senders:
        all_recorded(senders)
        with read_only(atelier.store):
            # A file that is open may go on being written; the next life of the workshop cannot open it.
            until(lambda: all(sender.acknowledged > 2 or sender.failures > 2 for sender in senders))
            atelier.kill()
            atelier.start()
            for sender in senders:
                sender.forget()
            expect(page.locator("#panne")).to_have_text(TOLD)
            until(lambda: all(sender.refusals for sender in senders))
            assert {refusal for sender in senders for refusal in sender.refusals} == {
                (503, Unavailable.for_participants)
            }
        all_recorded(senders)
        expect(page.locator("#panne")).to_have_text("")
    with atelier.copy_of_store() as kept:
        assert lost(kept, code, senders, "texte-1") == []
        assert kept.get(code).current.answers == PEOPLE
