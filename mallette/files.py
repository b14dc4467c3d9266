"""Files written whole or not at all: on the disk when the call returns, the former ones kept when it fails."""

from __future__ import annotations

import errno
import io
import os
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

from mallette.faults import Fault

_REASONS = {
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "la place qui vous est donnée est pleine",
    errno.EACCES: "l’accès est refusé",
    errno.EPERM: "l’accès est refusé",
    errno.EROFS: "l’écriture est interdite",
    errno.ENOENT: "il n’existe pas",
    errno.ENOTDIR: "un dossier de ce nom est en fait un fichier",
    errno.EISDIR: "c’est un dossier",
    errno.EIO: "le disque ne répond pas comme il faut",
}


def reason(error: OSError) -> str:
    """Return why the system refused a file: in French, or in its own words when they are rare."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def fault(error: OSError) -> Fault:
    """Return what the system refused, to be told.

    Raises:
        OSError: it names no file.
    """
    if error.filename is None:
        raise error
    return Fault(
        str(error.filename),
        0,
        f"ne peut pas être lu ou écrit : {reason(error)}",
        "vérifiez la place et les droits du dossier, et que le fichier n’est pas ouvert ailleurs, ou copiez la "
        "mallette dans un dossier à vous",
    )


def archive(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip file: the same bytes for the same parts, whenever and wherever it is made.

    Args:
        parts: content by name, in order. ``mimetype`` is not compressed: what opens the file reads it in place.
    """
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            made.writestr(entry, content)
    return held.getvalue()


def write(contents: Mapping[Path, bytes]) -> None:
    """Write files, with the folders they need; a file that takes the place of another keeps its rights.

    Raises:
        OSError: disk full, folder that cannot be written; ``filename`` names the file. No draft is left.
    """
    drafts = {path: path.with_name(f".{path.name}.part") for path in contents}
    path = Path()
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
    except OSError as error:
        error.filename = error.filename or str(path)  # the system tells none of a file that is already open
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        raise
