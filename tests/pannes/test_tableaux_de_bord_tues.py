"""The process that forks the kernels of dashboards is killed while the room answers."""

from __future__ import annotations

import psutil

from tests.bench import clients
from tests.pannes.atelier import Atelier, all_recorded, answering, lost
from tests.salle import UNIT

PEOPLE = 20
MODULE = "mallette.server.kernels.forkserver"


def fork_server(atelier: Atelier) -> psutil.Process | None:
    """Return the process that imports what dashboards need, if it runs."""
    children = psutil.Process(atelier.server.process.pid).children()
    return next((child for child in children if child.status() != psutil.STATUS_ZOMBIE
                 and MODULE in child.cmdline()), None)


def test_answers_go_on_and_dashboards_come_back(atelier: Atelier) -> None:
    trainer = atelier.trainer()
    code = trainer.open(PEOPLE)
    phones = atelier.phones(code, PEOPLE)
    trainer.does(code, "ouvrir", question="texte-1")
    dashboard = f"{atelier.url}atelier/{UNIT}"
    clients.Phone(dashboard, 300).open().close()
    with answering(phones, code, "texte-1") as senders:
        all_recorded(senders)
        first = fork_server(atelier)
        family = [first, *first.children(recursive=True)]  # the frozen dashboards too
        for process in family:
            process.kill()
        psutil.wait_procs(family, timeout=5)
        all_recorded(senders, beyond=2)
        for number in (301, 302):  # the page, a kernel, and a widget that answers
            clients.Phone(dashboard, number).open().close()
        assert fork_server(atelier).pid != first.pid
    assert {refusal for sender in senders for refusal in sender.refusals} == set()
    assert sum(sender.failures for sender in senders) == 0
    with atelier.copy_of_store() as kept:
        assert lost(kept, code, senders, "texte-1") == []
