"""The files that stay after a séance: written whole or not at all, found again by the séance's code."""

from __future__ import annotations

import os
from pathlib import Path

from mallette.paths import Project
from mallette.seance import report
from mallette.seance.seances import Seance

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
        "restitution.html": report.html(content), "restitution.md": report.markdown(content),
        "resultats.csv": report.csv(content),
    }
    drafts = {name: target / f".{name}.part" for name in texts}
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            with drafts[name].open("wb") as file:
                file.write(text.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
        for name, draft in drafts.items():
            os.replace(draft, target / name)
    except OSError as error:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        raise NotWritten(
            f"La restitution n’a pas pu être écrite dans « {target} » ({error.strerror or error}). Rien n’est effacé. "
            "Faites de la place sur le disque ou rendez ce dossier accessible, puis recommencez."
        ) from error
    return target
