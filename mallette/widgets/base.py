"""What the widgets of the kit have in common: one front-end module, three lives."""

from __future__ import annotations

import html
import json
from typing import ClassVar

import anywidget
from traitlets import Unicode

from mallette.surroundings import served_by_voila
from mallette.widgets import bundle


class KitWidget(anywidget.AnyWidget):
    """An anywidget that also lives in a static page.

    In JupyterLab and Voilà the synced traits travel over the kernel. In the book, ``text/html`` carries
    :meth:`static_state` as JSON; ``static/mount.js`` gives it to the same front-end module.

    Subclasses set ``kit_name`` (the name of ``static/<kit_name>.js`` and ``.css``) and implement
    :meth:`fallback_html` and :meth:`text`.
    """

    kit_name: ClassVar[str]

    identifiant = Unicode("").tag(sync=True)
    """Stable id of this widget on its page (letters, digits, hyphens): anchors, permalinks, saved answers."""

    def __init_subclass__(cls, **kwargs: object) -> None:
        if "kit_name" in cls.__dict__:
            cls._esm = bundle.esm(cls.kit_name)
            cls._css = bundle.css(cls.kit_name)
        super().__init_subclass__(**kwargs)

    @classmethod
    def shared_state(cls) -> dict:
        """Return the traits that are the same for every widget of the class (tables, labels): phones load them once."""
        return {}

    def static_state(self) -> dict:
        """Return what the front-end module reads in a static page: JSON-serialisable values by name of trait."""
        return {name: getattr(self, name) for name in sorted(type(self).front_end_traits())}

    @classmethod
    def front_end_traits(cls) -> set[str]:
        """Return the names of the synced traits that are this widget's own."""
        own = cls.class_traits(sync=True).keys() - anywidget.AnyWidget.class_traits(sync=True).keys()
        return {name for name in own if not name.startswith("_")}

    def fallback_html(self) -> str:
        """Return what is read without JavaScript and in print: HTML built from escaped text."""
        raise NotImplementedError

    def text(self) -> str:
        """Return a plain-text version (terminals, EPUB)."""
        raise NotImplementedError

    def static_html(self) -> str:
        """Return the element that ``mount.js`` brings to life."""
        return mount_point(self.kit_name, self.static_state(), self.fallback_html())

    def _repr_mimebundle_(self, **kwargs: object) -> tuple[dict, dict]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        # Voilà copies all forms into its page: the static ones hold answers and weigh more than the page itself.
        if not served_by_voila():
            data["text/plain"] = self.text()
            data["text/html"] = self.static_html()
        return data, metadata


def mount_point(kit_name: str, state: dict, fallback: str = "") -> str:
    """Return the HTML element that ``mount.js`` brings to life.

    Args:
        kit_name: the widget's front-end module.
        state: what the module reads, JSON-serialisable.
        fallback: HTML shown until then, and without JavaScript.
    """
    return (
        f'<div class="mlt-mount" data-mallette="{html.escape(kit_name)}">'
        f'<script type="application/json">{in_script(state)}</script><div class="mlt-fallback">{fallback}</div></div>'
    )


def in_script(state: dict) -> str:
    """Return a state as JSON that no word of it can end before its time."""
    return json.dumps(state, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
