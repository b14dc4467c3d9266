"""The text files that readers see, and their prose with places kept."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from mallette.faults import Fault, relative
from mallette.grading import assignment
from mallette.handwritten import document, page, plain
from mallette.handwritten import text as written
from mallette.paths import Project
from mallette.tools import collection as tools
from mallette.units import units

_REMARK = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r"(`{3,}|~{3,}|:{3,})(.*)")
_HEADS = re.compile(r"^(\|.*\|)[ \t]*\n\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*#.*$", re.MULTILINE)
_MARKUP = re.compile(
    r"""^[`:]{3,}\{admonition\} # its title is prose
    |^[`:]{3,}.*$               # opening and closing lines of other directives
    |^:[\w-]+:.*$               # their options
    |^\([\w-]+\)=\s*$           # targets
    |\{[\w:-]+\}`[^`]*`         # roles
    |`[^`\n]*`                  # literals
    |\]\([^)\n]*\)              # addresses of links
    |<?https?://\S+             # bare addresses
    |<[^>\n]+>                  # HTML
    """,
    re.MULTILINE | re.VERBOSE,
)


def markdown(course: Project) -> list[Path]:
    """Return every Markdown page of the course that readers see."""
    folders = [course.book, course.modules, course.slides]
    found = [path for folder in folders if folder.is_dir() for path in folder.rglob("*.md")]
    return sorted(path for path in found if path.name != "README.md" and not path.name.startswith("."))


def tables(course: Project) -> list[Path]:
    """Return every YAML file whose texts readers see: quizzes, assignments, tools and the files of ``data/``."""
    quizzes = [unit.quiz for unit in units(course) if unit.quiz.is_file()]
    graded = [assignment.path(name, course) for name in assignment.names(course)]
    shared = sorted(path for path in course.data.glob("*.yml") if not path.name.startswith("."))
    return [*quizzes, *graded, *tools.paths(course), *shared]


def cells(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line number, text) for the cells of a CSV table that are no address."""
    reader = csv.reader(io.StringIO(text(path)))
    for row in reader:
        yield from ((reader.line_num, cell) for cell in row if not cell.startswith("http"))


def text(path: Path) -> str:
    """Return the text of a file, empty when it cannot be read: :func:`check` tells it."""
    return written.read(path, path.name)[0] or ""


def check(course: Project) -> list[Fault]:
    """Return what keeps pages, their front matter and the settings of the book from being read."""
    first = [path for path in (course.root / "README.md",) if path.is_file()]
    return [
        fault
        for path in [*markdown(course), *first]
        for fault in [*page.read(path, course.root).faults, *_to_fill(path, course), *_columns(path, course)]
    ] + document.read(course.config, relative(course.config, course.root)).faults


def _to_fill(path: Path, course: Project) -> Iterator[Fault]:
    """Yield the marks that wait for words in a page of a unit, one a line."""
    if not any(path.is_relative_to(folder) for folder in (course.seminars, course.modules, course.slides)):
        return
    for number, line in enumerate(text(path).split("\n"), 1):
        if plain.TO_FILL in line:
            yield Fault(relative(path, course.root), number, *plain.WAITS)


def _columns(path: Path, course: Project) -> Iterator[Fault]:
    """Yield the tables with a column that has no title: a screen reader says nothing of what stands in it."""
    for match in _HEADS.finditer(without_code(text(path))):
        if re.search(r"\|[ \t]*(?=\|)", match[1]):
            line = text(path)[: match.start()].count("\n") + 1
            remedy = "donnez un titre à chaque colonne, même à celle où l’on écrira"
            yield Fault(relative(path, course.root), line, "une colonne de ce tableau n’a pas de titre", remedy)


def prose(content: str) -> str:
    """Return the prose of a page's text and its front matter, every line kept."""
    lines = [""] * (content.count("\n") + 1)
    for number, line in prose_lines(content):
        lines[number - 1] = line
    if front := page.HEAD.match(content):
        head = front[0].removesuffix("\n").split("\n")
        lines[: len(head)] = head
    return "\n".join(lines)


def shown(path: Path) -> str:
    """Return what a file shows, every line kept: the prose of a page, a YAML file without its comments, other files
    as they are."""
    return _shown(path, written.stamp(path))


@lru_cache(maxsize=512)
def _shown(path: Path, stamp: tuple[int, int]) -> str:
    if path.suffix == ".md":
        return prose(text(path))
    return _COMMENT.sub("", text(path)) if path.suffix == ".yml" else text(path)


def passages(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line number, text) for what is read together: a paragraph or a row of a page, an item of a YAML list (a
    question with its explanations), a line of a CSV table or of a notebook."""
    content = shown(path)
    if path.suffix == ".md":
        for match in re.finditer(r"^\|.*$|(?:^(?!\|).*\S.*\n?)+", content, re.MULTILINE):
            yield content.count("\n", 0, match.start()) + 1, match[0]
    elif path.suffix == ".yml":
        items: dict[tuple, list[tuple[int, str]]] = {}
        for place, line, said in texts(path):
            items.setdefault(place[:2], []).append((line, said))
        for first, *others in items.values():
            line, said = first
            for number, more in others:  # as many line ends as in the file: a place in the text is a line of it
                said += " ¶" + "\n" * max(0, number - line - said.count("\n")) + more
            yield line, said
    else:
        yield from enumerate(content.removesuffix("\n").split("\n"), 1)


def texts(path: Path) -> tuple[tuple[document.Place, int, str], ...]:
    """Return (place, line number, text) of every text of a YAML file; why one cannot be read is told elsewhere."""
    return _texts(path, written.stamp(path))


@lru_cache(maxsize=64)
def _texts(path: Path, stamp: tuple[int, int]) -> tuple[tuple[document.Place, int, str], ...]:
    source = document.read(path, path.name)
    return tuple((place, source.line(place), said) for place, said in plain.texts(source.data))


def blank(match: re.Match[str]) -> str:
    """Return spaces in place of what was found, every line kept."""
    return re.sub(r"[^\n]", " ", match.group(0))


@lru_cache(maxsize=512)
def without_code(content: str) -> str:
    """Return the text with front matter, code and comments blanked, every line kept."""
    lines = page.HEAD.sub(blank, content).split("\n")
    opened: list[str] = []  # fences of the directives around the line, outermost first
    code = ""  # fence of the code around the line
    for number, line in enumerate(lines):
        fence = _FENCE.match(line)
        mark, info = (fence[1], fence[2].strip()) if fence else ("", "")
        if code:
            lines[number] = ""
            code = "" if mark.startswith(code) and not info else code
        elif mark and not info and any(mark.startswith(one) for one in opened):
            while not mark.startswith(opened.pop()):
                pass
        elif mark and info.startswith("{") and not info.startswith("{code-cell}"):
            opened.append(mark)
        elif mark and mark[0] != ":":
            lines[number], code = "", mark
    return _REMARK.sub(blank, "\n".join(lines))


@lru_cache(maxsize=512)
def prose_lines(content: str) -> tuple[tuple[int, str], ...]:
    """Return (line number, prose of the line), markup blanked."""
    lines = _MARKUP.sub(blank, without_code(content)).split("\n")
    return tuple((number, line) for number, line in enumerate(lines, 1) if line.strip())
