"""The portal: what a phone sees first, and what the trainer projects."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import segno

from mallette import templates
from mallette.french import duration
from mallette.grading import form
from mallette.paths import Project
from mallette.server.workshops import Workshop


@dataclass(frozen=True)
class Card:
    kind: str
    title: str
    summary: str
    minutes: str
    workshop: str
    chapter: str
    deck: str


def _card(workshop: Workshop) -> Card:
    unit = workshop.unit
    broken = bool(workshop.faults)
    deck = unit.project.decks / unit.slug / "index.html"
    return Card(
        kind=unit.label,
        title=unit.title,
        summary="" if broken else unit.summary,
        minutes="" if broken else duration(unit.minutes),
        workshop="" if broken else f"/atelier/{unit.slug}",
        chapter=f"/livre/{unit.page}",
        deck=f"/diapos/{unit.slug}/" if deck.is_file() else "",
    )


def qr_code(address: str) -> str:
    """Return the QR code of an address as inline SVG with a French text alternative."""
    code = segno.make(address, error="m", micro=False)
    return code.svg_inline(
        scale=6,
        border=3,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        title=f"Code QR de l’adresse {address}",
        dark="#000",
        light="#fff",
    ).replace("<svg ", '<svg role="img" ', 1)


def render(course: Project, workshops: list[Workshop], address: str, in_room: bool) -> str:
    """Return the portal's HTML.

    Args:
        address: what people type to join, for instance ``http://192.168.1.20:8866/``.
        in_room: whether other devices can reach the server.
    """
    return templates.render(
        "server/templates/portail.html.j2",
        cards=[_card(item) for item in workshops],
        address=address,
        qr=qr_code(address),
        in_room=in_room,
        assignments=bool(form.opened(course)),
        book=Path(course.html, "index.html").is_file(),
    )
