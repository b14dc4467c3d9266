"""The real workshop in a process of its own, that a test kills and starts again, and the phones that answer it."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import signal
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mallette.paths import Project
from mallette.seance.seances import Seances
from mallette.seance.store import Store
from tests import formatrice, salle, serveur

PATIENCE_SECONDS = 60
PAUSE_SECONDS = 0.4
"""Between two answers of a person: faster, the server asks to slow down."""
QUESTIONS = 16
_QUESTION = """\
  - id: texte-{number}
    type: reflexion
    objectif: {objective}
    enonce: Question {number}
    reperes: [Un repère]
"""


def write_course(root: Path) -> Project:
    """Write a course of one unit, with a dashboard, whose bank asks for sixteen free texts."""
    course = salle.write_course(root)
    bank = "titre: Essai\nquestions:\n" + "".join(
        _QUESTION.format(number=number, objective="o2" if number == 2 else "o1") for number in range(1, QUESTIONS + 1)
    )
    (course.modules / salle.UNIT / "quiz.yml").write_text(bank, encoding="utf-8")
    return course


@dataclass
class Atelier:
    """``mallette atelier`` on one port, with one store, through all its lives.

    Attributes:
        course: the course it serves.
        folder: where its logs and the folder ``seances`` are.
        port: where it listens, on 127.0.0.1.
        server: its present life.
        answered: when the portal of this life first answered, on the clock of ``time.monotonic``.
    """

    course: Project
    folder: Path
    port: int = field(default_factory=serveur.free_port)
    server: serveur.Server | None = None
    answered: float = 0.0
    _lives: int = 0
    _phones: int = 0

    @property
    def store(self) -> Path:
        return self.folder / "seances"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/"

    @property
    def trainer_address(self) -> str:
        """What the window of the present life printed."""
        return re.search(r"http://\S+/formateur/entrer\?cle=\S+", self.server.text)[0]

    def start(self) -> None:
        """Start it and wait until it says that it is ready."""
        self._lives += 1
        portal = threading.Thread(target=self._await_portal, daemon=True)
        portal.start()
        self.server = serveur.start(self.course, self.folder / f"serveur-{self._lives}.log", port=self.port)
        portal.join()

    def _await_portal(self) -> None:
        deadline = time.monotonic() + serveur.START_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), urllib.request.urlopen(self.url, timeout=10):
                self.answered = time.monotonic()
                return
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as a cut of the power would."""
        os.kill(self.server.process.pid, signal.SIGKILL)
        self.server.process.wait(30)

    def close(self) -> None:
        if self.server:
            self.server.close()

    def phone(self) -> salle.Phone:
        """Return a visitor with an address that nobody else has."""
        self._phones += 1
        return salle.Phone(self, f"127.0.{1 + self._phones // 200}.{2 + self._phones % 200}")

    def phones(self, code: str, count: int) -> list[salle.Phone]:
        """Return phones that have joined."""
        return [self.phone().join(code) for _ in range(count)]

    def trainer(self) -> formatrice.Trainer:
        return formatrice.enter(self)

    @contextmanager
    def copy_of_store(self) -> Iterator[Seances]:
        """Give what is on the disk, from a copy: opening the file itself would mend what the server must mend."""
        copy = self.folder / "copie"
        shutil.copytree(self.store, copy, ignore=shutil.ignore_patterns("photos"))
        store = Store(copy)
        try:
            with store.reading() as connection:
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            yield Seances(store, self.course)
        finally:
            store.close()
            shutil.rmtree(copy)


