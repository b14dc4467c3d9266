"""R12: the server is killed while forty people answer, and started again on the same port with the same answers."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from mallette.server.seance import access
from tests.pannes.atelier import QUESTIONS, Atelier, all_recorded, answering, lost, until
from tests.pannes.telephone import BACK_MS, KEPT, LOST, SAVED, TOLD_MS, OnScreen

PEOPLE = 40
RESUMED_SECONDS = 5
"""From the portal's first answer to the last phone's acknowledgement (reliability.md, R12)."""


def kill_rounds(atelier: Atelier, rounds: int, fewest: int, most: int) -> dict[str, float]:
    """Kill the server ``rounds`` times, after a random number of acknowledgements; fail if one of them is not kept.

    Returns:
        What was counted.
    """
    total, slowest, places = 0, 0.0, {}
    trainer = atelier.trainer()
    for turn in range(rounds):
        question, tour = f"texte-{1 + turn % QUESTIONS}", 1 + turn // QUESTIONS % 2
        if (question, tour) == ("texte-1", 1):
            code = trainer.open(PEOPLE)
            phones = atelier.phones(code, PEOPLE)
        trainer.does(code, "ouvrir", question=question, tour=tour)
        with answering(phones, code, question, tour, pause=0) as senders:
            threshold = random.randint(fewest, most)
            until(lambda wanted=threshold: sum(sender.acknowledged for sender in senders) >= wanted)
            time.sleep(random.uniform(0, 0.05))
            atelier.kill()
            for sender in senders:
                sender.forget()
            until(lambda: all(sender.failures for sender in senders))  # every acknowledgement was heard
            with atelier.copy_of_store() as kept:
                assert lost(kept, code, senders, question, tour) == []
            atelier.start()
            all_recorded(senders)
            slowest = max(slowest, *(sender.since - atelier.answered for sender in senders))
        assert f"{PEOPLE}\u00a0réponses" in trainer.control(code), "un renvoi a compté deux fois, ou pas du tout"
        trainer.does(code, "fermer", question=question, tour=tour)
        total += sum(sender.acknowledged for sender in senders)
        places[code, question, tour] = senders
    with atelier.copy_of_store() as kept:
        for (of_code, question, tour), senders in places.items():
            assert sorted(kept.answers(of_code, question, tour)) == sorted(
                sender.text(sender.acknowledged) for sender in senders
            )
    return {"acknowledged": total, "resumed": slowest}


def test_kill_9_while_forty_answer_loses_nothing(atelier: Atelier) -> None:
    found = kill_rounds(atelier, 1, 100, 400)
    assert found["resumed"] <= RESUMED_SECONDS


def test_open_pages_are_told_and_find_their_place(atelier: Atelier, look: Callable[..., Page]) -> None:
    trainer = atelier.trainer()
    code = trainer.open(PEOPLE)
    trainer.does(code, "ouvrir", question="texte-1")
    control = look(f"{atelier.url}formateur/s/{code}", trainer.browser.cookie)
    screen = OnScreen(atelier, look, code)
    screen.write("écrite avant la panne")
    atelier.kill()
    screen.says(LOST, TOLD_MS)
    expect(control.locator("#contact")).to_have_text(
        re.compile("Contact perdu.*déjà enregistrées sont gardées"), timeout=TOLD_MS
    )
    screen.send()
    screen.says(KEPT, TOLD_MS)
    atelier.start()
    screen.says(SAVED, BACK_MS)
    screen.silent(LOST)
    assert screen.phone.get(f"/s/{code}/etat").data["etape"]["ma_reponse"] == "écrite avant la panne"
    expect(control.locator("#contact")).to_have_text("", timeout=BACK_MS)
    expect(control.get_by_text("Séance reprise")).to_be_visible()
    expect(control.get_by_text("1\u00a0réponse", exact=True)).to_be_visible()
    control.get_by_role("button", name="Fermer la question").click()
    expect(control.get_by_role("button", name="Fermer quand même")).to_be_visible()


def test_a_trainer_whose_secret_is_gone_is_told_where_the_new_address_is(
    atelier: Atelier, look: Callable[..., Page]
) -> None:
    trainer = atelier.trainer()
    code = trainer.open(PEOPLE)
    control = look(f"{atelier.url}formateur/s/{code}", trainer.browser.cookie)
    atelier.kill()
    (atelier.store / access.FILE_NAME).unlink()
    atelier.start()
    told = re.compile("redémarré.*adresse de formation affichée dans sa fenêtre")
    expect(control.locator("#contact")).to_have_text(told, timeout=BACK_MS)
    page = control.context.new_page()
    page.goto(control.url)
    expect(page.get_by_text("ouvrez l’adresse affichée dans la fenêtre")).to_be_visible()
    page.goto(atelier.trainer_address)
    expect(control.locator("#contact")).to_have_text("", timeout=BACK_MS)


@pytest.mark.endurance
@pytest.mark.timeout(1800)
def test_thirty_kills_while_forty_answer_lose_nothing(atelier: Atelier, report: Callable[[str], None]) -> None:
    found = kill_rounds(atelier, 30, 700, 1100)
    report(
        f"R12 : 30 arrêts, {found['acknowledged']} réponses acquittées, 0 perdue, "
        f"reprise au plus tard {found['resumed']:.1f} s après le portail"
    )
    assert found["acknowledged"] >= 20_000
    assert found["resumed"] <= RESUMED_SECONDS
