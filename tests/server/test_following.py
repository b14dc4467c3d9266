"""An author edits and sees it in the browser; a fault is told in French, and the last good book stays."""

from __future__ import annotations

import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mallette.paths import Project
from tests import serveur
from tests.book.test_freshness import CONFIG, plain
from tests.conftest import write_small_course

CELL = """
```{code-cell}
:tags: [remove-input]
import uuid
from mallette import data
from mallette.quiz import bank
from mallette.units import unit
prompt = bank.load_unit(unit("1-essai")).questions[0].prompt
print("SMIC", data.rows("smic")[0]["smic_horaire_brut"], prompt, uuid.uuid4())
```
"""
PATIENCE = 120_000
"""Milliseconds: a busy machine."""


class Author:
    """Who edits a course, with a terminal and a page of the book."""

    def __init__(self, course: Project, log: Path) -> None:
        self.course, self.log, self.port = course, log, serveur.free_port()
        with log.open("w", encoding="utf-8") as output:
            self.process = subprocess.Popen(
                serveur.command(course, "--suivre", f"--port={self.port}", verb="livre"),
                stdout=output,
                stderr=subprocess.STDOUT,
                env=serveur.environment(),
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
            )

    def edits(self, name: str, old: str, new: str) -> None:
        """Change a file of the unit, or of the course."""
        unit = self.course.modules / "1-essai" / name
        path = unit if unit.is_file() else self.course.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    def page(self, name: str) -> str:
        """Return the text of a page of the unit."""
        return (self.course.modules / "1-essai" / name).read_text(encoding="utf-8")

    def reads(self, text: str, times: int = 1) -> None:
        """Wait until the terminal has said something so many times."""
        deadline = time.monotonic() + PATIENCE / 1000
        while plain(self.said()).count(text) < times:
            assert self.process.poll() is None and time.monotonic() < deadline, self.said()
            time.sleep(0.1)

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Author]:
    folder = tmp_path_factory.mktemp("suivre")
    course = write_small_course(folder / "cours")
    course.config.write_text(
        CONFIG.replace("config: {", "config: {html_context: {default_mode: auto}, "), encoding="utf-8"
    )
    course.toc.write_text(
        "format: jb-book\nroot: modules/1-essai/module\nchapters:\n- file: modules/1-essai/formateur\n",
        encoding="utf-8",
    )
    chapter = course.modules / "1-essai" / "module.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + CELL, encoding="utf-8")
    writer = Author(course, folder / "terminal.txt")
    yield writer
    if writer.process.poll() is None:
        writer.process.kill()
        writer.process.wait()


@pytest.fixture
def page(author: Author, page_check: Callable) -> Page:
    """The first page of the book, open in a browser."""
    author.reads("Livre à jour")
    return page_check(f"http://127.0.0.1:{author.port}/modules/1-essai/module.html")


def _drawn(page: Page) -> str:
    """Return what the cell of the page draws anew each time it runs."""
    return re.search(r"SMIC .* (\S{36})", page.locator("main").inner_text())[1]


def test_an_edit_is_seen_and_runs_no_cell_but_for_what_it_shows(author: Author, page: Page, kit_font: Callable) -> None:
    kit_font(page)
    drawn = _drawn(page)
    author.edits("module.md", "Du texte.", "Du texte, avec une virgule.")
    expect(page.locator("main")).to_contain_text("avec une virgule", timeout=PATIENCE)
    assert _drawn(page) == drawn
    assert "0 added, 1 changed" in (author.course.build / "livre.log").read_text(encoding="utf-8")
    author.edits("quiz.yml", "Il pleut.", "Il neige.")
    author.edits("data/smic.csv", "2004-07-01,7.61,", "2004-07-01,7.99,")
    expect(page.locator("main")).to_contain_text("SMIC 7.99 Il neige.", timeout=PATIENCE)
    assert _drawn(page) != drawn


def test_a_fault_is_told_and_the_last_good_page_stays_until_it_is_mended(author: Author, page: Page) -> None:
    author.edits("formateur.md", "# Notes", "# Notes\n\n```{lignes} inconnue\n```\n")
    author.edits("module.md", "import uuid", "import uuid, inconnu")
    expect(page.get_by_role("status")).to_contain_text("dernière bonne version", timeout=PATIENCE)
    author.reads("modules/1-essai/module.md, ligne 18 : une cellule ne s’exécute pas")
    assert "modules/1-essai/formateur.md, ligne 9 :" in plain(author.said())
    assert "Traceback" not in page.content() and "SMIC" in page.locator("main").inner_text()
    author.edits("formateur.md", "\n\n```{lignes} inconnue\n```\n", "")
    author.edits("module.md", "import uuid, inconnu", "import uuid")
    expect(page.get_by_role("status")).to_be_empty(timeout=PATIENCE)


def test_a_title_that_changes_twice_is_the_last_one_in_the_menu_of_all(author: Author, page: Page) -> None:
    page.goto(page.url.replace("module.html", "formateur.html"))
    menu = page.locator(".bd-sidebar-primary")
    for title in ("Premier titre", "Second titre"):
        author.edits("formateur.md", re.search(r"^# .*$", author.page("formateur.md"), re.MULTILINE)[0], f"# {title}")
        expect(menu).to_contain_text(title, timeout=PATIENCE)
    expect(menu).not_to_contain_text("Premier titre")


def test_a_page_that_enters_the_contents_is_in_the_menu_of_all(author: Author, page: Page) -> None:
    built = plain(author.said()).count("Livre à jour")
    (author.course.book / "ajout.md").write_text("# Une page de plus\n", encoding="utf-8")
    author.reads("Livre à jour", built + 1)
    assert "ajout" not in (author.course.html / "searchindex.js").read_text(
        encoding="utf-8"
    )  # a draft, not in the book
    author.edits(
        "_toc.yml", "- file: modules/1-essai/formateur\n", "- file: modules/1-essai/formateur\n- file: book/ajout\n"
    )
    menu = page.locator(".bd-sidebar-primary")
    expect(menu).to_contain_text("Une page de plus", timeout=PATIENCE)
    assert "config changed" not in (author.course.build / "livre.log").read_text(encoding="utf-8")


def test_a_page_that_says_why_there_is_none_has_its_styles(author: Author) -> None:
    author.reads("Livre à jour")
    home = f"http://127.0.0.1:{author.port}"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{home}/rien.html")
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', refused.value.read().decode())
    assert styles
    for address in styles:
        with urllib.request.urlopen(home + address) as answer:
            assert answer.headers.get_content_type() == "text/css"


def test_ctrl_c_ends_it_all(author: Author) -> None:
    author.reads("Livre à jour")
    author.process.send_signal(signal.SIGINT)
    assert author.process.wait(30) == 0
    assert "Le livre n’est plus suivi" in author.said() and "Traceback" not in author.said()
