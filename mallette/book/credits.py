"""What the site, the PDFs and the EPUB carry that others made, and under which licence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from mallette.design import FONTS
from mallette.paths import PACKAGE

LICENCES = "_static/licences.txt"
VENDORED = PACKAGE / "widgets" / "static" / "vendor" / "LICENSES.txt"
_BUNDLED = re.compile(r"^=+\n(\S+) (\S+) \(([^)]+)\)\n=+$", re.MULTILINE)
_DEJAVU = Path(str(distribution("matplotlib").locate_file("matplotlib/mpl-data/fonts/ttf/LICENSE_DEJAVU")))
OURS = (
    "*.html",
    "_static/kit/*.css",
    "_static/kit/*.js",
    "_static/figures/*.svg",
    "_static/textes.js",
    "_static/icone.svg",
    "_static/documentation_options.js",
    "_static/licences.txt",
    "_images/*",
    "_downloads/*",
    "searchindex.js",
)
"""Files of the site made from the course."""


@dataclass(frozen=True)
class Credit:
    """What one project gave.

    Attributes:
        name: of the project.
        licence: its short name.
        use: what it does here, in French.
        package: Python package that brings it, empty when it is bundled.
        files: patterns of its files in the site.
        texts: files that hold its licence, besides those of the package.
    """

    name: str
    licence: str
    use: str
    package: str = ""
    files: tuple[str, ...] = ()
    texts: tuple[Path, ...] = ()

    @property
    def version(self) -> str:
        """Its version; empty when unknown."""
        try:
            return version(self.package) if self.package else ""
        except PackageNotFoundError:
            return ""


CREDITS = (
    Credit(
        "Sphinx",
        "BSD-2-Clause",
        "construit les pages, cherche\u202f; sa recherche reprend les racines de mots de Snowball (BSD-3-Clause)",
        "sphinx",
        tuple(
            f"_static/{name}"
            for name in (
                "basic.css",
                "doctools.js",
                "searchtools.js",
                "sphinx_highlight.js",
                "language_data.js",
                "translations.js",
                "*.png",
            )
        ),
    ),
    Credit("Pygments", "BSD-2-Clause", "colore le code", "pygments", ("_static/pygments.css",)),
    Credit(
        "PyData Sphinx Theme",
        "BSD-3-Clause",
        "thème des pages",
        "pydata-sphinx-theme",
        (
            "_static/styles/pydata-sphinx-theme.css",
            "_static/styles/theme.css",
            "_static/scripts/pydata-sphinx-theme.js*",
        ),
    ),
    Credit(
        "Bootstrap",
        "MIT",
        "styles du thème",
        files=("_static/scripts/bootstrap.js", "_static/scripts/bootstrap.js.LICENSE.txt"),
    ),
    Credit("Font Awesome Free", "CC BY 4.0", "icônes, dont les contours sont dans le style du thème"),
    Credit(
        "Sphinx Book Theme",
        "BSD-3-Clause",
        "thème des pages",
        "sphinx-book-theme",
        ("_static/styles/sphinx-book-theme.css", "_static/scripts/sphinx-book-theme.js"),
    ),
    Credit("MyST-NB", "BSD-3-Clause", "style des cellules", "myst-nb", ("_static/mystnb.*.css",)),
    Credit(
        "sphinx-copybutton",
        "MIT",
        "bouton «\u00a0copier\u00a0»",
        "sphinx-copybutton",
        ("_static/copybutton.*", "_static/copy-button.svg", "_static/check-solid.svg"),
    ),
    Credit("clipboard.js", "MIT", "bouton «\u00a0copier\u00a0»", files=("_static/clipboard.min.js",)),
    Credit("sphinx-togglebutton", "MIT", "parties repliées", "sphinx-togglebutton", ("_static/togglebutton.*",)),
    Credit(
        "Sphinx Design",
        "MIT",
        "mise en page",
        "sphinx-design",
        ("_static/sphinx-design.min.css", "_static/design-tabs.js"),
    ),
    Credit("DejaVu", "licence Bitstream Vera", "signes des figures que l’autre police n’a pas", texts=(_DEJAVU,)),
    Credit(
        "Atkinson Hyperlegible Next",
        "OFL-1.1",
        "lettres des pages, des figures et des PDF\u202f; nous y avons ajouté l’espace fine insécable",
        files=("_static/kit/AtkinsonHyperlegibleNext-*.woff2",),
        texts=(FONTS / "OFL.txt",),
    ),
)


def bundled() -> list[tuple[str, str, str]]:
    """Return name, version and licence of what the chart library brings, as its own list says."""
    return _BUNDLED.findall(VENDORED.read_text(encoding="utf-8"))


def uncredited(names: Iterable[str]) -> list[str]:
    """Return the files of a site that are neither ours nor credited."""
    known = [*OURS, *(pattern for credit in CREDITS for pattern in credit.files)]
    return [name for name in names if not any(fnmatchcase(name, pattern) for pattern in known)]


def rows() -> list[tuple[str, str, str, str]]:
    """Return name, version, licence and use of all of it."""
    made = [(credit.name, credit.version, credit.licence, credit.use) for credit in CREDITS]
    return made + [(name, number, licence, "graphiques de l’explorateur") for name, number, licence in bundled()]


@cache
def licences() -> str:
    """Return the licences of all of it, as their authors wrote them."""
    parts = [VENDORED.read_text(encoding="utf-8")]
    for credit in CREDITS:
        parts += [f"{'=' * 100}\n{credit.name} {credit.version} ({credit.licence})\n{'=' * 100}\n"]
        parts += [text.read_text(encoding="utf-8") for text in _texts(credit)]
    return "\n".join(parts)


def _texts(credit: Credit) -> list[Path]:
    if not credit.package:
        return list(credit.texts)
    held = distribution(credit.package).files or []
    found = [Path(str(file.locate())) for file in held if ".dist-info" in str(file) and "licen" in file.name.lower()]
    return sorted(found) + list(credit.texts)
