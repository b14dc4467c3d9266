"""File names survive a Windows laptop and a USB stick."""

from __future__ import annotations

import re
from pathlib import Path

from mallette.faults import Fault, relative
from mallette.paths import Project

LONGEST = 150
"""Longest path relative to the root, in characters: Windows stops at 260 with the folder it is copied to."""
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_SKIPPED = {".git", ".venv", "__pycache__", "node_modules", ".doctrees"}


def faults_under(folder: Path, root: Path) -> list[Fault]:
    """Return the faults of every name below ``folder``, paths counted from ``root``."""
    faults = []
    for path in sorted(folder.rglob("*")):
        name = relative(path, root)
        if _SKIPPED & set(name.split("/")):
            continue
        if _FORBIDDEN.search(path.name) or _RESERVED.match(path.name):
            faults.append(Fault(name, 0, "nom de fichier impossible sous Windows", "renommez-le"))
        if len(name) > LONGEST:
            faults.append(Fault(name, 0, f"chemin de {len(name)} caractères, {LONGEST} au plus", "raccourcissez-le"))
    return faults


def check(course: Project) -> list[Fault]:
    """Return the faults of the names of the course and of the built book."""
    folders = [course.book, course.modules, course.data, course.slides, course.exercises]
    faults = [fault for folder in folders if folder.is_dir() for fault in faults_under(folder, course.root)]
    return faults + (faults_under(course.html, course.html) if course.html.is_dir() else [])
