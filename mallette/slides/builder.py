"""Build the decks with Sphinx, sphinx-revealjs and MyST-NB; report what is wrong by file, in French."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from mallette import stamps
from mallette.faults import ContentError, Fault, relative
from mallette.figures import style
from mallette.handwritten import page
from mallette.paths import PACKAGE, ROOT_VARIABLE, Project, project
from mallette.slides import cells

CONFIGURATION = PACKAGE / "slides"
_PATTERN = "[0-9]*-*.md"
_WARNING = re.compile(r"^(?P<file>.+?\.md)(?::(?P<line>\d+))?: (?:WARNING|ERROR|CRITICAL|SEVERE): (?P<text>.*)$")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_REVEAL = Path("_static/revealjs")
_KEPT = ("dist/reveal.css", "dist/reveal.js", "plugin/notes/notes.js", "LICENSE")
"""What a deck needs of reveal.js: 0.2 MB of the 5.4 MB that sphinx-revealjs ships."""

_SPEAKER_VIEW = {
    "Loading speaker view...": "Chargement de la vue de l’orateur…",
    ">Upcoming<": ">Ensuite<",
    ">Time <": ">Durée <",
    ">Click to Reset<": ">Remettre à zéro<",
    ">Notes<": ">Notes<",
}
"""The speaker's window of reveal.js speaks English only."""


def build(course: Project | None = None) -> list[Path]:
    """Build the decks that changed and return the first page of every deck, in the order of their names.

    A deck is read again when it, ``data/`` or this package changed.

    Raises:
        ContentError: a deck could not be read or one of its cells failed; one fault a defect, with file and line. The
            other decks are built.
    """
    course = course or project()
    decks = sorted(course.slides.glob(_PATTERN), key=lambda path: (int(re.match(r"\d+", path.stem)[0]), path.stem))
    if not decks:
        return []
    with stamps.of_decks(course).renewed():
        faults = [fault for deck in decks for fault in _shape_faults(deck, course)]
        refused = {Path(fault.file).name for fault in faults}
        if sound := [deck for deck in decks if deck.name not in refused]:
            faults += _build(sound, refused, course)
            _finish_static(course.decks)
            _remove_orphans(course, {deck.stem for deck in decks})
        if faults:
            raise ContentError(faults)
    return [course.decks / deck.stem / "index.html" for deck in decks]


def _build(decks: list[Path], refused: set[str], course: Project) -> list[Fault]:
    """Build ``decks``, without the files ``refused``, and return what was wrong."""
    log, warnings = io.StringIO(), io.StringIO()
    cells.faults.clear()
    with _environment(course), patch_docutils(), docutils_namespace():
        try:
            app = Sphinx(
                str(course.slides),
                str(CONFIGURATION),
                str(course.decks),
                str(course.build / "diapos-memoire"),
                "dirrevealjs",
                status=log,
                warning=warnings,
                confoverrides={"root_doc": decks[0].stem, "exclude_patterns": sorted(refused)},
            )
            app.build()
        except SphinxError as error:
            raise ContentError([Fault("slides", 0, f"construction impossible ({error})")]) from error
    faults = [*cells.faults, *_faults(warnings.getvalue(), course)]
    if faults:
        _forget(course)
    return faults


def _shape_faults(deck: Path, course: Project) -> list[Fault]:
    """Return what keeps a deck from being read, or would make it one without a title or without slides."""
    place = relative(deck, course.root)
    read = page.read(deck, course.root)
    if read.faults:
        return list(read.faults)
    lines, found = read.text.split("\n"), []
    titles = [number for number, line in _headings(lines) if line.startswith("# ")]
    if len(titles) != 1:
        found.append(
            Fault(
                place,
                titles[1] if titles else 0,
                f"{len(titles)} titres de niveau 1",
                "un seul « # Titre », en tête du fichier",
            )
        )
    if not any(line.startswith("## ") for _, line in _headings(lines)):
        found.append(Fault(place, 0, "aucune diapositive", "commencez chaque diapositive par « ## Titre »"))
    return found


def _headings(lines: list[str]) -> Iterator[tuple[int, str]]:
    fence = ""
    for number, line in enumerate(lines, 1):
        mark = re.match(r"`{3,}|~{3,}|:{3,}", line)
        if mark and not fence:
            fence = mark.group()
        elif fence and line.rstrip() == fence:
            fence = ""
        elif not fence and line.startswith("#"):
            yield number, line


@contextmanager
def _environment(course: Project) -> Iterator[None]:
    """Tell the cells which course they read and that figures go on slides."""
    wanted = {ROOT_VARIABLE: str(course.root), style.LAYOUT_VARIABLE: style.SLIDE.name}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _faults(warnings: str, course: Project) -> list[Fault]:
    """Turn Sphinx's warnings into faults; a warning on several lines is one fault."""
    found: list[Fault] = []
    details: dict[int, list[str]] = {}
    for raw in warnings.splitlines():
        line = _ANSI.sub("", raw)
        match = _WARNING.match(line)
        if match:
            file = Path(match["file"])
            place = relative(file if file.is_absolute() else course.root / file, course.root)
            found.append(Fault(place, int(match["line"] or 0), match["text"]))
        elif re.match(r"(WARNING|ERROR|CRITICAL): ", line):
            found.append(Fault("slides", 0, line.split(": ", 1)[1]))
        elif found and line.strip():
            details.setdefault(len(found) - 1, []).append(line.strip())
    return [replace(fault, remedy=" ".join(details.get(rank, []))) for rank, fault in enumerate(found)]


def _forget(course: Project) -> None:
    """Make the next build read faulty decks again, although their files have not changed since."""
    memory = course.build / "diapos-memoire" / "environment.pickle"
    memory.unlink(missing_ok=True)


def _finish_static(folder: Path) -> None:
    """Keep what decks need of reveal.js and translate the speaker's window."""
    reveal = folder / _REVEAL
    kept = {reveal / name for name in _KEPT}
    for path in sorted(reveal.rglob("*"), reverse=True):
        if path.is_file() and path not in kept:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    notes = reveal / "plugin/notes/notes.js"
    text = notes.read_text(encoding="utf-8")
    for english, french in _SPEAKER_VIEW.items():
        text = text.replace(english, french)
    notes.write_text(text, encoding="utf-8")


def _remove_orphans(course: Project, stems: set[str]) -> None:
    """Delete built decks whose source is gone."""
    for built in course.decks.glob("*/index.html"):
        if built.parent.name not in stems:
            shutil.rmtree(built.parent)
