"""French typography of pages and quizzes: what a printer would correct.

Rules: Imprimerie nationale, *Lexique des règles typographiques en usage*. A fine or full no-break space is accepted
before high punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mallette.checks import pages
from mallette.faults import Fault, relative
from mallette.paths import Project

SPACE = "\u00a0\u202f"
RULES: list[tuple[re.Pattern[str], str, str]] = [
    (re.compile(r"\w'\w"), "apostrophe droite", "écrivez ’ (U+2019)"),
    (re.compile(r'(?<![=\w])"[^"\n]*"'), "guillemets droits", "écrivez « » avec des espaces insécables"),
    (re.compile(rf"«(?![{SPACE}])|(?<![{SPACE}])»"), "guillemet sans espace insécable", "« mot », espaces U+00A0"),
    (
        re.compile(rf"(?<=[\w)»%€])(?:[;!?]|[ ][;:!?])(?=\s|$)(?<![{SPACE}].)"),
        "ponctuation haute sans espace insécable",
        "mettez U+202F (ou U+00A0) avant ; ! ? et U+00A0 avant :",
    ),
    (re.compile(r"(?<=\w\w):(?=\s|$)"), "deux-points sans espace insécable", "mettez U+00A0 avant :"),
    (re.compile(r"\d ?%(?<![\u00a0\u202f]%)"), "pourcentage sans espace insécable", "écrivez 42 % avec U+202F"),
    (re.compile(r"\d ?€(?<![\u00a0\u202f]€)"), "montant sans espace insécable", "écrivez 60 € avec U+00A0"),
    (
        re.compile("[\u00ad\u200b\u2060\ufeff]"),
        "signe invisible dans un mot",
        "retapez le mot\u00a0: sinon, la recherche ne le trouve pas",
    ),
    (
        re.compile(rf"^\s*(?:#{{1,6}}|[-*+]|\d{{1,2}}[.)])[{SPACE}]"),
        "espace insécable après « ## », « - » ou « 1. »",
        "mettez une espace ordinaire : sinon, ce n’est ni un titre ni une liste",
    ),
    (re.compile(r"^(?:<{7}|>{7}) .*"), "reste d’une fusion de git", "gardez une des deux versions, sans ces marques"),
    (re.compile(r"\.\.\."), "trois points", "écrivez … (U+2026)"),
    (
        re.compile(r"\b([Cc]oeur|[Oo]euvre|[Ss]oeur|[Oo]eil\b|[Nn]oeud|[Vv]oeu|[Mm]oeurs|[Mm]anoeuvre)"),
        "« oe » à lier",
        "écrivez œ",
    ),
    (
        re.compile(r"\b(?:Etat|Ecole|Etre|Ecoute|Eviter|Education|Economie|Elu|Etape)\b(?=\s+[a-zà-ÿ])"),
        "majuscule sans accent",
        "accentuez la majuscule : É, À",
    ),
]


def faults_of(text: str, place: str) -> list[Fault]:
    """Return the typographic faults of a Markdown page's text."""
    return faults_in(pages.prose_lines(text), place)


def faults_in(lines: Iterable[tuple[int, str]], place: str) -> list[Fault]:
    """Return the typographic faults of texts given with their line numbers."""
    return [
        Fault(place, number, f"{what} : « {_around(line, match)} »", remedy)
        for number, line in lines
        for pattern, what, remedy in RULES
        for match in pattern.finditer(line)
    ]


def _around(line: str, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - 12), min(len(line), match.end() + 12)
    return line[start:end].strip()


def check(course: Project) -> list[Fault]:
    """Return the typographic faults of every page, quiz and table; titles of works are what they are."""
    faults = []
    for path in pages.markdown(course):
        faults += faults_of(pages.text(path), relative(path, course.root))
    for path in pages.tables(course):
        faults += faults_in([(line, text) for _, line, text in pages.texts(path)], relative(path, course.root))
    for path in course.data.glob("[!.]*.csv"):
        if path.name != "sources.csv":
            faults += faults_in(pages.cells(path), relative(path, course.root))
    return faults
