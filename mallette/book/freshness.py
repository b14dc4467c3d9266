"""Pages are read again when something they show has changed, and written again when the menu has.

Sphinx knows that a page changed when its own file did, or a file that it names. A figure also depends on the tables and
on this package, a quiz on its bank, a list of units on the head of each chapter: without this, a corrected number would
stay wrong in the book, and a comma would have a third of it read again.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from mallette import readability, toc, units
from mallette.faults import ContentError, relative
from mallette.handwritten import page
from mallette.paths import PACKAGE, Project
from mallette.stamps import fingerprint
from mallette.tools import collection as tools

_MEMORY = "mallette-fingerprints.json"
_ALL, _CELLS, _UNITS, _READING, _MENU = "", "|tables", "|unités", "|lecture", "|menu"
"""Fingerprints of what concerns all pages, those with cells, those that list units, those that say how
long and how hard they are to read, and the menu of each; all others
are named by the beginning of the names of the pages that they concern."""
_CELL = "{code-cell}"


def _fingerprints(course: Project) -> dict[str, str]:
    data = {path for path in course.data.glob("*") if path.is_file()}
    # No cell reads these, and the pages that show one name it.
    data -= {course.programme, course.words, course.fiches, course.people, course.sites, course.profile}
    data.discard(course.satisfaction)
    tables = {path for path in data if path.suffix == ".csv" and path.stem != "sources"} | ({course.datapackage} & data)
    code = [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".js", ".css", ".json", ".j2"}]
    references = [course.references] if course.references.is_file() else []
    known = units.units(course)
    return {
        _ALL: fingerprint([*code, *references, *(data - tables)]),
        _CELLS: fingerprint(tables),
        _UNITS: _digest(_listed(course)),
        _READING: _digest(_reading(known)),
        **{_folder(course, unit): _digest(_head(unit.chapter) + fingerprint(_there(unit.quiz))) for unit in known},
        **{f"{relative(path.with_suffix(''), course.root)}/": fingerprint([path]) for path in tools.paths(course)},
        **{_folder(course, unit) + unit.sheets.stem: _digest(_head(unit.trainer)) for unit in known},
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _there(path: Path) -> list[Path]:
    return [path] if path.is_file() else []


def _folder(course: Project, unit: units.Unit) -> str:
    return unit.folder.relative_to(course.root).as_posix() + "/"


def _head(path: Path) -> str:
    found = page.HEAD.match(page.read(path, path.parent).text)
    return found[0] if found else ""


def _listed(course: Project) -> str:
    """Return all that lists of units and links to them show."""
    try:
        pages = {entry.page for entry in toc.entries(course)}
    except ContentError:
        pages = set()
    return repr(
        [
            (
                caption,
                unit.page,
                unit.page.removesuffix(".html") in pages,
                unit.title,
                _head(unit.chapter),
            )
            for caption, held in units.parts(course)
            for unit in held
        ]
    )


def _reading(known: list[units.Unit]) -> str:
    levels = [readability.measure(units.prose(unit.chapter)) for unit in known]
    minutes = [unit.reading_minutes for unit in known]
    return repr([minutes, [(round(level.lix), round(level.words_per_sentence, 1)) for level in levels]])


def note_units(env: BuildEnvironment, reading: bool = False) -> None:
    """Have the page that is being read read again when what lists of units show has changed.

    Args:
        reading: also when it takes another time to read one, or one is harder to read.
    """
    env.metadata[env.docname]["mallette_units"] = [_UNITS, *([_READING] if reading else [])]


def _concerns(name: str, key: str, text: str) -> bool:
    """Tell whether a fingerprint is one of those of a page: of its folder, of a unit that one of its cells names…"""
    if key == _CELLS:
        return _CELL in text
    return name.startswith(key) or (key.endswith("/") and f'"{Path(key).name}"' in text)


def outdated_pages(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the pages to read again, as Sphinx document names."""
    app.mallette_fingerprints = new = _fingerprints(Project(Path(app.confdir).resolve()))
    old = _remembered(app)
    if old.get(_ALL) != new[_ALL]:
        return sorted(env.found_docs)
    others = {key for key, value in new.items() if old.get(key) != value}
    return [
        name
        for name in sorted(env.found_docs)
        if others.intersection(env.metadata.get(name, {}).get("mallette_units", ()))
        or any(_concerns(name, key, _text(env, name)) for key in others - {_UNITS, _READING})
    ]


def _text(env: BuildEnvironment, name: str) -> str:
    return Path(env.doc2path(name)).read_text(encoding="utf-8", errors="replace")


def of_cells(app: Sphinx, name: str, text: str) -> str:
    """Return a fingerprint of all that the cells of a page may show, but for their own code."""
    found = app.mallette_fingerprints
    return _digest(repr([(key, found[key]) for key in sorted(found) if key == _ALL or _concerns(name, key, text)]))


def pages_with_another_menu(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return all pages when the contents or a title have changed: each shows them, and Sphinx forgets it."""
    titles = {name: title.astext() for name, title in sorted(env.titles.items())}
    app.mallette_fingerprints[_MENU] = _digest(repr((titles, sorted(env.toctree_includes.items()))))
    same = _remembered(app).get(_MENU) == app.mallette_fingerprints[_MENU]
    return [] if same else sorted(env.found_docs)


def _remembered(app: Sphinx) -> dict[str, str]:
    memory = Path(app.doctreedir) / _MEMORY
    return json.loads(memory.read_text(encoding="utf-8")) if memory.is_file() else {}


def remember(app: Sphinx, exception: Exception | None) -> None:
    """Keep the fingerprints of a build that went through, as they were when it began."""
    if exception is None:
        memory = Path(app.doctreedir) / _MEMORY
        memory.write_text(json.dumps(app.mallette_fingerprints), encoding="utf-8")
