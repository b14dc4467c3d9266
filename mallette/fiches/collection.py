"""Read the fiches-actions: what they say, what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mallette import references
from mallette.faults import ContentError, Fault, relative
from mallette.fiches.rules import broken_rules
from mallette.handwritten import listing, structure
from mallette.paths import Project

SCHEMA = Path(__file__).with_name("schema.json")
ITEMS = structure.Items("fiches", "fiche", "slug")
LINES = ("contexte", "objectifs", "etapes", "questions", "moyens", "conditions", "resultats", "limites", "vigilance")
"""Fields that hold lines, each with the passage it was read in."""


@dataclass(frozen=True)
class Line:
    """One line of a fiche; ``passage`` says where it was read when it was not in the fiche itself."""

    text: str
    passage: str = ""


@dataclass(frozen=True)
class Logic:
    """Why an action is led.

    Attributes:
        id, title: as in ``logiques``.
        by_report: whether the source itself ties the fiche to it, rather than the kit.
        reason: what justifies the tie.
    """

    id: str
    title: str
    by_report: bool
    reason: str


@dataclass(frozen=True)
class Partner:
    """Who takes part, and how."""

    id: str
    name: str
    role: str


@dataclass(frozen=True)
class Publication:
    """What an action published; ``key`` is a citation key."""

    text: str
    key: str


@dataclass(frozen=True)
class Fiche:
    """One action.

    Attributes:
        slug: name of its page.
        passage: where the source tells it.
        warning: content note, possibly empty.
        audiences: label of each public, by id.
        lines: by name of field (:data:`LINES`), in the order of the file; empty when the source is silent.
        unknown: what the source does not say.
        training: questions of the kit for a group.
        modules, seminars: numbers of the units to read with it, written or to come.
    """

    number: int
    slug: str
    title: str
    summary: str
    passage: str
    warning: str
    logics: tuple[Logic, ...]
    audiences: Mapping[str, str]
    audience_text: str
    actors: str
    partners: tuple[Partner, ...]
    period: str
    place: str
    lines: Mapping[str, tuple[Line, ...]]
    unknown: tuple[str, ...]
    publications: tuple[Publication, ...]
    training: tuple[str, ...]
    modules: tuple[int, ...]
    seminars: tuple[int, ...]


@dataclass(frozen=True)
class Collection:
    """All the fiches, and the names that classify them, in the order of the file.

    Attributes:
        source: citation key.
        logics: (title, description) by id.
        audiences, partners: label by id.
    """

    title: str
    source: str
    logics: Mapping[str, tuple[str, str]]
    audiences: Mapping[str, str]
    partners: Mapping[str, str]
    fiches: tuple[Fiche, ...]

    def fiche(self, slug: str) -> Fiche:
        """Return the fiche named ``slug``.

        Raises:
            LookupError: there is none; the message, in French, names the nearest.
        """
        for item in self.fiches:
            if item.slug == slug:
                return item
        known = [item.slug for item in self.fiches]
        raise LookupError(f"aucune fiche-action « {slug} » : {structure.suggestion(slug, known)}")


def load(course: Project) -> Collection:
    """Return the fiches-actions.

    Raises:
        ContentError: the file is missing or has defects; the error holds them all.
    """
    data = listing.read(
        course.fiches,
        course.root,
        SCHEMA,
        ITEMS,
        lambda found: broken_rules(found, _known(course)),
    ).data
    return Collection(
        data["titre"],
        data["source"],
        {name: (item["titre"], item["description"]) for name, item in data["logiques"].items()},
        data["publics"],
        data["partenaires"],
        tuple(_fiche(item, data) for item in data["fiches"]),
    )


def check(course: Project) -> list[Fault]:
    """Return the faults of the fiches-actions; none when the course has no such file and no such page."""
    pages = {path.stem: path for path in course.fiche_pages.glob("*.md")}
    if not course.fiches.is_file() and not pages:
        return []
    slugs = [fiche.slug for fiche in load(course).fiches]
    if not pages:
        return []
    folder = relative(course.fiche_pages, course.root)
    faults = [
        Fault(
            relative(path, course.root),
            0,
            "aucune fiche-action ne porte le nom de cette page",
            "renommez la page comme le « slug » de la fiche, ou supprimez-la",
        )
        for name, path in pages.items()
        if name not in slugs
    ]
    faults += [
        Fault(f"{folder}/{slug}.md", 0, "cette fiche-action n’a pas de page", "copiez la page d’une autre fiche")
        for slug in slugs
        if slug not in pages
    ]
    return faults


def _known(course: Project) -> frozenset[str] | None:
    """Return the citation keys; ``None`` when they cannot be read, which the check of the references tells."""
    try:
        return references.keys(course)
    except ContentError:
        return None


def _fiche(item: dict, data: dict) -> Fiche:
    def line(raw: str | dict) -> Line:
        return Line(raw) if isinstance(raw, str) else Line(raw["texte"], data["passages"][raw["de"]])

    return Fiche(
        number=item["numero"],
        slug=item["slug"],
        title=item["titre"],
        summary=item["resume"],
        passage=item["passage"],
        warning=item.get("avertissement", ""),
        logics=tuple(
            Logic(tie["id"], data["logiques"][tie["id"]]["titre"], tie["origine"] == "rapport", tie["raison"])
            for tie in item["logiques"]
        ),
        audiences={name: data["publics"][name] for name in item["publics"]},
        audience_text=item["pour_qui"],
        actors=item["acteurs"],
        partners=tuple(Partner(one["id"], data["partenaires"][one["id"]], one["role"]) for one in item["partenaires"]),
        period=item["periode"],
        place=item["lieu"],
        lines={field: tuple(line(raw) for raw in item[field]) for field in LINES},
        unknown=tuple(item["inconnu"]),
        publications=tuple(Publication(one["texte"], one["cle"]) for one in item.get("productions", [])),
        training=tuple(item["en_formation"]),
        modules=tuple(item["modules"]),
        seminars=tuple(item["seminaires"]),
    )
