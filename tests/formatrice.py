"""The trainer's browser, for tests that speak HTTP: enters with the secret, then does what buttons do."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from tests import salle

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SCRIPT = {**FORM, "X-Mallette": "fragment"}


@dataclass
class Trainer:
    """A visitor who holds the trainer's cookie."""

    browser: salle.Phone

    def open(self, expected: int = 20, unit: str = salle.UNIT) -> str:
        """Open a séance and return its code."""
        reply = self.browser.ask("POST", "/formateur/seances", urlencode({"unite": unit, "attendus": expected}), FORM)
        assert reply.status == 303, reply.text
        return reply.headers["Location"].rsplit("/", 1)[1]

    def act(self, code: str, action: str, **fields: object) -> salle.Reply:
        """Press a button, as the page's script does."""
        return self.browser.ask("POST", f"/formateur/s/{code}/action", urlencode({"action": action, **fields}), SCRIPT)

    def does(self, code: str, action: str, **fields: object) -> None:
        """Press a button that must work."""
        reply = self.act(code, action, **fields)
        assert (reply.status, reply.text) == (204, ""), reply.text

    def control(self, code: str) -> str:
        return self._view(code, "pilotage")

    def projector(self, code: str) -> str:
        return self._view(code, "ecran")

    def _view(self, code: str, name: str) -> str:
        reply = self.browser.get(f"/formateur/s/{code}/fragment?vue={name}")
        assert reply.status == 200, reply.text
        return reply.text


def enter(room: salle.Room) -> Trainer:
    """Open the address printed when the workshop starts."""
    browser = salle.Phone(room, "127.0.0.1")
    address = urlsplit(room.trainer_address)
    reply = browser.get(f"{address.path}?{address.query}")
    assert reply.status == 302, reply.text
    browser.cookie = reply.headers["Set-Cookie"].split(";")[0]
    return Trainer(browser)


def play(trainer: Trainer, phones: list[salle.Phone], code: str, question: str, answers: list, tour: int = 1) -> None:
    """Ask a question, have the phones answer in turn, and close it."""
    trainer.does(code, "ouvrir", question=question, tour=tour)
    for phone, answer in zip(phones, answers, strict=True):
        reply = phone.answer(code, question, answer, tour)
        assert reply.status == 200, reply.text
    trainer.does(code, "fermer", question=question, tour=tour, confirme=1)
