"""What every handler of the séance does: strict headers, French errors, small bodies, pages that escape everything."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import traceback
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import tornado.web

from mallette import templates
from mallette.seance import errors
from mallette.server import handlers

if TYPE_CHECKING:
    from mallette.server.seance.context import Context

STATIC = "/statique/seance"
"""Where the trainer's pages find their scripts and styles."""
BODY_BYTES = 16 * 1024
"""More than any answer or form of ours; above four times that, the server does not even read (:mod:`..app`)."""
HEADERS = {
    **handlers.HEADERS,
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
}
TEMPLATES = "server/seance/templates"
STATUSES: tuple[tuple[type[errors.SeanceError], int], ...] = (
    (errors.UnknownSeance, 404),
    (errors.Full, 409),
    (errors.Closed, 409),
    (errors.NotJoined, 403),
    (errors.NotAllowed, 409),
    (errors.Unavailable, 503),
)
_LOG = logging.getLogger("mallette.seance")


class Refusal(tornado.web.HTTPError):
    """A request that is not served; ``message`` says why, in French, to the person who made it."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(status)
        self.message = message


class Handler(handlers.Kit, tornado.web.RequestHandler):
    """Base of the séance's handlers: strict headers, French errors, no trace of the visitor in the log.

    Attributes:
        assignments: whether what it asks is about graded work, see :meth:`.context.Context.run`.
        data: whether errors are told as JSON ``{"message": …}`` instead of a page.
        statuses: HTTP status of each refusal of the domain.
    """

    headers = HEADERS
    assignments = False
    data = False
    statuses = STATUSES

    def initialize(self, context: Context) -> None:
        self.context = context

    @property
    def address(self) -> str:
        """Address of the visitor: only ever a key of :class:`.limits.Limits`."""
        return self.request.remote_ip

    def page(self, template: str, status: int = 200, folder: str = TEMPLATES, **values: object) -> None:
        """Finish with a page made from ``<folder>/<template>.html.j2``."""
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(templates.render(f"{folder}/{template}.html.j2", **values))

    def answer(self, values: Mapping[str, object]) -> None:
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(values, ensure_ascii=False, allow_nan=False))

    async def ask(self, function: Callable, *arguments: object) -> Any:
        """Return ``function(*arguments)``, run in the store's thread.

        Raises:
            Refusal: the domain refused, with its message.
        """
        try:
            return await self.context.run(function, *arguments, assignments=self.assignments)
        except errors.SeanceError as error:
            raise self.refusal(error) from error

    def refusal(self, error: errors.SeanceError) -> Refusal:
        """Return the HTTP refusal of a refusal of the domain."""
        status = next((code for kind, code in self.statuses if isinstance(error, kind)), 409)
        return Refusal(status, str(error))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        error = kwargs.get("exc_info", (None, None, None))[1]
        title, usual = handlers.MESSAGES.get(status_code, handlers.OTHER)
        message = error.message if isinstance(error, Refusal) else usual
        if self.data:
            self.answer({"message": message})
        else:
            self.page("erreur", status_code, title=title, message=message)

    def log_exception(self, kind: type | None, error: BaseException | None, trace: Any) -> None:
        # Tornado's own line holds the address of the visitor, and a message may quote what a person typed.
        if not isinstance(error, tornado.web.HTTPError):
            where = "".join(traceback.format_tb(trace))
            _LOG.error("%s : %s\n%s", type(self).__name__, getattr(kind, "__name__", kind), where)


class Posted(Handler):
    """A handler that receives a body: from our own pages, small and well formed, or refused.

    Attributes:
        largest: bytes of a body.
    """

    largest = BODY_BYTES

    def prepare(self) -> None:
        if self.request.method == "POST" and not handlers.same_origin(self.request):
            raise Refusal(403, "Cette demande ne vient pas d’une page de l’atelier : elle est refusée.")
        if len(self.request.body) > self.largest:
            raise Refusal(413, "C’est trop long pour être envoyé : raccourcissez votre réponse.")
        super().prepare()

    def json(self) -> dict[str, object]:
        """Return the body, a JSON object.

        Raises:
            Refusal: 422.
        """
        try:
            value = json.loads(self.request.body.decode("utf-8"), parse_constant=_no_constant)
            json.dumps(value, ensure_ascii=False).encode("utf-8")  # a lone surrogate has no place in any store
        except (ValueError, RecursionError) as error:
            raise Refusal(422, "Cette réponse est illisible : rechargez la page, puis répondez à nouveau.") from error
        if not isinstance(value, dict):
            raise Refusal(422, "Cette réponse n’a pas la forme attendue : rechargez la page, puis répondez à nouveau.")
        return value

    def fields(self) -> dict[str, str]:
        """Return the fields of the form and of the address, by name; those of the form win."""
        return {name: self.get_argument(name) for name in self.request.arguments}


def _no_constant(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are no JSON


def source_hash(text: str) -> str:
    """Return the CSP source (``'sha256-…'``) that allows a script written inside a page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
