"""Sites that the course does not cite (``data/sites.yml``), not even for a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mallette.handwritten import listing, structure
from mallette.paths import Project

SCHEMA = Path(__file__).with_name("sites.schema.json")
ITEMS = structure.Items("sites", "site", "site")


@dataclass(frozen=True)
class Site:
    """A site that no address of the course leads to.

    Attributes:
        domain: ``exemple.fr``; its subdomains are meant too.
        reason: why, in French.
        instead: what to cite, in French.
    """

    domain: str
    reason: str
    instead: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the domain or a subdomain of it, with or without ``https://`` before, alone or inside an archive's
        address; not a longer domain that ends or begins like it."""
        return re.compile(rf"(?<![\w-])(?:[\w-]+\.)*{re.escape(self.domain)}(?!\.?[\w-])", re.IGNORECASE)


def load(course: Project) -> list[Site]:
    """Return the sites of ``data/sites.yml``; none when the course has no such file.

    Raises:
        ContentError: with every fault of the file.
    """
    if not course.sites.is_file():
        return []
    rows = listing.read(course.sites, course.root, SCHEMA, ITEMS).data["sites"]
    return [Site(row["site"], row["raison"], row["plutot"]) for row in rows]
