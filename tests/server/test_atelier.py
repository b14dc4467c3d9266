"""Does the workshop open for a trainer in a hurry, and is it closed to everything else?"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from mallette.paths import Project
from mallette.server import app, seance, workshops
from tests import serveur
from tests.bench.clients import Phone
from tests.conftest import SLIDER_WORKSHOP, WORKSHOP, add_unit, write_small_course


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[serveur.Server]:
    """One server: a sound unit, one with a kernel, one that cannot be read. The last test closes it."""
    folder = tmp_path_factory.mktemp("serveur")
    course = write_small_course(folder / "cours")
    add_unit(course, "2-curseur", SLIDER_WORKSHOP)
    add_unit(course, "3-cassee", WORKSHOP)
    (course.modules / "3-cassee" / "quiz.yml").write_text("questions: [\n", encoding="utf-8")
    running = serveur.start(course, folder / "serveur.log", anew=True)
    yield running
    running.close()


def test_the_portal_says_in_french_what_is_open(server: serveur.Server) -> None:
    status, page, headers = server.get("/")
    assert status == 200
    assert '<html lang="fr">' in page
    assert 'href="/atelier/1-essai"' in page
    assert "Une unité d’essai" in page
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert server.url in server.text


def test_the_portal_leads_to_a_seance_by_its_code(server: serveur.Server) -> None:
    assert '<form action="/s" method="get"' in server.get("/")[1]
    status, page, headers = server.get("/s?code=ZZZZZZ")
    assert status == 404
    assert "Rejoindre une séance" in page
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert "/formateur/entrer?cle=" in server.text


@pytest.mark.parametrize(
    "path",
    [
        "/inconnu",
        "/atelier/2-inconnue",
        "/atelier/../quiz.yml",
        "/atelier/%2e%2e/quiz.yml",
        "/voila/files/1-essai.ipynb",
        "/voila/tree",
        "/voila/render/1-essai.ipynb",
        "/api/kernels",
        "/api/contents",
        "/login",
        "/statique/../app.py",
        "/statique/%2e%2e/app.py",
        "/livre/../../_config.yml",
    ],
)
def test_nothing_else_answers(server: serveur.Server, path: str) -> None:
    status, page, _ = server.get(path)
    assert status in {403, 404, 503}
    assert "Accueil de l’atelier" in page
    assert "Traceback" not in page


def test_the_server_has_these_routes_and_no_other(small_course: Project, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("MALLETTE_SEANCES", str(tmp_path / "seances"))
    monkeypatch.setenv("JUPYTER_PATH", os.pathsep.join(map(str, app.JUPYTER)))
    atelier = app.Atelier(
        config=app.configuration(small_course),
        course=small_course,
        workshops=workshops.prepare(small_course),
        seances=seance.build(small_course, ["127.0.0.1"], 8866),
        addresses=["127.0.0.1"],
        port=8866,
        connection_dir=str(tmp_path),
    )
    atelier.initialize([])
    atelier.init_settings()
    paths = {re.sub(r"\(.*\)", "*", route[0].replace("\\", "")) for route in atelier.init_handlers()}
    assert {path for path in paths if not path.startswith(("/s", "/formateur", "/devoirs"))} == {
        "/",
        "/livre",
        "/livre/*",
        "/diapos/*",
        "/atelier/1-essai",
        "/api/kernels/*",
        "/api/kernels/*/channels",
        "/voila/static/*",
        "/voila/labextensions/*",
        "/voila/api/themes/*",
    }
    assert {path for path in paths if path.startswith("/devoirs")} == {
        "/devoirs/?",
        "/devoirs/reprendre",
        "/devoirs/quitter",
        *(f"/devoirs/*{what}" for what in ("", "/etat", "/reponse", "/remise")),
    }
    assert {path for path in paths if path.startswith("/statique")} == {
        "/statique/*",
        "/statique/atelier/*",
        "/statique/seance/*",
    }


def test_a_foreign_host_header_meets_no_route(server: serveur.Server) -> None:
    assert server.get("/", {"Host": "exemple.fr"})[0] == 404


def test_theme_and_template_cannot_be_chosen_from_the_address(server: serveur.Server) -> None:
    status, page, _ = server.get("/atelier/1-essai?template=nope&theme=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert status == 200
    assert "alert(1)" not in page


def test_a_missing_book_is_said_and_the_rest_serves(server: serveur.Server) -> None:
    status, page, _ = server.get("/livre/")
    assert status == 503
    assert "make livre" in page
    assert "Le livre n’a pas encore été construit" in server.get("/")[1]


def test_a_broken_unit_is_said_and_the_others_open(server: serveur.Server) -> None:
    page = server.get("/")[1]
    assert "Cet atelier ne peut pas s’ouvrir" in page
    assert 'href="/atelier/1-essai"' in page
    assert 'href="/atelier/3-cassee"' not in page
    assert server.get("/atelier/1-essai")[0] == 200
    assert server.get("/atelier/3-cassee")[0] == 404
    assert "Unité fermée" in server.text
    assert "modules/3-cassee/quiz.yml, ligne" in server.text


def test_the_address_printed_at_the_start_opens_the_first_page(server: serveur.Server) -> None:
    link = re.search(r"http://127\.0\.0\.1:\d+/(formateur/entrer\?cle=\S+)", server.text)[1]
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = opener.open(server.url + link, timeout=60).read().decode()
    assert "Ouvrir une séance" in page
    for name in ("formateur.css", "formateur.js", "contact.js", "exchange.js", "resultats.css"):
        assert server.get(f"/statique/seance/{name}")[0] == 200
    assert server.get("/formateur")[0] == 403


def test_the_room_is_let_in_at_the_address_that_is_shown(
    small_course: Project, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = serveur.start(small_course, tmp_path / "serveur.log", "--adresse", "127.0.0.2")
    request.addfinalizer(server.close)
    address = server.url.replace("127.0.0.1", "127.0.0.2")
    assert address in server.text
    room = serveur.Server(address, server.process, server.log)
    status, page, _ = room.get("/")
    assert status == 200
    assert f"Code QR de l’adresse {address}" in page
    assert server.get("/")[0] == 200, "la formatrice garde son adresse locale"


def test_a_busy_port_is_told_with_a_way_out(small_course: Project) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = subprocess.run(
            serveur.command(small_course, "--port", str(port)),
            capture_output=True,
            text=True,
            timeout=60,
            env=serveur.environment(),
            check=False,
        )
    assert run.returncode == 1
    assert f"Le port {port} est déjà occupé" in run.stderr
    assert f"PORT={port + 1}" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_dashboard_opens_in_french_and_ctrl_c_ends_every_process(server: serveur.Server) -> None:
    """The last one: nobody is served after it."""
    status, page, _ = server.get("/atelier/1-essai")
    assert status == 200
    assert '<html lang="fr">' in page
    assert "<title>Atelier d’essai</title>" in page
    assert "bonjour" in page
    assert not re.search(r"(?:src|href)=\"https?://", page)
    Phone(f"{server.url}atelier/2-curseur", 1).open_page()
    family = psutil.Process(server.process.pid).children(recursive=True)
    assert len(family) == 3, f"le processus qui importe, le modèle et sa copie : {family}"
    keys = Path(family[0].cmdline()[-2])
    assert keys.is_dir()
    assert server.interrupt() == 0
    _, alive = psutil.wait_procs(family, timeout=10)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []
    assert not keys.exists()
    assert "La mallette est fermée." in server.text
