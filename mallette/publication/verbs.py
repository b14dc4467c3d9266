"""``mallette publier …``: each target says what it made in one table. A new target is one line of :data:`TARGETS`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mallette import files, programme, stamps
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
        book, decks: whether it reads the built book, the built decks: they are built again when no longer true.
        everything: the options that ``publier tout`` gives it.
    """

    help: str
    run: Callable[[Project, argparse.Namespace], tuple[list[Made], list[Fault]]]
    options: Callable[[argparse.ArgumentParser], None] = lambda parser: None
    ready: Callable[[], None] = lambda: None
    book: bool = False
    decks: bool = False
    everything: tuple[str, ...] = ()


def _made(course: Project, path: Path, use: str, holds: str) -> Made:
    """Return the line of the table for one file."""
    return Made(relative(path, course.root), use, holds, path.stat().st_size)


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
    _tell_whose(course)
    for session in left_out:
        print(f"Laissée de côté : « {session.title} », {session.date_text} : le jour n’est pas connu.")
    use = "tout agenda (Outlook, Google, Thunderbird, téléphone)"
    return [_made(course, path, use, count(sessions, "séance"))], []


def _tell_whose(course: Project) -> None:
    """Say of which sessions a programme is made."""
    print(f"Séances de « {programme.current(course).title} ».")
    if not programme.cycle(course):
        place = relative(course.programme, course.root)
        print(f"Ce ne sont pas les vôtres : vos dates s’écrivent en tête de « {place} », où un exemple attend.")


def _programme(course: Project, options: argparse.Namespace) -> tuple[list[Made], list[Fault]]:
    from mallette.publication import handout

    path, pages, faults = handout.write(course)
    _tell_whose(course)
    return [_made(course, path, "afficher, envoyer, imprimer", count(pages, "page"))], faults


def _pdf(course: Project, options: argparse.Namespace) -> tuple[list[Made], list[Fault]]:
    from mallette import version
    from mallette.publication import assemble, editions, pdf

    day = version.day(course)
    made = []
    for edition in editions.chosen(course, options.unite or [], options.guide, options.tout):
        print(f"  {edition.name}…", flush=True)
        path = course.publication / f"{edition.name}.pdf"
        pages = pdf.write(assemble.assemble(course, edition), path, day).pages
        made.append(_made(course, path, edition.use, count(pages, "page")))
    return made, []


def _epub(course: Project, options: argparse.Namespace) -> tuple[list[Made], list[Fault]]:
    from mallette import version
    from mallette.publication import assemble, editions, epub

    edition = editions.book(course)
    path = course.publication / f"{edition.name}.epub"
    count_of = epub.write(assemble.assemble(course, edition), path, version.day(course))
    use = "lire sur un téléphone ou une liseuse, prêter en bibliothèque"
    return [_made(course, path, use, count(count_of, "page"))], []


def _scorm(course: Project, options: argparse.Namespace) -> tuple[list[Made], list[Fault]]:
    from mallette import version
    from mallette.publication import editions, scorm

    made = []
    for edition in editions.lessons(course, options.unite, options.guide):
        name = "-".join(filter(None, ["scorm", edition.name, "avec-guide" if options.guide else ""]))
        path = course.publication / f"{name}.zip"
        pages = scorm.write(course, edition, path, version.day(course))
        whose = "de l’unité" if edition.name else "du livre"
        use = f"une plate-forme de formation, qui suit la lecture {whose} (SCORM 1.2)"
        made.append(_made(course, path, use, count(pages, "page")))
    if options.guide:
        print("Notes, fiches et guides de l’équipe y sont : ne donnez ce paquet qu’à qui forme.")
    else:
        print("Notes de formation, fiches et guides de l’équipe n’y sont pas : « --guide » les ajoute.")
    print("La plate-forme sait qui lit : le guide d’organisation dit ce qu’elle reçoit d’une personne.")
    return made, []


def _scorm_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unite", metavar="UNITÉ", action="append", default=[], help="une unité seule (se répète)")
    parser.add_argument("--guide", action="store_true", help="ajoute les notes, les fiches et les guides de l’équipe")


def _site(course: Project, options: argparse.Namespace) -> tuple[list[Made], list[Fault]]:
    from mallette import organisation
    from mallette.publication import site

    folder = course.publication / "site"
    archive, held, faults = site.write(course, folder)
    if missing := organisation.load(course).missing():
        place = relative(course.organisation, course.root)
        print(f"Avant de mettre en ligne, écrivez dans « {place} », sous « publication » : {', '.join(missing)}.")
        print("La page « Mentions légales » dit « à compléter » à leur place ; la loi les demande d’un site public.")
    pages = sum(name.endswith(".html") for name in held)
    holds = f"{count(pages, 'page')}, {count(len(held), 'fichier')}"
    uses = (
        "mettre en ligne, à la racine d’un site ou dans un dossier ; copier sur une clé USB",
        "le même dossier, à envoyer",
    )
    first = Made(relative(folder / "index.html", course.root), uses[0], holds, sum(map(len, held.values())))
    return [first, _made(course, archive, uses[1], holds)], faults


