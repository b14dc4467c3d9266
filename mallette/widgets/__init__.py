"""Widgets of the kit: each written once, alive in the book, in Voilà and in JupyterLab."""

from __future__ import annotations

import json
from functools import cache

from mallette.widgets.explorer import PrevalenceExplorer as PrevalenceExplorer
from mallette.widgets.hourly import HourlyPay as HourlyPay
from mallette.widgets.quiz import Quiz as Quiz
from mallette.widgets.tool import Tool as Tool

KIT_WIDGETS = (PrevalenceExplorer, HourlyPay, Quiz, Tool)


@cache
def shared_states() -> dict[str, dict]:
    """Return, by name of widget, the traits that are the same on every page: a file of their own holds them."""
    states = {cls.kit_name: cls.shared_state() for cls in KIT_WIDGETS}
    return {name: json.loads(json.dumps(state)) for name, state in states.items() if state}


def shared_script(name: str) -> str:
    """Return the script that gives these traits to ``mount.js``, before it mounts a widget of that name."""
    text = json.dumps(shared_states()[name], ensure_ascii=False, separators=(",", ":"))
    return f"(window.MalletteDonnees = window.MalletteDonnees || {{}}).{name} = {text};"
