"""Workshops that break, and the browser that looks at them meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from mallette.paths import Project
from tests.pannes.atelier import Atelier, write_course


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Not to be changed."""
    return write_course(tmp_path_factory.mktemp("cours") / "cours")


@pytest.fixture(scope="module")
def atelier(course: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Atelier]:
    """A running workshop; a test that kills it starts it again."""
    running = Atelier(course, tmp_path_factory.mktemp("atelier"))
    running.start()
    yield running
    running.close()


@pytest.fixture
def report(record_property: Callable, capsys: pytest.CaptureFixture) -> Callable[[str], None]:
    """Return ``report(text)``: print the figures of a long test even though it passed."""

    def tell(text: str) -> None:
        record_property("chiffres", text)
        with capsys.disabled():
            print(f"\n{text}", flush=True)

    return tell


@pytest.fixture
def look(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return ``open(url, cookie="") -> Page`` for tests that break what is behind the page.

    The test fails if a page logs an error, but for those that the browser logs about the network itself.
    """
    errors: list[str] = []
    contexts: list[BrowserContext] = []

    def note(text: str) -> None:
        if not re.search(r"Failed to load resource|net::ERR_", text):
            errors.append(text)

    def open_page(url: str, cookie: str = "") -> Page:
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
        context.set_default_timeout(20_000)
        contexts.append(context)
        if cookie:
            name, _, value = cookie.partition("=")
            context.add_cookies([{"name": name, "value": value, "url": url, "sameSite": "Strict", "httpOnly": True}])
        page = context.new_page()
        page.on("console", lambda entry: note(entry.text) if entry.type == "error" else None)
        page.on("pageerror", lambda error: note(str(error)))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not errors, " | ".join(errors)
