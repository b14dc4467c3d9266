"""The page of a dashboard, made once from the notebook that has run.

A page whose widgets are all the kit's is *light*: ordinary HTML and the widgets' own scripts, the same for everyone.
Any other notebook gets Voilà's own front end, which knows all of Jupyter and weighs ten times more.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nbformat import NotebookNode
from voila.exporter import VoilaExporter
from voila.paths import collect_template_paths
from voila.utils import get_page_config

from mallette.server import assets
from mallette.widgets import KIT_WIDGETS, shared_states
from mallette.widgets.base import mount_point

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
LIGHT, FULL = "kit", "kit-jupyter"
_KERNEL = "00000000-0000-4000-8000-000000000000"  # stands for the visitor's kernel in a full page
NOT_STARTED = (
    '<p class="alerte">Cet outil ne s’affiche pas. Rechargez la page ; si rien ne change, ce navigateur est trop '
    "ancien : essayez-en un autre, ou lisez cette unité dans le livre.</p>"
)
"""Shown in the place of a widget that does not start: its script did not come, or the browser cannot run it."""
_STATIC = {"text/html", "text/markdown", "text/plain", "text/latex", "image/svg+xml", "image/png", "image/jpeg"}
_SCRIPT = re.compile(r"<script(?![^>]*\btype=\"application/json\")", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """What visitors are sent.

    Attributes:
        html: the page; a full one holds the place of a kernel id.
        light: whether it is the same for everyone.
    """

    html: str
    light: bool

    @cached_property
    def compressed(self) -> bytes:
        return gzip.compress(self.html.encode(), mtime=0)  # the same page has the same ETag

    def for_kernel(self, kernel_id: str) -> str:
        """Return the page of one visitor."""
        return self.html.replace(_KERNEL, kernel_id)


class Renderer:
    """Makes pages with Voilà's exporter and the templates of the kit."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._kit = {f"{cls.__module__}.{cls.__qualname__}": cls for cls in KIT_WIDGETS}

    async def render(self, name: str, notebook: NotebookNode, states: dict[str, dict]) -> Page:
        """Return the page of a notebook that has run.

        Args:
            name: slug of the unit.
            notebook: with its outputs.
            states: state of each widget by model id, as ``nbclient`` collects them.
        """
        light = self._is_light(notebook, states)
        used: set[str] = set()
        if light:
            for output in _outputs(notebook):
                data = output.get("data", {})
                if WIDGET_VIEW in data:
                    output.data = {"text/html": self._mount(data[WIDGET_VIEW]["model_id"], states, used)}
                elif "text/html" in data:
                    data["text/html"] = assets.without_images("".join(data["text/html"]))
        template = LIGHT if light else FULL
        app = self._app
        page_config = (
            {}
            if light
            else get_page_config(
                base_url=app.base_url,
                settings=app.app.settings,
                log=app.log,
                voila_configuration=app.voila_configuration,
            )
        )
        exporter = VoilaExporter(
            template_paths=collect_template_paths(["voila", "nbconvert"], template),
            template_name=template,
            config=app.config,
            contents_manager=app.contents_manager,
            theme="light",
            base_url=app.base_url,
            exclude_input=True,
            exclude_output_prompt=True,
            exclude_input_prompt=True,
        )
        resources = {
            "base_url": app.base_url,
            "theme": "light",
            "template": template,
            "page_config": page_config,
            "metadata": {"name": notebook.metadata.get("title", name)},
            "kit": {"assets": assets.urls(used)},
        }
        context = {
            "frontend": "voila",
            "main_js": "voila.js",
            "progressive_rendering": False,
            "kernel_start": lambda nb: _KERNEL,
            "cell_generator": _cells,
        }
        parts = exporter.generate_from_notebook_node(
            notebook, resources=resources, extra_context=context, page_config=page_config
        )
        return Page("".join([part async for part, _ in parts]), light)

    def _is_light(self, notebook: NotebookNode, states: dict[str, dict]) -> bool:
        for output in _outputs(notebook):
            data = output.get("data", {})
            if WIDGET_VIEW in data:
                state = states.get(data[WIDGET_VIEW]["model_id"], {})
                if state.get("_anywidget_id") not in self._kit:
                    return False
            elif data and not _STATIC & set(data) or _SCRIPT.search("".join(data.get("text/html", ""))):
                return False
        return True

    def _mount(self, model_id: str, states: dict[str, dict], used: set[str]) -> str:
        state = states[model_id]
        cls = self._kit[state["_anywidget_id"]]
        used.add(cls.kit_name)
        shared = shared_states().get(cls.kit_name, {})
        traits = {
            name: state[name]
            for name in sorted(cls.front_end_traits())
            # Tables edited since the server started are not those of its file.
            if name in state and (name not in shared or state[name] != shared[name])
        }
        return mount_point(cls.kit_name, traits, NOT_STARTED)


def _outputs(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


async def _cells(notebook: NotebookNode, kernel_id: str) -> AsyncIterator[NotebookNode]:
    for cell in notebook.cells:
        yield cell
