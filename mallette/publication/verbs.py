"""``mallette publier …``: each target says what it made in one table. A new target is one line of :data:`TARGETS`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass

from mallette import stamps
from mallette.faults import ContentError, Fault, relative
from mallette.paths import Project
from mallette.publication.made import Made, closing, index
from mallette.terminal import count


@dataclass(frozen=True)
class Target:
    """What ``publier`` can make.

    Attributes:
        help: said by ``--help``.
        run: makes it; returns the lines of the table, and the faults that kept something from being made.
        options: adds the options of its own.
        ready: raises a ContentError when a program is missing, before anything takes time.
        book: whether it reads the built book, which is then built again when it is no longer true.
    """

    help: str
    run: Callable[[Project, argparse.Namespace], tuple[list[Made], list[Fault]]]
    options: Callable[[argparse.ArgumentParser], None] = lambda parser: None
    ready: Callable[[], None] = lambda: None
    book: bool = False


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


def _pdf(course: Project, options: argparse.Namespace) -> tuple[list[Made], list[Fault]]:
    from mallette.publication import assemble, editions, pdf, version

    day = version.day(course)
    made = []
    for edition in editions.chosen(course, options.unite or [], options.guide, options.tout):
        print(f"  {edition.name}…", flush=True)
        path = course.publication / f"{edition.name}.pdf"
        pages = pdf.write(assemble.assemble(course, edition), path, day)
        made.append(Made(relative(path, course.root), edition.use, count(pages, "page"), path.stat().st_size))
    return made, []


def _epub(course: Project, options: argparse.Namespace) -> tuple[list[Made], list[Fault]]:
    from mallette.publication import assemble, editions, epub, version

    edition = editions.book(course)
    path = course.publication / f"{edition.name}.epub"
    count_of = epub.write(assemble.assemble(course, edition), path, version.day(course))
    use = "lire sur un téléphone ou une liseuse, prêter en bibliothèque"
    return [Made(relative(path, course.root), use, count(count_of, "page"), path.stat().st_size)], []


def _scorm(course: Project, options: argparse.Namespace) -> tuple[list[Made], list[Fault]]:
    from mallette.publication import scorm, version

    path = course.publication / "scorm.zip"
    pages = scorm.write(course, path, version.day(course))
    print("La plate-forme sait qui lit : le guide d’organisation dit ce qu’elle reçoit d’une personne.")
    use = "une plate-forme de formation, qui suit la lecture du livre (SCORM 1.2)"
    return [Made(relative(path, course.root), use, count(pages, "page"), path.stat().st_size)], []


def _pdf_options(parser: argparse.ArgumentParser) -> None:
    choice = parser.add_argument_group("édition (par défaut : le livre)").add_mutually_exclusive_group()
    choice.add_argument("edition", nargs="?", choices=["livre"], help="chapitres, démarche, annexes, réponses")
    choice.add_argument("--unite", metavar="UNITÉ", action="append", help="une unité entière (se répète)")
    choice.add_argument("--guide", action="store_true", help="les notes et les fiches à imprimer de toutes les unités")
    choice.add_argument("--tout", action="store_true", help="le livre, le guide et chaque unité")


def _pdf_ready() -> None:
    from mallette.publication import pdf

    pdf.available()


TARGETS = {
    "pdf": Target("livre, unité ou guide de formation en PDF accessible", _pdf, _pdf_options, _pdf_ready, book=True),
    "epub": Target("livre pour un téléphone ou une liseuse", _epub, book=True),
    "lms": Target("questions pour Moodle et d’autres plates-formes (Moodle XML, GIFT, QTI 2.1)", _lms, _lms_options),
    "scorm": Target("livre pour une plate-forme de formation, qui en suit la lecture (SCORM 1.2)", _scorm, book=True),
    "calendrier": Target("séances du programme pour un agenda (.ics)", _calendar),
}


def add(verbs: argparse._SubParsersAction) -> None:
    """Add ``publier`` and its targets to the command line."""
    publish = verbs.add_parser(
        "publier", help="fabrique ce qui se diffuse : PDF, EPUB, questions ou livre pour une plate-forme, agenda"
    )
    targets = publish.add_subparsers(dest="target", required=True, metavar="CIBLE")
    for name, target in TARGETS.items():
        parser = targets.add_parser(name, help=target.help)
        target.options(parser)
        if target.book:
            parser.add_argument("--sans-livre", action="store_true", help="prend le livre tel qu’il est construit")


def needs_book(course: Project, options: argparse.Namespace) -> bool:
    """Tell whether the book is to be built first.

    Raises:
        ContentError: a program is missing: building would be in vain.
    """
    target = TARGETS[options.target]
    target.ready()
    return target.book and not options.sans_livre and not stamps.of_book(course).current()


def run(course: Project, options: argparse.Namespace) -> int:
    """Make a target and return the exit code.

    Raises:
        ContentError: nothing could be made.
    """
    made, faults = TARGETS[options.target].run(course, options)
    print(f"« {relative(index(course, made), course.root)} » dit à quoi sert chaque fichier.")
    print(closing(made))
    if faults:
        print(f"\nLaissé de côté :\n{ContentError(faults)}", file=sys.stderr)
    return 1 if faults else 0
