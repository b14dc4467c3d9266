"""What the page of a visitor asks of its kernel: a socket, and whether it lives."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets

import tornado.web
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.handlers import KernelHandler
from voila.app import VoilaKernelWebsocketHandler

COOKIE = "visit"
PATIENCE_SECONDS = 2
"""A page that comes back before its former subscription was dropped is not welcomed, although it is subscribed: ZeroMQ
tells a publisher of a subscription that it already has only once. Nothing of the page is read meanwhile."""
_TOKEN = re.compile(r"[0-9A-Za-z_-]{1,64}")
_log = logging.getLogger(__name__)
# Jupyter's lines about a socket quote what the visitor sent, terminal codes included.
_silent = logging.Logger("silent", logging.CRITICAL + 1)


def visitor(handler: tornado.web.RequestHandler) -> str:
    """Return the visitor's cookie, random and for this browser session only; empty when there is none."""
    token = handler.get_cookie(COOKIE, "")
    return token if _TOKEN.fullmatch(token) else ""


def welcome(handler: tornado.web.RequestHandler) -> str:
    """Return the visitor's cookie; one who has none gets it."""
    token = visitor(handler)
    if not token:
        token = secrets.token_urlsafe(16)
        handler.set_cookie(COOKIE, token, httponly=True, samesite="Strict")
    return token


class KernelSocket(VoilaKernelWebsocketHandler):
    """The socket to a kernel, for the visitor it was started for, one page at a time."""

    ping_interval, ping_timeout = 20, 15  # seconds, for Tornado: a phone out of reach says nothing

    def send_ping(self) -> None:
        """Stop Jupyter's own pings: they take the two values for milliseconds."""
        self.ping_callback.stop()

    def on_message(self, message: bytes | str) -> None:
        """Hand a message to the kernel; one that no page sends closes the socket."""
        try:
            if isinstance(message, str) or _parts_fit(message, self.selected_subprotocol or ""):
                super().on_message(message)
                return
        except Exception as error:  # whatever Jupyter's reader makes of it
            _log.info("unreadable message: %s", type(error).__name__)
        self.close(1007)

    async def pre_get(self) -> None:
        if not self.kernel_manager.belongs(self.kernel_id, visitor(self)):
            raise tornado.web.HTTPError(403)
        if self.kernel_manager.connected(self.kernel_id):
            raise tornado.web.HTTPError(409)
        await super().pre_get()
        self.connection.log = _silent


def _parts_fit(message: bytes, protocol: str) -> bool:
    """Tell whether a binary message is as long as its count of parts says.

    Jupyter's readers believe any count: nine bytes have the server build a list without end.
    """
    size, order = (8, "little") if protocol else (4, "big")
    return size * (1 + int.from_bytes(message[:size], order)) <= len(message)


class KernelModel(KernelHandler):
    """What Voilà's own front end asks of its kernel; nobody ends one by name."""

    SUPPORTED_METHODS = ("GET",)

    async def prepare(self) -> None:
        if not self.kernel_manager.belongs(self.path_kwargs["kernel_id"], visitor(self)):
            raise tornado.web.HTTPError(403)
        await super().prepare()


class CopyConnection(ZMQChannelsWebsocketConnection):
    """Jupyter's connection without its waits: a copy has told, before its id was given, that its sockets are open.

    Jupyter asks each kernel three times who it is, over sockets made for that, before it lets a page speak.
    """

    async def prepare(self) -> None:
        """Take the key of the kernel; another connection of the same page is closed."""
        await self._register_session()
        self.session.key = self.kernel_manager.session.key

    def nudge(self) -> asyncio.Future:
        """Return a future done when the kernel has welcomed our subscription to its messages."""
        iopub = self.channels["iopub"]
        heard = asyncio.get_running_loop().create_future()

        def welcome(message: list) -> None:
            iopub.stop_on_recv()
            if not heard.done():
                heard.set_result(None)

        iopub.on_recv(welcome)
        # A kernel that dies at this moment is restarted: the page is told then.
        return asyncio.ensure_future(asyncio.wait([heard], timeout=PATIENCE_SECONDS))
