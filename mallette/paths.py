"""The only module that knows where things are."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT_VARIABLE = "MALLETTE_RACINE"
SEANCES_VARIABLE = "MALLETTE_SEANCES"


@dataclass(frozen=True)
class Project:
    """The folders and files of one course.

    Attributes:
        root: the folder that holds ``_config.yml`` and ``data/datapackage.json``.
    """

    root: Path

    # What people write.
    @cached_property
    def config(self) -> Path:
        return self.root / "_config.yml"

    @cached_property
    def toc(self) -> Path:
        return self.root / "_toc.yml"

    @cached_property
    def book(self) -> Path:
        return self.root / "book"

    @cached_property
    def seminars(self) -> Path:
        return self.book / "seminaires"

    @cached_property
    def modules(self) -> Path:
        return self.root / "modules"

    @cached_property
    def slides(self) -> Path:
        return self.root / "slides"

    @cached_property
    def exercises(self) -> Path:
        return self.root / "exercices"

    @cached_property
    def data(self) -> Path:
        return self.root / "data"

    @cached_property
    def datapackage(self) -> Path:
        return self.data / "datapackage.json"

    @cached_property
    def programme(self) -> Path:
        return self.data / "programme.yml"

    @cached_property
    def satisfaction(self) -> Path:
        """The questions that ask what people think of the training."""
        return self.data / "satisfaction.yml"

    @cached_property
    def fiches(self) -> Path:
        """The fiches-actions."""
        return self.data / "fiches-actions.yml"

    @cached_property
    def fiche_pages(self) -> Path:
        """One page for each fiche-action, named after it."""
        return self.book / "demarche" / "fiches"

    @cached_property
    def words(self) -> Path:
        """The words that the course does not use for people, the places that it does not name."""
        return self.data / "mots.yml"

    @cached_property
    def helplines(self) -> Path:
        """The help lines: every number that the course tells people to call."""
        return self.data / "lignes.yml"

    @cached_property
    def sites(self) -> Path:
        """The sites that the course does not cite."""
        return self.data / "sites.yml"

    @cached_property
    def profile(self) -> Path:
        """What every unit of this course offers."""
        return self.data / "profil.yml"

    @cached_property
    def people(self) -> Path:
        """The invented people of scenes and exercises."""
        return self.data / "personnes.yml"

    @cached_property
    def references(self) -> Path:
        return self.book / "annexes" / "references.bib"

    @cached_property
    def glossary(self) -> Path:
        return self.book / "annexes" / "glossaire.md"

    # What the program makes, all of it disposable.
    @cached_property
    def build(self) -> Path:
        return self.root / "_build"

    @cached_property
    def html(self) -> Path:
        """The built book (Jupyter Book chooses this place)."""
        return self.build / "html"

    @cached_property
    def data_bib(self) -> Path:
        """BibTeX made from ``data/sources.csv``, so that prose can cite what a figure cites."""
        return self.build / "sources.bib"

    @cached_property
    def workshops(self) -> Path:
        """The notebooks that Voilà serves, one ``<unit>.ipynb`` each."""
        return self.build / "ateliers"

    @cached_property
    def pages(self) -> Path:
        """The pages of workshops that have run, and their images."""
        return self.build / "tableaux"

    @cached_property
    def decks(self) -> Path:
        return self.build / "diapos"

    @cached_property
    def drawings(self) -> Path:
        """Drawings of figures, by fingerprint."""
        return self.build / "dessins"

    @cached_property
    def publication(self) -> Path:
        """What is published besides the book: one folder a target of ``mallette publier``."""
        return self.build / "publication"

    # What a séance leaves, for the trainer to keep.
    @cached_property
    def restitutions(self) -> Path:
        return self.root / "restitutions"

    @cached_property
    def local(self) -> Path:
        """Numbers of a town or a service, put there by the trainer."""
        return self.root / "chiffres-locaux"

    @cached_property
    def panels(self) -> Path:
        """Rooms that may become panels of the banks: one file a question."""
        return self.root / "panels"

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
