"""The restitution of a séance: what a room said, like the anonymous minutes of a seminar. HTML, Markdown and CSV.

Nothing here is about one person: results come from :mod:`mallette.seance.results`, texts are those that the trainer
released.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup

from mallette import design, spreadsheet, templates
from mallette.disclosure import enough
from mallette.french import day
from mallette.paths import PACKAGE
from mallette.seance.displays import Comparison, Result
from mallette.seance.model import OPEN, REVEALED
from mallette.seance.questions import POSITIONNEMENT, QUIZ, SATISFACTION
from mallette.seance.results import comparison

if TYPE_CHECKING:
    from mallette.seance.model import Round, Seance
    from mallette.seance.seances import Seances

STYLE = PACKAGE / "seance" / "static" / "resultats.css"
"""Style of results: linked by live pages, inlined in the restitution."""
_PAGE_STYLE = STYLE.with_name("restitution.css")

CSV_COLUMNS = (
    "question",
    "énoncé",
    "tour",
    "réponses reçues",
    "réponse",
    "personnes",
    "part (%)",
    "en mots",
    "juste",
    "panel (réponses)",
    "remarque",
)
TITLES = {
    POSITIONNEMENT: "Où chacun se situe",
    QUIZ: "Questions de l’atelier",
    SATISFACTION: "Ce que la salle a pensé de la formation",
}
PURPOSE = (
    "Ce document rend compte de ce que la salle a répondu, comme le compte rendu anonyme d’un séminaire. Il ne "
    "contient que des résultats de groupe et, s’il y en a, les textes montrés à la salle. Aucun nom et, hors de "
    "ces textes, aucune réponse d’une personne."
)
FEW_PEOPLE = "Moins de 5 personnes ont rejoint la séance : leur nombre n’est pas donné."
PROTECTION = (
    "Rien n’est montré en dessous de 5 réponses.",
    "Un résultat est publié quand la question est fermée, jamais réponse après réponse.",
    "Pour une opinion ou un jugement, d’une salle unanime ou presque on dit « presque tout le monde », sans nombre.",
    "Quand quelques personnes n’ont répondu qu’à l’un des deux tours d’une question et que les deux se ressemblent, le "
    "second est donné par fourchettes, ou pas du tout : une soustraction dirait leurs réponses.",
    "Les parts sont arrondies à l’unité : leur somme peut faire 99 ou 101.",
    "Un texte libre n’est repris que si la personne qui animait l’a montré à la salle.",
)
_WORDS = {"purpose": PURPOSE, "few_people": FEW_PEOPLE, "protection": PROTECTION}


@dataclass(frozen=True)
class Entry:
    """One question of the séance.

    Attributes:
        group: ``positionnement``, ``quiz`` or ``satisfaction``.
        results: one or two rounds, in the order they were asked.
        comparison: of the two rounds, when there are two.
        texts: free texts that the trainer released.
    """

    group: str
    results: tuple[Result, ...]
    comparison: Comparison | None = None
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """All that a restitution says.

    Attributes:
        title: title of the unit.
        day: of the séance.
        participants: people who joined; ``None`` below the minimum.
        entries: questions that were asked, in the order of the séance's plan.
    """

    title: str
    day: date
    participants: int | None
    entries: tuple[Entry, ...]

    @property
    def sections(self) -> list[tuple[str, list[Entry]]]:
        """Title and questions of each part that has some."""
        parts = [(title, [entry for entry in self.entries if entry.group == group]) for group, title in TITLES.items()]
        return [(title, entries) for title, entries in parts if entries]

    @property
    def date(self) -> str:
        return day(self.day)


def gather(seances: Seances, code: str) -> Report:
    """Read a séance.

    Only closed rounds are read; right answers are told when they were revealed, or when the séance is finished.

    Raises:
        SeanceError: the séance is unknown or its store cannot be read.
    """
    seance = seances.get(code)
    rounds = [item for item in seance.rounds if item.state != OPEN]
    entries = []
    for asked in seances.questions(code):
        mine = [item for item in rounds if item.question == asked.question.id]
        if not mine:
            continue
        told = [_told(seance, item) for item in mine]
        results = tuple(seances.result(seance, item, expected) for item, expected in zip(mine, told, strict=True))
        pair = None
        if len(mine) == 2:
            in_order = sorted(mine, key=lambda item: item.tour)
            pair = comparison(asked.question, *(seances.result(seance, item, any(told)) for item in in_order))
        texts = [
            text.text
            for item in mine
            if asked.question.written
            for text in seances.texts(code, item.question, item.tour)
            if text.released
        ]
        entries.append(Entry(asked.group, results, pair, tuple(texts)))
    participants = seance.participants if enough(seance.participants) else None
    return Report(seance.title, seance.opened, participants, tuple(entries))


def html(report: Report) -> str:
    """Return the restitution as one HTML file: style inside, no script, no request, ready to print on A4."""
    return templates.render(
        "seance/templates/restitution.html.j2", report=report, style=Markup(_style()), csp=style_hash(), **_WORDS
    )


def style_hash() -> str:
    """Return the CSP source (``'sha256-…'``) that allows the style inside :func:`html`, for the handler's header."""
    digest = hashlib.sha256(_style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def markdown(report: Report) -> str:
    """Return the restitution as Markdown; markup in what people wrote is shown as typed."""
    template = templates.MARKDOWN.get_template("seance/templates/restitution.md.j2")
    return template.render(report=report, **_WORDS)


def csv(report: Report) -> str:
    """Return the group results as CSV for a French spreadsheet, to be encoded as UTF-8."""
    return spreadsheet.text(CSV_COLUMNS, _rows(report))


def _told(seance: Seance, item: Round) -> bool:
    return seance.finished or item.state == REVEALED


def _rows(report: Report) -> Iterator[list[object]]:
    for entry in report.entries:
        for found in entry.results:
            head = [found.question, found.prompt, found.tour, found.count]
            if found.withheld or not found.bars:
                yield [*head, None, None, None, None, None, None, found.withheld or " ".join(found.summary)]
                continue
            for bar in found.bars:
                right = {True: "oui", False: "non", None: None}[bar.right]
                panel = f"panel : {found.panel_origin}" if found.panel_origin else ""
                remark = " ".join(filter(None, (bar.mark, panel, *found.protection)))
                yield [*head, bar.label, bar.count, bar.share, bar.shown, right, bar.panel, remark]


def _style() -> str:
    return design.embedded_css() + "".join(path.read_text("utf-8") for path in (STYLE, _PAGE_STYLE))
