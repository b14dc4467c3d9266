"""The files that stay after a séance: written whole or not at all, found again by the séance's code; and the page that
the trainer sees once it is finished, then erased: what stays, and what the room may become."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path

from mallette import files, panels
from mallette.handwritten import document
from mallette.paths import Project
from mallette.questions import Question
from mallette.seance import panel, report
from mallette.seance.errors import NotAllowed
from mallette.seance.model import Seance
from mallette.seance.seances import Seances
from mallette.server.seance.control import kept
from mallette.server.seance.screen import View, result, spaced, steps_of

FILES = {
    "restitution.html": ("text/html", "Restitution à lire ou à imprimer (HTML)"),
    "restitution.md": ("text/markdown", "Restitution à reprendre dans un compte rendu (Markdown)"),
    "resultats.csv": ("text/csv", "Résultats de groupe pour un tableur (CSV)"),
}
"""Name, media type and French label of each file."""


class NotWritten(Exception):
    """The files could not be written; the message says why and what to do, in French."""


def folder(course: Project, seance: Seance) -> Path:
    """Return where the restitution of a séance goes: day, unit and code tell two of the same unit apart."""
    return course.restitutions / f"{seance.opened.isoformat()}-{seance.unit}-{seance.code}"


def find(course: Project, code: str) -> Path | None:
    """Return the folder of a restitution that is complete, by the code of its séance, erased or not."""
    if not code.isalnum():
        return None
    found = [path for path in course.restitutions.glob(f"*-{code}") if all((path / name).is_file() for name in FILES)]
    return found[0] if found else None


def write(course: Project, seance: Seance, content: report.Report) -> Path:
    """Write the restitution and return its folder. On the disk when it returns; a failure leaves the former files.

    Raises:
        NotWritten: disk full, folder that cannot be written.
    """
    target = folder(course, seance)
    texts = {
        "restitution.html": report.html(content),
        "restitution.md": report.markdown(content),
        "resultats.csv": report.csv(content),
    }
    try:
        files.write({target / name: text.encode("utf-8") for name, text in texts.items()})
    except OSError as error:
        raise NotWritten(
            f"La restitution n’a pas pu être écrite dans « {target} » ({files.reason(error)}). Rien n’est effacé. "
            "Faites de la place sur le disque ou rendez ce dossier accessible, puis recommencez."
        ) from error
    return target


def panel_file(course: Project, seance: Seance, question: Question, counts: Sequence[int]) -> Path:
    """Return where the answers of a room to a judgement go, or are: another room of the same day has another file."""
    for number in count(1):
        stem = f"{seance.opened.isoformat()}-{seance.unit}-{question.id}"
        path = course.panels / (f"{stem}.yml" if number == 1 else f"{stem}-{number}.yml")
        if not path.exists():
            return path
        held = document.read(path, path.name).data
        if isinstance(held, dict) and (held.get("question"), held.get("reponses")) == (question.id, list(counts)):
            return path


def panel_files(course: Project, written: Path) -> list[Path]:
    """Return the panels of the day and unit of a restitution, given its folder."""
    return sorted(course.panels.glob(f"{written.name.rpartition('-')[0]}-*.yml"))


def write_panel(course: Project, seance: Seance, question: Question, counts: Sequence[int], origin: str) -> Path:
    """Write what ``mallette panel`` reads, and return the file.

    Raises:
        NotWritten: disk full, folder that cannot be written.
    """
    path = panel_file(course, seance, question, counts)
    name = path.relative_to(course.root).as_posix()
    content = panels.text(name, seance.unit, question, list(counts), origin, seance.opened)
    try:
        files.write({path: content.encode("utf-8")})
    except OSError as error:
        raise NotWritten(
            f"Le panel n’a pas pu être écrit dans « {course.panels} » ({files.reason(error)}). "
            "Faites de la place sur le disque ou rendez ce dossier accessible, puis recommencez avant d’effacer."
        ) from error
    return path


# --- the page about them ----------------------------------------------------------------------------------------------


def ending(course: Project, code: str, folder: Path | None, seances: Seances, seance: Seance | None) -> View:
    """Return the page of a finished séance; ``seance`` is ``None`` once erased, ``folder`` while nothing is written."""
    names = FILES if folder else {}
    written = panel_files(course, folder) if folder else []
    return {
        "code": spaced(code),
        "stage": f"fin {seance is None} {folder is None}",
        "erased": seance is None,
        "folder": str(folder or ""),
        "files": [
            {"name": name, "saved": f"{folder.name}-{name}", "label": label} for name, (_, label) in names.items()
        ],
        "kept": kept(seance) if seance else "",
        "panels": _panels(course, seances, seance) if seance else [],
        "panel_files": [path.relative_to(course.root).as_posix() for path in written],
    }


def _panels(course: Project, seances: Seances, seance: Seance) -> list[View]:
    """Return the judgements that the room answered before any exchange: why it may not be their panel, or the file
    where its answers are, empty while they are not written."""
    found = []
    for step in steps_of(seances.questions(seance.code), seance).values():
        if not step.question.takes_panel or step.tour != 1 or not step.closed:
            continue
        refusal, file = "", ""
        try:
            path = panel_file(course, seance, step.question, panel.counts(result(seances, seance, step)))
            file = path.relative_to(course.root).as_posix() if path.is_file() else ""
        except NotAllowed as error:
            refusal = str(error)
        found.append({"step": step, "refusal": refusal, "file": file})
    return found
