"""What a publication makes: told in one table by ``mallette publier``, and on a page that goes with the files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from markupsafe import Markup

from mallette import files, terminal
from mallette.faults import relative
from mallette.french import number
from mallette.grading.documents.sheet import Note, Paragraph, Sheet, html, table
from mallette.paths import Project

_ABOUT = (
    Paragraph(
        "Ce dossier se copie où vous voulez. Chaque commande « mallette publier » récrit les fichiers qu’elle nomme "
        "et met cette page à jour."
    ),
    Note(
        "Les fichiers pour une plate-forme contiennent les réponses : ils se donnent à qui la gère, et à personne "
        "d’autre."
    ),
)
HEADS = ("Fichier", "Pour", "Contient", "Octets")


@dataclass(frozen=True)
class Made:
    """A line of that table.

    Attributes:
        name: file or files, from the root of the course.
        use: what they are for.
        holds: what they hold: « 22 questions ».
        size: in bytes.
    """

    name: str
    use: str
    holds: str
    size: int

    @property
    def row(self) -> tuple[str, ...]:
        return self.name, self.use, self.holds, number(self.size)


def closing(made: Iterable[Made]) -> str:
    """Return the table."""
    return terminal.table(HEADS, [item.row for item in made])


def index(course: Project, made: Iterable[Made]) -> Path:
    """Write the page that says what each file of the folder is for, those made before too; return it.

    Raises:
        OSError: it cannot be written.
    """
    folder = course.publication
    kept, page = folder / "fichiers.json", folder / "index.html"
    try:
        before = [Made(**item) for item in json.loads(kept.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        before = []
    known = {item.name: item for item in [*before, *made]}
    there = [item for name, item in sorted(known.items()) if "<" in name or (course.root / name).is_file()]
    prefix = f"{relative(folder, course.root)}/"
    rows = [(_linked(item.name.removeprefix(prefix)), *item.row[1:]) for item in there]
    shown = html(Sheet("Fichiers à diffuser", "", (*_ABOUT, table("Ce que contient ce dossier", HEADS, rows))))
    text = json.dumps([asdict(item) for item in there], ensure_ascii=False, indent=1)
    files.write({kept: text.encode(), page: shown.encode()})
    return page


def _linked(name: str) -> str:
    """Return a link to a file; several files, whose name holds a place to fill in, have none."""
    return name if "<" in name else Markup('<a href="{}">{}</a>').format(name, name)
