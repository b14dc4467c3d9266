"""Where the code of a notebook runs, and what Jupyter finds there."""

from __future__ import annotations

import os
from pathlib import Path


def served_by_voila() -> bool:
    """Tell whether the outputs go to a visitor's page: Voilà, like our fork server, says so in the environment."""
    return os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")


def offer_to_jupyter(folder: Path) -> None:
    """Let Jupyter find the kernels and templates of ``folder`` the standard way; kernels inherit it and do not mind."""
    paths = [str(folder), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(paths)
