"""Pages of the book run in kernels forked from one process that has imported all: three times faster."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner
from sphinx.application import Sphinx
from sphinx.config import Config

from mallette.paths import project
from mallette.server.kernels.processes import CAN_FORK, ForkServer, private_folder

SPEC = "mallette-livre"
_SPECS = Path(__file__).resolve().parent / "jupyter"
_servers: dict[int, ForkServer] = {}  # by process: Sphinx may fork, and two processes cannot share the answers


def choose_kernel(app: Sphinx, config: Config) -> None:
    """Run ``python3`` pages in forked kernels, where processes can fork."""
    if CAN_FORK:
        os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(_SPECS), os.environ.get("JUPYTER_PATH")]))
        config.nb_kernel_rgx_aliases = {"^python3$": SPEC, **config.nb_kernel_rgx_aliases}


class BookProvisioner(LocalProvisioner):
    """Starts the kernel of a page by forking."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Fork a kernel in the folder of its page."""
        server = _servers.get(os.getpid())
        if server is None:
            server = ForkServer.spawn(project().root, private_folder(), in_voila=False)
            _servers[os.getpid()] = await server.ready()
        self.process = await server.kernel({"connection_file": self.parent.connection_file, "cwd": kwargs.get("cwd")})
        self.pid = self.process.pid
        return self.connection_info
