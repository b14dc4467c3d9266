"""The text files that readers see, and their prose with places kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mallette.handwritten import document, plain
from mallette.paths import Project
from mallette.units import FRONT_MATTER, units

_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_REMARK = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r"(`{3,}|~{3,}|:{3,})(.*)")
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
    pages = [path for folder in folders if folder.is_dir() for path in folder.rglob("*.md")]
    return sorted(path for path in pages if path.name != "README.md")


def tables(course: Project) -> list[Path]:
    """Return every YAML file whose texts readers see: quizzes and the files of ``data/``."""
    quizzes = [unit.quiz for unit in units(course) if unit.quiz.is_file()]
    return [*quizzes, *sorted(course.data.glob("*.yml"))]


def notebooks(course: Project) -> list[Path]:
    """Return every notebook of the exercises."""
    return sorted(course.exercises.rglob("*.ipynb")) if course.exercises.is_dir() else []


def prose(text: str) -> str:
    """Return the prose of a page's text and its front matter, every line kept."""
    lines = [""] * (text.count("\n") + 1)
    for number, line in prose_lines(text):
        lines[number - 1] = line
    if front := FRONT_MATTER.match(text):
        head = front[0].splitlines()
        lines[: len(head)] = head
    return "\n".join(lines)


def shown(path: Path) -> str:
    """Return what a file shows, every line kept: the prose of a page, a YAML file without its comments, other files
    as they are."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return prose(text)
    return _COMMENT.sub("", text) if path.suffix == ".yml" else text


def passages(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line number, text) for what is read together: a paragraph or a row of a page, an item of a YAML list (a
    question with its explanations), a line of a CSV table or of a notebook."""
    text = shown(path)
    if path.suffix == ".md":
        for match in re.finditer(r"^\|.*$|(?:^(?!\|).*\S.*\n?)+", text, re.MULTILINE):
            yield text.count("\n", 0, match.start()) + 1, match[0]
    elif path.suffix == ".yml":
        source = document.read(path, path.name)  # what keeps it from being read is told elsewhere
        items: dict[tuple, list[tuple[int, str]]] = {}
        for place, said in plain.texts(source.data):
            items.setdefault(place[:2], []).append((source.line(place), said))
        for first, *others in items.values():
            line, said = first
            for number, more in others:  # as many line ends as in the file: a place in the text is a line of it
                said += " ¶" + "\n" * max(0, number - line - said.count("\n")) + more
            yield line, said
    else:
        yield from enumerate(text.splitlines(), 1)


def blank(match: re.Match[str]) -> str:
    """Return spaces in place of what was found, every line kept."""
    return re.sub(r"[^\n]", " ", match.group(0))


def without_code(text: str) -> str:
    """Return the text with front matter, code and comments blanked, every line kept."""
    lines = _HEAD.sub(blank, text).split("\n")
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


def prose_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line number, prose of the line), markup blanked."""
    for number, line in enumerate(_MARKUP.sub(blank, without_code(text)).splitlines(), 1):
        if line.strip():
            yield number, line
