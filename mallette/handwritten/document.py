"""Read a YAML file without losing the line each value was written on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from mallette.faults import Fault
from mallette.handwritten import text

Place = tuple[str | int, ...]
"""Where a value is: the keys and indices that lead to it."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # known only once it runs
    """The safe loader, that keeps a day as the text it was and tells where an impossible one stands."""


def _date(loader: _Loader, node: yaml.ScalarNode) -> str:
    try:
        loader.construct_yaml_timestamp(node)
        return node.value
    except ValueError as error:
        raise yaml.constructor.ConstructorError(None, None, "impossible date", node.start_mark) from error


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _date)
_SYNTAX = (
    # What the YAML reader says, what it means for a person who writes questions, how to mend it.
    (
        "mapping values are not allowed",
        "un deux-points suivi d’une espace est lu comme une clé",
        'mettez tout le texte entre guillemets droits ("…"), ou écrivez-le sous « >- » à la ligne suivante',
    ),
    (
        "found character",
        "une valeur commence par un caractère réservé au YAML (tabulation, @, %, `…)",
        "mettez le texte entre guillemets droits, et le retrait en espaces",
    ),
    (
        "could not find expected ':'",
        "une ligne n’est ni une clé suivie de deux-points ni la suite d’un texte",
        "vérifiez le retrait de la ligne et les deux-points après la clé",
    ),
    (
        "expected <block end>",
        "le retrait ne correspond à aucun bloc ouvert, ou un texte entre guillemets en contient",
        'alignez la ligne sur ses voisines ; dans un texte entre guillemets, écrivez « … » plutôt que "…"',
    ),
    ("end of stream", "un guillemet, un crochet ou une accolade n’est pas refermé", "refermez-le"),
    ("impossible date", "cette date n’existe pas au calendrier", "écrivez année-mois-jour : 2026-03-12"),
    (
        "undefined alias",
        "une valeur commence par « * », signe réservé au YAML",
        "mettez le texte entre guillemets droits",
    ),
)


@dataclass
class Document:
    """A YAML file and the lines of its values.

    Attributes:
        data: what the file holds, ``None`` when it cannot be read; its shape is told by a JSON Schema, not by a type.
        lines: line (from 1) of each place; a key's own line for what it introduces.
        faults: what was wrong with the file as a YAML file.
    """

    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """Return the line of ``place``, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def under(self, key: str) -> Document:
        """Return what the file holds under its key ``key``."""
        return Document(self.data[key], {place[1:]: line for place, line in self.lines.items() if place[:1] == (key,)})


def read(path: Path, name: str) -> Document:
    """Read the YAML file ``path``; faults name it ``name``."""
    content, faults = text.read(path, name)
    document = Document() if content is None else parse(content, name)
    document.faults[:0] = faults
    return document


def parse(content: str, name: str) -> Document:
    """Read a YAML text whose lines are those of the file ``name``."""
    document = Document()

    def fault(line: int, message: str, remedy: str) -> None:
        document.faults.append(Fault(name, line, message, remedy))

    tabs = [number for number, line in enumerate(content.split("\n"), 1) if re.match(r" *\t", line) and line.strip()]
    if tabs:
        fault(tabs[0], "tabulation dans le retrait", "remplacez chaque tabulation par des espaces (deux par niveau)")
        content = re.sub(r"^[ \t]+", lambda match: match.group().replace("\t", "  "), content, flags=re.MULTILINE)
    loader = _Loader(content)
    try:
        node = loader.get_single_node()
        for place, line, duplicate in _walk(node):
            if duplicate:
                fault(line, f"la clé « {place[-1]} » est écrite deux fois", "n’en gardez qu’une")
            else:
                document.lines[place] = line
        document.data = loader.construct_document(node) if node else None
    except yaml.YAMLError as error:
        # A tab in the indentation is the cause that was already told.
        if not tabs:
            fault(*_explain(error))
    finally:
        loader.dispose()
    return document


def _walk(
    node: yaml.Node | None, place: Place = (), line: int = 0, around: frozenset[int] = frozenset()
) -> Iterator[tuple[Place, int, bool]]:
    """Yield every place with its line, and whether its key repeats one of the same mapping."""
    if node is None or id(node) in around:  # an alias may point to what holds it
        return
    yield place, line or node.start_mark.line + 1, False
    around |= {id(node)}
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            here = (*place, str(key.value))
            if here in seen:
                yield here, key.start_mark.line + 1, True
                continue
            seen.add(here)
            yield from _walk(value, here, key.start_mark.line + 1, around)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _walk(value, (*place, index), 0, around)


def _explain(error: yaml.YAMLError) -> tuple[int, str, str]:
    said = str(error)
    marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
    if "end of stream" in said:
        marks.reverse()  # what was opened matters, not the end of the file
    line = next((mark.line + 1 for mark in marks if mark), 1)
    for sign, meaning, remedy in _SYNTAX:
        if sign in said:
            return line, f"YAML illisible : {meaning}", remedy
    remedy = "vérifiez le retrait, les guillemets et les deux-points autour de cette ligne"
    return line, "YAML illisible à cet endroit", remedy
