"""HTTP handlers of the kit: our own short list of routes, French errors, strict headers."""

from __future__ import annotations

import gzip
import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import tornado.web
from tornado.httputil import HTTPServerRequest
from voila.tornado.handler import TornadoVoilaHandler

from mallette import design, templates
from mallette.paths import PACKAGE
from mallette.server import assets

# Voilà's page and the book's theme hold inline scripts; everything else comes from this server.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: blob: data:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
MESSAGES = {
    403: ("Accès refusé", "Cette page n’est pas ouverte aux participantes et participants."),
    404: ("Page introuvable", "Cette adresse ne mène à rien : vérifiez-la, ou repartez de l’accueil."),
    405: ("Action impossible", "Cette page ne peut pas recevoir cette demande."),
    503: ("Pas encore prêt", "Cette partie de la mallette n’est pas disponible pour l’instant."),
}
OTHER = ("Un incident est survenu", "Rechargez la page. Si cela continue, prévenez la formatrice ou le formateur.")


_log = logging.getLogger(__name__)


def error_page(status: int, detail: str = "", retry: int = 0) -> str:
    """Return a French error page that says nothing of the program's insides.

    Args:
        detail: French message instead of the usual one.
        retry: seconds after which the page asks again by itself; 0 for never.
    """
    title, message = MESSAGES.get(status, OTHER)
    return templates.render("server/templates/refus.html.j2", title=title, message=detail or message, retry=retry)


def send_compressed(handler: tornado.web.RequestHandler, content: bytes) -> None:
    """Finish with ``content``, compressed once with gzip; forty phones must not have it compressed forty times."""
    handler.set_header("Vary", "Accept-Encoding")
    if "gzip" in handler.request.headers.get("Accept-Encoding", ""):
        handler.set_header("Content-Encoding", "gzip")
        handler.finish(content)
    else:
        handler.finish(gzip.decompress(content))


def same_origin(request: HTTPServerRequest) -> bool:
    """Tell whether a page of this server made a request that changes something.

    A browser always sends Origin with ``fetch``; with a form it sends "null" under ``Referrer-Policy: no-referrer``
    (Fetch standard, "append a request Origin header"), and Sec-Fetch-Site only to a trustworthy address (loopback).
    So pages with a POST form carry ``<meta name="referrer" content="same-origin">``.
    """
    origin = request.headers.get("Origin", "null")
    if origin == "null":
        return request.headers.get("Sec-Fetch-Site") == "same-origin"
    return origin == f"{request.protocol}://{request.host}"


class Kit:
    """Headers and errors shared by all handlers of the kit."""

    headers = HEADERS

    def set_default_headers(self) -> None:
        for name, value in self.headers.items():
            self.set_header(name, value)
        self.clear_header("Server")

    def write_error(self, status_code: int, **kwargs: object) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(error_page(status_code))

    def log_exception(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        # Tornado's own line holds the address of the visitor.
        if not isinstance(error, tornado.web.HTTPError):
            _log.error("%s : %r\n%s", type(self).__name__, error, "".join(traceback.format_tb(trace)))


def of_kit(handler: type[tornado.web.RequestHandler]) -> type[tornado.web.RequestHandler]:
    """Return a handler of another package with the headers, the errors and the log of the kit."""
    return type(handler.__name__, (Kit, handler), {})


class NotFound(Kit, tornado.web.RequestHandler):
    """Any address that is not a route."""

    def prepare(self) -> None:
        raise tornado.web.HTTPError(404)


class Page(Kit, tornado.web.RequestHandler):
    """A page rendered when asked, the same for everyone."""

    def initialize(self, render: Callable[[], str]) -> None:
        self._render = render

    def get(self) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-cache")
        self.finish(self._render())


class Files(Kit, tornado.web.StaticFileHandler):
    """A folder of built files; ``missing`` is the French message when the folder was not built."""

    def initialize(self, path: str, missing: str = "", **kwargs: object) -> None:
        super().initialize(path, default_filename="index.html", **kwargs)
        self._missing = missing

    async def get(self, path: str, include_body: bool = True) -> None:
        if self._missing and not Path(self.root).is_dir():
            self.set_status(503)
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.finish(error_page(503, self._missing))
            return
        await super().get(path, include_body)

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        try:
            return super().validate_absolute_path(root, absolute_path)
        except ValueError as error:  # a NUL byte
            raise tornado.web.HTTPError(404) from error

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "no-cache")  # asked again with its ETag: 304 when unchanged


def styles(files: type[Files] = Files) -> list[tuple]:
    """Return the routes of what the pages of every server ask for, its refusals included: style sheets, font."""

    class Font(files):
        def get_content_type(self) -> str:
            return "font/woff2"  # Windows may not know

        def set_extra_headers(self, path: str) -> None:
            self.set_header("Cache-Control", "public, max-age=31536000, immutable")  # its address holds its version

    own = {"path": str(PACKAGE / "server" / "static")}
    return [
        (r"/statique/(tokens\.css)", files, {"path": str(design.CSS.parent)}),
        (r"/statique/(atelier\.css)", files, own),
        (r"/statique/([A-Za-z]+-[A-Za-z]+\.woff2)", Font, {"path": str(design.FONTS)}),
    ]


class Asset(Kit, tornado.web.RequestHandler):
    """A file whose name holds its fingerprint: asked for once, then kept by the phone."""

    def compute_etag(self) -> None:
        """Compute none: the name says it all, and nobody asks again."""

    def get(self, name: str) -> None:
        content = assets.get(name)
        if content is None:
            raise tornado.web.HTTPError(404)
        self.set_header("Content-Type", assets.TYPES[name.rsplit(".", 1)[1]])
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        send_compressed(self, content)


class Dashboard(Kit, TornadoVoilaHandler):
    """A notebook with widgets of others, run anew by Voilà for each visitor: where kernels cannot be copied."""
