"""State of the book: what the build knows of versions, data, doubts and links. Nothing here is written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version as installed

from markupsafe import Markup

from mallette import __version__, data, french, helplines, templates, unverified, version
from mallette.checks import CHECKS, pages
from mallette.faults import relative
from mallette.paths import Project
from mallette.terminal import count
from mallette.units import first_heading

OLD = 10
"""Years after which a value is told as old, counted back from the day of the book."""
PACKAGES = ("jupyter-book", "sphinx", "myst-nb", "anywidget", "matplotlib", "pandas", "voila", "nbgrader", "typst")
_DATED = {"year", "date"}
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CITED = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")


def html(course: Project, address: dict[str, str]) -> str:
    """Return the regions of the page.

    Args:
        address: of the pages of the book, by path of their file from the root.
    """
    day = version.day(course)
    return str(
        templates.macros("book/templates/state.html.j2").state(
            french.day(day),
            OLD,
            templates.table(
                "Ce livre, et ce qui l’a construit", ("Quoi", "Version"), _versions(day), "mallette-liste", stacked=True
            ),
            templates.table(
                "Âge des données",
                ("Table", "Lignes", "Années", "Anciennes", "Fichier"),
                _tables(course, day),
                "mallette-liste mallette-empilee",
                stacked=True,
            ),
            _points(course, address),
            [line for line in helplines.load(course).lines if not line.checked],
            _links(course),
            list(CHECKS),
        )
    )


def _versions(day: date) -> Iterator[tuple[str, str]]:
    yield "Mallette", f"{__version__}, dernière modification enregistrée le {french.day(day)}"
    for name in PACKAGES:
        try:
            yield name, installed(name)
        except ModuleNotFoundError:  # an optional one
            continue


def _tables(course: Project, day: date) -> Iterator[tuple[str, ...]]:
    changed = version.changed(course, course.data)
    for described in data.resources(course):
        columns = [field["name"] for field in described["schema"]["fields"] if field["type"] in _DATED]
        rows = data.rows(described["name"], course)
        years = [max(found) for row in rows if (found := [_year(row[name]) for name in columns if row[name]])]
        last = changed.get(f"data/{described['path']}")
        old = sum(year < day.year - OLD for year in years)
        # Each cell says what it counts: a phone shows them one under the other, without the heads.
        yield (
            described["title"],
            count(len(rows), "ligne"),
            f"de {min(years)} à {max(years)}" if years else "sans date",
            f"{count(old, 'ligne')} de plus de {OLD} ans" if old else "",
            f"modifié le {french.day(last)}" if last else "",
        )


def _year(value: object) -> int:
    return value.year if isinstance(value, date) else int(str(value)[:4])


def _points(course: Project, address: dict[str, str]) -> list[tuple[Markup | str, int, str]]:
    """Return title, number of open points and day of the list, in French, of each page that has a box."""
    found = []
    for path in pages.markdown(course):
        boxes = unverified.read(pages.text(path)).boxes
        name = relative(path, course.root)
        if boxes and name in address:
            link = Markup('<a href="{}#a-verifier">{}</a>').format(address[name], first_heading(path))
            found.append((link, sum(len(box.points) for box in boxes), _day(boxes[0].date)))
    return found


def _day(text: str) -> str:
    try:
        return french.day(date.fromisoformat(text))
    except ValueError:  # told by ``verifier``
        return text


def _links(course: Project) -> dict[str, int]:
    """Return how many links and citations the pages hold."""
    counts = {"internes": 0, "externes": 0, "citations": 0}
    for path in pages.markdown(course):
        text = pages.without_code(pages.text(path))
        for target in _LINK.findall(text):
            counts["externes" if re.match(r"[a-z]+:", target) else "internes"] += 1
        counts["citations"] += sum(len(keys.split(",")) for keys in _CITED.findall(text))
    return counts
