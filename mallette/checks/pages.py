"""The text files that readers see, and their prose with places kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mallette.handwritten import document, plain
from mallette.paths import Project
from mallette.units import FRONT_MATTER, units

_BLANKED = re.compile(r"\A---\n.*?\n---\n|<!--.*?-->", re.DOTALL)
"""Front matter and comments."""
_FENCE = re.compile(r"(`{3,}|~{3,}|:{3,})\s*(\{[^}\n]*\})?")
_MARKUP = re.compile(
    r"""^[`:]{3,}\{admonition\} # its title is prose
    |^[`:]{3,}.*$            # opening and closing lines of other directives
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
_YAML_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)


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


def passages(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line number, text) for what is read together: a paragraph or a row of a page, an item of a YAML list (a
    question with its explanations), a line of a CSV table or of a notebook."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        for match in re.finditer(r"^\|.*$|(?:^(?!\|).*\S.*\n?)+", shown(text), re.MULTILINE):
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


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group(0))


def without_code(text: str) -> str:
    """Return the text with front matter, code and comments blanked, every line kept.

    Fences are paired as CommonMark does: the last line of a directive would otherwise open a block of code, and what
    follows it would be read by nobody.
    """
    lines, opened = [], []
    for line in _BLANKED.sub(_blank, text).split("\n"):
        fence = _FENCE.match(line)
        inside = bool(opened) and opened[-1][1]
        if opened and fence and line.rstrip() == fence[1] and fence[1].startswith(opened[-1][0]):
            opened.pop()
        elif fence and not inside:
            inside = not fence[2] or fence[2] == "{code-cell}"
            opened.append((fence[1], inside))
        lines.append(re.sub(r".", " ", line) if inside else line)
    return "\n".join(lines)


def without_comments(text: str) -> str:
    """Return the text of a YAML table without its comments, every line kept."""
    return _YAML_COMMENT.sub("", text)


def shown(text: str) -> str:
    """Return the prose of a page and its front matter, every line kept."""
    lines = [""] * (text.count("\n") + 1)
    for number, line in prose_lines(text):
        lines[number - 1] = line
    if front := FRONT_MATTER.match(text):
        head = front[0].splitlines()
        lines[: len(head)] = head
    return "\n".join(lines)


def prose_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line number, prose of the line), markup blanked."""
    for number, line in enumerate(_MARKUP.sub(_blank, without_code(text)).splitlines(), 1):
        if line.strip():
            yield number, line
