"""Files written whole or not at all: on the disk when the call returns, the former ones kept when it fails."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path


def write(contents: Mapping[Path, bytes]) -> None:
    """Write files, with the folders they need; a file that takes the place of another keeps its rights.

    Raises:
        OSError: disk full, folder that cannot be written. No draft is left.
    """
    drafts = {path: path.with_name(f".{path.name}.part") for path in contents}
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with drafts[path].open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, drafts[path])
        for path, draft in drafts.items():
            os.replace(draft, path)
    except OSError:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        raise
