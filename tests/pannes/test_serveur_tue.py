"""R12: the server is killed while forty people answer, and started again on the same port with the same answers."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from tests.pannes.atelier import QUESTIONS, Atelier, answering, lost, until

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
            until(lambda: sum(sender.acknowledgements for sender in senders) >= threshold)
            time.sleep(random.uniform(0, 0.05))
            atelier.kill()
            for sender in senders:
                sender.failures = 0
            until(lambda: all(sender.failures for sender in senders))  # every acknowledgement was heard
            before = [sender.acknowledged for sender in senders]
            with atelier.copy_of_store() as kept:
                assert lost(kept, code, senders, question, tour) == []
            atelier.start()
            portal = time.monotonic()
            until(lambda: all(sender.acknowledged > number for sender, number in zip(senders, before, strict=True)))
            slowest = max(slowest, *(sender.since - portal for sender in senders if sender.acknowledged))
        assert f"{PEOPLE}\u00a0réponses" in trainer.control(code), "un renvoi a compté deux fois, ou pas du tout"
        trainer.does(code, "fermer", question=question, tour=tour)
        total += sum(sender.acknowledgements for sender in senders)
        places[code, question, tour] = senders
    with atelier.copy_of_store() as kept:
        for (of_code, question, tour), senders in places.items():
            assert sorted(kept.answers(of_code, question, tour)) == sorted(
                sender.text(sender.acknowledged) for sender in senders)
    return {"acknowledged": total, "resumed": slowest}


def test_kill_9_while_forty_answer_loses_nothing(atelier: Atelier) -> None:
    found = kill_rounds(atelier, 1, 100, 400)
    assert found["resumed"] <= RESUMED_SECONDS


@pytest.mark.endurance
@pytest.mark.timeout(1800)
def test_thirty_kills_while_forty_answer_lose_nothing(atelier: Atelier, report: Callable[[str], None]) -> None:
    found = kill_rounds(atelier, 30, 700, 1100)
    report(f"R12 : 30 arrêts, {found['acknowledged']} réponses acquittées, 0 perdue, "
           f"reprise au plus tard {found['resumed']:.1f} s après le portail")
    assert found["acknowledged"] >= 20_000
    assert found["resumed"] <= RESUMED_SECONDS
