"""``mallette noter lire``: all answers to one question, one after the other, on the evaluator's own computer.

Plain forms, no script: levels are radio buttons, a text is saved by one POST that leads to the next one. Points and
comment go to nbgrader's gradebook.
"""

from __future__ import annotations

import hashlib
import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

import tornado.httpserver
import tornado.ioloop
import tornado.web

from mallette import markdown, templates
from mallette.grading import gradebook, rubric, state
from mallette.grading.assignment import Assignment, Item
from mallette.grading.results import NOTHING, Class, Copy
from mallette.paths import PACKAGE, Project
from mallette.server import handlers, network

COOKIE = "mallette_lecture"
NO_TEXT = "Pas de texte."
_LONGEST = 4000
HEADERS = {
    **handlers.HEADERS,
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
}


@dataclass
class Desk:
    """What is being read.

    Attributes:
        assignment, course: whose texts.
        secret: what the evaluator's browser holds.
        hosts: names under which this computer is asked.
        draw: gives the order of copies, drawn once: nobody is always first.
    """

    assignment: Assignment
    course: Project
    hosts: frozenset[str]
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    draw: random.Random = field(default_factory=random.Random)
    _rank: dict[str, float] = field(default_factory=dict)

    def copies(self) -> list[Copy]:
        """Return the graded copies, in the order drawn."""
        return self.drawn(state.table(self.assignment, self.course))

    def drawn(self, held: Class) -> list[Copy]:
        """Return the graded copies of a class, in the order drawn."""
        return sorted(held.graded, key=lambda copy: self._rank.setdefault(copy.code, self.draw.random()))

    def item(self, name: str) -> Item:
        """Return a question that is read by a person.

        Raises:
            tornado.web.HTTPError: 404, there is none.
        """
        for item in self.assignment.texts:
            if item.id == name:
                return item
        raise tornado.web.HTTPError(404)


