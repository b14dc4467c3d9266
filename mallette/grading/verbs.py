"""``mallette noter …``: each verb says how far it is, and ends with one table of who is where."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mallette.faults import ContentError
from mallette.french import duration, number
from mallette.paths import Project
from mallette.terminal import count, table

if TYPE_CHECKING:
    from mallette.grading.assignment import Assignment

Progress = Callable[[str], Callable[[str], None]]
READING_PORT = 8867
_DAY = ("%Y-%m-%d %H:%M", "%Y-%m-%d")


def add(verbs: argparse._SubParsersAction) -> None:
    """Add ``noter`` and its own verbs to the command line."""
    noter = verbs.add_parser("noter", help="devoirs notés : préparer, relever, corriger, lire, rendre")
    steps = noter.add_subparsers(dest="step", required=True, metavar="ÉTAPE")

    def step(name: str, told: str, one: bool = True) -> argparse.ArgumentParser:
        parser = steps.add_parser(name, help=told)
        group = parser.add_argument_group("devoir")
        group.add_argument("devoir", metavar="DEVOIR", nargs=None if one else "?", help="nom de son fichier, sans .yml")
        parser.add_argument("--detail", action="store_true", help="montre aussi ce que dit nbgrader, en anglais")
        return parser

    prepare = step("preparer", "fabrique le carnet d’un devoir, ou de tous", one=False)
    prepare.add_argument("--limite", metavar="JOUR", help="après quoi une copie est en retard : « 2026-12-01 18:00 »")
    collect = step("relever", "prend les copies reçues en fichiers ou en archive")
    collect.add_argument_group("copies").add_argument(
        "place", metavar="DOSSIER", nargs="?", type=Path, help="dossier ou archive (par défaut : exercices/downloaded)"
    )
    step("corriger", "corrige les copies, sans rien exécuter de ce qu’elles contiennent")
    read = step("lire", "ouvre sur cet ordinateur une page pour lire et noter les textes")
    read.add_argument("--port", type=int, default=READING_PORT, help=f"port (par défaut : {READING_PORT})")
    step("rendre", "écrit le retour de chaque copie")
    step("bilan", "résultats par code, question et objectif, et bilan du groupe")
    papers = step("documents", "écrit les papiers de formation : acquis, attestation, émargement…")
    papers.add_argument("--noms", metavar="FICHIER", type=Path, help="codes et noms (CSV), hors du dossier du cours")
    step("etat", "dit où en est chaque copie, ou quels devoirs il y a", one=False)
    erase = step("effacer", "efface les copies, les notes et les retours d’un devoir")
    erase.add_argument("--oui", action="store_true", help="efface sans demander")


def run(course: Project, options: argparse.Namespace, progress: Progress) -> int:
    """Run a step and return its exit code."""
    from mallette.grading import assignment
    from mallette.grading.gradebook import GradingError

    try:
        if options.step == "preparer":
            return _prepare(course, options)
        if options.devoir is None:
            return _list(course)
        asked = assignment.load(options.devoir, course)
        steps = {
            "relever": _collect,
            "corriger": _grade,
            "rendre": _return,
            "bilan": _report,
            "documents": _documents,
            "etat": _state,
            "effacer": _erase,
        }
        return steps[options.step](asked, course, options, progress)
    except (ContentError, GradingError) as error:
        print(f"\n{error}", file=sys.stderr)
        detail = getattr(error, "detail", "")
        if options.detail and detail:
            print(f"\n{detail}", file=sys.stderr)
        return 1


def _prepare(course: Project, options: argparse.Namespace) -> int:
    from mallette import files
    from mallette.grading import assignment, gradebook, notebook, report
    from mallette.grading.documents import paper
    from mallette.grading.documents.odt import odt
    from mallette.grading.documents.sheet import html

    limit = _limit(options.limite)
    for name in [options.devoir] if options.devoir else assignment.names(course):
        described = assignment.load(name, course)
        files.write({notebook.path(name, course): notebook.text(described).encode()})
        gradebook.generate(course, name, limit)
        print(f"{name} : {count(len(described.items), 'question')}, {notebook.points(described.points)}.")
        printed = paper.sheet(described)
        place = report.folder(course, name) / paper.NAME
        files.write({place.with_suffix(".html"): html(printed).encode(), place.with_suffix(".odt"): odt(printed)})
        print("  Formulaire : ouvert à l’accueil de l’atelier, sous « Devoirs ».")
        print(f"  Sur papier : {place.relative_to(course.root.resolve())}.html et .odt")
        print(f"  Carnet à donner : {assignment.handed_out(name, course).relative_to(course.root.resolve())}")
    return 0


def _list(course: Project) -> int:
    from mallette.grading import assignment, grade, notebook

    rows = []
    for name in assignment.names(course):
        asked = assignment.load(name, course)
        worth = notebook.points(asked.points) if asked.points else "positionnement"
        received = len(grade.handed_in(course, name))
        rows.append((name, asked.unit, duration(asked.minutes), worth, count(received, "copie") if received else ""))
    print(
        table(("Devoir", "Unité", "Durée", "Points", "Reçues"), rows)
        if rows
        else "Aucun devoir dans exercices/devoirs."
    )
    return 0


def _limit(text: str | None) -> datetime | None:
    """Return a limit, typed in the time of this computer, in UTC without time zone.

    Raises:
        GradingError: it is no day.
    """
    from mallette.grading.gradebook import GradingError

    if text is None:
        return None
    for shape in _DAY:
        try:
            found = datetime.strptime(text.strip(), shape)
        except ValueError:
            continue
        end = found.replace(hour=23, minute=59) if shape == _DAY[1] else found
        return end.astimezone(UTC).replace(tzinfo=None)
    raise GradingError(f"« {text} » n’est pas une date : écrivez « 2026-12-01 18:00 », ou « 2026-12-01 » pour minuit.")


def _collect(asked: Assignment, course: Project, options: argparse.Namespace, progress: Progress) -> int:
    from mallette.grading import collect, gradebook

    place = options.place or gradebook.folder(course) / "downloaded" / asked.name
    found = collect.collect(asked, course, place)
    _tell(found.told)
    kept = f", {len(found.same)} déjà là" if found.same else ""
    print(f"{count(len(found.taken), 'copie')} relevée{'s' if len(found.taken) > 1 else ''}{kept}.")
    _closing(asked, course)
    return 0


def _grade(asked: Assignment, course: Project, options: argparse.Namespace, progress: Progress) -> int:
    from mallette.grading import grade

    def waiting() -> None:
        print("Une autre correction est en cours : celle-ci attend qu’elle finisse…", flush=True)

    done = grade.grade(asked, course, progress("copies"), waiting)
    print("\r", end="")
    _tell([(code, remark) for code, remarks in sorted(done.remarks.items()) for remark in remarks])
    _tell([(code, f"non corrigée : {reason}") for code, reason in sorted(done.refused.items())])
    if done.changes:
        print("Notes qui ont changé :")
        rows = [
            (item.code, asked.item(item.question).title, _points(item.before), _points(item.after))
            for item in done.changes
        ]
        print(table(("Code", "Question", "Avant", "Après"), rows))
    kept = f", {count(len(done.kept), 'autre')} déjà à jour" if done.kept else ""
    print(f"{count(len(done.graded), 'copie')} corrigée{'s' if len(done.graded) > 1 else ''}{kept}.")
    _closing(asked, course)
    return 1 if done.refused else 0


def _return(asked: Assignment, course: Project, options: argparse.Namespace, progress: Progress) -> int:
    from mallette.grading import feedback

    codes = feedback.write(asked, course)
    print(
        f"{len(codes)} retour{'s' if len(codes) > 1 else ''} dans exercices/feedback/<code>/{asked.name}/retour.html."
    )
    _closing(asked, course)
    return 0


def _report(asked: Assignment, course: Project, options: argparse.Namespace, progress: Progress) -> int:
    from mallette.grading import report

    for path in report.write(asked, course):
        print(f"  {path.relative_to(course.root)}")
    print("« confidentiel-… » parle de chaque code : gardez-le.")
    print("« diffusable-… » parle du groupe, à partir de cinq copies.")
    _closing(asked, course)
    return 0


def _documents(asked: Assignment, course: Project, options: argparse.Namespace, progress: Progress) -> int:
    from mallette.grading import report
    from mallette.grading.documents import writing

    made = writing.write(asked, course, options.noms)
    folder = report.folder(course, asked.name).relative_to(course.root)
    print(f"{count(len(made), 'fichier')} dans {folder.as_posix()}. Commencez par « a-lire ».")
    _closing(asked, course)
    return 0


def _state(asked: Assignment, course: Project, options: argparse.Namespace, progress: Progress) -> int:
    _closing(asked, course)
    return 0


def _erase(asked: Assignment, course: Project, options: argparse.Namespace, progress: Progress) -> int:
    from mallette.grading import erase

    codes = erase.codes(course, asked.name)
    print(f"Seront effacées : {count(len(codes), 'copie')} de « {asked.title} », leurs notes et leurs retours.")
    print("Ce que le formulaire garde de ce devoir s’efface aussi, copies commencées et non remises comprises.")
    if not options.oui and input("Écrivez « oui » pour effacer : ").strip().lower() != "oui":
        print("Rien n’a été effacé.")
        return 1
    erase.erase(course, asked.name)
    print("C’est effacé. Les fichiers reçus d’ailleurs (courriels, clés) sont à effacer par vous.")
    return 0


def _closing(asked: Assignment, course: Project) -> None:
    """Print who is where, and who is missing."""
    from mallette.grading import results, state

    held = state.table(asked, course)
    lines = [*state.lines(held, course)]
    if not lines:
        print("Aucun code connu pour le moment.")
        return
    print(table(state.HEADS, lines))
    missing = [copy.code for copy in held.copies if copy.reason == results.NOTHING]
    if missing:
        print(f"Pas de copie de : {', '.join(missing)}.")


def _tell(told: Iterable[tuple[str, str]]) -> None:
    for name, text in told:
        print(f"  {name} : {text}")


def _points(value: float | None) -> str:
    return "–" if value is None else number(value)
