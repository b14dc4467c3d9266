"""The restitution of a séance: what a room said, like the anonymous minutes of a seminar. HTML, Markdown and CSV.

Nothing here is about one person: results come from :mod:`mallette.seance.results`, texts are those the trainer released.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mallette.paths import PACKAGE
from mallette.seance.results import Comparison, Crossing, Result

TEMPLATES = PACKAGE / "seance" / "templates"
"""Folder of ``resultat.html.j2`` (macros ``resultat``, ``comparaison``, ``croisement``, ``textes``)."""
STYLE = PACKAGE / "seance" / "static" / "resultats.css"
"""Style of results: linked by live pages, inlined in the restitution."""


@dataclass(frozen=True)
class Entry:
    """One question of the séance.

    Attributes:
        group: ``positionnement`` or ``quiz``.
        results: one or two rounds, in order.
        comparison: of the two rounds, when there are two.
        texts: free texts that the trainer released.
        unread: free texts that stay unpublished.
    """

    group: str
    results: tuple[Result, ...]
    comparison: Comparison | None = None
    texts: tuple[str, ...] = ()
    unread: int = 0


@dataclass(frozen=True)
class Report:
    """All that a restitution says.

    Attributes:
        title: title of the unit.
        label: ``Séminaire 1``.
        day: of the séance.
        participants: people who joined; ``None`` below the minimum.
        entries: in the order of the unit.
        crossings: tables of two questions.
    """

    title: str
    label: str
    day: date
    participants: int | None
    entries: tuple[Entry, ...]
    crossings: Sequence[Crossing] = ()


def gather(seances: object, code: str) -> Report:
    """Read a séance. ``seances`` is a :class:`mallette.seance.seances.Seances`.

    Only closed rounds are read; right answers are told when they were revealed, or when the séance is finished.

    Raises:
        SeanceError: the séance is unknown or its store cannot be read.
    """
    raise NotImplementedError


def html(report: Report) -> str:
    """Return the restitution as one HTML file: style inside, no script, no request, ready to print on A4."""
    raise NotImplementedError


def style_hash() -> str:
    """Return the CSP source (``'sha256-…'``) that allows the style inside :func:`html`, for the handler's header."""
    raise NotImplementedError


def markdown(report: Report) -> str:
    """Return the restitution as Markdown; markup in what people wrote is shown as typed."""
    raise NotImplementedError


def csv(report: Report) -> str:
    """Return the group results as CSV for a French spreadsheet: semicolons, decimal commas, a byte order mark first.

    Encode it as UTF-8. Cells that a spreadsheet would compute are preceded by an apostrophe.
    """
    raise NotImplementedError
