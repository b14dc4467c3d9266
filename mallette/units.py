"""Units of the course: a seminar or a module, that is a folder that holds all of it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from mallette import toc
from mallette.faults import ContentError, relative
from mallette.handwritten import page, structure
from mallette.handwritten.document import Document
from mallette.handwritten.structure import Difference
from mallette.paths import Project, project

READING_WORDS_PER_MINUTE = 230
"""Silent reading speed used for reading times, in words per minute.

Source: Brysbaert, "How many words do we read per minute?", Journal of Memory and Language 109, 2019 (238 words per
minute for English non-fiction; rounded down because the audience also reads figures and tables).
"""

KINDS = {"seminaire": "Séminaire", "module": "Module"}
CHAPTER_NAMES = {"seminaire": "chapitre.md", "module": "module.md"}
SCHEMA = Path(__file__).with_name("unit.schema.json")
PLAN_SCHEMA = Path(__file__).with_name("plan.schema.json")
OBJECTIVES = structure.Items("objectifs", "objectif", "id")
STEPS = structure.Items("deroule", "étape", "titre")


@dataclass(frozen=True)
class Objective:
    id: str
    text: str


@dataclass(frozen=True)
class Step:
    """One line of the trainer's plan.

    Attributes:
        minutes: duration in minutes.
        title, aim, instruction, material, expected: French texts, possibly empty but for the title.
        sheets: titles of the printable sheets that it uses, those of the unit and those of all units.
    """

    minutes: int
    title: str
    aim: str = ""
    instruction: str = ""
    material: str = ""
    expected: str = ""
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unit:
    """A seminar or a module.

    Attributes:
        folder: the folder that holds the unit.
        kind: ``"seminaire"`` or ``"module"``.
    """

    folder: Path
    kind: str
    project: Project = field(repr=False)

    @property
    def slug(self) -> str:
        """Folder name, unique over the course: it names the workshop, the deck and the quiz bank."""
        return self.folder.name

    @property
    def number(self) -> int | None:
        """Rank in its kind; ``None`` when the folder's name has none, which the checks tell."""
        number = self.slug.split("-", 1)[0]
        return int(number) if number.isdecimal() else None

    @property
    def label(self) -> str:
        """« Séminaire 1 », « Module 2 »."""
        return f"{KINDS[self.kind]} {self.slug if self.number is None else self.number}"

    @property
    def chapter(self) -> Path:
        return self.folder / CHAPTER_NAMES[self.kind]

    @property
    def quiz(self) -> Path:
        return self.folder / "quiz.yml"

    @property
    def trainer(self) -> Path:
        return self.folder / "formateur.md"

    @property
    def workshop(self) -> Path:
        return self.folder / "atelier.md"

    @property
    def sheets(self) -> Path:
        """The sheets to print; a unit may have none."""
        return self.folder / "fiches.md"

    @property
    def deck(self) -> Path:
        return self.project.slides / f"{self.slug}.md"

    @property
    def page(self) -> str:
        """Address of the chapter inside the built book, relative to its root."""
        return relative(self.chapter, self.project.root).removesuffix(".md") + ".html"

    @property
    def head(self) -> Document:
        """The ``mallette`` block of the chapter's front matter.

        Raises:
            ContentError: with every fault of the chapter's front matter; so do the properties that read it.
        """
        return page.front(self.chapter, self.project.root, SCHEMA, OBJECTIVES, _repeated)

    @property
    def plan(self) -> Document:
        """The ``mallette`` block of the trainer's notes.

        Raises:
            ContentError: with every fault of their front matter.
        """
        return page.front(self.trainer, self.project.root, PLAN_SCHEMA, STEPS)

    @cached_property
    def title(self) -> str:
        return first_heading(self.chapter)

    @property
    def minutes(self) -> int:
        """Duration of the workshop, in minutes."""
        return self.head.data["minutes"]

    @property
    def summary(self) -> str:
        return self.head.data["resume"]

    @property
    def audience(self) -> list[str]:
        return list(self.head.data["public"])

    @property
    def prerequisites(self) -> list[str]:
        return list(self.head.data.get("prerequis") or [])

    @property
    def warning(self) -> str:
        """Content note, empty when the unit needs none."""
        return self.head.data.get("avertissement", "")

    @property
    def help_lines(self) -> list[str]:
        """Ids of the help lines that the unit gives besides those given everywhere (``data/lignes.yml``)."""
        return list(self.head.data.get("lignes") or [])

    @property
    def objectives(self) -> list[Objective]:
        return [Objective(item["id"], item["texte"]) for item in self.head.data["objectifs"]]

    @cached_property
    def reading_minutes(self) -> int:
        """Reading time of the chapter, in minutes, code and directive options left out."""
        return max(1, math.ceil(len(prose(self.chapter).split()) / READING_WORDS_PER_MINUTE))

    @cached_property
    def steps(self) -> list[Step]:
        """The trainer's plan (``deroule`` in the front matter of ``formateur.md``)."""
        return [
            Step(
                minutes=row["minutes"],
                title=row["titre"],
                aim=row.get("but", ""),
                instruction=row.get("consigne", ""),
                material=row.get("materiel", ""),
                expected=row.get("attendu", ""),
                sheets=tuple(row.get("fiches", ())),
            )
            for row in self.plan.data["deroule"]
        ]


