"""Pages of the book are read and written by several processes, and run in kernels forked from a ready one."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from mallette.kernels.processes import CAN_FORK, ForkedProcess, ForkServer, private_folder
from mallette.kernels.provisioner import ForkProvisioner
from mallette.paths import find_root
from mallette.surroundings import PRELOADED, kernel_environment, offer_to_jupyter

SPEC = "mallette-livre"
_SPECS = Path(__file__).resolve().parent / "jupyter"
_PROCESSES = 4
"""At most; each takes about 300 MB."""
_servers: dict[Path, ForkServer] = {}
_turns: dict[Path, Any] = {}
"""By course: taken to ask for a kernel, since the processes that read pages share one fork server."""


def use_all_processors(app: Sphinx) -> None:
    """Read and write pages in parallel on Linux (not tried elsewhere): Jupyter Book has no option for it."""
    if CAN_FORK and sys.platform == "linux":
        app.parallel = min(_PROCESSES, len(os.sched_getaffinity(0)))
        app.connect("builder-inited", _declare_safe)
        app.connect("env-before-read-docs", _share_fork_server)


def _declare_safe(app: Sphinx) -> None:
    """Say what two extensions of Jupyter Book leave unsaid: they number toctrees, once all is read, and write LaTeX."""
    for name in ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex"):
        app.extensions[name].parallel_read_safe = True


def _share_fork_server(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Start the fork server before Sphinx forks: one imports what all pages need."""
    if app.parallel > 1 and len(docnames) > 5:  # Sphinx reads fewer in one process
        course = find_root(Path(app.confdir))
        asyncio.run(_fork_server(course))
        _turns[course] = multiprocessing.Lock()


def choose_kernel(app: Sphinx, config: Config) -> None:
    """Run ``python3`` pages in forked kernels, where processes can fork."""
    if CAN_FORK:
        offer_to_jupyter(_SPECS)
        config.nb_kernel_rgx_aliases = {"^python3$": SPEC, **config.nb_kernel_rgx_aliases}


class BookProvisioner(ForkProvisioner):
    """Starts the kernel of a page, in the folder of the page."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Fork a kernel for the course that holds the page."""
        folder = kwargs.get("cwd") or os.getcwd()

        async def launch(connection_file: str) -> ForkedProcess:
            course = find_root(Path(folder))
            server = await _fork_server(course)
            with _turns.get(course, nullcontext()):
                return await server.fork({"new": True, "connection_file": connection_file, "cwd": folder})

        return await super().launch_kernel(cmd, launch=launch)


async def _fork_server(course: Path) -> ForkServer:
    if course not in _servers:
        environment = kernel_environment(course, in_voila=False)
        _servers[course] = await ForkServer.spawn(private_folder(), PRELOADED, environment)
    return _servers[course]
