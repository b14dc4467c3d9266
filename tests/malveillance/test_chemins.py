"""R3: does any way to write a path lead to a file that is not for visitors?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import serveur
from tests.malveillance.client import Visitor
from tests.malveillance.conftest import write_room

CANARY = "canari-c2f1"
ROUTES = (
    "/livre/",
    "/diapos/",
    "/statique/",
    "/statique/widgets/",
    "/s/",
    "/statique/atelier/",
    "/atelier/",
    "/voila/static/",
    "/voila/templates/kit/static/",
    "/voila/labextensions/anywidget/static/",
    "/voila/api/themes/",
)
UPS = (
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    "..%5c",
    "..\\",
    "%252e%252e%252f",
    "....//",
    "..;/",
    "%c0%ae%c0%ae/",
    "%00/../",
    "./../",
    "//../",
    "%ef%bc%8e%ef%bc%8e/",
    "..%c0%af",
)
# From the folder of the built book, from the package's own folders, then without any way up.
CLIMBS = {"{up}{up}canari.txt", "{up}{up}{up}{up}{up}{up}{up}{up}{up}{up}etc/passwd"}
DIRECT = (
    "/etc/passwd",
    "//etc/passwd",
    "%2fetc%2fpasswd",
    "file:///etc/passwd",
    "C:/Windows/win.ini",
    "C:%5cWindows%5cwin.ini",
    "modules/1-essai/quiz.yml",
    "1-essai.ipynb",
    "../ateliers/1-essai.ipynb",
    ".git/config",
    "~root/.bashrc",
    "quiz.yml%00.html",
    "CON",
    "nul.html",
    "index.html/../../canari.txt",
    "%",
    "%zz",
    "%u002e%u002e%u002fcanari.txt",
)
WHOLE = (
    "/modules/1-essai/quiz.yml",
    "/_build/ateliers/1-essai.ipynb",
    "/seances.db",
    "/seances/seances.db",
    "/pyproject.toml",
    "/data/sources.csv",
    "/voila/files/1-essai.ipynb",
    "/voila/render/1-essai.ipynb",
    "/voila/tree",
    "/files/canari.txt",
    "/api/contents/canari.txt",
    "/nbconvert/html/1-essai.ipynb",
    "/proc/self/environ",
    "/.env",
    "/formateur/../canari.txt",
    "http://127.0.0.1/canari.txt",
    "*",
    "/atelier/1-essai/../../canari.txt",
    "/s/ABCDEF/../../canari.txt",
)


def paths(secret: Path) -> list[str]:
    """Return every path to try: the file ``secret``, the question bank, notebooks, the store, the system's files."""
    tried = [route + climb.format(up=up) for route in ROUTES for up in UPS for climb in sorted(CLIMBS)]
    tried += [route + name for route in ROUTES for name in DIRECT]
    return [*tried, *WHOLE, *(route + str(secret) for route in ROUTES)]


@pytest.fixture(scope="module")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[serveur.Server, Path]]:
    """A workshop with a secret beside everything it serves."""
    folder = tmp_path_factory.mktemp("chemins")
    course = write_room(folder / "cours")
    for place in (course.root, course.build, course.html.parent, course.modules, folder):
        (place / "canari.txt").write_text(CANARY, encoding="utf-8")
    (course.modules / "1-essai" / "quiz.yml").open("a", encoding="utf-8").write(f"# {CANARY}\n")
    running = serveur.start(course, folder / "serveur.log")
    yield running, course.root / "canari.txt"
    running.close()


def ask(visitor: Visitor, path: str) -> tuple[int, bytes]:
    """Ask for a path exactly as it is written."""
    request = f"GET {path} HTTP/1.1\r\nHost: {visitor.host}\r\nConnection: close\r\n\r\n"
    answer = visitor.raw(request.encode("utf-8", "surrogateescape"))
    assert answer, f"aucune réponse à {path!r}"
    return int(answer.split(None, 2)[1]), answer.split(b"\r\n\r\n", 1)[1]


def test_no_path_leads_out_of_what_is_served(hidden: tuple[serveur.Server, Path]) -> None:
    server, secret = hidden
    visitor = Visitor(server.url)
    assert b"essai" in ask(visitor, "/livre/index.html")[1], "le livre n’est pas servi : ce test ne dirait rien"
    tokens = [b"root:x:", b"Il pleut", b"nbformat", b"SQLite format", b"Traceback"]
    tokens += [CANARY.encode(), os.fsencode(secret)]
    tried = paths(secret)
    # Codes typed at random close the door: the séance's addresses are tried from many devices.
    wrong, codes = [], {}
    for number, path in enumerate(tried):
        device = Visitor(server.url, f"127.0.{2 + number // 200}.{1 + number % 200}")
        status, body = ask(device, path)
        codes[status] = codes.get(status, 0) + 1
        if status >= 500 or any(token in body for token in tokens):
            wrong.append((status, path, body[:80]))
    print(f"R3 : {len(wrong)} fuite sur {len(tried)} chemins, réponses {codes}")
    assert len(tried) > 500
    assert not wrong


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET /livre/\x00../canari.txt HTTP/1.1\r\nHost: {host}\r\n\r\n",
        b"GET /livre/\xff\xfe HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n",
        b"GET /livre/a b/../canari.txt HTTP/1.1\r\nHost: {host}\r\n\r\n",
        b"GET ../../canari.txt HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n",
        b"GET /livre/\r\nX: y HTTP/1.1\r\nHost: {host}\r\n\r\n",
        b"GET /" + b"a/" * 40_000 + b" HTTP/1.1\r\nHost: {host}\r\n\r\n",
    ],
    ids=["nul", "octets", "espace", "relatif", "saut", "long"],
)
def test_bytes_that_are_no_path_are_refused(hidden: tuple[serveur.Server, Path], request_bytes: bytes) -> None:
    visitor = Visitor(hidden[0].url)
    answer = visitor.raw(request_bytes.replace(b"{host}", visitor.host.encode()))
    assert CANARY.encode() not in answer
    assert not answer or int(answer.split(None, 2)[1]) < 500
    assert visitor.ask("/").status == 200
