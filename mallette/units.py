"""Units of the course: a seminar or a module, that is a folder that holds all of it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml

from mallette.faults import ContentError, Fault, relative
from mallette.paths import Project, project

READING_WORDS_PER_MINUTE = 230
"""Silent reading speed used for reading times, in words per minute.

Source: Brysbaert, "How many words do we read per minute?", Journal of Memory and Language 109, 2019 (238 words per
minute for English non-fiction; rounded down because the audience also reads figures and tables).
"""

KINDS = {"seminaire": "Séminaire", "module": "Module"}
CHAPTER_NAMES = {"seminaire": "chapitre.md", "module": "module.md"}
REQUIRED = {
    "resume": "un résumé d’une ou deux phrases",
    "minutes": "la durée de l’atelier en minutes",
    "public": "la liste des publics",
    "objectifs": "la liste des objectifs, chacun avec « id » et « texte »",
}
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


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
    """

    minutes: int
    title: str
    aim: str = ""
    instruction: str = ""
    material: str = ""
    expected: str = ""


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
    def number(self) -> int:
        return int(self.slug.split("-", 1)[0])

    @property
    def label(self) -> str:
        """« Séminaire 1 », « Module 2 »."""
        return f"{KINDS[self.kind]} {self.number}"

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
    def deck(self) -> Path:
        return self.project.slides / f"{self.slug}.md"

    @property
    def page(self) -> str:
        """Address of the chapter inside the built book, relative to its root."""
        return relative(self.chapter, self.project.root).removesuffix(".md") + ".html"

    @cached_property
    def meta(self) -> dict:
        """The ``mallette`` block of the chapter's front matter."""
        return front_matter(self.chapter).get("mallette") or {}

    @cached_property
    def title(self) -> str:
        return first_heading(self.chapter)

    @property
    def minutes(self) -> int:
        """Duration of the workshop, in minutes."""
        return int(self.meta["minutes"])

    @property
    def summary(self) -> str:
        return self.meta["resume"]

    @property
    def audience(self) -> list[str]:
        return list(self.meta["public"])

    @property
    def prerequisites(self) -> list[str]:
        return list(self.meta.get("prerequis") or [])

    @property
    def warning(self) -> str:
        """Content note, empty when the unit needs none."""
        return self.meta.get("avertissement", "")

    @property
    def help_lines(self) -> list[str]:
        """Ids of the help lines that the unit gives besides those given everywhere (``data/lignes.yml``)."""
        return list(self.meta.get("lignes") or [])

    @property
    def objectives(self) -> list[Objective]:
        return [Objective(str(item["id"]), item["texte"]) for item in self.meta["objectifs"]]

    @cached_property
    def reading_minutes(self) -> int:
        """Reading time of the chapter, in minutes, code and directive options left out."""
        return max(1, math.ceil(len(prose(self.chapter).split()) / READING_WORDS_PER_MINUTE))

    @cached_property
    def steps(self) -> list[Step]:
        """The trainer's plan (``deroule`` in the front matter of ``formateur.md``)."""
        rows = (front_matter(self.trainer).get("mallette") or {}).get("deroule") or []
        return [
            Step(
                minutes=int(row["minutes"]),
                title=row["titre"],
                aim=row.get("but", ""),
                instruction=row.get("consigne", ""),
                material=row.get("materiel", ""),
                expected=row.get("attendu", ""),
            )
            for row in rows
        ]


def front_matter(path: Path) -> dict:
    """Return the YAML front matter of a Markdown file, ``{}`` when it has none.

    Raises:
        ContentError: the front matter is not valid YAML.
    """
    match = FRONT_MATTER.match(path.read_text(encoding="utf-8"))
    if not match:
        return {}
    try:
        return yaml.safe_load(match.group(1)) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise ContentError([
            Fault(str(path), line, "l’en-tête n’est pas du YAML valide", "vérifiez les guillemets et le retrait")
        ]) from error


def first_heading(path: Path) -> str:
    """Return the text of the first level-1 heading of a Markdown file, or the file's stem."""
    text = FRONT_MATTER.sub("", path.read_text(encoding="utf-8"))
    match = re.search(r"^# +(.+?)\s*$", text, re.MULTILINE)
    return match.group(1) if match else path.stem


def prose(path: Path) -> str:
    """Return the text of a Markdown page that a person reads: no front matter, code, option line or markup."""
    text = FRONT_MATTER.sub("", path.read_text(encoding="utf-8"))
    text = re.sub(r"^(`{3,})\{code-cell\}.*?^\1\s*$", "", text, flags=re.DOTALL | re.MULTILINE)
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
    order = _reading_order(course)
    return sorted(found, key=lambda item: order.get(item.page.removesuffix(".html"), len(order)))


def parts(course: Project) -> list[tuple[str, list[Unit]]]:
    """Return the units under the caption of their part in ``_toc.yml``, in order; no caption for those outside any."""
    toc = yaml.safe_load(course.toc.read_text(encoding="utf-8")) if course.toc.is_file() else {}
    captions = {
        chapter["file"]: part.get("caption", "") for part in toc.get("parts", ()) for chapter in part["chapters"]
    }
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


def _reading_order(course: Project) -> dict[str, int]:
    toc = course.toc.read_text(encoding="utf-8") if course.toc.is_file() else ""
    return {page: rank for rank, page in enumerate(re.findall(r"^\s*(?:- )?(?:file|root):\s*(\S+)", toc, re.MULTILINE))}


def _rank(folder: Path) -> tuple[int, str]:
    number = folder.name.split("-", 1)[0]
    return (int(number) if number.isdigit() else 10**6, folder.name)
