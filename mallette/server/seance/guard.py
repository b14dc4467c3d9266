"""Who may ask what of a séance: cookies, origins, sizes of requests. How often is in :mod:`.limits`."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import re
import traceback
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import tornado.web

from mallette.seance import seances as domain
from mallette.server import handlers, network
from mallette.server.seance import pages
from mallette.server.seance.limits import Refusal

if TYPE_CHECKING:
    from mallette.server.seance.context import Context

TRAINER_COOKIE = "mallette_formateur"
TRAINER_PATH = "/formateur"
PARTICIPANT_COOKIE = "mallette_seance_"
"""Followed by the code, in lower case."""

BODY_BYTES = 16 * 1024
BODY_SECONDS = 10
"""A body that takes longer is not a person's: the connection is closed."""
BODY_FIELDS = 50
STORE_SECONDS = 8
"""Below the ten seconds after which a phone must have told something."""
STORE_WAITING = 500
"""Requests that may wait for the store's thread."""

HEADERS = {
    **handlers.HEADERS,
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
}
STATUSES: tuple[tuple[type[domain.SeanceError], int], ...] = (
    (domain.UnknownSeance, 404),
    (domain.Full, 409),
    (domain.Closed, 409),
    (domain.NotJoined, 403),
    (domain.NotAllowed, 409),
    (domain.Unavailable, 503),
)
_CODE = re.compile(r"[0-9A-Z]{1,12}")
_TOKEN = re.compile(r"[0-9A-Za-z_-]{22}")
_FOREIGN = "Cette demande ne vient pas d’une page de l’atelier : elle est refusée."
_LOG = logging.getLogger("mallette.seance")


def same_secret(given: str | None, secret: str) -> bool:
    """Compare in constant time; ``None`` is never right."""
    return given is not None and hmac.compare_digest(given.encode(), secret.encode())


class Handler(handlers.Kit, tornado.web.RequestHandler):
    """Base of the séance's handlers: strict headers, French errors, no trace of the visitor in the log.

    Attributes:
        data: whether errors are told as JSON ``{"message": …}`` instead of a page.
        statuses: HTTP status of each refusal of the domain.
    """

    headers = HEADERS
    data = False
    statuses = STATUSES

    def initialize(self, context: Context) -> None:
        self.context = context

    @property
    def address(self) -> str:
        """Address of the visitor: only ever a key of :class:`Limits`."""
        return self.request.remote_ip

    def page(self, template: str, status: int = 200, **values: object) -> None:
        """Finish with a page made from ``templates/<template>.html.j2``."""
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(pages.render(template, **values))

    def answer(self, values: Mapping[str, object]) -> None:
        """Finish with JSON."""
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(values, ensure_ascii=False, allow_nan=False))

    async def ask(self, function: Callable, *arguments: object) -> Any:
        """Return ``function(*arguments)``, run in the store's thread.

        Raises:
            Refusal: the domain refused, with its message.
        """
        try:
            return await self.context.run(function, *arguments)
        except domain.SeanceError as error:
            raise self.refusal(error) from error

    def refusal(self, error: domain.SeanceError) -> Refusal:
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


@tornado.web.stream_request_body
class Posted(Handler):
    """A handler that receives a body: from our own pages, small, quick and well formed, or refused.

    The body is read as it comes, so that 16 kB are checked before 100 MB are in memory.
    """

    def prepare(self) -> None:
        self._chunks: list[bytes] = []
        self.request.connection.set_body_timeout(BODY_SECONDS)
        self.request.connection.set_max_body_size(BODY_BYTES)
        if self.request.method == "POST":
            check_origin(self)
        length = self.request.headers.get("Content-Length", "0")
        if length.isdecimal() and int(length[:12]) > BODY_BYTES:
            self.set_header("Connection", "close")
            raise Refusal(413, "C’est trop long pour être envoyé : raccourcissez votre réponse.")

    def data_received(self, chunk: bytes) -> None:
        self._chunks.append(chunk)

    def json(self) -> dict[str, object]:
        """Return the body, a JSON object.

        Raises:
            Refusal: 422.
        """
        try:
            value = json.loads(b"".join(self._chunks).decode("utf-8"), parse_constant=_no_constant)
            json.dumps(value, ensure_ascii=False).encode("utf-8")  # a lone surrogate has no place in any store
        except (ValueError, RecursionError) as error:
            raise Refusal(422, "Cette réponse est illisible : rechargez la page, puis répondez à nouveau.") from error
        if not isinstance(value, dict):
            raise Refusal(422, "Cette réponse n’a pas la forme attendue : rechargez la page, puis répondez à nouveau.")
        return value

    def form(self) -> dict[str, str]:
        """Return the fields of a form or of a JSON object of texts, by name.

        Raises:
            Refusal: 422.
        """
        if self.request.headers.get("Content-Type", "").startswith("application/json"):
            return {name: str(value) for name, value in self.json().items()}
        try:
            text = b"".join(self._chunks).decode("ascii")
            return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=BODY_FIELDS, errors="strict"))
        except ValueError as error:
            raise Refusal(422, "Ce formulaire est illisible : rechargez la page, puis recommencez.") from error


def _no_constant(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are no JSON


def check_origin(handler: tornado.web.RequestHandler) -> None:
    """Refuse a state-changing request that no page of this server made (:func:`network.same_origin`).

    Raises:
        Refusal: 403.
    """
    if not network.same_origin(handler.request):
        raise Refusal(403, _FOREIGN)


class TrainerOnly:
    """Mixin, first in the bases: only the browser that holds the trainer's secret goes further."""

    def prepare(self) -> None:
        if not same_secret(self.get_cookie(TRAINER_COOKIE), self.context.secret):
            raise Refusal(403, "Cette page est réservée à la personne qui anime : ouvrez l’adresse affichée "
                               "dans la fenêtre où la mallette a été lancée.")
        super().prepare()


def give_trainer_cookie(handler: Handler) -> None:
    """Set the trainer's cookie: this browser session only."""
    handler.set_cookie(
        TRAINER_COOKIE, handler.context.secret, path=TRAINER_PATH, httponly=True, samesite="Strict"
    )


def source_hash(text: str) -> str:
    """Return the CSP source (``'sha256-…'``) that allows a script written inside a page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def plain_code(text: str) -> str:
    """Return a code as the store knows it: « abc def » → « ABCDEF »; empty when it cannot be one."""
    text = domain.normal_code(text)
    return text if _CODE.fullmatch(text) else ""


def give_participant_cookie(handler: Handler, code: str, token: str) -> None:
    """Set the participant's cookie: this browser session and this séance only, out of reach of scripts."""
    handler.set_cookie(
        PARTICIPANT_COOKIE + code.lower(), token, path=f"/s/{code}", httponly=True, samesite="Strict"
    )


def participant_token(handler: tornado.web.RequestHandler, code: str) -> str:
    """Return the participant's token for this séance; empty when there is none or it cannot be one."""
    token = handler.get_cookie(PARTICIPANT_COOKIE + code.lower(), "")
    return token if _TOKEN.fullmatch(token) else ""
