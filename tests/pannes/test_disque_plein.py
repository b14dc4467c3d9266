"""R13: the disk fills up while people answer, then somebody makes room."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mallette.paths import Project
from mallette.seance.errors import Unavailable
from mallette.seance.seances import Seances
from mallette.seance.store import FILE_NAME, Store
from tests import formatrice, salle
from tests.pannes.atelier import Atelier, all_recorded, answering, lost, until
from tests.seance.faults import SmallDisk

PEOPLE = 40
FULL = re.compile("disque est plein.*Libérez de la place", re.DOTALL)
TOLD_MS = 10_000


class OnSmallDisk:
    """A workshop whose answers are on a small disk.

    Where nothing can be mounted, SQLite's own limit stands in for the disk, and the séance's routes, in this process,
    for the workshop: the limit cannot be set from another one.
    """

    def __init__(self, course: Project, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._disk = SmallDisk(folder / "seances", monkeypatch, megabytes=4)
        self.real = self._disk.real
        self._course, self._folder = course, folder
        self.room: Atelier | salle.Room | None = None

    def open(self) -> None:
        if self.real:
            self.room = Atelier(self._course, self._folder)
            self.room.start()
        else:
            self.room = salle.start(self._course, self._folder / "seances")

    def fill(self) -> None:
        self._disk.fill(None if self.real else self.room.context.store)

    def stay_full(self) -> None:
        """Take the room of the journal too, where answers that no longer grow could be written for ever."""
        if self.real:
            with closing(sqlite3.connect(self._disk.folder / FILE_NAME, timeout=1)) as other, suppress(sqlite3.Error):
                other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._disk.fill(None)

    def empty(self) -> None:
        self._disk.empty()

    @contextmanager
    def kept(self) -> Iterator[Seances]:
        """Give what is on the disk."""
        store = Store(self._disk.folder)
        try:
            yield Seances(store, self._course)
        finally:
            store.close()

    def close(self) -> None:
        if self.room:
            self.room.close()
        self._disk.close()


@pytest.fixture
def small(course: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OnSmallDisk]:
    made = OnSmallDisk(course, tmp_path, monkeypatch)
    try:
        made.open()
        yield made
    finally:
        made.close()


def fill_and_empty(small: OnSmallDisk, look: Callable[..., Page], report: Callable[[str], None], times: int) -> None:
    trainer = formatrice.enter(small.room)
    code = trainer.open(PEOPLE)
    phones = [small.room.phone().join(code) for _ in range(PEOPLE)]
    trainer.does(code, "ouvrir", question="texte-1")
    page = look(f"{small.room.url}formateur/s/{code}", trainer.browser.cookie)
    banner = page.locator("#panne")
    with answering(phones, code, "texte-1", growth=100) as senders:
        for _ in range(times):
            all_recorded(senders)
            small.fill()
            for sender in senders:
                sender.forget()
            until(lambda: (small.stay_full(), all(sender.failures for sender in senders))[1])
            expect(banner).to_have_text(FULL, timeout=TOLD_MS)
            page.evaluate("""() => {
                window.changes = 0;
                new MutationObserver(() => { window.changes += 1; }).observe(document.getElementById("panne"),
                    { childList: true, characterData: true, subtree: true });
            }""")
            page.wait_for_timeout(1500)
            refused = {refusal for sender in senders for refusal in sender.refusals}
            assert refused == {(503, Unavailable.for_participants)}
            if small.real:  # SQLite's own limit lets through what fits in a page
                assert page.evaluate("window.changes") == 0, "le bandeau clignote, et sera relu sans cesse"
            small.empty()
            all_recorded(senders)
            expect(banner).to_have_text("", timeout=TOLD_MS)
    with small.kept() as kept:
        assert lost(kept, code, senders, "texte-1") == []
        assert kept.get(code).current.answers == PEOPLE
    report(
        f"R13, disque plein {times} fois : {sum(sender.acknowledged for sender in senders)} réponses "
        "acquittées, 0 perdue"
    )


def test_a_full_disk_is_told_and_forgiven(
    small: OnSmallDisk, look: Callable[..., Page], report: Callable[[str], None]
) -> None:
    fill_and_empty(small, look, report, 1)


@pytest.mark.endurance
def test_a_disk_full_ten_times_loses_nothing(
    small: OnSmallDisk, look: Callable[..., Page], report: Callable[[str], None]
) -> None:
    fill_and_empty(small, look, report, 10)
