"""What a publication makes: told in one table by ``mallette publier``, and on a page that goes with the files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from markupsafe import Markup

from mallette import files, templates
from mallette.faults import relative
from mallette.french import number
from mallette.paths import PACKAGE, Project
from mallette.terminal import table

HEADS = ("Fichier", "Pour", "Contient", "Octets")
_STYLE = PACKAGE / "grading" / "static" / "sheet.css"


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
    return table(HEADS, [item.row for item in made])


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
    shown = templates.render("publication/templates/index.html.j2", heads=HEADS, rows=rows, style=_style())
    text = json.dumps([asdict(item) for item in there], ensure_ascii=False, indent=1)
    files.write({kept: text.encode(), page: shown.encode()})
    return page


def _linked(name: str) -> str:
    """Return a link to a file; several files, whose name holds a place to fill in, have none."""
    return name if "<" in name else Markup('<a href="{}">{}</a>').format(name, name)


def _style() -> Markup:
    return Markup(_STYLE.read_text(encoding="utf-8"))