class Sender(threading.Thread):
    """A person who changes an answer again and again; each is sent until it is acknowledged, as the page does.

    Attributes:
        sent: number of the answer that was sent last, from 1.
        acknowledged: number of the last one that the server said it had recorded: how many it said so of.
        since: when it first said so after :meth:`forget`, on the clock of ``time.monotonic``.
        failures: times something else or nothing came back, since :meth:`forget`.
        refusals: what else came back, status and message, since :meth:`forget`.
    """

    def __init__(self, phone: salle.Phone, code: str, question: str, tour: int, growth: int, pause: float) -> None:
        super().__init__(daemon=True)
        self.phone = phone
        self.sent = self.acknowledged = self.failures = 0
        self.since = 0.0
        self.refusals: set[tuple[int, str]] = set()
        self._where = (code, question)
        self._tour, self._growth, self._pause = tour, growth, pause
        self._over = threading.Event()

    def text(self, number: int) -> str:
        """Return the answer ``number``, which no other phone gives."""
        return f"{self.phone.address} réponse {number}".ljust(min(1000, self._growth * number), ".")

    @property
    def token(self) -> str:
        return self.phone.cookie.partition("=")[2]

    def run(self) -> None:
        while not self._over.is_set():
            self.sent += 1
            while not self._send():
                self.failures += 1
                time.sleep(PAUSE_SECONDS)
            time.sleep(self._pause)

    def forget(self) -> None:
        """Count from now on."""
        self.failures, self.since = 0, 0.0
        self.refusals = set()

    def stop(self) -> None:
        """Stop once the present answer is acknowledged."""
        self._over.set()

    def _send(self) -> bool:
        try:
            reply = self.phone.answer(*self._where, self.text(self.sent), self._tour, self.sent)
            if reply.status == 200 and reply.data == {"numero": self.sent, "reponse": self.text(self.sent)}:
                self.acknowledged = self.sent
                self.since = self.since or time.monotonic()
                return True
            self.refusals.add((reply.status, reply.data["message"] if reply.text.startswith("{") else reply.text))
        except (OSError, http.client.HTTPException):
            pass  # cut in the middle: not acknowledged
        return False


@contextmanager
def answering(
    phones: Iterable[salle.Phone],
    code: str,
    question: str,
    tour: int = 1,
    growth: int = 0,
    pause: float = PAUSE_SECONDS,
) -> Iterator[list[Sender]]:
    """Let phones answer an open question all the time; they end with every answer acknowledged.

    Args:
        growth: characters by which each answer of a phone is longer than the former one, up to 1,000.
        pause: seconds between two answers of a phone.
    """
    senders = [Sender(phone, code, question, tour, growth, pause) for phone in phones]
    for sender in senders:
        sender.start()
    try:
        yield senders
    finally:
        for sender in senders:
            sender.stop()
    for sender in senders:
        sender.join(PATIENCE_SECONDS)
        assert not sender.is_alive(), "une réponse n’a jamais été enregistrée"


def all_recorded(senders: Iterable[Sender], beyond: int = 0) -> None:
    """Wait until each phone has ``beyond`` + 1 new acknowledgements."""
    marks = [(sender, sender.acknowledged + beyond) for sender in senders]
    deadline = time.monotonic() + PATIENCE_SECONDS
    while waiting := [sender for sender, mark in marks if sender.acknowledged <= mark]:
        said = {refusal for sender in waiting for refusal in sender.refusals}
        assert time.monotonic() < deadline, f"{len(waiting)} téléphones attendent encore : {said or 'sans réponse'}"
        time.sleep(0.02)


def until(condition: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until ``condition()`` is true; fail after ``seconds``."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "rien n’est venu"
        time.sleep(0.02)


def lost(seances: Seances, code: str, senders: Iterable[Sender], question: str, tour: int = 1) -> list[str]:
    """Return what phones were told is recorded and is not there.

    What was on its way when the server died may be there: the acknowledgement is what was lost then.
    """
    missing = []
    for sender in senders:
        allowed = {sender.text(number) for number in {sender.acknowledged, sender.sent} if number}
        kept = seances.kept(code, sender.token, question, tour)
        if sender.acknowledged and (kept is None or kept.answer not in allowed):
            missing.append(f"{sender.text(sender.acknowledged)} : {kept}")
    return missing
