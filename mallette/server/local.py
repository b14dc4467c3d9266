"""« Vos chiffres locaux »: a page whose widgets call Python, for the trainer's browser only."""

from __future__ import annotations

from mallette.paths import PACKAGE
from mallette.server import handlers
from mallette.server.dashboards import DashboardPage
from mallette.server.seance import guard
from mallette.server.seance.context import Context

NAME = "vos-chiffres"
SOURCE = PACKAGE / "server" / "notebooks" / f"{NAME}.md"
ADDRESS = f"{guard.TRAINER_PATH}/{NAME}"


class Page(guard.TrainerOnly, DashboardPage):
    """The page, with a kernel for each opening of it."""

    def initialize(self, context: Context, **shared: object) -> None:
        super().initialize(**shared)
        self.context = context


class LivePage(guard.TrainerOnly, handlers.Dashboard):
    """The page where kernels cannot be copied."""

    def initialize(self, context: Context, **shared: object) -> None:
        super().initialize(**shared)
        self.context = context
