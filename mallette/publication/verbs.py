"""``mallette publier …``: each target says what it made in one table. A new target is one line of :data:`TARGETS`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass

from mallette.faults import ContentError, Fault
from mallette.paths import Project
from mallette.publication.made import Made, closing
from mallette.terminal import count


@dataclass(frozen=True)
class Target:
    """What ``publier`` can make.

    Attributes:
        help: said by ``--help``.
        run: makes it; returns the lines of the table, and the faults that kept something from being made.
        options: adds the options of its own.
    """

    help: str
    run: Callable[[Project, argparse.Namespace], tuple[list[Made], list[Fault]]]
    options: Callable[[argparse.ArgumentParser], None] = lambda parser: None


def _lms(course: Project, options: argparse.Namespace) -> tuple[list[Made], list[Fault]]:
    from mallette.publication import lms

    made, faults = lms.write(course, options.devoir)
    print("Ces fichiers contiennent les réponses : ne les donnez qu’à qui gère la plate-forme.")
    if not options.devoir:
        print("Les devoirs n’y sont pas : « --devoir NOM » ajoute celui que vous nommez, avec son corrigé.")
    return made, faults


def _lms_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--devoir", metavar="NOM", action="append", default=[], help="ajoute ce devoir, avec son corrigé (se répète)"
    )


def _calendar(course: Project, options: argparse.Namespace) -> tuple[list[Made], list[Fault]]:
    from mallette.publication import calendar

    path, sessions, left_out = calendar.write(course)
    for session in left_out:
        print(f"Laissée de côté : « {session.title} », {session.date_text} : le jour n’est pas connu.")
    size = path.stat().st_size
    name = path.relative_to(course.root).as_posix()
    return [Made(name, "tout agenda (Outlook, Google, Thunderbird, téléphone)", count(sessions, "séance"), size)], []


TARGETS = {
    "lms": Target("questions pour Moodle et d’autres plates-formes (Moodle XML, GIFT, QTI 2.1)", _lms, _lms_options),
    "calendrier": Target("séances du programme pour un agenda (.ics)", _calendar),
}


def add(verbs: argparse._SubParsersAction) -> None:
    """Add ``publier`` and its targets to the command line."""
    publish = verbs.add_parser("publier", help="fabrique ce qui se diffuse : questions pour une plate-forme, agenda")
    targets = publish.add_subparsers(dest="target", required=True, metavar="CIBLE")
    for name, target in TARGETS.items():
        target.options(targets.add_parser(name, help=target.help))


def run(course: Project, options: argparse.Namespace) -> int:
    """Make a target and return the exit code.

    Raises:
        ContentError: nothing could be made.
    """
    made, faults = TARGETS[options.target].run(course, options)
    print(closing(made))
    if faults:
        print(f"\nLaissé de côté :\n{ContentError(faults)}", file=sys.stderr)
    return 1 if faults else 0
