"""Command line: parses, then hands over. One verb, one function."""

from __future__ import annotations

import argparse
import codecs
import sys
import time
import unicodedata
import warnings
from pathlib import Path

from mallette import __version__, files
from mallette.faults import ContentError
from mallette.grading import verbs as grading
from mallette.importing import verbs as importing
from mallette.paths import Project, project
from mallette.publication import verbs as publication
from mallette.scaffold import verbs as scaffold

DEFAULT_PORT = 8866

# argparse speaks through gettext and ships no French catalogue.
_FRENCH = {
    "usage: ": "usage : ",
    "positional arguments": "verbes",
    "options": "options",
    "show this help message and exit": "affiche cette aide",
    "%(prog)s: error: %(message)s\n": "%(prog)s : %(message)s\n    → « %(prog)s --help » liste ce qui est possible\n",
    "the following arguments are required: %s": "il manque : %s",
    "unrecognized arguments: %s": "option inconnue : %s",
    "expected one argument": "une valeur est attendue",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "« %(value)s » n’existe pas (au choix : %(choices)s)",
    "invalid %(type)s value: %(value)r": "« %(value)s » n’est pas une valeur possible",
}


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65536:
        raise ValueError(text)
    return port


_port.__name__ = "port"


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line, in French."""
    argparse._ = lambda text: _FRENCH.get(text, text)
    main_parser = argparse.ArgumentParser(prog="mallette", description="Mallette pédagogique : livre, ateliers, quiz.")
    main_parser.add_argument(
        "--version", action="version", version=f"mallette {__version__}", help="affiche la version"
    )
    main_parser.add_argument("--cours", metavar="DOSSIER", type=Path, help="dossier du cours (par défaut : celui-ci)")
    verbs = main_parser.add_subparsers(dest="verb", required=True, metavar="VERBE")

    workshop = verbs.add_parser("atelier", help="ouvre l’atelier : portail, livre, tableaux de bord, diapositives")
    workshop.add_argument("--port", type=_port, default=DEFAULT_PORT, help=f"port (par défaut : {DEFAULT_PORT})")
    workshop.add_argument("--salle", action="store_true", help="ouvre aux téléphones du même réseau")
    workshop.add_argument(
        "--adresse", metavar="IP", help="ouvre aux téléphones, à cette seule adresse de cet ordinateur"
    )
    workshop.add_argument("--sans-livre", action="store_true", help="ne reconstruit ni le livre ni les diapositives")

    book = verbs.add_parser("livre", help="construit le livre dans _build/html")
    book.add_argument("--strict", action="store_true", help="arrête au premier avertissement (intégration continue)")
    book.add_argument("--suivre", action="store_true", help="montre le livre, et le refait à chaque fichier enregistré")
    book.add_argument("--port", type=_port, default=DEFAULT_PORT, help=f"avec --suivre (par défaut : {DEFAULT_PORT})")

    verbs.add_parser("diapos", help="construit les diapositives dans _build/diapos")
    verbs.add_parser("verifier", help="relit données, quiz, pages et liens, et dit tout ce qui cloche")

    panel = verbs.add_parser("panel", help="met dans un quiz les réponses d’un panel, écrites par une séance")
    panel.add_argument_group("fichier").add_argument(
        "fichier", metavar="FICHIER", type=Path, help="fichier du dossier panels/"
    )
    panel.add_argument("--remplacer", action="store_true", help="remplace le panel que la question a déjà")
    grading.add(verbs)
    publication.add(verbs)
    importing.add(verbs)
    scaffold.add(verbs)
    return main_parser


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    _speak_anywhere()
    # The traceback of a library that is about to change something says nothing to a trainer.
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    options = parser().parse_args(arguments)
    try:
        course = project(options.cours)
        if not course.config.is_file():
            raise FileNotFoundError(f"« {course.root} » n’est pas un cours : il n’a pas de « _config.yml ».")
    except FileNotFoundError as error:
        return _fail(str(error))
    verbs = {
        "atelier": _workshop,
        "livre": _book,
        "diapos": _decks,
        "verifier": _verify,
        "panel": _panel,
        "noter": _grading,
        "publier": _publish,
        "importer": importing.run,
        "nouveau": scaffold.run,
    }
    try:
        return verbs[options.verb](course, options)
    except ContentError as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(str(files.fault(error)))
    except KeyboardInterrupt:
        print("\nArrêté.")
        return 130


def _speak_anywhere() -> None:
    """Let a console or a file whose encoding lacks a sign (cp1252 has no ✓) receive something near it."""
    near = {"✓": "v", "✗": "x", "→": "->", "−": "-"}

    def replace(error: UnicodeError) -> tuple[str, int]:
        missing = error.object[error.start : error.end]
        told = (near.get(sign) or unicodedata.normalize("NFKC", sign) for sign in missing)
        return "".join(text.encode(error.encoding, "replace").decode(error.encoding) for text in told), error.end

    codecs.register_error("mallette", replace)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="mallette")


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


def _progress(label: str) -> object:
    """Return a function that rewrites one line on a terminal, and says nothing in a log."""

    def show(text: str) -> None:
        if sys.stdout.isatty():
            print(f"\r  {label} : {text}".ljust(72), end="", flush=True)

    return show


def _book(course: Project, options: argparse.Namespace) -> int:
    from mallette import build

    if getattr(options, "suivre", False):
        return _follow(course, options)
    print("Construction du livre (une à deux minutes la première fois)…", flush=True)
    start = time.perf_counter()
    try:
        page = build.build_book(course, strict=getattr(options, "strict", False), progress=_progress("livre"))
    except build.BuildError as error:
        print()
        return _fail(
            "Le livre n’a pas pu être construit :\n"
            + "\n".join(f"    {line}" for line in error.lines)
            + (f"\n    → journal complet : {error.log}" if error.log.is_file() else "")
        )
    print(f"\r  Livre prêt en {time.perf_counter() - start:.0f} s : {page}".ljust(72))
    return 0


def _follow(course: Project, options: argparse.Namespace) -> int:
    from mallette.server import following, network

    try:
        following.serve(course, options.port, lambda line: print(line, flush=True))
    except network.AddressError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        print("\nLe livre n’est plus suivi.")
    return 0


def _decks(course: Project, options: argparse.Namespace) -> int:
    from mallette import slides

    print("Construction des diapositives…", flush=True)
    try:
        for page in slides.build(course):
            print(f"  {page}")
    except ContentError as error:
        return _fail(str(error))
    return 0


def _verify(course: Project, options: argparse.Namespace) -> int:
    from mallette import checks

    found = checks.all_faults(course)
    for name, faults in found.items():
        print(f"{'✗' if faults else '✓'} {name}" + (f" : {len(faults)} à corriger" if faults else ""))
        for fault in faults:
            print(f"  {fault}")
    total = sum(len(faults) for faults in found.values())
    print("Rien à corriger." if not total else f"{total} point{'s' if total > 1 else ''} à corriger.")
    return 1 if total else 0


def _panel(course: Project, options: argparse.Namespace) -> int:
    from mallette import panels
    from mallette.faults import relative

    try:
        bank, line = panels.insert(options.fichier, course, options.remplacer)
    except ContentError as error:
        return _fail(f"Le quiz n’a pas changé.\n{error}")
    except OSError as error:
        return _fail(f"Le quiz n’a pas changé : « {error.filename} » ne s’écrit pas : {files.reason(error)}.")
    print(f"Panel écrit : {relative(bank, course.root)}, ligne {line}.")
    print("Le livre le montrera à sa prochaine construction.")
    return 0


def _publish(course: Project, options: argparse.Namespace) -> int:
    return publication.run(course, options, lambda: _book(course, options), lambda: _decks(course, options))


def _grading(course: Project, options: argparse.Namespace) -> int:
    if options.step == "lire":
        return _reading(course, options)
    return grading.run(course, options, _progress)


def _reading(course: Project, options: argparse.Namespace) -> int:
    from mallette.grading import assignment
    from mallette.server import network, reading

    asked = assignment.load(options.devoir, course)
    if not asked.texts:
        return _fail(f"« {asked.title} » n’a pas de texte à lire.")

    def announce(address: str) -> None:
        print(f"Ouvrez dans le navigateur de cet ordinateur :\n    {address}\nCtrl-C ferme tout.", flush=True)

    try:
        reading.serve(asked, course, options.port, announce)
    except network.AddressError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        print("\nLa lecture est fermée.")
    return 0


def _workshop(course: Project, options: argparse.Namespace) -> int:
    from mallette import stamps
    from mallette.server import network

    try:
        rooms: dict[str, str] = {}
        if options.adresse:
            rooms = {network.given_address(options.adresse): ""}
        elif options.salle:
            rooms = network.room_addresses()
        for server in network.bind(options.port, [network.LOOPBACK, *rooms]):
            server.close()  # told now, not after a minute of building
    except network.AddressError as error:
        return _fail(str(error))
    from mallette.kernels.processes import private_folder
    from mallette.server import app, seance, workshops

    if not options.sans_livre:
        # A book or a deck that cannot be built keeps no workshop closed.
        if not stamps.of_book(course).current():
            _book(course, options)
        if not stamps.of_decks(course).current():
            _decks(course, options)
    ready = workshops.prepare(course)
    for item in ready:
        for fault in item.faults:
            print(f"Unité fermée : {fault}", file=sys.stderr)

    seances = seance.build(course, [network.LOOPBACK, *rooms], options.port, rooms)

    def announce() -> None:
        print("\nLa mallette est ouverte. Sur cet ordinateur :")
        print(f"    http://{network.LOOPBACK}:{options.port}/")
        print(f"Pour animer une séance (adresse à ne pas projeter) :\n    {seances.trainer_address}")
        if rooms:
            shown, *others = rooms
            print(f"Pour la salle :\n    http://{shown}:{options.port}/")
            if others:
                print("Cet ordinateur est sur plusieurs réseaux. Si les téléphones n’ouvrent pas cette adresse :")
                for address in others:
                    print(f"    http://{address}:{options.port}/  ({rooms[address]})")
                print("Celle du code QR se choisit sur la page de la séance, sous « La salle ».")
        else:
            print("Pour l’ouvrir aux téléphones de la salle : make atelier SALLE=1 (ou mallette atelier --salle)")
        print("Ctrl-C ferme tout.", flush=True)

    print("Préparation des ateliers…", flush=True)
    try:
        app.serve(course, ready, seances, announce, private_folder(), _progress("ateliers"))
    except network.AddressError as error:
        return _fail(str(error))
    print("\nLa mallette est fermée.")
    return 0
