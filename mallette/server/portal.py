"""The portal: what a phone sees first, and what the trainer projects."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import segno

from mallette import templates
from mallette.french import duration
from mallette.grading import form
from mallette.paths import Project
from mallette.server.workshops import Workshop


def _card(workshop: Workshop) -> dict[str, str]:
    """Return what the portal shows of a unit; of one that cannot open, neither page nor summary."""
    unit = workshop.unit
    deck = unit.project.decks / unit.slug / "index.html"
    card = {
        "kind": unit.label,
        "title": unit.title,
        "chapter": f"/livre/{unit.page}",
        "deck": f"/diapos/{unit.slug}/" if deck.is_file() else "",
        "minutes": "",
        "workshop": "",
    }
    if not workshop.faults:
        card |= {
            "minutes": duration(unit.minutes),
            "workshop": f"/atelier/{unit.slug}",
            "summary": unit.summary,
        }
    return card


@lru_cache(maxsize=32)  # a page of a séance shows the same one at each change, and it takes longer than all the rest
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
