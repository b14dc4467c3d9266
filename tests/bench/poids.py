"""Weight of a phone's visits and how fast a page reacts: ``uv run python -m tests.bench.poids``.

Needs a built book and decks (``make livre diapos``). Not a test: figures are for reading, in one run.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from mallette.paths import project
from mallette.units import units
from outils import chromium
from tests import serveur
from tests.navigateur import LAUNCH_ARGS, VIEWPORTS

# From the change of a field to the next painted frame in which the widget has changed.
_REACTION = """(field) => new Promise((done) => {
    const start = performance.now();
    const watch = new MutationObserver(() => requestAnimationFrame(() => done(performance.now() - start)));
    watch.observe(field.closest(".mlt"), { subtree: true, childList: true, characterData: true, attributes: true });
    setTimeout(() => done(null), 2000);
    field.click();
})"""


def _visit(context: BrowserContext, url: str) -> tuple[Page, int, float, float]:
    """Open a page until it is quiet; returns it, its requests, kB transferred and milliseconds."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    start = time.perf_counter()
    page.goto(url, timeout=90_000)
    page.wait_for_load_state("networkidle")
    elapsed = (time.perf_counter() - start) * 1000
    for _ in range(page.evaluate("Math.ceil(document.documentElement.scrollHeight / innerHeight)")):
        page.mouse.wheel(0, VIEWPORTS["telephone"]["height"])  # figures come when they are near
        page.wait_for_timeout(100)
    page.wait_for_load_state("networkidle")
    return page, len(sizes), sum(sizes) / 1000, elapsed


def _line(name: str, count: int, weight: float, elapsed: float) -> None:
    print(f"{name:34}{count:>9}{weight:>9.0f}{elapsed:>9.0f}")


def _weigh(browser: Browser, url: str) -> None:
    course = project()
    slugs = [unit.slug for unit in units(course)]
    pages = {
        "portail": "",
        "page du livre": "livre/book/accueil.html",
        "chapitre": f"livre/{units(course)[0].page}",
        "diapositives": f"diapos/{slugs[0]}/",
        "code d’une séance": "s",
    }
    print(f"{'page (cache vide)':34}{'requêtes':>9}{'ko':>9}{'ms':>9}")
    for name, path in pages.items():
        with browser.new_context(viewport=VIEWPORTS["telephone"]) as context:
            _line(name, *_visit(context, url + path)[1:])
    print("un téléphone, d’un atelier à l’autre :")
    with browser.new_context(viewport=VIEWPORTS["telephone"]) as context:
        for slug in slugs:
            page, *figures = _visit(context, f"{url}atelier/{slug}")
            _line(f"  {slug}", *figures)
            _react(page)
            page.close()


def _react(page: Page) -> None:
    """Print how long the first choices and boxes of a page take to show that they were touched."""
    fields = page.locator(".mlt input[type=checkbox]:enabled, .mlt button.mlt-primary")
    measured = [field.evaluate(_REACTION) for field in fields.all()[:12] if field.is_visible()]
    times = sorted(time for time in measured if time is not None)
    if times:
        median, longest = times[len(times) // 2], times[-1]
        print(f"    réaction à {len(times)} gestes : médiane {median:.0f} ms, au plus {longest:.0f} ms")


def main() -> None:
    """Print one line per page: requests, kilobytes transferred, milliseconds until quiet; then reactions."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=LAUNCH_ARGS)
        server = serveur.start(project(), Path(folder, "serveur.log"), anew=True)
        try:
            _weigh(browser, server.url)
        finally:
            server.close()
            browser.close()


if __name__ == "__main__":
    main()
