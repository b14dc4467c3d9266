"""Does a dashboard say what happens to its link, and lose nothing when the kernel, the Wi-Fi or the server goes?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Page, expect

from mallette.paths import Project
from tests import serveur
from tests.conftest import QUIZ_WORKSHOP, write_small_course
from tests.relais import Relay

DASHBOARD_MS = 60_000
"""A server that has just started runs its dashboards; on two busy cores that takes its time."""
QUIZ = QUIZ_WORKSHOP.replace("# Atelier d’essai\n", "# Atelier d’essai\n\n## Une partie\n")
SLIDER = QUIZ.replace('Quiz("1-essai")', """\
import ipywidgets
slider, label = ipywidgets.IntSlider(value=7, description="Nombre"), ipywidgets.Label("rien")
slider.observe(lambda change: setattr(label, "value", f"vu : {change.new}"), "value")
ipywidgets.VBox([slider, label])""")


@pytest.fixture
def course(tmp_path: Path) -> Project:
    course = write_small_course(tmp_path / "cours")
    (course.modules / "1-essai" / "atelier.md").write_text(QUIZ, encoding="utf-8")
    return course


@pytest.fixture
def server(course: Project, tmp_path: Path) -> Iterator[serveur.Server]:
    running = serveur.start(course, tmp_path / "serveur.log")
    yield running
    running.close()


@pytest.fixture
def wifi(server: serveur.Server) -> Iterator[Relay]:
    relay = Relay(_port(server))
    yield relay
    relay.close()


@pytest.fixture
def page(wifi: Relay, page_check: Callable[..., Page]) -> Page:
    """The dashboard, linked to its kernel."""
    page = page_check(wifi.url, viewport="telephone", cut=True)
    page.goto(f"{wifi.url}atelier/1-essai", timeout=DASHBOARD_MS)
    expect(page.locator("body")).to_have_attribute("data-liaison", "faite", timeout=30_000)
    return page


def _port(server: serveur.Server) -> int:
    return int(server.url.rsplit(":", 1)[1].strip("/"))


# The link may be mended before a test looks: what it went through is kept.
_REMEMBER = """() => {
    window.liaisons = [];
    const note = () => liaisons.push(document.body.dataset.liaison);
    new MutationObserver(note).observe(document.body, { attributes: true });
}"""


def _until(condition: Callable[[], bool], page: Page, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        page.wait_for_timeout(100)


def _answer(page: Page) -> None:
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Valider").click()


def _corrected(page: Page) -> None:
    expect(page.locator(".mlt-quiz-verdict")).to_be_visible(timeout=20_000)


def test_an_answer_given_without_wi_fi_is_kept_and_judged_once_it_is_back(
    page: Page, wifi: Relay, axe: Callable
) -> None:
    wifi.cut()
    expect(page.get_by_text("Liaison avec l’atelier perdue")).to_be_visible(timeout=10_000)
    axe(page)
    _answer(page)
    expect(page.locator(".mlt-quiz-verdict")).to_have_count(0)
    wifi.mend()
    _corrected(page)
    expect(page.get_by_text("Liaison rétablie")).to_be_visible(timeout=10_000)
    expect(page.get_by_text("Liaison rétablie")).to_be_hidden(timeout=10_000)


def test_a_killed_kernel_comes_back_under_the_page(page: Page, server: serveur.Server) -> None:
    copy = psutil.Process(server.process.pid).children(recursive=True)[-1]
    page.evaluate(_REMEMBER)
    copy.kill()
    _until(lambda: "perdue" in page.evaluate("liaisons"), page, 10)
    expect(page.locator("body")).to_have_attribute("data-liaison", "faite", timeout=20_000)
    _answer(page)
    _corrected(page)


def test_a_page_outlives_a_killed_server(
    page: Page, server: serveur.Server, course: Project, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    port = _port(server)
    server.process.kill()
    server.process.wait()
    expect(page.get_by_text("Liaison avec l’atelier perdue")).to_be_visible(timeout=10_000)
    _answer(page)
    again = serveur.start(course, tmp_path / "encore.log", port=port)
    request.addfinalizer(again.close)
    _corrected(page)


def test_the_page_of_a_notebook_that_changed_says_to_reload(
    page: Page, server: serveur.Server, course: Project, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    port = _port(server)
    server.process.kill()
    server.process.wait()
    (course.modules / "1-essai" / "atelier.md").write_text(QUIZ.replace("d’essai", "changé"), encoding="utf-8")
    again = serveur.start(course, tmp_path / "encore.log", port=port)
    request.addfinalizer(again.close)
    expect(page.get_by_text("rechargez-la pour continuer")).to_be_visible(timeout=30_000)


def test_a_page_of_jupyters_own_widgets_is_alive(
    course: Project, tmp_path: Path, page_check: Callable[..., Page], request: pytest.FixtureRequest
) -> None:
    (course.modules / "1-essai" / "atelier.md").write_text(SLIDER, encoding="utf-8")
    server = serveur.start(course, tmp_path / "serveur.log")
    request.addfinalizer(server.close)
    page = page_check(server.url)
    page.goto(f"{server.url}atelier/1-essai", timeout=DASHBOARD_MS)
    slider = page.get_by_role("slider")
    slider.wait_for(timeout=60_000)
    slider.press("ArrowRight")
    expect(page.get_by_text("vu : 8")).to_be_visible(timeout=10_000)
    page.goto("about:blank")  # before its server goes
