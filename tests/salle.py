"""A room for tests: the séance's routes alone on a real socket, in a thread, and phones that talk to them."""

from __future__ import annotations

import asyncio
import http.client
import json
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import tornado.httpserver
import tornado.netutil
import tornado.web

from mallette.paths import Project
from mallette.seance.seances import Seances
from mallette.seance.store import Store
from mallette.server import exercises, handlers, seance
from tests import serveur
from tests.conftest import CHAPTER, ROOT, write_small_course

UNIT = "1-essai"
BANK = ROOT / "tests" / "quiz" / "banque.yml"


def write_course(root: Path) -> Project:
    """Write a course of one unit whose bank has every type of question."""
    course = write_small_course(root)
    unit = course.modules / UNIT
    chapter = CHAPTER.replace(
        "    - {id: o1, texte: Essayer}\n",
        "    - {id: o1, texte: Lire un chiffre.}\n    - {id: o2, texte: Parler d’argent}\n",
    )
    (unit / "module.md").write_text(chapter, encoding="utf-8")
    shutil.copy(BANK, unit / "quiz.yml")
    return course


@pytest.fixture
def room(course: Project, tmp_path: Path) -> Iterator[Room]:
    """A running room with an empty store, about the ``course`` of the tests that ask for it."""
    running = start(course, tmp_path / "seances")
    yield running
    running.close()


@pytest.fixture
def code(room: Room) -> str:
    """A séance of twenty people, nothing asked yet."""
    return room.open(20)


@dataclass
class Reply:
    """An answer of the server."""

    status: int
    text: str
    headers: http.client.HTTPMessage

    @property
    def data(self) -> dict:
        return json.loads(self.text)


@dataclass
class Phone:
    """A visitor with an address of its own.

    Attributes:
        room: the server.
        address: source address; every 127.x.y.z is this machine.
        cookie: what the server asked to keep.
        number: of its last answer; they grow, as on a page.
    """

    room: Room
    address: str
    cookie: str = ""
    number: int = 0

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | str | dict | None = None,
        headers: dict[str, str] | None = None,
        origin: bool = True,
    ) -> Reply:
        """Send one request; ``origin`` adds what a browser adds to a POST of our own page."""
        sent = {"Host": self.room.host, **({"Cookie": self.cookie} if self.cookie else {})}
        if origin and method == "POST":
            sent["Origin"] = f"http://{self.room.host}"
        if isinstance(body, dict):
            body = json.dumps(body)
        connection = http.client.HTTPConnection("127.0.0.1", self.room.port, 20, source_address=(self.address, 0))
        try:
            connection.request(method, path, body, {**sent, **(headers or {})})
            got = connection.getresponse()
            return Reply(got.status, got.read().decode("utf-8", "replace"), got.headers)
        finally:
            connection.close()

    def get(self, path: str) -> Reply:
        return self.ask("GET", path)

    def tap(self, code: str) -> Reply:
        """Ask to join as the page does: the cookie is given, then it comes back."""
        reply = self.ask("POST", f"/s/{code}/rejoindre", {})
        if reply.status == 200 and not reply.data["rejoint"]:
            self.cookie = reply.headers["Set-Cookie"].split(";")[0]
            reply = self.ask("POST", f"/s/{code}/rejoindre", {})
        return reply

    def join(self, code: str) -> Phone:
        reply = self.tap(code)
        assert (reply.status, reply.text) == (200, '{"rejoint": true}'), reply.text
        return self

    def answer(self, code: str, question: str, answer: object, tour: int = 1, number: int | None = None) -> Reply:
        """Send an answer with the next number, or again with the ``number`` it had."""
        if number is None:
            self.number = number = self.number + 1
        body = {"question": question, "tour": tour, "numero": number, "reponse": answer}
        return self.ask("POST", f"/s/{code}/reponse", body)


@dataclass
class Room:
    """A running server and, on the other side of HTTP, the domain it serves.

    Attributes:
        context: what the handlers share.
        port: where it listens, on 127.0.0.1.
    """

    context: seance.Context
    port: int

    def __post_init__(self) -> None:
        self._phones = 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._sockets = tornado.netutil.bind_sockets(self.port, "127.0.0.1")
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(20)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/"

    @property
    def trainer_address(self) -> str:
        return self.context.trainer_address

    def phone(self) -> Phone:
        """Return a visitor with an address that nobody else has."""
        self._phones += 1
        return Phone(self, f"127.0.{1 + self._phones // 200}.{2 + self._phones % 200}")

    def open(self, expected: int = 20) -> str:
        """Open a séance of the course's unit and return its code."""
        return self.context.seances.open(UNIT, expected).code

    def act(self, name: str, code: str, *arguments: object) -> None:
        """Do as the trainer does: change the séance, then tell every view."""

        async def change() -> None:
            await self.context.run(getattr(self.context.seances, name), code, *arguments)
            await self.context.changed(code)

        self.call(change())

    def call(self, coroutine: object) -> object:
        """Run a coroutine in the server's loop."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(20)

    def close(self) -> None:
        async def stop() -> None:
            self._server.stop()
            await self._server.close_all_connections()
            self.context.close()

        self.call(stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(20)
        for item in self._sockets:
            item.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.create_task(self._serve())
        self._loop.run_forever()

    async def _serve(self) -> None:
        app = tornado.web.Application(
            [
                *seance.routes(self.context),
                *exercises.routes(self.context),
                (r"/statique/atelier/(.*)", handlers.Asset),
                *handlers.styles(),
            ],
            default_handler_class=handlers.NotFound,
            log_function=lambda handler: None,
            compress_response=True,
        )
        self._server = tornado.httpserver.HTTPServer(app)
        self._server.add_sockets(self._sockets)
        await self.context.start()
        self._ready.set()


def start(course: Project, store: Path, port: int | None = None) -> Room:
    """Serve ``course`` with its answers in the folder ``store``, on a free port by default."""
    port = port or serveur.free_port()
    answers = Store(store)
    return Room(seance.Context(course, answers, Seances(answers, course), ["127.0.0.1"], port), port)
