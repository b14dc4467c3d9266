"""The files of a unit are there, and say what the rest of the kit computes from them."""

from __future__ import annotations

import re

import yaml

from mallette.checks.wording import LIMIT
from mallette.faults import ContentError, Fault, relative
from mallette.paths import Project
from mallette.units import REQUIRED, Unit, front_matter, units

_MYST = re.compile(r"^(?:`{3,}|:{3,})\{(?!code-cell\})[\w:-]+\}|(?<!`)\{[\w:-]+\}`[^`\n]+`", re.MULTILINE)


def _line(text: str, pattern: str) -> int:
    match = re.search(pattern, text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 0


def check(unit: Unit) -> list[Fault]:
    """Return the faults of one unit's own files."""
    root = unit.project.root
    faults = [
        Fault(relative(path, root), 0, f"le fichier manque : {what}", "copiez celui d’une autre unité et adaptez-le")
        for path, what in (
            (unit.quiz, "les questions de l’unité"),
            (unit.trainer, "les notes de formation"),
            (unit.workshop, "la page d’atelier"),
            (unit.deck, "les diapositives"),
        ) if not path.is_file()
    ]
    try:
        faults += _check_front_matter(unit)
        if unit.trainer.is_file() and not faults:
            faults += _check_schedule(unit) + _check_notes(unit)
    except ContentError as error:
        return faults + [
            Fault(relative(unit.folder / fault.file.split("/")[-1], root), fault.line, fault.message, fault.remedy)
            for fault in error.faults
        ]
    if unit.workshop.is_file():
        text = unit.workshop.read_text(encoding="utf-8")
        faults += [
            Fault(relative(unit.workshop, root), text.count("\n", 0, match.start()) + 1,
                  f"« {match.group(0).strip()} » ne s’affiche pas dans l’atelier", "écrivez du Markdown simple")
            for match in _MYST.finditer(text)
        ]
    return faults


def _check_front_matter(unit: Unit) -> list[Fault]:
    place = relative(unit.chapter, unit.project.root)
    text = unit.chapter.read_text(encoding="utf-8")
    meta = front_matter(unit.chapter).get("mallette")
    if not isinstance(meta, dict):
        return [Fault(place, 1, "l’en-tête n’a pas de bloc « mallette »", "voyez « Add a unit » dans CONTRIBUTING.md")]
    start = _line(text, r"^mallette:")
    faults = [
        Fault(place, start, f"« {key} » manque dans l’en-tête", f"ajoutez {what}")
        for key, what in REQUIRED.items() if not meta.get(key)
    ]
    minutes = meta.get("minutes")
    if minutes and (not isinstance(minutes, int) or not 0 < minutes <= 600):
        faults.append(Fault(place, _line(text, r"^\s+minutes:"), f"« minutes: {minutes} » n’est pas une durée",
                            "écrivez un nombre entier de minutes, de 1 à 600"))
    goals = meta.get("objectifs") or []
    seen: set[str] = set()
    for rank, goal in enumerate(goals, 1):
        line = _line(text, r"^\s+objectifs:")
        if not isinstance(goal, dict) or not goal.get("id") or not goal.get("texte"):
            faults.append(Fault(place, line, f"l’objectif n° {rank} est incomplet", "donnez-lui « id » et « texte »"))
        elif goal["id"] in seen:
            faults.append(Fault(place, line, f"deux objectifs portent l’id « {goal['id']} »", "changez l’un des deux"))
        else:
            seen.add(goal["id"])
    if unit.quiz.is_file() and not faults:
        faults += _check_coverage(unit, seen, place, _line(text, r"^\s+objectifs:"))
    return faults


def _check_coverage(unit: Unit, goals: set[str], place: str, line: int) -> list[Fault]:
    try:
        bank = yaml.safe_load(unit.quiz.read_text(encoding="utf-8"))
        asked = {question.get("objectif") for question in bank["questions"]}
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, KeyError, AttributeError):
        return []  # the check of the quiz says what is wrong with it, with the line
    return [
        Fault(place, line, f"aucune question ne vérifie l’objectif « {goal} »",
              "ajoutez une question à quiz.yml, ou retirez l’objectif")
        for goal in sorted(goals - asked)
    ]


def _check_schedule(unit: Unit) -> list[Fault]:
    place = relative(unit.trainer, unit.project.root)
    text = unit.trainer.read_text(encoding="utf-8")
    rows = (front_matter(unit.trainer).get("mallette") or {}).get("deroule")
    if not rows:
        return [Fault(place, 1, "le déroulé minuté manque", "ajoutez « deroule » au bloc « mallette » de l’en-tête")]
    line = _line(text, r"^\s+deroule:")
    faults = [
        Fault(place, line, f"l’étape n° {rank} du déroulé est incomplète", "donnez « minutes » (entier) et « titre »")
        for rank, row in enumerate(rows, 1)
        if not (isinstance(row, dict) and isinstance(row.get("minutes"), int) and row["minutes"] > 0
                and row.get("titre"))
    ]
    if not faults:
        total = sum(row["minutes"] for row in rows)
        if total != unit.minutes:
            faults.append(Fault(place, line, f"le déroulé dure {total} min, le chapitre annonce {unit.minutes} min",
                                "corrigez une étape, ou « minutes » dans l’en-tête du chapitre"))
    return faults


def _check_notes(unit: Unit) -> list[Fault]:
    """Return what the trainer's notes forget: the plan, which question checks which objective, the limit of secrecy."""
    text = unit.trainer.read_text(encoding="utf-8")
    silent = Fault(relative(unit.trainer, unit.project.root), 0,
                   "les notes ne disent pas quand ce qui se dit sort de la salle",
                   f"annoncez-le avec le cadre : « Ce qui se dit ici reste ici, sauf {LIMIT}. »")
    return [silent] * (LIMIT not in " ".join(text.casefold().split())) + [
        Fault(relative(unit.trainer, unit.project.root), 0, f"les notes ne montrent pas {what}",
              f"ajoutez la directive {{{name}}}, entre deux lignes de trois accents graves")
        for name, what in (("deroule", "le déroulé"), ("questions", "quelles questions vérifient quels objectifs"))
        if not re.search(rf"^`{{3,}}\{{{name}\}}$", text, re.MULTILINE)
    ]


def check_course(course: Project) -> list[Fault]:
    """Return what only shows when units are seen together: doubles, the table of contents, orphan decks."""
    faults, seen = [], {}
    toc = course.toc.read_text(encoding="utf-8") if course.toc.is_file() else ""
    for unit in units(course):
        place = relative(unit.folder, course.root)
        if unit.slug in seen:
            faults.append(Fault(place, 0, f"« {unit.slug} » nomme déjà {seen[unit.slug]}", "renommez ce dossier"))
        seen[unit.slug] = place
        if not re.match(r"\d+-[a-z0-9-]+$", unit.slug):
            faults.append(Fault(place, 0, "nom de dossier inattendu", "écrivez N-mots-sans-accents"))
        page = relative(unit.chapter, course.root).removesuffix(".md")
        if page not in toc:
            faults.append(Fault("_toc.yml", 0, f"« {page} » n’est pas dans le sommaire", "ajoutez sa ligne"))
    if course.slides.is_dir():
        faults += [
            Fault(relative(deck, course.root), 0, "ces diapositives ne vont avec aucune unité", "renommez ou supprimez")
            for deck in sorted(course.slides.glob("[0-9]*.md")) if deck.stem not in seen
        ]
    return faults
