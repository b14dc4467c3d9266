"""Build the book with Jupyter Book, and say in French what kept it from being built."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from mallette import stamps, toc
from mallette.faults import ContentError, Fault, relative
from mallette.handwritten import document, text
from mallette.paths import Project

_PERCENT = re.compile(r"(reading sources|writing output)\.\.\. \[ *(\d+)%\]")
_TROUBLE = re.compile(r"WARNING|ERROR|\w+Error")
_ERROR = re.compile(r": (?:ERROR|CRITICAL): ")
_FAILED_CELL = re.compile(r"^-{5,}\n(?P<source>.*?)\n-{5,}$", re.MULTILINE | re.DOTALL)
_REPORT = re.compile(r"traceback saved in: (\S+)")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_PHASES = {"reading sources": "lecture et calcul des pages", "writing output": "écriture des pages"}


class BuildError(Exception):
    """The book could not be built.

    Attributes:
        log: path of the full log.
        lines: its warnings and errors.
    """

    def __init__(self, log: Path, lines: list[str]) -> None:
        self.log = log
        self.lines = lines
        super().__init__("\n".join(lines))


def _plain(line: str) -> str:
    return _COLOUR.sub("", line)


def _withdraw(course: Project, reports: Iterable[Path]) -> list[Fault]:
    """Return what failed in each page whose cells did, and take the page out of the book: it shows a traceback."""
    faults = []
    for report in reports:
        traceback = _plain(report.read_text("utf-8", "replace") if report.is_file() else "").strip()
        name = relative(report, course.html / "reports").removesuffix(".err.log")
        page = next(
            (course.root / f"{name}{kind}" for kind in (".md", ".ipynb") if (course.root / f"{name}{kind}").is_file()),
            course.root / name,
        )
        cell = _FAILED_CELL.search(traceback)
        source = text.read(page, page.name)[0] or ""
        place = source.find(cell["source"].strip()) if cell else -1
        line = source.count("\n", 0, place) + 1 if place >= 0 else 0
        faults.append(
            Fault(
                relative(page, course.root),
                line,
                "une cellule ne s’exécute pas",
                traceback.splitlines()[-1] if traceback else "lisez le journal",
            )
        )
        # Without its memory of the page, Sphinx executes it again next time, even unchanged.
        for made in (course.html / f"{name}.html", course.build / ".doctrees" / f"{name}.doctree", report):
            made.unlink(missing_ok=True)
    return sorted(faults)


def build_book(course: Project, strict: bool = False, progress: Callable[[str], None] = lambda text: None) -> Path:
    """Build the book with Jupyter Book and return its first page.

    Args:
        strict: warnings are errors, and every reference must resolve.
        progress: called with a short French text as the build goes on.

    Raises:
        BuildError: Jupyter Book failed, a cell or a directive failed, or a warning came in strict mode.
    """
    log = course.build / "livre.log"
    try:
        toc.entries(course)
        settings = document.read(course.config, relative(course.config, course.root)).faults
    except ContentError as error:
        settings = error.faults
    if settings:  # Jupyter Book would say it in English, without the line
        raise BuildError(log, "\n".join(map(str, settings)).splitlines())
    log.parent.mkdir(parents=True, exist_ok=True)
    with stamps.of_book(course).renewed():
        _run(course, log, strict, progress)
    return course.html / "index.html"


def _run(course: Project, log: Path, strict: bool, progress: Callable[[str], None]) -> None:
    program = "import mallette; from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", program, "build", str(course.root), "-n", "--keep-going", *(["-W"] * strict)]
    lines = []
    with (
        log.open("w", encoding="utf-8") as record,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            cwd=course.root,
        ) as process,
    ):
        for line in process.stdout:
            record.write(line)
            lines.append(line.rstrip())
            match = _PERCENT.search(_plain(line))  # Jupyter Book asks for colours
            if match:
                progress(f"{_PHASES[match.group(1)]} {match.group(2)}\u202f%")
    reports = dict.fromkeys(map(Path, _REPORT.findall(_plain("\n".join(lines)))))
    failed = toc.check(course, []) + _withdraw(course, reports)
    wanted = [
        _plain(line)
        for line in lines
        if (_TROUBLE if process.returncode else _ERROR).search(line) and "IPKernelApp" not in line
    ]
    if process.returncode or failed or wanted:
        told = "\n".join(map(str, failed)).splitlines()
        raise BuildError(log, [*wanted[-20:], *told] or lines[-20:])
