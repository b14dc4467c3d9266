"""Sources that one can stand behind: no address of a site that the course does not cite, and « repris par » wherever a
copy was read."""

from __future__ import annotations

import re
from pathlib import Path

from mallette import references, sites
from mallette.checks import pages
from mallette.faults import Fault, relative
from mallette.paths import Project

_COPY = ", repris par "


def check(course: Project) -> list[Fault]:
    """Return the addresses of sites of ``data/sites.yml``, and the copies cited by hand as if they were originals."""
    refused, copies = sites.load(course), _copies(course)
    faults = []
    for path in _files(course):
        name = relative(path, course.root)
        text = pages.text(path)
        lines = list(enumerate(text.split("\n"), 1))
        lowered = text.lower()
        told = [site for site in refused if site.domain in lowered]
        hidden = [copy for copy in copies if copy[1].split(_COPY)[0] in text]  # few files name one
        faults += [
            Fault(
                name,
                number,
                f"adresse d’un site que le cours ne cite pas : « {match[0]} ». {site.reason}",
                f"citez : {site.instead} ; à défaut, retirez ce qui en vient",
            )
            for number, line in lines
            for site in told
            for match in site.pattern.finditer(line)
        ]
        if path.suffix == ".md" or (path.suffix == ".yml" and path.parent != course.data):
            faults += [
                Fault(
                    name,
                    number,
                    f"« {match[0]} » cite une copie comme si c’était l’original",
                    f"écrivez : {credit}, {year}",
                )
                for number, line in lines
                for pattern, credit, year in hidden
                for match in pattern.finditer(line)
            ]
    return faults


def _files(course: Project) -> list[Path]:
    tables = [path for kind in ("*.csv", "*.yml", "*.json") for path in sorted(course.data.glob(kind))]
    quizzes = [path for path in pages.tables(course) if path.parent != course.data]
    found = [*tables, course.references, *pages.markdown(course), *quizzes]
    return [path for path in found if path != course.sites and path.is_file()]


def _copies(course: Project) -> list[tuple[re.Pattern[str], str, str]]:
    """Return what a citation typed by hand looks like when it hides a copy: « Le Figaro, 2024 » when the only source of
    that name and year was read on another site."""
    known = [references.reference(key, course) for key in sorted(references.keys(course))]
    own = {(one.authors, one.year) for one in known if _COPY not in one.authors}
    hidden = {(one.authors.split(_COPY)[0], one.year): one.authors for one in known if _COPY in one.authors}
    return [
        (re.compile(rf"(?<![\w-]){re.escape(name)}(?:, | \(){year}\b"), credit, year)
        for (name, year), credit in hidden.items()
        if (name, year) not in own
    ]
