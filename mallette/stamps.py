"""What was built stays true as long as the files it was made from are the same: a stamp remembers them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mallette.paths import PACKAGE, Project


def _files(*folders: Path) -> list[Path]:
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if "__pycache__" not in path.parts and ".ipynb_checkpoints" not in path.parts]


def book_sources(course: Project) -> list[Path]:
    """Return the files that the book is made of: content, data, settings and the code of the kit."""
    settings = (path for path in (course.config, course.toc) if path.is_file())
    return [*_files(course.book, course.modules, course.data, PACKAGE), *settings]


def deck_sources(course: Project) -> list[Path]:
    """Return the files that the decks are made of: their texts, data and the code of the kit."""
    return _files(course.slides, course.data, PACKAGE)


def fingerprint(paths: Iterable[Path]) -> str:
    """Return a digest of names and contents: it changes when a file is edited, added, moved or removed."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class Stamp:
    """The memory of a build.

    Attributes:
        made: what the build leaves: without it, nothing is current.
        file: where its fingerprint is kept.
        sources: gives the files that it reads.
    """

    made: Path
    file: Path
    sources: Callable[[], Iterable[Path]]

    def current(self) -> bool:
        """Tell whether the files are those of the last build, and that build went through."""
        if not (self.made.exists() and self.file.is_file()):
            return False
        return self.file.read_text(encoding="utf-8") == fingerprint(self.sources())

    @contextmanager
    def renewed(self) -> Iterator[None]:
        """Remember the files as they were before the block, once it went through."""
        found = fingerprint(self.sources())
        self.file.unlink(missing_ok=True)
        yield
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(found, encoding="utf-8")


def of_book(course: Project) -> Stamp:
    """Return the stamp of the book."""
    return Stamp(course.html / "index.html", course.build / "livre.empreinte", lambda: book_sources(course))


def of_decks(course: Project) -> Stamp:
    """Return the stamp of the decks."""
    return Stamp(course.decks, course.build / "diapos.empreinte", lambda: deck_sources(course))
