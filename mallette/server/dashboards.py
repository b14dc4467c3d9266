"""Dashboards: a workshop page is run once and served like a file.

A page whose widgets are all the kit's computes in the browser: it is kept under ``_build/``, and run again when what it
is made from has changed. The kernel of any other page is frozen, and each visitor gets a copy of it.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import itertools
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import nbformat
import tornado.web

from mallette import files, stamps
from mallette.kernels.handlers import welcome
from mallette.kernels.manager import KernelRefused, VisitorKernelManager
from mallette.kernels.processes import CAN_FORK, ForkedProcess, ForkServer, ForkServerError
from mallette.kernels.runner import ExecutionError, Runner
from mallette.paths import Project
from mallette.server import assets, handlers
from mallette.server.rendering import Page, Renderer
from mallette.server.workshops import Notebook

FAILURE_SECONDS = 10
"""A dashboard that fails is not run again before."""
ALIVE = "/vivant"
"""End of the address at which Voilà runs a page for each visitor, where processes cannot fork."""
# The figures hold style attributes; scripts come from files of this server only.
STRICT_POLICY = handlers.CONTENT_SECURITY_POLICY.replace("script-src 'self' 'unsafe-inline' blob:", "script-src 'self'")
REFUSED = {
    "device": "Cet appareil a déjà {} pages de cette sorte ouvertes, ou d’autres les ont ouvertes derrière la même "
    "adresse du réseau : fermez les onglets inutiles.",
    "full": "L’atelier est plein : {} pages de cette sorte sont ouvertes. Celle-ci s’ouvrira seule dès qu’une place se "
    "libère.",
    "crowd": "Beaucoup de monde arrive en même temps : {} personnes avant vous. La page s’ouvrira toute seule.",
}
_BROKEN = "Cette page ne peut pas s’ouvrir. La formatrice ou le formateur lit pourquoi dans la fenêtre de commande."
_log = logging.getLogger(__name__)


class DashboardError(Exception):
    """A dashboard cannot be run; the message says why in French."""


@dataclass(frozen=True)
class Dashboard:
    """A dashboard that has run: its page, and for a page that is not light the process that forks its copies."""

    page: Page
    kernel: ForkServer | None = None


class Dashboards:
    """The dashboards of a course, run when they are first asked for, and again if a frozen kernel was lost."""

    def __init__(self, course: Project, notebooks: Sequence[Notebook], runner: Runner, renderer: Renderer) -> None:
        self._course = course
        self._notebooks = {item.name: item for item in notebooks}
        self._runner = runner
        self._renderer = renderer
        self._found: dict[str, asyncio.Task[Dashboard]] = {}
        self._common: asyncio.Task[bytes] | None = None

    async def prepare(self, progress: Callable[[str], None]) -> None:
        """Run what a room may open and is not kept, one for each processor at a time; one that fails stops no other.

        Args:
            progress: called with « 3 sur 15 » as the work goes on.
        """
        free, begun = asyncio.Semaphore(os.cpu_count() or 1), itertools.count(1)
        ahead = [item.name for item in self._notebooks.values() if item.ahead]

        async def run(name: str) -> None:
            async with free:
                progress(f"{next(begun)} sur {len(ahead)}")
                try:
                    await self.dashboard(name)
                except DashboardError as error:
                    _log.error("« %s » : %s", name, error)

        await asyncio.gather(*(run(name) for name in ahead))
        if not any(found.kernel for found in self._ready()):  # what makes kernels anew would be missed
            self._runner.rest()

    async def dashboard(self, name: str) -> Dashboard:
        """Return a dashboard that has run, running it if need be.

        Raises:
            DashboardError: one of its cells fails.
        """
        task = self._found.get(name)
        if task is None:
            task = self._found[name] = asyncio.ensure_future(self._find(name))
            task.add_done_callback(lambda done: self._forgive(name, done))
        return await asyncio.shield(task)

    async def copy(self, name: str, connection_file: str) -> tuple[Dashboard, ForkedProcess]:
        """Fork a kernel for a visitor; returns it, and the run of the dashboard that it knows: a lost one is run again.

        Raises:
            DashboardError: the dashboard cannot be run.
        """
        order = {"connection_file": connection_file}
        found = await self.dashboard(name)
        try:
            return found, await found.kernel.fork(order)
        except ForkServerError:
            _log.warning("le modèle de « %s » s’est arrêté : il est relancé", name)
            if self._found.get(name) is not None and self._found[name].done():
                self._found.pop(name)
                found.kernel.close()
        found = await self.dashboard(name)
        try:
            return found, await found.kernel.fork(order)
        except ForkServerError as error:
            raise DashboardError("l’atelier ne parvient pas à ouvrir cette page") from error

    def close(self) -> None:
        """Hang up: all the processes end by themselves."""
        for found in self._ready():
            if found.kernel:
                found.kernel.close()
        for task in self._found.values():
            task.cancel()
        self._runner.rest()

    def _ready(self) -> list[Dashboard]:
        tasks = self._found.values()
        return [task.result() for task in tasks if task.done() and not task.cancelled() and not task.exception()]

    def _forgive(self, name: str, task: asyncio.Task[Dashboard]) -> None:
        """Let a dashboard that failed be tried again, but not by each of forty people."""
        if task.cancelled() or task.exception():
            asyncio.get_running_loop().call_later(FAILURE_SECONDS, self._found.pop, name, None)

    async def _find(self, name: str) -> Dashboard:
        notebook = self._notebooks[name]
        kept = await self._place(notebook)
        if (page := _read(kept)) is not None:
            return Dashboard(page)
        try:
            found = await self._run(notebook)
        except ExecutionError as error:
            reason = f" ({error.reason})" if error.reason else ""
            raise DashboardError(f"la cellule {error.cell} échoue{reason}") from error
        except Exception as error:  # whatever Jupyter's parts do, visitors get a page that says so
            _log.exception("« %s » : page impossible à préparer", name)
            raise DashboardError("la page n’a pas pu être préparée") from error
        if found.page.light:
            self._keep(kept, found.page)
        return found

    async def _run(self, notebook: Notebook) -> Dashboard:
        run = await self._runner.run(nbformat.read(notebook.path, as_version=4), self._course.root)
        try:
            page = await self._renderer.render(notebook.name, run.notebook, run.states)
            if page.light or not CAN_FORK:
                run.close()
                return Dashboard(page)
            threads = await run.kernel.freeze()
        except BaseException:
            run.close()
            raise
        if threads:
            _log.warning(
                "« %s » : les fils d’exécution %s ne seront pas dans les copies", notebook.name, ", ".join(threads)
            )
        return Dashboard(page, run.kernel)

    def _common_sources(self) -> bytes:
        """Return a fingerprint of what any page may be made from: the kit, its libraries, data, quizzes, references."""
        libraries = "/".join(version(name) for name in ("voila", "matplotlib", "anywidget"))
        made_from = [path for path in stamps.book_sources(self._course) if path.suffix != ".md"]
        return (libraries + stamps.fingerprint(made_from)).encode()

    async def _place(self, notebook: Notebook) -> Path:
        if self._common is None:
            self._common = asyncio.ensure_future(asyncio.to_thread(self._common_sources))
        digest = hashlib.sha256(await asyncio.shield(self._common) + notebook.source.read_bytes())
        return self._course.pages / f"{notebook.name}.{digest.hexdigest()[:12]}.html.gz"

    def _keep(self, place: Path, page: Page) -> None:
        images = {place.parent / f"{name}.gz": assets.get(name) for name in assets.images_of(page.html)}
        try:
            for old in place.parent.glob(f"{place.name.split('.')[0]}.*.html.gz"):
                old.unlink()
            files.write({**images, place: page.compressed})
        except OSError as error:  # a folder that cannot be written: the page lives in memory
            _log.warning(
                "« %s » n’a pas pu être gardée (%s) : elle sera recalculée au prochain lancement",
                place.name,
                files.reason(error),
            )


def _read(place: Path) -> Page | None:
    """Return a page that was kept, with its images; nothing when one of these files is missing or cannot be read."""
    try:
        html = gzip.decompress(place.read_bytes()).decode()
        for name in assets.images_of(html):
            assets.add_image(name, (place.parent / f"{name}.gz").read_bytes())
    except (OSError, EOFError, ValueError):
        return None
    return Page(html, light=True)


class DashboardPage(handlers.Kit, tornado.web.RequestHandler):
    """A workshop, served by name: the address chooses neither notebook, template nor theme."""

    def initialize(self, name: str, dashboards: Dashboards, manager: VisitorKernelManager) -> None:
        self._name = name
        self._dashboards = dashboards
        self._manager = manager

    async def get(self) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        try:
            found = await self._dashboards.dashboard(self._name)
            if found.page.light:
                self.set_header("Content-Security-Policy", STRICT_POLICY)
                self.set_header("Cache-Control", "no-cache")  # the same for all: 304 when it has not changed
                handlers.send_compressed(self, found.page.compressed)
            elif not CAN_FORK:
                self.redirect(self.request.path + ALIVE)
            else:
                self.set_header("Cache-Control", "no-store")
                await self._open_kernel()
        except KernelRefused as refusal:
            self.set_status(503)
            self.set_header("Retry-After", str(refusal.retry))
            self.finish(handlers.error_page(503, REFUSED[refusal.reason].format(refusal.limit), retry=refusal.retry))
        except DashboardError as error:
            _log.error("« %s » : %s", self._name, error)
            self.set_status(503)
            self.finish(handlers.error_page(503, _BROKEN))

    async def _open_kernel(self) -> None:
        copied: list[Dashboard] = []

        async def launch(connection_file: str) -> ForkedProcess:
            dashboard, process = await self._dashboards.copy(self._name, connection_file)
            copied.append(dashboard)
            return process

        kernel_id = await self._manager.open(welcome(self), self.request.remote_ip, launch)
        self.finish(copied[0].page.for_kernel(kernel_id))  # widgets have other ids in each run
