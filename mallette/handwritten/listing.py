"""Small lists that people keep in ``data/``: read, compared with their schema, every fault told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from mallette.faults import ContentError, Fault, relative
from mallette.handwritten import document, structure
from mallette.handwritten.document import Document
from mallette.handwritten.structure import Difference


def read(
    path: Path,
    root: Path,
    schema: Path | dict,
    items: structure.Items,
    rules: Callable[[dict], Iterable[Difference]] = lambda data: (),
) -> Document:
    """Return the file ``path`` as its JSON Schema ``schema`` and ``rules`` want it.

    Args:
        items: how to call what the file lists.
        rules: what a schema cannot tell; asked only of a file that has the right shape.

    Raises:
        ContentError: with every fault of the file.
    """
    name = relative(path, root)
    return checked(document.read(path, name), name, schema, items, rules)


def checked(
    source: Document,
    name: str,
    schema: Path | dict,
    items: structure.Items,
    rules: Callable[[dict], Iterable[Difference]] = lambda data: (),
) -> Document:
    """Return ``source``, read from the file ``name``, once compared with its schema and its rules.

    Raises:
        ContentError: with every fault of the file.
    """
    faults = list(source.faults)
    if source.data is not None:
        against = structure.schema(schema) if isinstance(schema, Path) else schema
        found = structure.differences(source.data, against) or rules(source.data)
        faults += [structure.fault(name, source, item, items) for item in found]
    elif not faults:
        faults = [Fault(name, 0, "le fichier est vide", f"commencez-le par « {items.key} : »")]
    if faults:
        raise ContentError(faults)
    return source
