"""A document as PDF, written by Typst: accessible (PDF/UA-1), made to last (PDF/A-2a), the same at each build."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import matplotlib

from mallette import design, files, french
from mallette.faults import ContentError, Fault
from mallette.publication import finish, markup
from mallette.publication.assemble import Whole
from mallette.publication.places import quoted

TEMPLATES = Path(__file__).parent
MISSING = Fault(
    "typst",
    0,
    "ce programme, qui met en page les PDF, n’est pas installé",
    "« make publier CIBLE=pdf » l’installe ; sans make : « uv sync --frozen --inexact --extra publication »",
)
_PAGES = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count (\d+)")


def available() -> None:
    """Check that PDFs can be written.

    Raises:
        ContentError: they cannot.
    """
    try:
        import typst  # noqa: F401
    except ImportError:
        raise ContentError([MISSING]) from None


@dataclass(frozen=True)
class Written:
    """What was written: the number of pages, and the ranks of the slides that hold more than theirs."""

    pages: int
    too_long: tuple[int, ...]


def write(whole: Whole, target: Path, day: date, template: str = "document") -> Written:
    """Write a document.

    Args:
        target: the file.
        day: of the content, which the document bears.
        template: how it looks, a file ``.typ`` of this folder.

    Raises:
        ContentError: Typst is not installed, or refuses the document.
    """
    available()
    import typst

    settings = {
        "titre": quoted(whole.title),
        "sous-titre": quoted(whole.subtitle),
        "auteur": quoted(whole.author),
        "langue": quoted(whole.language.partition("-")[0]),
        "date": f"datetime(year: {day.year}, month: {day.month}, day: {day.day})",
        "mention": quoted(f"Version du {french.day(day)}. {whole.notice}".strip()),
    }
    shown = ", ".join(f"{key}: {value}" for key, value in settings.items())
    with tempfile.TemporaryDirectory(prefix="mallette-") as folder:
        root = Path(folder)
        for source in (*TEMPLATES.glob("*.typ"), design.TOKENS):
            (root / source.name).write_bytes(source.read_bytes())
        for name, content in whole.images.items():
            (root / name).write_bytes(content)
        text = f'#import "{template}.typ": *\n#show: ouvrage.with({shown})\n{markup.markup(whole.body)}'
        (root / "main.typ").write_text(text, encoding="utf-8")
        try:
            compiler = typst.Compiler(
                root / "main.typ",
                root=root,
                font_paths=[design.FONTS, Path(matplotlib.get_data_path(), "fonts", "ttf")],
                ignore_system_fonts=True,
            )
            made = compiler.compile(pdf_standards=["ua-1", "a-2a"])
            too_long = json.loads(compiler.query("<deborde>", field="value"))
        except typst.TypstError as error:
            told = f"Typst refuse ce document : {error}"
            raise ContentError([Fault(target.name, 0, told, "corrigez la page qui porte ce texte")]) from error
    assert isinstance(made, bytes)  # a PDF is one file
    content = finish.finish(made)
    files.write({target: content})
    return Written(max(int(count) for count in _PAGES.findall(content)), tuple(too_long))
