"""Who may see what: the trainer by a secret, a phone by the random token of one séance; both are in cookies.

The secret is new at each start, but the same for a workshop that restarts in the middle of a séance: a trainer in
front of forty people must not look for a new address because the laptop stumbled.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import re
import secrets
from pathlib import Path

import tornado.web

from mallette.seance import errors
from mallette.seance.model import normal_code
from mallette.server.seance.web import STATUSES, Handler, Refusal

FILE_NAME = "formateur.cle"
TRAINER_COOKIE = "mallette_formateur"
TRAINER_PATH = "/formateur"
PARTICIPANT_COOKIE = "mallette_seance_"
"""Followed by the code, in lower case."""
_SECRET = re.compile(r"[0-9A-Za-z_-]{43}")
_CODE = re.compile(r"[0-9A-Z]{1,12}")
_TOKEN = re.compile(r"[0-9A-Za-z_-]{22}")


def new_secret() -> str:
    """Return a random secret of 256 bits."""
    return secrets.token_urlsafe(32)


class SecretFile:
    """The file that holds the secret while there is a séance, beside its answers and as private as them.

    Args:
        folder: the folder of the store; ``None`` (PostgreSQL) keeps nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self._file = folder / FILE_NAME if folder else None

    def read(self) -> str:
        """Return the secret of an earlier run; empty when there is none that only this account could read."""
        if self._file is None:
            return ""
        try:
            with self._file.open(encoding="ascii") as file:
                status = os.fstat(file.fileno())
                text = file.read(100)
        except (OSError, ValueError):
            return ""
        private = os.name != "posix" or (status.st_mode & 0o077 == 0 and status.st_uid == os.geteuid())
        return text if private and _SECRET.fullmatch(text) else ""

    def keep(self, secret: str) -> None:
        """Write the secret for the next run; where it cannot be written, the next run has a new one."""
        if self._file is None or self.read() == secret:
            return
        self.forget()
        with contextlib.suppress(OSError):
            handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secret)

    def forget(self) -> None:
        """Remove the file: the next run has a new secret."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.unlink(missing_ok=True)


def same_secret(given: str | None, secret: str) -> bool:
    """Compare in constant time; ``None`` is never right."""
    return given is not None and hmac.compare_digest(given.encode(), secret.encode())


class TrainerOnly:
    """Mixin, first in the bases: only the browser that holds the trainer's secret goes further."""

    def prepare(self) -> None:
        if not same_secret(self.get_cookie(TRAINER_COOKIE), self.context.secret):
            raise Refusal(
                403,
                "Cette page est réservée à la personne qui anime : ouvrez l’adresse affichée "
                "dans la fenêtre où la mallette a été lancée.",
            )
        super().prepare()


class TrainerPage(TrainerOnly, Handler):
    """Base of the trainer's pages. A refusal of the domain is about the state of the séance, not about rights: 409."""

    statuses = tuple((kind, status) for kind, status in STATUSES if kind in (errors.UnknownSeance, errors.Unavailable))


def give_trainer_cookie(handler: Handler) -> None:
    """Set the trainer's cookie: this browser session only."""
    handler.set_cookie(TRAINER_COOKIE, handler.context.secret, path=TRAINER_PATH, httponly=True, samesite="Strict")


def plain_code(text: str) -> str:
    """Return a code as the store knows it: « abc def » → « ABCDEF »; empty when it cannot be one."""
    text = normal_code(text)
    return text if _CODE.fullmatch(text) else ""


def give_participant_cookie(handler: Handler, code: str, token: str) -> None:
    """Set the participant's cookie: this browser session and this séance only, out of reach of scripts."""
    handler.set_cookie(PARTICIPANT_COOKIE + code.lower(), token, path=f"/s/{code}", httponly=True, samesite="Strict")


def participant_token(handler: tornado.web.RequestHandler, code: str) -> str:
    """Return the participant's token for this séance; empty when there is none or it cannot be one."""
    return token_of(handler, PARTICIPANT_COOKIE + code.lower())


def token_of(handler: tornado.web.RequestHandler, cookie: str) -> str:
    """Return the token that a cookie holds; empty when there is none or it cannot be one."""
    token = handler.get_cookie(cookie, "")
    return token if _TOKEN.fullmatch(token) else ""
