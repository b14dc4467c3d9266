"""Pages of the book are read and written by several processes, and run in kernels forked from a ready one.

While an author follows the book, what cells gave is kept: a comma runs none of them again.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import shutil
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from mallette.book import freshness
from mallette.kernels.processes import CAN_FORK, ForkedProcess, ForkServer, private_folder
from mallette.kernels.provisioner import ForkProvisioner
from mallette.paths import Project, find_root
from mallette.surroundings import PRELOADED, kernel_environment, offer_to_jupyter

FOLLOWED = "MALLETTE_SUIVI"
"""Environment variable: set while an author follows the book."""
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
    """Say what two extensions of Jupyter Book leave unsaid, where a course has them: they number toctrees, once all is
    read, and write LaTeX."""
    for name in {"sphinx_multitoc_numbering", "sphinx_jupyterbook_latex"} & app.extensions.keys():
        app.extensions[name].parallel_read_safe = True


def _share_fork_server(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Start the fork server before Sphinx forks: one imports what all pages need."""
    if app.parallel > 1 and len(docnames) > 5:  # Sphinx reads fewer in one process
        course = find_root(Path(app.confdir))
        asyncio.run(_fork_server(course))
        _turns[course] = multiprocessing.Lock()


def start_fork_server(course: Path) -> None:
    """Have the kernels of all builds of this process, and of those forked from it, forked from one ready process."""
    if CAN_FORK:
        asyncio.run(_fork_server(course))


def recall_cells(app: Sphinx, docname: str, source: list[str]) -> None:
    """Have a page's cells run only if their code or what they may show has changed, while the book is followed.

    Each page keeps its results in a folder named after what its cells depend on, besides their code: MyST-NB's cache
    knows nothing but the code.
    """
    if FOLLOWED not in os.environ or app.config.nb_execution_mode != "force":
        return
    cells = Project(Path(app.confdir).resolve()).cells
    kept = cells / docname / freshness.of_cells(app, docname, source[0])[:16]
    if not kept.is_dir():
        shutil.rmtree(kept.parent, ignore_errors=True)
    app.env.mystnb_config = app.env.mystnb_config.copy(execution_mode="cache", execution_cache_path=str(kept))


class _LeftOut(list):
    """Pages outside the contents, as the next build finds them in its memory: equal to any others.

    One more or one less would have Sphinx read the whole book again, although it also compares the pages one by one.
    """

    def __eq__(self, other: object) -> bool:
        return isinstance(other, list)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None


def keep_settings(app: Sphinx, env: BuildEnvironment) -> None:
    """Let a page enter or leave the contents without having the others read again; before the memory is written."""
    app.config.exclude_patterns = _LeftOut(app.config.exclude_patterns)


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