class _Handler(handlers.Kit, tornado.web.RequestHandler):
    headers = HEADERS

    def initialize(self, desk: Desk) -> None:
        self.desk = desk

    def prepare(self) -> None:
        if self.request.host not in self.desk.hosts:
            raise tornado.web.HTTPError(403)
        if not secrets.compare_digest(self.get_cookie(COOKIE, "").encode(), self.desk.secret.encode()):
            raise tornado.web.HTTPError(403)
        if self.request.method == "POST" and not handlers.same_origin(self.request):
            raise tornado.web.HTTPError(403)

    def check_xsrf_cookie(self) -> None:
        """The cookie is strict, and the origin is checked."""

    def write_error(self, status_code: int, exc_info: tuple = (None, None, None), **kwargs: object) -> None:
        """Tell what is wrong with the gradebook, with what was sent: one button sends it again."""
        error = exc_info[1]
        if not isinstance(error, gradebook.GradingError):
            super().write_error(status_code, **kwargs)
            return
        self.set_status(503)
        sent = [(name, self.get_body_argument(name)) for name in self.request.body_arguments]
        self.show("lecture_refus", problem=str(error), sent=sent)

    def log_exception(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if not isinstance(error, gradebook.GradingError):
            super().log_exception(kind, error, trace)

    def show(self, name: str, **values: object) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        template = f"server/templates/{name}.html.j2"
        self.finish(templates.render(template, assignment=self.desk.assignment, **values))


class Enter(_Handler):
    """The address that the command prints: it gives the cookie."""

    def prepare(self) -> None:
        if self.request.host not in self.desk.hosts:
            raise tornado.web.HTTPError(403)

    def get(self, secret: str) -> None:
        if not secrets.compare_digest(secret.encode(), self.desk.secret.encode()):
            raise tornado.web.HTTPError(403)
        self.set_cookie(COOKIE, self.desk.secret, httponly=True, samesite="Strict")
        self.redirect("/lire/")


class Home(_Handler):
    """The questions to read, and what remains."""

    def get(self) -> None:
        held = state.table(self.desk.assignment, self.desk.course)
        copies = self.desk.drawn(held)
        waiting = sum(copy.reason not in ("", NOTHING) for copy in held.copies)
        questions = [
            {
                "item": item,
                "texts": sum(item.id in copy.answers for copy in copies),
                "read": sum(item.id in copy.answers and copy.points.get(item.id) is not None for copy in copies),
                "empty": _empty(copies, item),
            }
            for item in self.desk.assignment.texts
        ]
        self.show("lecture", questions=questions, copies=len(copies), waiting=waiting)


class Empty(_Handler):
    """Give 0 to the copies that have no text for a question."""

    def post(self, name: str) -> None:
        item = self.desk.item(name)
        with gradebook.opened(self.desk.course) as book:
            for copy in _empty(self.desk.copies(), item):
                gradebook.give(book, self.desk.assignment.name, copy.code, item.id, 0, NO_TEXT)
        self.redirect("/lire/", status=303)


class Text(_Handler):
    """One text and its rubric."""

    def get(self, name: str, rank: str) -> None:
        item, copies = self.desk.item(name), self._texts(name)
        place = int(rank) - 1
        if not 0 <= place < len(copies):
            self.redirect("/lire/")
            return
        self._page(item, copies, place)

    def post(self, name: str, rank: str) -> None:
        item, copies = self.desk.item(name), self._texts(name)
        copy = next((copy for copy in copies if copy.code == self.get_body_argument("copie", "")), None)
        if copy is None:
            raise tornado.web.HTTPError(404)
        place = copies.index(copy)
        words = self.get_body_argument("mot", "")[:_LONGEST].replace("\r\n", "\n")
        given = [self.get_body_argument(f"critere-{index}", "") for index in range(len(item.question.criteria))]
        levels = [_level(text, criterion) for text, criterion in zip(given, item.question.criteria, strict=True)]
        if None in levels:
            self.set_status(422)
            self._page(
                item, copies, place, levels, words, "Choisissez un niveau pour chaque critère : rien n’est enregistré."
            )
            return
        with gradebook.opened(self.desk.course) as book:
            total, told = rubric.points(item.question, levels), rubric.comment(item.question, levels, words)
            gradebook.give(book, self.desk.assignment.name, copy.code, item.id, total, told)
        changed = self.get_body_argument("vu", "") != _seen(copy, item)
        ahead = [*copies[place + 1 :], *copies[:place]]
        following = next((other for other in ahead if other.points.get(item.id) is None), None)
        address = f"/lire/{name}/{copies.index(following) + 1}" if following else "/lire/"
        self.redirect(address + ("?remplacee=1" if changed else ""), status=303)

    def _texts(self, name: str) -> list[Copy]:
        return [copy for copy in self.desk.copies() if name in copy.answers]

    def _page(
        self,
        item: Item,
        copies: list[Copy],
        place: int,
        levels: list[int | None] | None = None,
        words: str = "",
        problem: str = "",
    ) -> None:
        copy = copies[place]
        if levels is None:
            levels, words = rubric.read(item.question, copy.comments.get(item.id, ""))
        self.show(
            "lecture_texte",
            item=item,
            documents=[
                (document.title, markdown.to_html(document.text)) for document in self.desk.assignment.documents
            ],
            copy=copy,
            text=copy.answers[item.id],
            rank=place + 1,
            total=len(copies),
            read=sum(other.points.get(item.id) is not None for other in copies),
            levels=levels,
            words=words,
            problem=problem,
            seen=_seen(copy, item),
            replaced=self.get_query_argument("remplacee", "") == "1",
        )


def _empty(copies: list[Copy], item: Item) -> list[Copy]:
    """Return the copies without a text for a question, that have no points yet."""
    return [copy for copy in copies if item.id not in copy.answers and copy.points.get(item.id) is None]


def _level(text: str, criterion: dict) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and int(text) < len(criterion["niveaux"]) else None


def _seen(copy: Copy, item: Item) -> str:
    """Return what tells whether a text was marked elsewhere since the page was shown."""
    return hashlib.sha256(repr((copy.points.get(item.id), copy.comments.get(item.id))).encode()).hexdigest()[:16]


def application(desk: Desk) -> tornado.web.Application:
    given = {"desk": desk}
    name, code = r"([a-z0-9-]+)", r"([0-9]{1,5})"
    return tornado.web.Application(
        [
            (r"/entrer/([\w-]+)", Enter, given),
            (r"/lire/", Home, given),
            (rf"/lire/{name}/sans-texte", Empty, given),
            (rf"/lire/{name}/{code}", Text, given),
            *handlers.styles(),
            (r"/statique/(lecture\.css)", handlers.Files, {"path": str(PACKAGE / "server" / "static")}),
        ],
        default_handler_class=handlers.NotFound,
        log_function=lambda handler: None,
    )


def serve(assignment: Assignment, course: Project, port: int, announce: Callable[[str], None]) -> None:
    """Serve the texts of an assignment to this computer only, until Ctrl-C.

    Args:
        announce: told the address to open, once it answers.

    Raises:
        mallette.server.network.AddressError: the port is taken.
    """
    hosts = frozenset({f"{network.LOOPBACK}:{port}", f"localhost:{port}"})
    desk = Desk(assignment, course, hosts)
    sockets = network.bind(port, [network.LOOPBACK])
    server = tornado.httpserver.HTTPServer(application(desk), max_body_size=64 * 1024)
    server.add_sockets(sockets)
    announce(f"http://{network.LOOPBACK}:{port}/entrer/{desk.secret}")
    try:
        tornado.ioloop.IOLoop.current().start()
    finally:
        server.stop()
