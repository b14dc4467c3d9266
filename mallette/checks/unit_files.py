"""The files of a unit are there, and say what the rest of the kit computes from them."""

from __future__ import annotations

import contextlib
import re

from mallette import toc
from mallette.checks import cells, pages
from mallette.checks.wording import LIMIT
from mallette.faults import ContentError, Fault, relative
from mallette.handwritten import page, structure
from mallette.paths import Project
from mallette.quiz import bank
from mallette.units import CHAPTER_NAMES, Unit, sheet_titles, units

_MYST = re.compile(r"^(?:`{3,}|:{3,})\{(?!code-cell\})[\w:-]+\}|(?<!`)\{[\w:-]+\}`[^`\n]+`", re.MULTILINE)


def check(unit: Unit) -> list[Fault]:
    """Return the faults of one unit's own files."""
    root = unit.project.root
    place = relative(unit.folder, root)
    faults = []
    if not re.fullmatch(r"\d+-[a-z0-9-]+", unit.slug):
        faults.append(Fault(place, 0, "nom de dossier inattendu", "écrivez N-mots-sans-accents : 10-logement"))
    for path, what in (
        (unit.quiz, "les questions de l’unité"),
        (unit.trainer, "les notes de formation"),
        (unit.workshop, "la page d’atelier"),
        (unit.deck, "les diapositives"),
    ):
        if not path.is_file():
            faults.append(
                Fault(
                    relative(path, root),
                    0,
                    f"le fichier manque : {what}",
                    "copiez celui d’une autre unité et adaptez-le",
                )
            )
        elif path in (unit.workshop, unit.deck):
            faults += page.read(path, root).faults
    try:
        faults += _coverage(unit)
    except ContentError as error:
        faults += error.faults
    if unit.trainer.is_file():
        try:
            faults += _duration(unit) + _notes(unit) + _sheets(unit)
        except ContentError as error:
            faults += error.faults
    workshop = page.read(unit.workshop, root)
    return (
        list(dict.fromkeys(faults))
        + cells.check(unit)
        + [
            Fault.at(
                workshop.file,
                workshop.text,
                match.start(),
                f"« {match.group(0).strip()} » ne s’affiche pas dans l’atelier",
                "écrivez du Markdown simple",
            )
            for match in _MYST.finditer(workshop.text)
        ]
    )


def _coverage(unit: Unit) -> list[Fault]:
    """Return the objectives that no question checks."""
    place = relative(unit.chapter, unit.project.root)
    goals = unit.head.data["objectifs"]
    quiz, wrong = bank.written(unit.quiz, relative(unit.quiz, unit.project.root))
    if quiz.data is None or quiz.faults or wrong:
        return []  # the check of the quiz says what is wrong with it
    asked = {question["objectif"] for question in quiz.data["questions"]}
    return [
        Fault(
            place,
            unit.head.line(("objectifs", rank)),
            f"aucune question ne vérifie l’objectif « {goal['id']} »",
            "ajoutez une question à quiz.yml, ou retirez l’objectif",
        )
        for rank, goal in enumerate(goals)
        if goal["id"] not in asked
    ]


def _duration(unit: Unit) -> list[Fault]:
    total = sum(step.minutes for step in unit.steps)
    with contextlib.suppress(ContentError):  # a chapter with faults has its own
        if total != unit.minutes:
            return [
                Fault(
                    relative(unit.trainer, unit.project.root),
                    unit.plan.line(("deroule",)),
                    f"le déroulé dure {total} min, le chapitre annonce {unit.minutes} min",
                    "corrigez une étape, ou « minutes » dans l’en-tête du chapitre",
                )
            ]
    return []


def _notes(unit: Unit) -> list[Fault]:
    """Return what the trainer's notes forget: the plan, which question checks which objective, the limit of secrecy."""
    text = page.read(unit.trainer, unit.project.root).text
    silent = Fault(
        relative(unit.trainer, unit.project.root),
        0,
        "les notes ne disent pas quand ce qui se dit sort de la salle",
        f"annoncez-le avec le cadre : « Ce qui se dit ici reste ici, sauf {LIMIT}. »",
    )
    return [silent] * (LIMIT not in " ".join(text.casefold().split())) + [
        Fault(
            relative(unit.trainer, unit.project.root),
            0,
            f"les notes ne montrent pas {what}",
            f"ajoutez la directive {{{name}}}, entre deux lignes de trois accents graves",
        )
        for name, what in (("deroule", "le déroulé"), ("questions", "quelles questions vérifient quels objectifs"))
        if not re.search(rf"^`{{3,}}\{{{name}\}}$", text, re.MULTILINE)
    ]


def _sheets(unit: Unit) -> list[Fault]:
    """Return the sheets that the plan promises and that are not there, and those of the unit that no step uses."""
    course = unit.project
    own = sheet_titles(unit.sheets, course)
    known = own | sheet_titles(course.common_sheets, course)
    used = [(title, rank) for rank, step in enumerate(unit.steps) for title in step.sheets]
    return [
        Fault(
            relative(unit.trainer, course.root),
            unit.plan.line(("deroule", rank, "fiches")),
            f"aucune fiche « {title} »",
            structure.suggestion(title, [*known]) if known else f"écrivez-la dans {relative(unit.sheets, course.root)}",
        )
        for title, rank in used
        if title not in known
    ] + [
        Fault(
            relative(unit.sheets, course.root),
            line,
            f"aucune étape du déroulé n’emploie la fiche « {title} »",
            "nommez-la sous « fiches » d’une étape, dans formateur.md",
        )
        for title, line in own.items()
        if title not in {name for name, _ in used}
    ]


def check_course(course: Project) -> list[Fault]:
    """Return what only shows when units are seen together: doubles, the table of contents, orphan decks."""
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    for unit in units(course):
        place = relative(unit.folder, course.root)
        if unit.slug in seen:
            faults.append(Fault(place, 0, f"« {unit.slug} » nomme déjà {seen[unit.slug]}", "renommez ce dossier"))
        seen[unit.slug] = place
    faults += [
        Fault(
            relative(folder, course.root),
            0,
            f"cette unité n’a pas de « {name} » : elle n’est dans aucun livre",
            f"donnez ce nom à son chapitre ({', '.join(found)})" if found else "copiez le chapitre d’une autre unité",
        )
        for kind, parent in (("seminaire", course.seminars), ("module", course.modules))
        if parent.is_dir()
        for folder in sorted(parent.iterdir())
        for name in [CHAPTER_NAMES[kind]]
        if folder.is_dir() and not folder.name.startswith((".", "_")) and not (folder / name).is_file()
        for found in [
            sorted(
                path.name
                for path in folder.glob("*.md*")
                if path.name not in ("atelier.md", "fiches.md", "formateur.md", "README.md")
            )
        ]
    ]
    faults += toc.check(course, [path for path in pages.markdown(course) if path.parent != course.slides])
    if course.slides.is_dir():
        faults += [
            Fault(relative(deck, course.root), 0, "ces diapositives ne vont avec aucune unité", "renommez ou supprimez")
            for deck in sorted(course.slides.glob("[0-9]*.md"))
            if deck.stem not in seen
        ]
    return faults
