"""The séance over HTTP: what phones ask under ``/s``, what the trainer asks under ``/formateur``."""

from __future__ import annotations

from mallette.server.seance import boards, phone, trainer
from mallette.server.seance.context import Context, build

__all__ = ["Context", "build", "routes"]


def routes(context: Context) -> list:
    """Return every route of the séance, for the server's list."""
    return [*phone.routes(context), *boards.routes(context), *trainer.routes(context)]
