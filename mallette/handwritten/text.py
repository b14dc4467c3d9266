"""Text files as people save them: encodings, marks and signs that nobody sees are told, then set aside."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from mallette.faults import Fault

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
"""Control signs and separators that word processors leave: some readers take them for line ends, others do not."""


def decode(raw: bytes, report: Callable[[int, str, str], None], save_as: str) -> str | None:
    """Return a file's text, its lines ended by ``\\n`` alone; ``None`` when it is not UTF-8.

    Args:
        report: called with the line, message and remedy of each defect.
        save_as: how to save the file well, in French.
    """
    if raw.startswith(b"\xef\xbb\xbf"):
        report(1, "le fichier commence par une marque invisible (BOM)", save_as)
        raw = raw[3:]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        report(raw.count(b"\n", 0, error.start) + 1, "le fichier n’est pas en UTF-8", save_as)
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _UNSEEN.search(text):
        report(
            text.count("\n", 0, found.start()) + 1,
            f"un signe invisible est resté d’un collage (U+{ord(found[0]):04X})",
            "retapez les mots qui l’entourent, ou collez « sans mise en forme »",
        )
    return _UNSEEN.sub(" ", text)


def guess(raw: bytes) -> tuple[str, str]:
    """Return the text of a file that any program may have saved, and what had to be mended in it, in French.

    UTF-8 with or without its mark needs no mending; UTF-16 is known by its mark, the rest is the older encoding of
    Windows, whose five bytes without a sign become U+FFFD.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace"), "fichier en UTF-16 : relu"
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace"), "accents dans un ancien codage : relus"


def read(path: Path, name: str) -> tuple[str | None, tuple[Fault, ...]]:
    """Return the text of ``path``, ``None`` when it cannot be read, and its defects; they name it ``name``."""
    return _read(path, name, stamp(path))


def stamp(path: Path) -> tuple[int, int]:
    """Return what changes when a file is written again."""
    try:
        about = path.stat()
    except OSError:
        return (0, 0)
    return (about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=512)
def _read(path: Path, name: str, stamp: tuple[int, int]) -> tuple[str | None, tuple[Fault, ...]]:
    try:
        raw = path.read_bytes()
    except OSError:
        return None, (Fault(name, 0, "fichier introuvable ou illisible", "vérifiez le nom et les droits du fichier"),)
    faults: list[Fault] = []
    content = decode(
        raw,
        lambda *parts: faults.append(Fault(name, *parts)),
        "dans l’éditeur : Enregistrer sous…, encodage UTF-8 (sans BOM)",
    )
    return content, tuple(faults)
