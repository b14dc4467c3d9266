"""« Vos chiffres locaux »: a page whose widgets call Python, for the trainer's browser only."""

from __future__ import annotations

from mallette.paths import PACKAGE
from mallette.server import handlers
from mallette.server.dashboards import DashboardPage
from mallette.server.seance import access
from mallette.server.seance.context import Context

NAME = "vos-chiffres"
SOURCE = PACKAGE / "server" / "notebooks" / f"{NAME}.md"
ADDRESS = f"{access.TRAINER_PATH}/{NAME}"


class _ForTrainer(access.TrainerOnly):
    def initialize(self, context: Context, **shared: object) -> None:
        super().initialize(**shared)
        self.context = context


class Page(_ForTrainer, DashboardPage):
    """The page, with a kernel for each opening of it."""


class LivePage(_ForTrainer, handlers.Dashboard):
    """The page where kernels cannot be copied."""
