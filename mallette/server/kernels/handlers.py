"""What a dashboard's page asks: itself, a kernel, and a socket to that kernel."""

from __future__ import annotations

import json
import logging
import re
import secrets

import tornado.web
from jupyter_server.services.kernels.handlers import KernelHandler
from voila.app import VoilaKernelWebsocketHandler

from mallette.server import assets, handlers
from mallette.server.kernels.dashboards import DashboardError, Dashboards
from mallette.server.kernels.manager import KernelRefused, RoomKernelManager
from mallette.server.network import same_origin

VISITOR_COOKIE = "mallette_visite"
_TOKEN = re.compile(r"[0-9A-Za-z_-]{1,64}")
_BROKEN = "Cette page ne peut pas s’ouvrir. La formatrice ou le formateur lit pourquoi dans la fenêtre de commande."
_CHANGED = "Cette page a changé depuis que vous l’avez ouverte : rechargez-la pour continuer."
_FOREIGN = "Cette demande ne vient pas d’une page de l’atelier : elle est refusée."
# The figures hold style attributes; scripts come from files of this server only.
STRICT_POLICY = handlers.CONTENT_SECURITY_POLICY.replace("script-src 'self' 'unsafe-inline' blob:", "script-src 'self'")
_log = logging.getLogger(__name__)
# Jupyter's lines about a socket quote what the visitor sent, terminal codes included.
_silent = logging.Logger("silent", logging.CRITICAL + 1)


def visitor(handler: tornado.web.RequestHandler) -> str:
    """Return the visitor's cookie, random and for this browser session only; empty when there is none."""
    token = handler.get_cookie(VISITOR_COOKIE, "")
    return token if _TOKEN.fullmatch(token) else ""


class _Dashboard(handlers.Kit, tornado.web.RequestHandler):
    def initialize(self, name: str, dashboards: Dashboards, manager: RoomKernelManager) -> None:
        self._name = name
        self._dashboards = dashboards
        self._manager = manager

    async def _open(self) -> str:
        """Start a kernel for the visitor, who gets a cookie.

        Raises:
            KernelRefused, DashboardError
        """
        token = visitor(self)
        if not token:
            token = secrets.token_urlsafe(16)
            self.set_cookie(VISITOR_COOKIE, token, httponly=True, samesite="Strict")

        async def launch(connection_file: str) -> object:
            return await self._dashboards.copy(self._name, connection_file)

        return await self._manager.open(token, self.request.remote_ip, launch)


class DashboardPage(_Dashboard):
    """A workshop, served by name: the address chooses neither notebook, template nor theme."""

    async def get(self) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        try:
            page = (await self._dashboards.model(self._name)).page
            if page.light:
                self.set_header("Content-Security-Policy", STRICT_POLICY)
                self.set_header("Cache-Control", "no-cache")  # the same for all: 304 when it has not changed
                handlers.send_compressed(self, page.compressed)
            else:
                self.set_header("Cache-Control", "no-store")
                self.finish(page.for_kernel(await self._open()))
        except KernelRefused as refusal:
            self.set_status(503)
            self.set_header("Retry-After", str(refusal.retry))
            self.finish(handlers.error_page(503, str(refusal), retry=refusal.retry))
        except DashboardError as error:
            _log.error("« %s » : %s", self._name, error)
            self.set_status(503)
            self.finish(handlers.error_page(503, _BROKEN))


class KernelRequest(_Dashboard):
    """A light page asks for its kernel: the one it had, if it lives, or a new copy of the dashboard."""

    async def post(self) -> None:
        if not same_origin(self.request):
            self._answer(403, message=_FOREIGN, attendre=60)
            return
        try:
            wanted = json.loads(self.request.body)
            known, version = str(wanted["noyau"]), wanted["version"]
        except (ValueError, KeyError, TypeError, RecursionError):
            self._answer(422, message="Demande illisible : rechargez la page.", attendre=60)
            return
        if self._manager.belongs(known, visitor(self)):
            self._answer(200, noyau=known)
            return
        try:
            if (await self._dashboards.model(self._name)).version != version:
                self._answer(409, message=_CHANGED, attendre=0)
                return
            self._answer(200, noyau=await self._open())
        except KernelRefused as refusal:
            self._answer(503, message=str(refusal), attendre=refusal.retry)
        except DashboardError as error:
            _log.error("« %s » : %s", self._name, error)
            self._answer(503, message=_BROKEN, attendre=30)

    def _answer(self, status: int, **values: object) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(values, ensure_ascii=False))


class KernelSocket(handlers.Kit, VoilaKernelWebsocketHandler):
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

    def write_error(self, status_code: int, **kwargs: object) -> None:
        self.finish()


def _parts_fit(message: bytes, protocol: str) -> bool:
    """Tell whether a binary message is as long as its count of parts says.

    Jupyter's readers believe any count: nine bytes have the server build a list without end.
    """
    size, order = (8, "little") if protocol else (4, "big")
    return size * (1 + int.from_bytes(message[:size], order)) <= len(message)


class KernelModel(handlers.Kit, KernelHandler):
    """What Voilà's own front end asks of its kernel; nobody ends one by name."""

    SUPPORTED_METHODS = ("GET",)

    async def prepare(self) -> None:
        if not self.kernel_manager.belongs(self.path_kwargs["kernel_id"], visitor(self)):
            raise tornado.web.HTTPError(403)
        await super().prepare()

    def write_error(self, status_code: int, **kwargs: object) -> None:
        self.finish()


class Asset(handlers.Kit, tornado.web.RequestHandler):
    """A file whose name holds its fingerprint: asked for once, then kept by the phone."""

    def get(self, name: str) -> None:
        content = assets.get(name)
        if content is None:
            raise tornado.web.HTTPError(404)
        self.set_header("Content-Type", assets.TYPES[name.rsplit(".", 1)[1]])
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        handlers.send_compressed(self, content)
