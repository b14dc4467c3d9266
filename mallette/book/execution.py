"""Pages of the book run in kernels forked from one process that has imported all: three times faster."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from mallette.kernels.processes import CAN_FORK, ForkedProcess, ForkServer, private_folder
from mallette.kernels.provisioner import ForkProvisioner
from mallette.paths import find_root
from mallette.surroundings import PRELOADED, kernel_environment, offer_to_jupyter

SPEC = "mallette-livre"
_SPECS = Path(__file__).resolve().parent / "jupyter"
_servers: dict[tuple[int, Path], ForkServer] = {}
"""By process and course: Sphinx may fork, and two processes cannot share the answers."""


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
            server = await _fork_server(find_root(Path(folder)))
            return await server.kernel({"connection_file": connection_file, "cwd": folder})

        return await super().launch_kernel(cmd, launch=launch)


async def _fork_server(course: Path) -> ForkServer:
    name = os.getpid(), course
    if name not in _servers:
        _servers[name] = await ForkServer.spawn(
            private_folder(), PRELOADED, kernel_environment(course, in_voila=False)
        ).ready()
    return _servers[name]
