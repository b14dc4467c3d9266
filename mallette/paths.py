"""The only module that knows where things are."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT_VARIABLE = "MALLETTE_RACINE"
SEANCES_VARIABLE = "MALLETTE_SEANCES"


class _Below:
    """A path of a course, below its root."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, course: Project, _owner: type) -> Path:
        return course.root / self._name


@dataclass(frozen=True)
class Project:
    """The folders and files of one course.

    Attributes:
        root: the folder that holds ``_config.yml`` and ``data/datapackage.json``.
    """

    root: Path

    # What people write.
    config = _Below("_config.yml")
    toc = _Below("_toc.yml")
    book = _Below("book")
    seminars = _Below("book/seminaires")
    modules = _Below("modules")
    slides = _Below("slides")
    exercises = _Below("exercices")
    data = _Below("data")
    datapackage = _Below("data/datapackage.json")
    programme = _Below("data/programme.yml")
    satisfaction = _Below("data/satisfaction.yml")
    """The questions that ask what people think of the training."""
    fiches = _Below("data/fiches-actions.yml")
    fiche_pages = _Below("book/demarche/fiches")
    """One page for each fiche-action, named after it."""
    common_sheets = _Below("book/guides/fiches-communes.md")
    """The sheets to print that the plans of several units use; a course may have none."""
    words = _Below("data/mots.yml")
    """The words that the course does not use for people, the places that it does not name."""
    helplines = _Below("data/lignes.yml")
    """The help lines: every number that the course tells people to call."""
    sites = _Below("data/sites.yml")
    """The sites that the course does not cite."""
    profile = _Below("data/profil.yml")
    """What every unit of this course offers."""
    organisation = _Below("data/organisme.yml")
    """Who publishes the course; a course may have none."""
    people = _Below("data/personnes.yml")
    """The invented people of scenes and exercises."""
    references = _Below("book/annexes/references.bib")
    glossary = _Below("book/annexes/glossaire.md")

    # What the program makes, all of it disposable.
    build = _Below("_build")
    html = _Below("_build/html")
    """The built book (Jupyter Book chooses this place)."""
    data_bib = _Below("_build/sources.bib")
    """BibTeX made from ``data/sources.csv``, so that prose can cite what a figure cites."""
    workshops = _Below("_build/ateliers")
    """The notebooks that Voilà serves, one ``<unit>.ipynb`` each."""
    pages = _Below("_build/tableaux")
    """The pages of workshops that have run, and their images."""
    decks = _Below("_build/diapos")
    drawings = _Below("_build/dessins")
    """Drawings of figures, by fingerprint."""
    cells = _Below("_build/cellules")
    """What the cells of pages gave, while an author follows the book."""
    followed = _Below("_build/suivi")
    """The last book without fault, which an author who follows it sees."""
    publication = _Below("_build/publication")
    """What is published besides the book: one folder a target of ``mallette publier``."""

    # What a séance leaves, for the trainer to keep.
    restitutions = _Below("restitutions")
    local = _Below("chiffres-locaux")
    """Numbers of a town or a service, put there by the trainer."""
    panels = _Below("panels")
    """Rooms that may become panels of the banks: one file a question."""

    # What a room answers: outside the course, so that no copy or publication of it carries an answer.
    @property
    def seances(self) -> Path | str:
        """The folder of the séances' answers, or the SQLAlchemy URL of their PostgreSQL database.

        The environment variable ``MALLETTE_SEANCES`` wins; otherwise a folder of the user, one for each course.
        """
        chosen = os.environ.get(SEANCES_VARIABLE)
        if chosen:
            return chosen if "://" in chosen else Path(chosen).expanduser().resolve()
        import platformdirs  # only séances need it

        name = hashlib.sha256(str(self.root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:12]
        return platformdirs.user_state_path("mallette") / name


def find_root(start: Path | None = None) -> Path:
    """Return the root of the course that ``start`` (default: the working directory) belongs to.

    The environment variable ``MALLETTE_RACINE`` wins; then the nearest parent that holds the two files of a course;
    then the checkout this package runs from.

    Raises:
        FileNotFoundError: no course is found.
    """
    candidates = []
    if os.environ.get(ROOT_VARIABLE):
        candidates = [Path(os.environ[ROOT_VARIABLE])]
    else:
        here = (start or Path.cwd()).resolve()
        candidates = [here, *here.parents, PACKAGE.parent]
    for folder in candidates:
        if (folder / "_config.yml").is_file() and (folder / "data" / "datapackage.json").is_file():
            return folder.resolve()
    raise FileNotFoundError(
        "Aucun cours trouvé : il faut un dossier qui contienne « _config.yml » et « data/datapackage.json ». "
        f"Placez-vous dans ce dossier ou indiquez-le dans la variable {ROOT_VARIABLE}."
    )


def project(root: Path | str | None = None) -> Project:
    """Return the paths of the course at ``root``, or of the course found by :func:`find_root`."""
    return Project(Path(root).resolve() if root else find_root())
