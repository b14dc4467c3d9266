"""``mallette livre --suivre``: an author edits a page and sees it a moment later, on this computer only.

The book that is shown is a copy of the last one without fault. A page served here carries one small script, which asks
whether there is a newer book.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import tornado.httpserver
import tornado.web

from mallette import build, files, stamps
from mallette.book.warm import Builder
from mallette.faults import relative
from mallette.handwritten.text import stamp
from mallette.paths import PACKAGE, Project
from mallette.server import handlers, network

_PAUSE = 0.25
"""Seconds between two looks at the files of the course: a few hundred, without a library that watches them."""
_SHOWN = 3
"""At most so many names of changed files are told."""
_NOT_YET = "Le livre se construit pour la première fois : cette page s’ouvrira d’elle-même."
Seen = dict[Path, tuple[int, int]]


class Follower:
    """A book that is built again when a file of the course has changed.

    Attributes:
        state: name of the last book without fault (empty: none yet), and whether the last build had one.
    """

    def __init__(self, course: Project, say: Callable[[str], None]) -> None:
        self._course, self._say = course, say
        self._builder = Builder(course.root)
        self.state = {"livre": "", "faute": False}
        self._same = False

    async def follow(self) -> None:
        """Build at each change, until cancelled."""
        self._builder.start()
        seen = look(self._course)
        try:
            if stamps.of_book(self._course).current():
                self._show()
                with contextlib.suppress(build.BuildError, OSError):  # nothing to build: the book comes into memory
                    await asyncio.to_thread(build.build_book, self._course, run=self._run)
            else:
                await self._build([])
            while True:
                await asyncio.sleep(_PAUSE)
                found = look(self._course)
                if found == seen:
                    continue
                while found != (settled := await self._again()):  # an editor may write several files, or in two steps
                    found = settled
                names = sorted(path for path in {*seen, *found} if seen.get(path) != found.get(path))
                self._same &= seen.keys() == found.keys() and all(map(self._is_page, names))
                seen = found
                await self._build(names)
        finally:
            self._builder.close()

    async def _again(self) -> Seen:
        await asyncio.sleep(0.05)
        return look(self._course)

    async def _build(self, names: list[Path]) -> None:
        for line in _explained(self._course, names):
            self._say(line)
        if any(PACKAGE in path.parents for path in names):
            self._builder.close()  # it has imported the old code
        start = time.perf_counter()
        try:
            await asyncio.to_thread(build.build_book, self._course, run=self._run)
        except build.BuildError as error:
            self.state["faute"] = True
            self._say("✗ Le livre n’a pas pu être refait ; sa dernière bonne version reste ouverte :")
            for line in error.lines:
                self._say(f"    {line}")
        except OSError as error:
            self.state["faute"] = True
            self._say(f"✗ « {error.filename} » ne peut pas être lu ou écrit : {files.reason(error)}.")
        else:
            self._show()
            for line in build.remarks(self._course):
                self._say(f"    à voir : {line}")
            self._say(f"✓ {datetime.now():%H:%M:%S}  Livre à jour, en {time.perf_counter() - start:.0f}\u202fs")

    def _run(self, arguments: list[str], told: Callable[[str], None]) -> int:
        """Build from the book in memory, when nothing but pages has changed since it was asked to build."""
        same, self._same = self._same, True
        return self._builder.run(arguments, told, same=same)

    def _is_page(self, path: Path) -> bool:
        """Tell whether the settings, the tables and the code stay as they are when this file changes."""
        return path != self._course.references and not {self._course.book, self._course.modules}.isdisjoint(
            path.parents
        )

    def _show(self) -> None:
        copy_changed(self._course.html, self._course.followed)
        self.state = {"livre": str(time.time_ns()), "faute": False}


def look(course: Project) -> Seen:
    """Return the files of the course with their time and size; not those that editors leave beside them."""
    found = {}
    for path in stamps.book_sources(course):
        if not path.name.startswith((".", "#")) and not path.name.endswith(("~", ".swp", ".tmp")):
            try:
                state = path.stat()
            except FileNotFoundError:  # between the two
                continue
            found[path] = (state.st_mtime_ns, state.st_size)
    return found


def copy_changed(source: Path, target: Path) -> None:
    """Make ``target`` hold the files of ``source`` and no other, each whole at any moment."""
    kept = set()
    for path in source.rglob("*"):
        if path.is_dir():
            continue
        copied = target / path.relative_to(source)
        kept.add(copied)
        if stamp(copied) == stamp(path):
            continue
        copied.parent.mkdir(parents=True, exist_ok=True)
        part = copied.with_name(copied.name + ".part")
        shutil.copy2(path, part)
        part.replace(copied)
    for path in [path for path in target.rglob("*") if path.is_file() and path not in kept]:
        path.unlink()


def _explained(course: Project, names: list[Path]) -> list[str]:
    """Return what changed, and what takes longer than one page."""
    told = [relative(path, course.root) for path in names]
    if not told:
        return ["Construction du livre (une à deux minutes la première fois)…"]
    lines = [", ".join(told[:_SHOWN]) + (f" et {len(told) - _SHOWN} autres" if len(told) > _SHOWN else "")]
    if any(PACKAGE in path.parents for path in names):
        lines.append("    Le code de la mallette a changé : il est relu, et tout le livre avec lui.")
    elif course.config in names or course.references in names:
        lines.append("    Tout le livre en dépend : il est relu en entier.")
    elif any(course.data in path.parents and path.suffix in (".csv", ".json") for path in names):
        lines.append("    Les pages qui calculent sont refaites : une minute environ.")
    elif course.toc in names:
        lines.append("    Le sommaire est dans chaque page : toutes sont réécrites.")
    return lines


class _Ours(handlers.Kit, tornado.web.RequestHandler):
    """What is asked under the name of this computer: the page of another site may not read a book that is not out."""

    def prepare(self) -> None:
        if self.request.host not in self.settings["hosts"]:
            raise tornado.web.HTTPError(403)


class _State(_Ours):
    def get(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(self.settings["follower"].state))


class _Files(_Ours, handlers.Files):
    pass


class _Page(_Files):
    """A page of the book, with the script."""

    def compute_etag(self) -> None:
        """Compute none: a page is asked again for each book."""

    async def get(self, path: str, include_body: bool = True) -> None:
        book = self.settings["follower"].state["livre"]
        if not book:
            self.set_status(503)
            self.finish(handlers.error_page(503, _NOT_YET, retry=2))
            return
        self.path = self.parse_url_path(path)
        file = self.validate_absolute_path(self.root, self.get_absolute_path(self.root, self.path))
        if file is None:  # redirected to a folder's own address
            return
        script = f'<script src="/suivi/suivi.js" data-livre="{book}"></script></body>'
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(Path(file).read_text(encoding="utf-8").replace("</body>", script, 1))


def application(follower: Follower, course: Project, port: int) -> tornado.web.Application:
    """Return the pages of the book, and what their script asks."""
    static = {"path": str(PACKAGE / "server" / "static")}
    book = {"path": str(course.followed)}
    return tornado.web.Application(
        [
            (r"/suivi/etat", _State),
            (r"/suivi/(suivi\.js)", _Files, static),
            *handlers.styles(_Files),
            (r"/((?:.*/)?(?:[^/]*\.html)?)", _Page, book),
            (r"/(.*)", _Files, book),
        ],
        default_handler_class=handlers.NotFound,
        log_function=lambda handler: None,
        follower=follower,
        hosts=frozenset({f"{network.LOOPBACK}:{port}", f"localhost:{port}"}),
    )


def serve(course: Project, port: int, say: Callable[[str], None]) -> None:
    """Follow the book of a course, and show it to this computer, until Ctrl-C.

    Args:
        say: told each line for the terminal.

    Raises:
        mallette.server.network.AddressError: the port is taken.
    """
    sockets = network.bind(port, [network.LOOPBACK])
    asyncio.run(_serve(course, port, sockets, say))


async def _serve(course: Project, port: int, sockets: list, say: Callable[[str], None]) -> None:
    follower = Follower(course, say)
    server = tornado.httpserver.HTTPServer(application(follower, course, port), max_body_size=1024)
    server.add_sockets(sockets)
    say(f"Ouvrez dans le navigateur de cet ordinateur :\n    http://{network.LOOPBACK}:{port}/")
    say("Chaque fichier enregistré met le livre à jour. Ctrl-C arrête le suivi.")
    try:
        await follower.follow()
    finally:
        server.stop()
