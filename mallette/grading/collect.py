"""``relever``: files and archives become hand-ins. Each is read in memory for its answers, nothing is extracted or run.

What is kept is the released notebook with the answers, under the code found in the name of the file. What cannot be
taken is told, and stays where it was.
"""

from __future__ import annotations

import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from mallette import files
from mallette.grading import gradebook, handin, results
from mallette.grading.assignment import Assignment, handed_out
from mallette.grading.gradebook import GradingError
from mallette.grading.handin import Handin, Unreadable
from mallette.paths import Project

CODE = re.compile(rf"(?<![a-z0-9])({results.CODE})(?![0-9])", re.IGNORECASE)
MOST_FILES = 500
"""Files of one archive."""
_STAMP = "%Y-%m-%d %H:%M:%S UTC"
_KINDS = (".ipynb", ".json", ".txt")


@dataclass
class Collected:
    """What ``relever`` did.

    Attributes:
        taken: codes whose hand-in is new, or takes the place of another.
        same: codes whose hand-in was there already, with the same answers.
        told: name of a file → what is said of it, in French.
    """

    taken: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class File:
    """A file that may be a hand-in.

    Attributes:
        name: as it is told.
        content: what it holds; ``None`` when it is refused.
        when: when it was written.
        refusal: why it is refused, in French.
    """

    name: str
    content: bytes | None
    when: datetime
    refusal: str = ""


def collect(assignment: Assignment, course: Project, place: Path) -> Collected:
    """Take the hand-ins found in a folder, an archive or a file.

    Raises:
        GradingError: there is nothing there, or the assignment is not prepared.
    """
    if not place.exists():
        raise GradingError(f"« {place} » n’existe pas : donnez le dossier ou l’archive des copies reçues.")
    release = released(assignment.name, course)
    found = Collected()
    taken: dict[str, tuple[str, datetime, Handin]] = {}  # no content: a class may weigh 5 MB a person
    for file in _files(place):
        if file.content is None:
            found.told.append((file.name, file.refusal))
            continue
        match = CODE.search(unicodedata.normalize("NFKC", file.name.rsplit("› ")[-1]))
        if not match:
            found.told.append(
                (file.name, "aucun code dans son nom : renommez-le « p1234_… » avec le code de la personne")
            )
            continue
        try:
            read = handin.read(file.content, assignment)
        except Unreadable as error:
            found.told.append((file.name, str(error)))
            continue
        code = match[1].lower()
        if code in taken and taken[code][2].answers != read.answers:
            first = taken[code][0]
            found.told.append((file.name, f"« {first} » porte le même code avec d’autres réponses : gardez-en un seul"))
            continue
        taken[code] = (file.name, file.when, read)
        found.told += [(file.name, remark) for remark in read.remarks]
    for code, (_, written, read) in sorted(taken.items()):
        if _already(assignment, course, code, read, written):
            found.same.append(code)
            continue
        keep(assignment, course, code, read, written, release)
        found.taken.append(code)
    return found


def released(name: str, course: Project) -> NotebookNode:
    """Return the notebook that participants received.

    Raises:
        GradingError: the assignment is not prepared.
    """
    try:
        text = handed_out(name, course).read_text(encoding="utf-8")
        return nbformat.reads(text, as_version=4)
    except (OSError, ValueError) as error:
        raise GradingError(gradebook.NOT_READY.format(name=name)) from error


def keep(
    assignment: Assignment, course: Project, code: str, read: Handin, when: datetime, release: NotebookNode
) -> None:
    """Write a hand-in: the released notebook with its answers, and when it came (a time zone is needed)."""
    path = gradebook.submitted(course, assignment.name, code)
    text = nbformat.writes(handin.answered(release, assignment, read)) + "\n"
    stamp = when.astimezone(UTC).strftime(_STAMP)
    files.write({path: text.encode(), path.with_name("timestamp.txt"): stamp.encode()})


def when(course: Project, name: str, code: str) -> datetime | None:
    """Return when a hand-in came, in UTC; ``None`` when there is none, or nothing tells."""
    try:
        text = gradebook.submitted(course, name, code).with_name("timestamp.txt").read_text(encoding="utf-8")
        return datetime.strptime(text.strip(), _STAMP).replace(tzinfo=UTC)
    except (OSError, ValueError):
        return None


def _already(assignment: Assignment, course: Project, code: str, read: Handin, written: datetime) -> bool:
    """Tell whether what is kept under this code has the same answers, or is more recent."""
    path = gradebook.submitted(course, assignment.name, code)
    try:
        kept = handin.read(path.read_bytes(), assignment)
    except (OSError, Unreadable):
        return False
    if (kept.answers, kept.unread) == (read.answers, read.unread):
        return True
    stamp = when(course, assignment.name, code)
    return stamp is not None and stamp > written


def _files(place: Path) -> Iterator[File]:
    """Yield the files of a folder and of the archives in it, sorted by name."""
    for path in [place] if place.is_file() else sorted(place.rglob("*")):
        if path.is_symlink():
            yield File(path.name, None, _now(), handin.LINK)
        elif path.is_file() and path.suffix.lower() == ".zip":
            yield from _members(path)
        elif path.is_file() and not path.name.startswith(".") and path.name != "timestamp.txt":
            yield _file(path)


def _file(path: Path) -> File:
    try:
        status = path.stat()
        written = datetime.fromtimestamp(status.st_mtime, UTC)
        if refusal := _refusal(path.name, status.st_size):
            return File(path.name, None, written, refusal)
        return File(path.name, path.read_bytes(), written)
    except (OSError, OverflowError, ValueError):
        return File(path.name, None, _now(), "le fichier ne se lit pas")


def _members(path: Path) -> Iterator[File]:
    """Yield the files of an archive; the size that it announces may lie."""
    try:
        with zipfile.ZipFile(path) as archive:
            for rank, member in enumerate(archive.infolist()):
                if rank >= MOST_FILES:
                    yield File(path.name, None, _now(), f"plus de {MOST_FILES} fichiers : le reste est laissé")
                    return
                if member.is_dir() or member.filename.startswith("__MACOSX/"):
                    continue
                name = f"{path.name} › {member.filename.replace(chr(92), '/').rsplit('/')[-1]}"
                written = _local(member.date_time)
                refusal = _refusal(name, member.file_size)
                if stat.S_ISLNK(member.external_attr >> 16):
                    refusal = handin.LINK
                elif member.flag_bits & 1:
                    refusal = "l’archive est protégée par un mot de passe : ouvrez-la, puis donnez le dossier"
                content = b""
                if not refusal:
                    with archive.open(member) as file:
                        content = file.read(handin.LARGEST_FILE + 1)
                    refusal = _refusal(name, len(content))
                yield File(name, None if refusal else content, written, refusal)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        yield File(path.name, None, _now(), "l’archive ne se lit pas : elle est coupée, ou d’un autre genre")


def _refusal(name: str, size: int) -> str:
    if not name.lower().endswith(_KINDS):
        return "ce n’est pas un carnet (.ipynb)"
    return handin.TOO_BIG if size > handin.LARGEST_FILE else ""


def _local(parts: tuple[int, int, int, int, int, int]) -> datetime:
    """Return the time of an archive's member, which is that of the computer that made it."""
    try:
        return datetime(*parts).astimezone()
    except (ValueError, OverflowError, OSError):
        return _now()


def _now() -> datetime:
    return datetime.now(UTC)
