"""The page of a phone in the browser: what it says of an answer, and how often it sent it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page, Response, expect

from tests.pannes.atelier import Atelier

SAVED = re.compile("Réponse enregistrée")
KEPT = re.compile("gardée sur ce téléphone, en attente du réseau")
LOST = re.compile("Contact perdu avec l’atelier")
TOLD_MS = 10_000
"""A person is told within ten seconds (reliability.md, R11)."""
BACK_MS = 40_000
"""Retries come at most eight seconds apart; the rest is a busy machine."""


class OnScreen:
    """The page of one phone that has joined, at the workshop's own address or at ``url``.

    Attributes:
        page: the Playwright page.
        phone: the same phone, for what a test asks over HTTP.
        acknowledged: answers the server said it had recorded.
    """

    def __init__(self, atelier: Atelier, look: Callable[..., Page], code: str, url: str = "") -> None:
        self.phone = atelier.phone().join(code)
        self.page = look(f"{url or atelier.url}s/{code}", self.phone.cookie)
        self.acknowledged = 0
        self.page.on("response", self._count)

    def _count(self, response: Response) -> None:
        if response.request.method == "POST" and response.url.endswith("/reponse") and response.status == 200:
            self.acknowledged += 1

    def write(self, text: str) -> None:
        self.page.get_by_role("textbox").fill(text)

    def send(self) -> None:
        self.page.get_by_role("button", name="Envoyer ma réponse").click()

    def says(self, words: re.Pattern, milliseconds: float) -> float:
        """Wait until the page says it and return after how many seconds it did; fails after ``milliseconds``."""
        start = time.monotonic()
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=milliseconds)
        return time.monotonic() - start

    def silent(self, words: re.Pattern) -> None:
        expect(self.page.get_by_text(words)).to_have_count(0)
