"""Runs notebooks, each in a kernel of its own; one that has run may be frozen, then copied for each visitor."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from jupyter_client.kernelspec import NATIVE_KERNEL_NAME
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from voila.execute import VoilaExecutor

from mallette.kernels.manager import SPEC
from mallette.kernels.processes import ForkedProcess, ForkServer, ForkServerError

CELL_SECONDS = 120
WELCOME_SECONDS = 30


class ExecutionError(Exception):
    """A cell of a notebook failed.

    Attributes:
        cell: its number, starting at 1.
        reason: name and text of the exception; empty when the cell took too long or its kernel died.
    """

    def __init__(self, cell: int, reason: str) -> None:
        super().__init__(f"cell {cell}: {reason}")
        self.cell, self.reason = cell, reason


@dataclass(frozen=True)
class Run:
    """A notebook that has run, and the kernel that ran it.

    Attributes:
        notebook: with its outputs.
        states: state of each widget by model id, as ``nbclient`` collects them.
        kernel: where it was forked: it waits, and may be frozen.
    """

    notebook: NotebookNode
    states: dict[str, dict]
    kernel: ForkServer | None

    def close(self) -> None:
        if self.kernel is not None:
            self.kernel.process.kill()


class Runner:
    """Runs notebooks when asked; the process that imports is started then, and again if it was killed.

    Args:
        folder: of the connection files, see :func:`~mallette.kernels.processes.private_folder`.
        spawn: starts the process that imports; ``None`` where processes cannot fork: plain kernels then.
    """

    def __init__(self, folder: str, spawn: Callable[[], Awaitable[ForkServer]] | None) -> None:
        self._folder = folder
        self._spawn = spawn
        self._imports: asyncio.Task[ForkServer] | None = None
        self._numbers = itertools.count(1)

    async def run(self, notebook: NotebookNode, folder: Path) -> Run:
        """Run all the cells of a notebook.

        Args:
            notebook: its outputs are replaced.
            folder: where its cells run.

        Raises:
            ExecutionError: a cell failed.
            ForkServerError: no kernel could be started.
        """
        connection_file = str(Path(self._folder, f"notebook-{next(self._numbers)}.json"))
        if self._spawn is None:
            return await self._run_plain(notebook, folder, connection_file)
        order = {"connection_file": connection_file, "cwd": str(folder)}
        try:
            return await self._run_forked(notebook, order)
        except ForkServerError:  # the process that imports was killed: once more, with a new one
            self.rest()
            return await self._run_forked(notebook, order)

    def rest(self) -> None:
        """End the process that imports, until something is run again; frozen notebooks live on."""
        task, self._imports = self._imports, None
        if task is not None and not task.cancel() and not task.cancelled() and not task.exception():
            task.result().dismiss()

    async def _fork_server(self) -> ForkServer:
        if self._imports is None:
            self._imports = asyncio.ensure_future(self._spawn())
        return await asyncio.shield(self._imports)

    async def _run_forked(self, notebook: NotebookNode, order: dict) -> Run:
        imports = await self._fork_server()
        models: list[ForkServer] = []

        async def launch(connection_file: str) -> ForkedProcess:
            models.append(await imports.model(order))
            return models[0].process

        manager = AsyncKernelManager(kernel_name=SPEC, transport="ipc", connection_file=order["connection_file"])
        await manager.start_kernel(launch=launch)
        try:
            return Run(notebook, await _execute(notebook, manager), models[0])
        except BaseException:
            models[0].process.kill()
            raise
        finally:
            manager.cleanup_connection_file()

    async def _run_plain(self, notebook: NotebookNode, folder: Path, connection_file: str) -> Run:
        manager = AsyncKernelManager(kernel_name=NATIVE_KERNEL_NAME, connection_file=connection_file)
        await manager.start_kernel(cwd=str(folder))
        try:
            return Run(notebook, await _execute(notebook, manager), None)
        finally:
            await manager.shutdown_kernel(now=True)


async def _execute(notebook: NotebookNode, manager: AsyncKernelManager) -> dict[str, dict]:
    executor = VoilaExecutor(notebook, km=manager, timeout=CELL_SECONDS, record_timing=False)
    executor.kc = manager.client()
    executor.kc.start_channels()
    number = 0
    try:
        # The kernel is ready, and its welcome tells that we hear it; Jupyter's way takes a second of polling.
        await executor.kc.get_iopub_msg(timeout=WELCOME_SECONDS)
        for index, cell in enumerate(notebook.cells):
            cell.pop("outputs", None)
            if cell.cell_type == "code":
                number += 1
                cell.outputs = []
                await executor.async_execute_cell(cell, index, store_history=False)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        reason = f"{error.ename} : {error.evalue}" if getattr(error, "ename", "") else ""
        raise ExecutionError(number, reason) from error
    finally:
        with contextlib.suppress(Exception):
            executor.kc.stop_channels()
    return executor.widget_state
