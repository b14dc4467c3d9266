"""``mallette nouveau …``: what was written, and where to go on."""

from __future__ import annotations

import argparse

from mallette import scaffold
from mallette.faults import relative
from mallette.handwritten.plain import TO_FILL
from mallette.paths import Project


def add(verbs: argparse._SubParsersAction) -> None:
    """Add ``nouveau`` to the command line."""
    new = verbs.add_parser("nouveau", help="écrit les fichiers d’un séminaire, d’un module ou d’un devoir à compléter")
    kinds = new.add_subparsers(dest="kind", required=True, metavar="GENRE")
    for kind, told in (("seminaire", "un séminaire"), ("module", "un module"), ("devoir", "un devoir noté")):
        parser = kinds.add_parser(kind, help=told)
        parser.add_argument_group("titre").add_argument("titre", metavar="TITRE", help="entre guillemets")
        if kind == "devoir":
            parser.add_argument("--unite", metavar="UNITÉ", required=True, help="dossier de l’unité qu’il évalue")


def run(course: Project, options: argparse.Namespace) -> int:
    """Write the files and return the exit code.

    Raises:
        ContentError: nothing was written; the error says why.
    """
    if options.kind == "devoir":
        made = scaffold.devoir(course, options.titre, options.unite)
    else:
        made = scaffold.unit(course, options.kind, options.titre)
    for path in made:
        print(f"  {relative(path, course.root)}")
    print(f"Remplacez chaque « {TO_FILL} » : « mallette verifier » dit ce qui reste.")
    if options.kind == "devoir":
        print(f"Ensuite : « mallette noter preparer {made[0].stem} ».")
    return 0
