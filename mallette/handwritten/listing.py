"""Small lists that people keep in ``data/``: read, compared with their schema, every fault told at once."""

from __future__ import annotations

from pathlib import Path

from mallette.faults import ContentError, Fault, relative
from mallette.handwritten import document, structure
from mallette.handwritten.document import Document


def read(path: Path, root: Path, schema: Path, items: structure.Items) -> Document:
    """Return the file ``path`` as its JSON Schema ``schema`` wants it.

    Raises:
        ContentError: with every fault of the file; ``items`` says how to call what it lists.
    """
    name = relative(path, root)
    source = document.read(path, name)
    faults = list(source.faults)
    if source.data is not None:
        found = structure.differences(source.data, structure.schema(schema))
        faults += [structure.fault(name, source, item, items) for item in found]
    elif not faults:
        faults = [Fault(name, 0, "le fichier est vide", f"commencez-le par « {items.key} : »")]
    if faults:
        raise ContentError(faults)
    return source
