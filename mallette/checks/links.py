"""Links between pages, citations and terms lead somewhere. Sphinx says so too, in English and without remedy."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import unquote

from mallette import references
from mallette.checks import pages
from mallette.faults import Fault, relative
from mallette.paths import Project

_LINK = re.compile(
    r"""\[[^\]\n]*\]\(([^)\s]+)\)|<img\b[^>]*\ssrc=["']?([^"'\s>]+)|^[`:]{3,}\{(?:image|figure)\}[ ]*(\S+)"""
)
_SPACED = re.compile(r"!\[[^\]\n]*\]\(([^)<\n\"]*[^)<\n\"\s]\s[^)\n\"]*)\)")
_CITE = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")
_TERM = re.compile(r"\{term\}`([^`]+)`")
_TARGET = re.compile(r"<([^>]+)>$")


def terms(course: Project) -> set[str]:
    if not course.glossary.is_file():
        return set()
    found: set[str] = set()
    for block in re.findall(r"^(`{3,}|:{3,})\{glossary\}\n(.*?)^\1", pages.text(course.glossary), re.M | re.S):
        lines = block[1].split("\n")
        found |= {line.strip() for line in lines if line and not line[0].isspace() and not line.startswith(":")}
    return found


def check(course: Project) -> list[Fault]:
    """Return the dead links, unknown citation keys and undefined terms of every page."""
    keys = references.keys(course)
    defined = {term.casefold() for term in terms(course)}
    return [fault for path in pages.markdown(course) for fault in _of_page(path, course, keys, defined)]


def _of_page(path: Path, course: Project, keys: Collection[str], defined: Collection[str]) -> Iterator[Fault]:
    place = relative(path, course.root)
    for number, line in enumerate(pages.without_code(pages.text(path)).split("\n"), 1):
        for target in filter(None, (part for found in _LINK.findall(line) for part in found)):
            name = unquote(target.split("#")[0])
            outside = "://" in name and not name.startswith("file:")
            if (
                name
                and not outside
                and not name.startswith(("mailto:", "tel:", "/"))
                and not (path.parent / name).exists()
            ):
                yield Fault(place, number, f"le lien « {target} » ne mène à rien", "corrigez le chemin")
        for target in _SPACED.findall(line):
            yield Fault(
                place,
                number,
                f"l’image « {target} » ne s’affiche pas : son nom a des espaces",
                "renommez le fichier, sans espace ni accent, et corrigez le lien",
            )
        for group in _CITE.findall(line):
            yield from (
                Fault(
                    place,
                    number,
                    f"référence inconnue : « {key.strip()} »",
                    "ajoutez-la à references.bib, ou corrigez la clé",
                )
                for key in group.split(",")
                if key.strip() not in keys
            )
        for text in _TERM.findall(line):
            match = _TARGET.search(text)
            term = match.group(1) if match else text
            if term.strip().casefold() not in defined:
                yield Fault(
                    place,
                    number,
                    f"terme absent du glossaire : « {term} »",
                    "définissez-le, ou écrivez {term}`texte <terme>`",
                )
