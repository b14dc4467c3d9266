"""The page of a phone in the browser: what it says of an answer, and how often it sent it."""

from __future__ import annotations

import copy
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

_GIVE = """(text) => {
    const named = (name) => [...document.querySelectorAll("main button")].find((item) => item.textContent === name);
    named("Changer ma réponse")?.click();
    if (!document.querySelector("textarea")) throw new Error(document.querySelector("main").innerText);
    document.querySelector("textarea").value = text;
    named("Envoyer ma réponse").click();
}"""


class OnScreen:
    """The page of one phone that has joined, at the workshop's own address or at ``url``.

    Attributes:
        page: the Playwright page.
        phone: the same phone, for what a test asks over HTTP.
        acknowledged: answers the server said it had recorded.
    """

    def __init__(self, atelier: Atelier, look: Callable[..., Page], code: str, url: str = "") -> None:
        self.phone = atelier.phone().join(code)
        self._watch(look(f"{url or atelier.url}s/{code}", self.phone.cookie))

    def tab(self) -> OnScreen:
        """Open the same page in another tab."""
        other = copy.copy(self)
        other._watch(self.page.context.new_page())
        other.page.goto(self.page.url)
        return other

    def _watch(self, page: Page) -> None:
        self.page, self.acknowledged = page, 0
        self.page.on("response", self._count)

    def _count(self, response: Response) -> None:
        if response.request.method == "POST" and response.url.endswith("/reponse") and response.status == 200:
            self.acknowledged += 1

    def write(self, text: str) -> None:
        self.page.get_by_role("textbox").fill(text)

    def send(self) -> None:
        self.page.get_by_role("button", name="Envoyer ma réponse").click()

    def ready(self) -> OnScreen:
        """Wait until a text can be written."""
        expect(self.page.get_by_role("textbox")).to_be_visible(timeout=BACK_MS)
        return self

    def give(self, text: str) -> None:
        """Answer with a text, or change the answer to it, in one instant, as a script can."""
        self.page.evaluate(_GIVE, text)

    @property
    def shown(self) -> str:
        """The answer that the page shows as the person's."""
        return self.page.locator(".seance-reponse").inner_text()

    def says(self, words: re.Pattern, milliseconds: float) -> float:
        """Wait until the page says it and return after how many seconds it did; fails after ``milliseconds``."""
        start = time.monotonic()
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=milliseconds)
        return time.monotonic() - start

    def silent(self, words: re.Pattern) -> None:
        expect(self.page.get_by_text(words)).to_have_count(0)
