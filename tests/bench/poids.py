"""Weight of a first visit: ``uv run python -m tests.bench.poids`` prints requests and bytes of each kind of page.

Needs a built book and decks (``make livre diapos``). Not a test: figures are for reading, in one run.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from mallette.paths import project
from mallette.units import units
from tests import serveur
from tests.bout_en_bout.conftest import LAUNCH_ARGS, VIEWPORTS


def main() -> None:
    """Print one line per page: requests, kilobytes transferred, milliseconds until quiet."""
    course = project()
    unit = units(course)[0]
    pages = {
        "portail": "", "page du livre": "livre/book/accueil.html", "chapitre": f"livre/{unit.page}",
        "atelier": f"atelier/{unit.slug}", "diapositives": f"diapos/{unit.slug}/",
    }
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=LAUNCH_ARGS)
        server = serveur.start(course, Path(folder, "serveur.log"))
        try:
            print(f"{'page':16}{'requêtes':>10}{'ko':>10}{'ms':>10}")
            for name, path in pages.items():
                context = browser.new_context(viewport=VIEWPORTS["telephone"])  # an empty cache each time
                page = context.new_page()
                session = context.new_cdp_session(page)
                session.send("Network.enable")
                sizes: list[int] = []
                session.on("Network.loadingFinished", lambda event, into=sizes: into.append(event["encodedDataLength"]))
                start = time.perf_counter()
                page.goto(server.url + path)
                page.wait_for_load_state("networkidle")
                elapsed = (time.perf_counter() - start) * 1000
                print(f"{name:16}{len(sizes):>10}{sum(sizes) / 1000:>10.0f}{elapsed:>10.0f}")
                context.close()
        finally:
            server.close()
            browser.close()


if __name__ == "__main__":
    main()
