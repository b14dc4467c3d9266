"""Is a workshop page run once, kept, and run again when it must be?"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from mallette.paths import Project
from tests import serveur
from tests.conftest import QUIZ_WORKSHOP, SLIDER_WORKSHOP, WORKSHOP, add_unit, write_small_course

BROKEN = WORKSHOP.replace('print("bonjour")', "1 / 0")
CALCULATOR = QUIZ_WORKSHOP.replace(
    'Quiz\nQuiz("1-essai")', 'HourlyPay, PrevalenceExplorer\nPrevalenceExplorer()\nHourlyPay("guetteur_france_2023")'
)
EDITED = QUIZ_WORKSHOP.replace(
    'Quiz\nQuiz("1-essai")', 'HourlyPay\none = HourlyPay()\none.donnees = {**one.donnees, "avant": ["Essai."]}\none'
)
PICTURE = WORKSHOP.replace('print("bonjour")', "from mallette.figures import smic\nsmic()")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[serveur.Server]:
    folder = tmp_path_factory.mktemp("tableaux")
    course = write_small_course(folder / "cours")
    (course.modules / "1-essai" / "atelier.md").write_text(QUIZ_WORKSHOP, encoding="utf-8")
    add_unit(course, "2-curseur", SLIDER_WORKSHOP)
    add_unit(course, "3-erreur", BROKEN)
    add_unit(course, "4-calcul", CALCULATOR)
    add_unit(course, "5-autres-tables", EDITED)
    running = serveur.start(course, folder / "serveur.log")
    yield running
    running.close()


def test_a_page_of_the_kit_is_the_same_light_file_for_everyone(server: serveur.Server) -> None:
    status, page, headers = server.get("/atelier/1-essai")
    assert status == 200
    assert "'unsafe-inline'" not in headers["Content-Security-Policy"].split("style-src")[0]
    assert not re.search(r"<script(?![^>]*(?:src=|application/json))", page)
    assert "Set-Cookie" not in headers
    assert server.get("/atelier/1-essai", {"If-None-Match": headers["Etag"]})[0] == 304


def test_a_page_of_other_widgets_is_voilas_own(server: serveur.Server) -> None:
    status, page, headers = server.get("/atelier/2-curseur")
    assert status == 200
    assert "voila.js" in page
    assert headers["Cache-Control"] == "no-store"


def test_a_phone_loads_the_tables_of_the_course_once(server: serveur.Server) -> None:
    pages = {slug: server.get(f"/atelier/{slug}")[1] for slug in ("1-essai", "4-calcul", "5-autres-tables")}
    (table,) = re.findall(r'<script defer src="([^"]*donnees-hourly[^"]*)"', pages["4-calcul"])
    status, text, headers = server.get(table)
    assert status == 200
    assert "immutable" in headers["Cache-Control"]
    assert "travail_declare" in text
    assert "travail_declare" not in pages["4-calcul"]
    assert f'<link rel="prefetch" href="{table}">' in pages["1-essai"]
    assert "Essai." in pages["5-autres-tables"], "des tables changées ne sont plus celles du fichier"


def test_a_page_that_fails_says_so_and_stops_no_other(server: serveur.Server) -> None:
    status, page, _ = server.get("/atelier/3-erreur")
    assert status == 503
    assert "ne peut pas s’ouvrir" in page
    assert "ZeroDivisionError" not in page
    assert "« 3-erreur » : la cellule 1 échoue (ZeroDivisionError" in server.text


@pytest.fixture
def start(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[Project], serveur.Server]:
    """Return ``start(course)``: its workshop, closed after the test."""

    def begin(course: Project) -> serveur.Server:
        running = serveur.start(course, tmp_path / f"serveur-{time.monotonic()}.log")
        request.addfinalizer(running.close)
        return running

    return begin


def _pages(course: Project) -> dict[str, float]:
    return {path.name: path.stat().st_mtime_ns for path in course.pages.glob("*.html.gz")}


def test_a_page_is_run_once_and_again_when_what_it_is_made_from_changes(
    small_course: Project, start: Callable, replace_in: Callable
) -> None:
    for slug in ("2-dessin", "3-abimee"):
        add_unit(small_course, slug, PICTURE if slug == "2-dessin" else WORKSHOP)
    addresses = [f"/atelier/{slug}" for slug in ("1-essai", "2-dessin", "3-abimee")]
    first = start(small_course)
    pages = [first.get(address)[1] for address in addresses]
    (image,) = re.findall(r'src="(/statique/atelier/figure[^"]+)"', pages[1])
    picture = first.get(image)[1]
    family = psutil.Process(first.process.pid).children()
    deadline = time.monotonic() + 20
    while any(process.status() != psutil.STATUS_ZOMBIE for process in family if process.is_running()):
        assert time.monotonic() < deadline, "plus rien n’a besoin d’un noyau"
        time.sleep(0.1)
    first.close()
    kept = _pages(small_course)
    assert len(kept) == 3

    again = start(small_course)
    assert [again.get(address)[1] for address in addresses] == pages
    assert again.get(image)[1] == picture
    assert _pages(small_course) == kept
    again.close()

    replace_in(small_course.modules / "1-essai" / "atelier.md", "Atelier d’essai", "Atelier changé")
    # A page may show any of its questions.
    replace_in(small_course.modules / "2-dessin" / "quiz.yml", "Il pleut.", "Il neige.")
    (small_course.pages / f"{image.rsplit('/', 1)[1]}.gz").unlink()
    (broken,) = small_course.pages.glob("3-abimee*.html.gz")
    broken.write_bytes(broken.read_bytes()[:50])
    changed = start(small_course)
    assert "Atelier changé" in changed.get("/atelier/1-essai")[1]
    assert changed.get(image)[0] == 200
    assert "bonjour" in changed.get("/atelier/3-abimee")[1]
    assert len(_pages(small_course)) == 3, "les anciennes pages s’en vont"


def test_a_page_that_cannot_be_kept_is_run(small_course: Project, start: Callable) -> None:
    small_course.pages.parent.mkdir()
    small_course.pages.write_text("un fichier à la place du dossier", encoding="utf-8")
    server = start(small_course)
    assert "bonjour" in server.get("/atelier/1-essai")[1]
    assert "sera recalculée" in server.text
