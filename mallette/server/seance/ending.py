"""What the control page shows once a séance is finished, then erased: what stays, and what the room may become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mallette.paths import Project
from mallette.seance.seances import NotAllowed, Seance, Seances
from mallette.server.seance import readings, restitution
from mallette.server.seance.board import kept
from mallette.server.seance.steps import Step, spaced, steps_of


@dataclass(frozen=True)
class File:
    """A file of the restitution: name, name once downloaded, French label."""

    name: str
    saved: str
    label: str


@dataclass(frozen=True)
class Panel:
    """A question of judgement that the room answered before any exchange.

    Attributes:
        refusal: why the room may not be its panel, in French; empty when it may.
        file: where its answers are, from the course's folder; empty while they are not written.
    """

    step: Step
    refusal: str = ""
    file: str = ""


@dataclass(frozen=True)
class Ending:
    """The control page of a séance that is finished, then erased.

    Attributes:
        erased: whether its answers are gone.
        folder: where the restitution is; empty when it could not be written.
        kept: ``34 réponses gardées``; empty once erased.
        panels: what the room may be the panel of; empty once erased.
        panel_files: panels written that day for that unit, from the course's folder.
    """

    code: str
    stage: str
    erased: bool
    folder: str = ""
    files: Sequence[File] = ()
    kept: str = ""
    panels: Sequence[Panel] = ()
    panel_files: Sequence[str] = ()


def ending(course: Project, code: str, folder: Path | None, seances: Seances, seance: Seance | None) -> Ending:
    """Return the page of a finished séance; ``seance`` is ``None`` once erased, ``folder`` while nothing is written."""
    names = restitution.FILES if folder else {}
    files = [File(name, f"{folder.name}-{name}", label) for name, (_, label) in names.items()]
    written = restitution.panel_files(course, folder) if folder else []
    return Ending(
        code=spaced(code), stage=f"fin {seance is None} {folder is None}", erased=seance is None,
        folder=str(folder or ""), files=files, kept=kept(seance) if seance else "",
        panels=_panels(course, seances, seance) if seance else (),
        panel_files=[path.relative_to(course.root).as_posix() for path in written],
    )


def _panels(course: Project, seances: Seances, seance: Seance) -> list[Panel]:
    found = []
    for step in steps_of(seances.questions(seance.code), seance).values():
        if not step.question.takes_panel or step.tour != 1 or not step.closed:
            continue
        try:
            counts = readings.panel_counts(seances, seance, step)
        except NotAllowed as refusal:
            found.append(Panel(step, refusal=str(refusal)))
            continue
        path = restitution.panel_file(course, seance, step.question, counts)
        found.append(Panel(step, file=path.relative_to(course.root).as_posix() if path.is_file() else ""))
    return found
