"""What is wrong with a file, said so that its author can mend it.

Every reader of content collects :class:`Fault` objects and reports them all at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Fault:
    """One defect of a content file.

    Attributes:
        file: path of the file, relative to the project root when it lies inside it.
        line: line number starting at 1, or 0 when the whole file is concerned.
        message: what is wrong, in French.
        remedy: how to mend it, in French.
    """

    file: str
    line: int
    message: str
    remedy: str = ""

    @classmethod
    def at(cls, file: str, text: str, place: int, message: str, remedy: str, first: int = 1) -> Fault:
        """Return the fault of a ``place`` in a text, counted in signs; ``first`` is the line of the text itself."""
        return cls(file, first + text.count("\n", 0, place), message, remedy)

    def __str__(self) -> str:
        place = f"{self.file}, ligne {self.line}" if self.line else self.file
        text = f"{place} : {self.message}"
        return f"{text}\n    → {self.remedy}" if self.remedy else text


class ContentError(Exception):
    """Raised by a loader that cannot return usable content.

    Attributes:
        faults: every fault found, sorted by file and line.
    """

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def relative(path: Path, root: Path) -> str:
    """Return ``path`` as messages show it: relative to ``root`` with forward slashes when possible."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.as_posix()
