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
_PLACE = re.compile(
    r"(?P<page>.+?\.(?:md|ipynb|yml|bib))(?::(?P<line>\d+))?: (?P<level>WARNING|ERROR|CRITICAL): (?P<said>.*)"
)
_SAID = (
    (r".*cross-reference target not found: '(.+?)'.*", "le lien « {} » ne mène à rien"),
    (r"could not find bibtex key \"(.+?)\".*", "aucune référence n’a la clé « {} »"),
    (r"term not in glossary: '(.+?)'.*", "le glossaire n’a pas de terme « {} »"),
    (r"image file not readable: (.+?)(?: \[.*)?", "l’image « {} » n’existe pas"),
    (r"(?:Unknown|unknown) directive type:? ['\"](.+?)['\"].*", "la directive « {} » n’existe pas"),
    (r"Unknown interpreted text role ['\"](.+?)['\"].*", "le rôle « {} » n’existe pas"),
    (r"[Uu]nknown document: '(.+?)'.*", "la page « {} » n’existe pas"),
    (r"Non-consecutive header level increase; H(\d) to H(\d).*", "un titre de niveau {1} suit un titre de niveau {0}"),
)
"""What Sphinx and MyST say most often of what an author wrote, and what is told."""
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
    return _COLOUR.sub("", line).rstrip()


def _french(course: Project, line: str) -> str:
    """Return what Sphinx says of a page as the kit says it; what it says more rarely stays as it is."""
    found = _PLACE.fullmatch(line)
    if not found:
        return line
    place = relative(Path(found["page"]), course.root) + (f", ligne {found['line']}" if found["line"] else "")
    for pattern, told in _SAID:
        if known := re.fullmatch(pattern, found["said"]):
            return f"{place} : {told.format(*known.groups())}"
    return f"{place} : {found['said']}"


def _forget(course: Project, lines: Iterable[str]) -> None:
    """Have Sphinx read pages with errors again, even unchanged: it would say nothing of them the next time."""
    for found in filter(None, map(_PLACE.fullmatch, lines)):
        name = relative(Path(found["page"]), course.root).rsplit(".", 1)[0]
        (course.build / ".doctrees" / f"{name}.doctree").unlink(missing_ok=True)


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


def in_a_process(arguments: list[str], told: Callable[[str], None]) -> int:
    """Run Jupyter Book in a process of its own and return its exit code; ``told`` gets each line that it says."""
    program = "import mallette; from jupyter_book.cli.main import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        cwd=arguments[1],
    ) as process:
        for line in process.stdout:
            told(line)
    return process.returncode


def build_book(
    course: Project,
    strict: bool = False,
    progress: Callable[[str], None] = lambda text: None,
    run: Callable[[list[str], Callable[[str], None]], int] = in_a_process,
) -> Path:
    """Build the book with Jupyter Book and return its first page.

    Args:
        strict: warnings are errors, and every reference must resolve.
        progress: called with a short French text as the build goes on.
        run: runs Jupyter Book.

    Raises:
        BuildError: Jupyter Book failed, a cell or a directive failed, or a warning came in strict mode.
    """
    log = log_of(course)
    try:
        toc.entries(course)
        settings = document.read(course.config, relative(course.config, course.root)).faults
    except ContentError as error:
        settings = error.faults
    if settings:  # Jupyter Book would say it in English, without the line
        raise BuildError(log, "\n".join(map(str, settings)).splitlines())
    log.parent.mkdir(parents=True, exist_ok=True)
    with stamps.of_book(course).renewed():
        _run(course, log, strict, progress, run)
    return course.html / "index.html"


def log_of(course: Project) -> Path:
    """Return where all that the last build said is kept."""
    return course.build / "livre.log"


def remarks(course: Project) -> list[str]:
    """Return what the last build said of the pages that it read, besides errors: links that lead nowhere…"""
    lines = map(_plain, log_of(course).read_text("utf-8", "replace").splitlines())
    return sorted({_french(course, line) for line in lines if _PLACE.fullmatch(line)})


def _run(course: Project, log: Path, strict: bool, progress: Callable[[str], None], run: Callable) -> None:
    lines: list[str] = []
    with log.open("w", encoding="utf-8") as record:

        def told(line: str) -> None:
            record.write(line)
            lines.append(_plain(line))  # Jupyter Book asks for colours
            match = _PERCENT.search(lines[-1])
            if match:
                progress(f"{_PHASES[match.group(1)]} {match.group(2)}\u202f%")

        code = run(["build", str(course.root), "-n", "--keep-going", *(["-W"] * strict)], told)
    reports = dict.fromkeys(map(Path, _REPORT.findall("\n".join(lines))))
    failed = toc.check(course, []) + _withdraw(course, reports)
    errors = [line for line in lines if _ERROR.search(line)]
    _forget(course, errors)
    wanted = (
        [_french(course, line) for line in lines if _TROUBLE.search(line) and "IPKernelApp" not in line]
        if code
        else [_french(course, line) for line in errors]
    )
    if code or failed or wanted:
        told_faults = "\n".join(map(str, failed)).splitlines()
        raise BuildError(log, [*wanted[-20:], *told_faults] or lines[-20:])