def _pdf_options(parser: argparse.ArgumentParser) -> None:
    choice = parser.add_argument_group("édition (par défaut : le livre)").add_mutually_exclusive_group()
    choice.add_argument("edition", nargs="?", choices=["livre"], help="chapitres, démarche, annexes, réponses")
    choice.add_argument("--unite", metavar="UNITÉ", action="append", help="une unité entière (se répète)")
    choice.add_argument("--guide", action="store_true", help="les notes et les fiches à imprimer de toutes les unités")
    choice.add_argument("--tout", action="store_true", help="le livre, le guide et chaque unité")


def _pdf_ready() -> None:
    from mallette.publication import pdf

    pdf.available()


def _decks(course: Project, options: argparse.Namespace) -> tuple[list[Made], list[Fault]]:
    from mallette.publication import decks

    return decks.write(course, options.unite)


def _decks_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--unite", metavar="UNITÉ", action="append", default=[], help="les diapositives d’une unité (se répète)"
    )


TARGETS = {
    "site": Target("livre à mettre en ligne ou sur une clé USB : un dossier, et son archive", _site, book=True),
    "pdf": Target(
        "livre, unité ou guide de formation en PDF accessible",
        _pdf,
        _pdf_options,
        _pdf_ready,
        book=True,
        everything=("--tout",),
    ),
    "epub": Target("livre pour un téléphone ou une liseuse", _epub, book=True),
    "diapos": Target("diapositives en PDF, seules et avec leurs notes", _decks, _decks_options, _pdf_ready, decks=True),
    "programme": Target("programme des séances à imprimer, sur une page A4 (PDF)", _programme, ready=_pdf_ready),
    "lms": Target("questions pour Moodle et d’autres plates-formes (Moodle XML, GIFT, QTI 2.1)", _lms, _lms_options),
    "scorm": Target(
        "livre ou unité pour une plate-forme de formation, qui en suit la lecture (SCORM 1.2)",
        _scorm,
        _scorm_options,
        book=True,
    ),
    "calendrier": Target("séances du programme pour un agenda (.ics)", _calendar),
}
"""In the order in which ``publier tout`` makes them."""
ALL = "tout"


def add(verbs: argparse._SubParsersAction) -> None:
    """Add ``publier`` and its targets to the command line."""
    publish = verbs.add_parser("publier", help="fabrique ce qui se diffuse : site, PDF, EPUB, diapositives, agenda…")
    targets = publish.add_subparsers(dest="target", required=True, metavar="CIBLE")
    for name, target in TARGETS.items():
        _fill(targets.add_parser(name, help=target.help), target)
    everything = targets.add_parser(ALL, help="toutes ces cibles, l’une après l’autre")
    _as_built(everything)


def _fill(parser: argparse.ArgumentParser, target: Target) -> argparse.ArgumentParser:
    target.options(parser)
    if target.book or target.decks:
        _as_built(parser)
    return parser


def _as_built(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sans-livre", action="store_true", help="prend le livre et les diapositives tels qu’ils sont construits"
    )


def run(
    course: Project, options: argparse.Namespace, build_book: Callable[[], int], build_decks: Callable[[], int]
) -> int:
    """Make a target, or all of them, and return the exit code: one that fails keeps no other from being made.

    Args:
        build_book, build_decks: return an exit code, and tell what is wrong.
    """
    if options.target == ALL:
        asked = {
            name: _fill(argparse.ArgumentParser(), target).parse_args(target.everything)
            for name, target in TARGETS.items()
        }
    else:
        asked = {options.target: options}
    made: list[Made] = []
    faults: list[Fault] = []
    lost: list[str] = []

    def tried(name: str, step: Callable[[], None]) -> None:
        try:
            step()
        except ContentError as error:
            faults.extend(error.faults)
            lost.append(name)
        except OSError as error:
            faults.append(files.fault(error))
            lost.append(name)

    for name in asked:
        tried(name, TARGETS[name].ready)
    for kind, stamp, build in (
        ("book", stamps.of_book(course), build_book),
        ("decks", stamps.of_decks(course), build_decks),
    ):
        readers = [name for name in asked if getattr(TARGETS[name], kind) and name not in lost]
        if readers and not options.sans_livre and not stamp.current() and build():
            lost += readers
    for rank, name in enumerate(asked, 1):
        if name in lost:
            continue
        if len(asked) > 1:
            print(f"[{rank}/{len(asked)}] {name} : {TARGETS[name].help}", flush=True)

        def make(name: str = name) -> None:
            new, left_out = TARGETS[name].run(course, asked[name])
            made.extend(new)
            faults.extend(left_out)

        tried(name, make)
    _told(course, made, list(dict.fromkeys(faults)))
    if lost and len(asked) > 1:
        print(f"\nCibles non faites : {', '.join(lost)}.", file=sys.stderr)
    return 1 if faults or lost else 0


def _told(course: Project, made: list[Made], faults: list[Fault]) -> None:
    """Tell what was made, and what was not."""
    if made:
        print(f"« {relative(index(course, made), course.root)} » dit à quoi sert chaque fichier.")
        print(closing(made))
    if faults:
        print(f"\nLaissé de côté :\n{ContentError(faults)}" if made else ContentError(faults), file=sys.stderr)