def _repeated(meta: dict) -> Iterator[Difference]:
    seen = set()
    for rank, goal in enumerate(meta["objectifs"]):
        if goal["id"] in seen:
            yield Difference(
                ("objectifs", rank, "id"), f"deux objectifs portent l’id « {goal['id']} »", "changez l’un des deux"
            )
        seen.add(goal["id"])


def first_heading(path: Path) -> str:
    """Return the text of the first level-1 heading of a Markdown file, or the file's stem."""
    match = re.search(r"^# +(.+?)\s*$", page.read(path, path.parent).body, re.MULTILINE)
    return match.group(1) if match else path.stem


def sheet_titles(path: Path, course: Project) -> dict[str, int]:
    """Return the title of each sheet to print of a page, with its line: the headings of level 2."""
    lines = page.read(path, course.root).text.split("\n") if path.is_file() else []
    return {line.removeprefix("## ").strip(): number for number, line in enumerate(lines, 1) if line.startswith("## ")}


def prose(path: Path) -> str:
    """Return the text of a Markdown page that a person reads: no front matter, code, option line or markup."""
    text = re.sub(
        r"^(`{3,})\{code-cell\}.*?^\1\s*$", "", page.read(path, path.parent).body, flags=re.DOTALL | re.MULTILINE
    )
    text = re.sub(r"^(`{3,}|:{3,})(\{[^}\n]*\})?.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^:[\w-]+:.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\{[\w:-]+\}`([^`<]*?)(<[^`>]*>)?`", r"\1", text)
    return re.sub(r"[#*_|>`\[\]]+", " ", text)


def units(course: Project | None = None) -> list[Unit]:
    """Return every unit of the course in the order of ``_toc.yml``; those it forgets come last."""
    course = course or project()
    found = []
    for kind, parent in (("seminaire", course.seminars), ("module", course.modules)):
        folders = [chapter.parent for chapter in parent.glob(f"*/{CHAPTER_NAMES[kind]}")]
        found += [Unit(folder, kind, course) for folder in sorted(folders, key=_rank)]
    order = {entry.page: rank for rank, entry in enumerate(_contents(course))}
    return sorted(found, key=lambda item: order.get(item.page.removesuffix(".html"), len(order)))


def parts(course: Project) -> list[tuple[str, list[Unit]]]:
    """Return the units under the caption of their part in ``_toc.yml``, in order; no caption for those outside any."""
    captions = {entry.page: entry.caption for entry in _contents(course)}
    found: dict[str, list[Unit]] = {}
    for item in units(course):
        found.setdefault(captions.get(item.page.removesuffix(".html"), ""), []).append(item)
    return list(found.items())


def unit(slug: str, course: Project | None = None) -> Unit:
    """Return the unit named ``slug``.

    Raises:
        LookupError: no unit has that name; the message lists those that exist.
    """
    known = {item.slug: item for item in units(course)}
    if slug not in known:
        raise LookupError(f"aucune unité « {slug} » ; unités connues : {', '.join(known)}")
    return known[slug]


def _contents(course: Project) -> tuple[toc.Entry, ...]:
    """Return the table of contents; nothing of a faulty one, which the checks tell: the units open all the same."""
    try:
        return toc.entries(course)
    except ContentError:
        return ()


def _rank(folder: Path) -> tuple[int, str]:
    number = folder.name.split("-", 1)[0]
    return (int(number) if number.isdigit() else 10**6, folder.name)
