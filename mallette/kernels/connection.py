"""The link between a page's socket and the ZeroMQ sockets of its kernel."""

from __future__ import annotations

import asyncio

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

PATIENCE_SECONDS = 2
"""A page that comes back before its former subscription was dropped is not welcomed, although it is subscribed: ZeroMQ
tells a publisher of a subscription that it already has only once. Nothing of the page is read meanwhile."""


class CopyConnection(ZMQChannelsWebsocketConnection):
    """Jupyter's connection without its waits: a copy has told, before its id was given, that its sockets are open.

    Jupyter asks each kernel three times who it is, over sockets made for that, before it lets a page speak.
    """

    async def prepare(self) -> None:
        """Take the key of the kernel; another connection of the same page is closed."""
        await self._register_session()
        self.session.key = self.kernel_manager.session.key

    def nudge(self) -> asyncio.Future[None]:
        """Return a future done when the kernel has welcomed our subscription to its messages."""
        iopub = self.channels["iopub"]
        heard = asyncio.get_running_loop().create_future()

        def welcome(message: list) -> None:
            iopub.stop_on_recv()
            if not heard.done():
                heard.set_result(None)

        async def wait() -> None:
            # A kernel that dies at this moment is restarted: the page is told then.
            await asyncio.wait([heard], timeout=PATIENCE_SECONDS)

        iopub.on_recv(welcome)
        return asyncio.ensure_future(wait())
