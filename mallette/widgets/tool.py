"""A tool to fill in, in a page or in a dashboard: what is typed stays in the browser of whoever types it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from traitlets import Dict

from mallette.paths import Project, project
from mallette.tools import collection, paper
from mallette.widgets.base import KitWidget


class Tool(KitWidget):
    """The form of a tool (``outils/<nom>.yml``).

    Args:
        nom: name of the tool's file, without its suffix.
        course: found from the working directory by default.

    Raises:
        ContentError: the file has defects.
        LookupError: there is no such tool.
    """

    kit_name: ClassVar[str] = "tool"

    outil = Dict().tag(sync=True)
    """The tool as its file has it, and its name under ``nom``; what people write is never here."""

    def __init__(self, nom: str, course: Project | None = None, **traits: object) -> None:
        self._tool = collection.tool(nom, course or project())
        super().__init__(
            **{"outil": {"nom": nom, **self._tool.data}, "identifiant": f"outil-{nom}", **traits},
        )

    @property
    def path(self) -> Path:
        """The file of the tool."""
        return self._tool.path

    def fallback_html(self) -> str:
        return paper.html(self._tool)

    def text(self) -> str:
        return paper.text(self._tool)
