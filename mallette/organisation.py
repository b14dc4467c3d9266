"""Who publishes the course (``data/organisme.yml``): what a public site must say of itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mallette.handwritten import listing, structure
from mallette.paths import Project

SCHEMA = Path(__file__).with_name("organisation.schema.json")
ITEMS = structure.Items("publication", "publication", "nom")
LABELS = {
    "nom": "Éditeur",
    "adresse": "Adresse",
    "directeur": "Direction de la publication",
    "hebergeur": "Hébergeur",
    "contact": "Contact",
    "signaler": "Signaler une erreur",
}
"""Fields, in the order of the page."""


@dataclass(frozen=True)
class Organisation:
    """What is known of the organisation: values by the names of :data:`LABELS`."""

    known: dict[str, str]

    def missing(self) -> list[str]:
        """Return the fields that the law asks for and that are empty; one of two addresses is enough."""
        return [name for name in LABELS if not self.value(name)]

    def value(self, name: str) -> str:
        """Return a field, empty when nobody filled it in; errors go to the contact when nothing else is said."""
        return self.known.get(name, "") or (self.known.get("contact", "") if name == "signaler" else "")


def load(course: Project) -> Organisation:
    """Return who publishes; nothing is known when the course has no such file.

    Raises:
        ContentError: with every fault of the file.
    """
    if not course.organisation.is_file():
        return Organisation({})
    data = listing.read(course.organisation, course.root, SCHEMA, ITEMS).data
    return Organisation({**data.get("publication", {}), **({"nom": data["nom"]} if "nom" in data else {})})
