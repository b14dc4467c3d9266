"""The text files that readers see, and their prose with places kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mallette.paths import Project
from mallette.units import FRONT_MATTER, units

_BLANKED = re.compile(
    r"""\A---\n.*?\n---\n                         # front matter
    |^(?P<fence>`{3,})\{code-cell\}.*?^(?P=fence)\s*$  # code cells
    |^(?P<code>`{3,}|~{3,})(?!\{)[\w-]*\n.*?^(?P=code)\s*$  # code blocks
    |<!--.*?-->                                   # comments
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_MARKUP = re.compile(
    r"""^[`:]{3,}.*$            # opening and closing lines of directives
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


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group(0))


def without_code(text: str) -> str:
    """Return the text with front matter, code and comments blanked, every line kept."""
    return _BLANKED.sub(_blank, text)


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
