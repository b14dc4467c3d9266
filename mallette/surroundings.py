"""Where the code of a notebook runs, and what Jupyter finds there."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

from mallette.paths import ROOT_VARIABLE

PRELOADED = (
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_agg",
    "matplotlib_inline.backend_inline",
    "pandas",
    "anywidget",
    "mallette.figures",
    "mallette.widgets",
)
"""What a process imports before the kernels of the course's notebooks are forked from it."""


def kernel_environment(course: Path, in_voila: bool) -> dict[str, str]:
    """Return the variables that kernels of a course need: where it is, and whether Voilà serves what they show."""
    return {ROOT_VARIABLE: str(course), **({"SERVER_SOFTWARE": f"voila/{version('voila')}"} if in_voila else {})}


def served_by_voila() -> bool:
    """Tell whether the outputs go to a visitor's page: Voilà says so in the environment."""
    return os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")


def offer_to_jupyter(*folders: Path) -> None:
    """Let Jupyter find the kernels and templates of folders the standard way; kernels inherit it and do not mind."""
    paths = [*map(str, folders), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(paths)
