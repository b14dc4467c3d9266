"""Workshops that break, and the browser that looks at them meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

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
def look(page_check: Callable[..., Page]) -> Callable[..., Page]:
    """Return ``open(url, cookie="") -> Page`` for tests that break what is behind the page."""
    return lambda url, cookie="": page_check(url, "telephone", cut=True, cookie=cookie, patience=20_000)
