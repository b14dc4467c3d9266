"""Where the code of a notebook runs."""

from __future__ import annotations

import os


def served_by_voila() -> bool:
    """Tell whether the outputs go to a visitor's page: Voilà, like our fork server, says so in the environment."""
    return os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")
