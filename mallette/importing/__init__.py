"""Questions that come from another program: read as forms, written as a ``quiz.yml`` to complete."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from mallette.faults import ContentError, Fault
from mallette.importing import gift, moodle
from mallette.importing.found import File

LARGEST = 20_000_000
"""Bytes of a file that is read: the whole course is less than a tenth of that."""
READERS: Mapping[str, Callable[[bytes, str], File]] = {".xml": moodle.read, ".gift": gift.read, ".txt": gift.read}
"""End of a file's name → what reads it; takes its bytes and its name."""


def read(path: Path) -> File:
    """Return the questions of a file, as its name tells its format.

    Raises:
        ContentError: it cannot be read, in French.
    """

    def refusal(message: str, remedy: str) -> ContentError:
        return ContentError([Fault(path.name, 0, message, remedy)])

    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise refusal("format inconnu", "donnez un fichier « Moodle XML » (.xml) ou GIFT (.gift, .txt)")
    try:
        if path.stat().st_size > LARGEST:
            raise refusal("fichier trop gros (20 Mo au plus)", "exportez les questions catégorie par catégorie")
        content = path.read_bytes()
    except OSError as error:
        raise refusal("fichier introuvable ou illisible", "vérifiez le nom et les droits du fichier") from error
    found = reader(content, path.name)
    if not found.questions:
        raise refusal("aucune question trouvée", "vérifiez que c’est bien ce fichier")
    return found
