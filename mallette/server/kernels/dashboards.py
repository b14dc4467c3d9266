"""Dashboards: each is run once; visitors get the same page and a copy of its kernel."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from voila.execute import VoilaExecutor

from mallette.server.kernels import pages
from mallette.server.kernels.manager import SPEC
from mallette.server.kernels.processes import ForkedProcess, ForkServer, ForkServerError

FAILURE_SECONDS = 10
"""A dashboard that fails is not run again before."""

WELCOME_SECONDS = 30

_log = logging.getLogger(__name__)


class DashboardError(Exception):
    """A dashboard cannot be run; the message says why in French."""


@dataclass(frozen=True)
class Model:
    """A dashboard that has run.

    Attributes:
        page: what visitors are sent.
        version: fingerprint of the notebook; pages of the same version suit any model of it.
        process: the frozen kernel, which forks the copies.
    """

    page: pages.Page
    version: str
    process: ForkServer


class Dashboards:
    """Runs dashboards when they are first asked for, and again if their model was lost."""

    def __init__(
        self, notebooks: dict[str, Path], course: Path, connection_dir: str, imports: ForkServer,
        renderer: pages.Renderer,
    ) -> None:
        self._notebooks = notebooks
        self._course = course
        self._connection_dir = connection_dir
        self._spawned: ForkServer | None = imports
        self._renderer = renderer
        self._models: dict[str, asyncio.Task[Model]] = {}
        self._imports: asyncio.Task[ForkServer] | None = None
        self._tries = 0

    async def prepare(self, names: Sequence[str], progress: Callable[[str], None]) -> None:
        """Run dashboards, one for each processor at a time, before anyone asks; one that fails stops no other.

        Args:
            names: slugs of their units.
            progress: called with « 3 sur 15 » as the work goes on.
        """
        free, begun = asyncio.Semaphore(os.cpu_count() or 1), itertools.count(1)

        async def run(name: str) -> None:
            async with free:
                progress(f"{next(begun)} sur {len(names)}")
                try:
                    await self.model(name)
                except DashboardError as error:
                    _log.error("« %s » : %s", name, error)

        await asyncio.gather(*(run(name) for name in names))

    async def model(self, name: str) -> Model:
        """Return a dashboard that has run, running it if need be.

        Raises:
            DashboardError: one of its cells fails.
        """
        task = self._models.get(name)
        if task is None:
            task = self._models[name] = asyncio.ensure_future(self._run(name))
            task.add_done_callback(lambda done: self._forgive(name, done))
        return await asyncio.shield(task)

    async def copy(self, name: str, connection_file: str) -> ForkedProcess:
        """Fork a kernel from the model of a dashboard; a model that was lost is made anew, once.

        Raises:
            DashboardError: the dashboard cannot be run.
        """
        order = {"connection_file": connection_file}
        model = await self.model(name)
        try:
            return await model.process.copy(order)
        except ForkServerError:
            _log.warning("le modèle de « %s » s’est arrêté : il est relancé", name)
            self._forget(name, model)
        try:
            return await (await self.model(name)).process.copy(order)
        except ForkServerError as error:
            raise DashboardError("L’atelier ne parvient pas à ouvrir cette page.") from error

    def close(self) -> None:
        """Hang up: all the processes end by themselves."""
        for task in [*self._models.values(), *filter(None, [self._imports])]:
            if task.done() and not task.cancelled() and not task.exception():
                result = task.result()
                (result.process if isinstance(result, Model) else result).close()
            else:
                task.cancel()

    def _forgive(self, name: str, task: asyncio.Task[Model]) -> None:
        """Let a dashboard that failed be tried again, but not by each of forty people."""
        if task.cancelled() or task.exception():
            asyncio.get_running_loop().call_later(FAILURE_SECONDS, self._models.pop, name, None)

    def _forget(self, name: str, model: Model) -> None:
        task = self._models.get(name)
        if task is not None and task.done() and not task.exception() and task.result() is model:
            del self._models[name]
            model.process.close()

    async def _run(self, name: str) -> Model:
        try:
            try:
                return await self._run_once(name)
            except ForkServerError:  # the process that imports was killed: once more, with a new one
                self._imports = None
                return await self._run_once(name)
        except DashboardError:
            raise
        except Exception as error:  # whatever Jupyter's parts do, visitors get a page that says so
            _log.exception("« %s » : page impossible à préparer", name)
            raise DashboardError("la page n’a pas pu être préparée") from error

    async def _fork_server(self) -> ForkServer:
        if self._imports is None:
            server, self._spawned = self._spawned or ForkServer.spawn(self._course, self._connection_dir), None
            self._imports = asyncio.ensure_future(server.ready())
        return await asyncio.shield(self._imports)

    async def _run_once(self, name: str) -> Model:
        notebook = nbformat.read(self._notebooks[name], as_version=4)
        # Of what is written in it: the ids of its cells change at each conversion.
        version = hashlib.sha256("\0".join(cell.source for cell in notebook.cells).encode()).hexdigest()[:16]
        imports = await self._fork_server()
        frozen: list[ForkServer] = []

        async def launch(connection_file: str) -> ForkedProcess:
            process, server = await imports.model(
                {"connection_file": connection_file, "cwd": str(self._course), "seed": version})
            frozen.append(server)
            return process

        self._tries += 1
        manager = AsyncKernelManager(
            kernel_name=SPEC, transport="ipc",
            connection_file=str(Path(self._connection_dir, f"modele-{self._tries}.json")),
        )
        await manager.start_kernel(launch=launch)
        process = manager.provisioner.process
        try:
            notebook, states = await _execute(notebook, manager)
            threads = await frozen[0].freeze(process)
        except BaseException:
            process.kill()
            raise
        finally:
            manager.cleanup_connection_file()
        if threads:
            _log.warning("« %s » : les fils d’exécution %s ne seront pas dans les copies", name, ", ".join(threads))
        page = await self._renderer.render(name, notebook, states, version)
        return Model(page, version, frozen[0])


async def _execute(notebook: nbformat.NotebookNode, manager: AsyncKernelManager) -> tuple[nbformat.NotebookNode, dict]:
    """Run all cells; returns the notebook with its outputs, and the state of each widget by model id."""
    executor = VoilaExecutor(notebook, km=manager, timeout=120, record_timing=False)
    executor.kc = manager.client()
    executor.kc.start_channels()
    try:
        # The kernel is ready, and its welcome tells that we hear it; Jupyter's way takes a second of polling.
        await executor.kc.get_iopub_msg(timeout=WELCOME_SECONDS)
        for index, cell in enumerate(notebook.cells):
            cell.pop("outputs", None)
            if cell.cell_type == "code":
                cell.outputs = []
                await executor.async_execute_cell(cell, index, store_history=False)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        detail = getattr(error, "ename", "") and f" ({error.ename} : {error.evalue})"
        raise DashboardError(f"la cellule {index + 1} échoue{detail}") from error
    finally:
        executor.kc.stop_channels()
    return notebook, executor.widget_state
