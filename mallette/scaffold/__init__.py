"""``mallette nouveau``: a unit or an assignment to write, with all its files; what waits for words is marked.

What is made passes ``mallette verifier`` but for its marks (:data:`~mallette.handwritten.plain.TO_FILL`).
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from mallette import files, templates, units
from mallette.faults import ContentError, Fault, relative
from mallette.french import slug, typeset
from mallette.grading import assignment
from mallette.handwritten.plain import TO_FILL
from mallette.markdown import defuse
from mallette.paths import Project
from mallette.units import KINDS, Unit

LONGEST_NAME = 50
_TEXT = templates.HTML.overlay(autoescape=False)
_AT_THE_END = "\n  - caption: {caption}\n    chapters:\n"
CAPTIONS = {"seminaire": "Séminaires", "module": "Modules"}
"""The part of the table of contents for the first unit of a kind."""


def unit(course: Project, kind: str, title: str) -> list[Path]:
    """Write the files of a new unit and its lines of the table of contents; return the files, that one last.

    Args:
        kind: ``"seminaire"`` or ``"module"``.
        title: as a person types it.

    Raises:
        ContentError: the title makes no name, files are there already, or the table of contents has defects.
        OSError: a file cannot be written; none is then.
    """
    parent = course.seminars if kind == "seminaire" else course.modules
    known = [item for item in units.units(course) if item.kind == kind]
    number = 1 + max((item.number or 0 for item in known), default=0)
    made = Unit(parent / f"{number}-{_name(title)}", kind, course)
    values = {
        "title": defuse(typeset(title)),
        "slug": made.slug,
        "label": made.label,
        "chapter": made.chapter.name,
        "kind": KINDS[kind].casefold(),
        "help": "../../annexes/ressources.md" if kind == "seminaire" else "../../book/annexes/ressources.md",
        "mark": TO_FILL,
    }
    texts = {
        made.chapter: "chapitre",
        made.quiz: "quiz",
        made.trainer: "formateur",
        made.workshop: "atelier",
        made.deck: "diapositives",
    }
    contents = {path: _filled(name, values) for path, name in texts.items()}
    _none_there(course, contents)
    contents[course.toc] = _contents_with(course, made, known).encode()
    files.write(contents)
    return [*contents]


def devoir(course: Project, title: str, slug: str) -> list[Path]:
    """Write the description of a new assignment of a unit; return the file.

    Raises:
        ContentError: the title makes no name, the file is there already, no such unit, or one without an objective.
        OSError: it cannot be written.
    """
    path = assignment.path(_name(title), course)
    try:
        objectives = units.unit(slug, course).objectives
    except LookupError as error:
        raise _refused(slug, str(error), "donnez à « --unite » le nom d’un de ces dossiers") from error
    shown = json.dumps(typeset(" ".join(title.split())), ensure_ascii=False)
    values = {"title": shown, "slug": slug, "objectives": objectives, "mark": TO_FILL}
    contents = {path: _filled("devoir", values)}
    _none_there(course, contents)
    files.write(contents)
    return [path]


def _name(title: str) -> str:
    """Return a name of file or folder made from a title.

    Raises:
        ContentError: no letter of it can be one.
    """
    name = slug(title, LONGEST_NAME)
    if not name:
        raise _refused(
            title, "ce titre ne donne aucun nom de dossier", "écrivez-y au moins un mot de moins de 50 lettres"
        )
    return name


def _filled(name: str, values: dict[str, object]) -> bytes:
    return _TEXT.get_template(f"scaffold/templates/{name}.j2").render(values).encode()


def _none_there(course: Project, contents: dict[Path, bytes]) -> None:
    there = [relative(path, course.root) for path in contents if path.exists()]
    if there:
        raise ContentError(
            [Fault(place, 0, "il existe déjà, et n’est pas écrasé", "changez le titre") for place in there]
        )


def _refused(place: str, message: str, remedy: str) -> ContentError:
    return ContentError([Fault(place, 0, message, remedy)])


def _contents_with(course: Project, made: Unit, known: list[Unit]) -> str:
    """Return the table of contents with the pages of a unit after those of the last of its kind, comments kept."""
    lines = course.toc.read_text(encoding="utf-8").splitlines()
    pages = [relative(path, course.root).removesuffix(".md") for path in (made.chapter, made.workshop, made.trainer)]
    after = _last_line(lines, [relative(item.folder, course.root) for item in known])
    if after is None:
        indent = "      "
        lines += _AT_THE_END.format(caption=CAPTIONS[made.kind]).strip("\n").splitlines()
        after = len(lines)
    else:
        chapter = relative(known[-1].chapter, course.root).removesuffix(".md")
        first = next(line for line in lines if re.search(rf"file: *{re.escape(chapter)}(?:\.md)?\s*$", line))
        indent = first[: first.index("-")]
    block = [
        f"{indent}- file: {pages[0]}",
        f"{indent}  sections:",
        *(f"{indent}    - file: {page}" for page in pages[1:]),
    ]
    return "\n".join([*lines[:after], *block, *lines[after:]]) + "\n"


def _last_line(lines: list[str], folders: list[str]) -> int | None:
    """Return the number of the last line that names a page of one of ``folders``; ``None`` when there is none."""
    named = [rank for rank, line in enumerate(lines, 1) if any(f"{folder}/" in line for folder in folders)]
    return named[-1] if named else None
