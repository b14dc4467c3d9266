"""Does the published site live at the root of a server, in a folder of it, and on a USB stick?"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mallette.paths import Project
from mallette.publication import site
from tests import poids


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def published(built_course: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site, inside another one."""
    folder = tmp_path_factory.mktemp("public") / "cours" / "livre"
    _, _, faults = site.write(built_course, folder)
    assert faults == []
    return folder


@pytest.fixture(scope="module")
def addresses(published: Path) -> Iterator[dict[str, str]]:
    servers = [
        ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
        for folder in (published, published.parents[1])
    ]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    root, above = (f"http://127.0.0.1:{server.server_port}/" for server in servers)
    yield {"racine": root, "dossier": f"{above}cours/livre/", "clé": f"{published.as_uri()}/index.html"}
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("place", ["racine", "dossier", "clé"])
def test_the_site_lives_there(
    addresses: dict[str, str], same_window: Callable[..., Page], kit_font: Callable, place: str
) -> None:
    first = addresses[place]
    page = same_window(first)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_url("**/book/accueil.html")
    kit_font(page)
    page.get_by_role("link", name="Le recours aux drogues", exact=True).first.click()
    expect(page.locator('.mlt-mount[data-mallette="quiz"]').first).to_have_attribute("data-mallette-state", "alive")
    explorer = page.locator('.mlt-mount[data-mallette="explorer"]').first
    explorer.scroll_into_view_if_needed()
    expect(explorer).to_have_attribute("data-mallette-state", "alive")
    picture = page.locator(".bd-article figure.mlt-figure img:visible").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("(image) => image.complete && image.naturalWidth > 0", arg=picture.element_handle())
    home = first if first.endswith("/") else first.rpartition("/")[0] + "/"
    page = same_window(f"{home}search.html?q=heroine")
    result = page.locator("#search-results li").filter(has_text="éroïn").first
    expect(result.locator("p.context")).to_be_visible()
    expect(result.locator(".highlighted").first).to_be_visible(visible=False)
    result.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_without_a_script_the_first_page_leads_to_the_book(published: Path, page_check: Callable[..., Page]) -> None:
    text = (published / "index.html").read_text(encoding="utf-8")
    (published / "sans.html").write_text(text.replace('http-equiv="refresh"', ""), encoding="utf-8")
    page = page_check((published / "sans.html").as_uri(), java_script_enabled=False)
    (published / "sans.html").unlink()
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.title()
    page.get_by_role("link").click()
    page.wait_for_url("**/book/accueil.html")


def test_each_page_leads_to_what_a_public_site_says_of_itself(published: Path) -> None:
    for path in sorted(published.rglob("*.html")):
        foot = path.read_text(encoding="utf-8").partition('<nav class="mallette-pied"')[2].partition("</nav>")[0]
        if path != published / "index.html":
            assert foot.count("<a href=") == 5, path


def test_no_page_weighs_more_than_150_kb_without_its_figures(published: Path) -> None:
    """But the search, which loads the words of the whole book."""
    heavy = {weight.name: weight.compressed for weight in poids.of_pages(published) if weight.compressed > 150_000}
    assert heavy.keys() <= {"search.html"}
