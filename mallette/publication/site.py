"""The site: what the first page of the built book leads to, and nothing else that a build leaves there.

All its addresses are relative: it works at the root of a server, in a folder of it, and from a USB stick.
"""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from mallette import files
from mallette.book import credits, search
from mallette.faults import ContentError, Fault
from mallette.paths import Project

ALWAYS = ("search.html", search.TEXTS, credits.LICENCES)
"""Pages lead to the search by a form, and its script asks for the texts; licences go with what they license."""
FIRST = ("index.html", *ALWAYS)
_IN_PAGE = re.compile(r'\b(?:href|src|srcset|action)="([^"]*)"|\bdata-\w+="([^"]*\.js(?:\?[^"]*)?)"')
_IN_STYLE = re.compile(r'url\(\s*["\']?([^"\')]+)["\']?\s*\)|@import\s+["\']([^"\']+)["\']')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|$", re.IGNORECASE)
_READ_IN = {".html": _IN_PAGE, ".css": _IN_STYLE}
_NOTICE = ".LICENSE.txt"
"""What a script of others leaves beside it."""


def contents(
    book: Path,
    first: Iterable[str] = FIRST,
    changed: Callable[[str, bytes], bytes] = lambda name, content: content,
) -> tuple[dict[str, bytes], list[Fault]]:
    """Return the files of the site by name, in order; links that lead to no file, files that nobody is credited for.

    Args:
        book: the built book.
        first: files that are of it, wherever links lead.
        changed: what becomes of a file, by its name and content, before its links are followed.

    Raises:
        OSError: one of the first files is not there.
    """
    held: dict[str, bytes] = {}
    faults: list[Fault] = []
    waiting = [*first]
    while waiting:
        name = waiting.pop()
        if name in held:
            continue
        held[name] = changed(name, (book / name).read_bytes())
        if (book / (name + _NOTICE)).is_file():
            waiting.append(name + _NOTICE)
        for target in _targets(name, held[name]):
            if (book / target).is_file() and not target.startswith(".."):
                waiting.append(target)
            else:
                faults.append(Fault(name, 0, f"un lien mène à « {target} », qui n’existe pas", "corrigez ce lien"))
    faults += [
        Fault(
            name,
            0,
            "ce fichier n’est ni de nous, ni cité dans les crédits",
            "citez-le dans « mallette/book/credits.py »",
        )
        for name in credits.uncredited(held)
    ]
    return dict(sorted(held.items())), sorted(set(faults))


def _targets(name: str, content: bytes) -> Iterator[str]:
    pattern = _READ_IN.get(Path(name).suffix)
    for groups in pattern.findall(content.decode()) if pattern else ():
        address = re.split("[?#]", "".join(groups))[0].replace("&amp;", "&")
        if not _ELSEWHERE.match(address):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(address)))
            yield f"{target}/index.html" if address.endswith("/") else target


def write(course: Project, folder: Path) -> tuple[Path, dict[str, bytes], list[Fault]]:
    """Write the site in a folder that takes the place of the former one, and an archive beside it; return the archive.

    Returns:
        with the archive, the files of the site, and what is wrong with them.

    Raises:
        ContentError: the book is not built.
        OSError: the folder cannot be written; the former one is kept.
    """
    if not all((course.html / name).is_file() for name in FIRST):
        raise ContentError([Fault("_build/html", 0, "le livre n’est pas construit", "lancez « make livre »")])
    held, faults = contents(course.html)
    draft = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        for name, content in held.items():
            path = draft / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        archive = folder.with_suffix(".zip")
        files.write({archive: files.archive(held)})
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return archive, held, faults
