"""``mallette importer``: questions of another program, written as a quiz to complete."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mallette import files, units
from mallette.faults import ContentError, Fault
from mallette.french import NBSP
from mallette.paths import Project
from mallette.terminal import count


def add(verbs: argparse._SubParsersAction) -> None:
    """Add ``importer`` to the command line."""
    parser = verbs.add_parser("importer", help="reprend les questions d’un fichier Moodle XML ou GIFT")
    group = parser.add_argument_group("fichier")
    group.add_argument("fichier", metavar="FICHIER", type=Path, help="fichier .xml, .gift ou .txt")
    parser.add_argument("--unite", metavar="UNITÉ", required=True, help="dossier de l’unité qui les recevra")
    parser.add_argument("--sortie", metavar="FICHIER", help="où les écrire (par défaut : à côté ; « - » : à l’écran)")


def run(course: Project, options: argparse.Namespace) -> int:
    """Write the questions beside their file, or on the screen; return the exit code. No file is written over.

    Raises:
        ContentError: the file cannot be read, or holds no question that can be taken.
    """
    from mallette import importing
    from mallette.importing import writing

    name = options.fichier.name
    try:
        unit = units.unit(options.unite, course)
    except LookupError as error:
        raise ContentError([Fault(name, 0, str(error), "donnez à « --unite » le nom d’un de ces dossiers")]) from error
    target = None if options.sortie == "-" else Path(options.sortie or options.fichier.with_suffix(".quiz.yml"))
    if target and target.exists():
        kept = Fault(str(target), 0, "il existe déjà, et n’est pas écrasé", "nommez-en un autre avec « --sortie »")
        raise ContentError([kept])
    made = writing.bank(importing.read(options.fichier), name, unit)
    if not made.text:
        raise ContentError([Fault(name, 0, f"« {shown} » : {remark}") for shown, remark in made.told])
    told = sys.stdout if target else sys.stderr
    for shown, remark in made.told:
        print(f"  {shown}{NBSP}: {remark}", file=told)
    if target is None:
        print(made.text, end="")
        return 0
    files.write({target: made.text.encode()})
    print(f"{count(made.count, 'question')} dans {target}.")
    print("Copiez-les sous « questions » dans le quiz de l’unité ; « mallette verifier » dira ce qui reste à écrire.")
    return 0
