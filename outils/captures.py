"""Retake the four screenshots of the README: ``uv run python -m outils.captures`` (needs Chromium, book and decks)."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from mallette.grading import feedback, grade, gradebook
from mallette.paths import project
from mallette.server import portal, workshops
from outils import chromium
from tests import serveur
from tests.conftest import copy_content
from tests.grading import copies
from tests.navigateur import LAUNCH_ARGS, VIEWPORTS

COURSE = project()
IMAGES = COURSE.book / "guides" / "images"
EXAMPLE_ADDRESS = "http://192.168.1.20:8866/"


def _page(browser: Browser, viewport: str) -> Page:
    return browser.new_page(viewport=VIEWPORTS[viewport], locale="fr-FR")


def _save(page: Page, name: str) -> None:
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(64).save(path, optimize=True)


def _portal(browser: Browser, server: serveur.Server) -> None:
    page = _page(browser, "ordinateur")
    html = portal.render(COURSE, workshops.prepare(COURSE), EXAMPLE_ADDRESS, in_room=True)
    page.route(server.url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(server.url)
    page.evaluate("document.documentElement.style.zoom = 0.7")  # the code of a séance and two rows of units
    _save(page, "accueil-salle")


def _quiz(browser: Browser, server: serveur.Server) -> None:
    page = _page(browser, "telephone")
    page.add_init_script("localStorage.setItem('mallette-ordre', '1000')")  # the same order of choices in each picture
    page.goto(f"{server.url}livre/book/seminaires/1-recours-aux-drogues/chapitre.html")
    question = page.locator('[data-mallette="quiz"] section').filter(has=page.get_by_role("radio")).first
    handle = question.element_handle()
    question.get_by_role("radio").nth(1).check()
    question.get_by_role("button", name="Valider").first.click()
    handle.evaluate("(element) => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 80)")
    page.wait_for_timeout(500)
    _save(page, "quiz-telephone")


def _explorer(browser: Browser, server: serveur.Server) -> None:
    page = _page(browser, "ordinateur")
    page.goto(f"{server.url}livre/book/seminaires/1-recours-aux-drogues/chapitre.html")
    picture = page.locator('[data-mallette="explorer"]').get_by_role("img").first
    picture.evaluate("(element) => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 220)")
    page.wait_for_timeout(800)
    _save(page, "livre-explorateur")


def _feedback(browser: Browser, folder: Path) -> None:
    course = copy_content(folder / "cours")
    asked = copies.prepared(course, "prevalence")
    answers = copies.right(asked)
    item = asked.items[1]
    copies.hand_in(asked, course, "p1207", {**answers, item.id: copies.wrong(item)})
    grade.grade(asked, course)
    feedback.write(asked, course)
    page = _page(browser, "ordinateur")
    page.goto(gradebook.feedback(course, asked.name, "p1207").as_uri())
    _save(page, "retour-exercice")


def main() -> None:
    """Retake every screenshot."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=LAUNCH_ARGS)
        server = serveur.start(COURSE, Path(folder, "serveur.log"))
        try:
            _portal(browser, server)
            _quiz(browser, server)
            _explorer(browser, server)
            _feedback(browser, Path(folder))
        finally:
            server.close()
            browser.close()


if __name__ == "__main__":
    main()
