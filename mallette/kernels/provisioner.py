"""Kernel provisioner: ``jupyter_client``'s way to start a kernel by other means than a command."""

from __future__ import annotations

from typing import Any

from jupyter_client.provisioning import LocalProvisioner


class ForkProvisioner(LocalProvisioner):
    """Starts a kernel by forking.

    A restart, after a kernel died, comes here too and gives a fresh copy of the same notebook.
    """

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Start the kernel. ``kwargs["launch"]`` is a coroutine that forks it, given its connection file."""
        self.process = await kwargs["launch"](self.parent.connection_file)
        self.pid = self.process.pid
        return self.connection_info
