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
    unit = small_course.modules / "1-essai"
    (unit / "atelier.md").write_text(PICTURE, encoding="utf-8")
    first = start(small_course)
    page = first.get("/atelier/1-essai")[1]
    (image,) = re.findall(r'src="(/statique/atelier/figure[^"]+)"', page)
    picture = first.get(image)[1]
    family = psutil.Process(first.process.pid).children()
    deadline = time.monotonic() + 20
    while any(process.status() != psutil.STATUS_ZOMBIE for process in family if process.is_running()):
        assert time.monotonic() < deadline, "plus rien n’a besoin d’un noyau"
        time.sleep(0.1)
    first.close()
    kept = _pages(small_course)
    assert len(kept) == 1

    again = start(small_course)
    assert (again.get("/atelier/1-essai")[1], again.get(image)[1]) == (page, picture)
    assert _pages(small_course) == kept
    again.close()

    replace_in(unit / "atelier.md", "Atelier d’essai", "Atelier changé")
    changed = start(small_course)
    assert "Atelier changé" in changed.get("/atelier/1-essai")[1]
    assert len(_pages(small_course)) == 1, "l’ancienne page s’en va"
    changed.close()

    (small_course.pages / f"{image.rsplit('/', 1)[1]}.gz").unlink()
    replace_in(unit / "quiz.yml", "Il pleut.", "Il neige.")  # a page may show any of its questions
    mended = start(small_course)
    assert mended.get(image)[0] == 200


def test_a_page_that_cannot_be_kept_or_read_is_run(small_course: Project, start: Callable) -> None:
    small_course.pages.parent.mkdir()
    small_course.pages.write_text("un fichier à la place du dossier", encoding="utf-8")
    server = start(small_course)
    assert "bonjour" in server.get("/atelier/1-essai")[1]
    assert "sera recalculée" in server.text
    server.close()
    small_course.pages.unlink()
    start(small_course).close()
    (kept,) = small_course.pages.glob("*.html.gz")
    kept.write_bytes(kept.read_bytes()[:50])
    assert "bonjour" in start(small_course).get("/atelier/1-essai")[1]
