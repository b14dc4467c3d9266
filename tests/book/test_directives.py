"""Do help lines and points to verify reach a page of the book, and do their links lead somewhere?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from mallette.book import directives
from mallette.paths import Project

PAGE = """\
# Une page

Appelez le {ligne}`enfance`. Une règle {verif}`regle`, la même {verif}`regle`, une autre {verif}`autre`.

```{lignes} samu drogues
:legende: Deux lignes
```

```{lignes} samu drogues
:courtes:
```

```{lignes}
:sources:
```

Voyez la [liste datée](#a-verifier).

```{a-verifier} 2026-11-29
- `autre` Un point, avec *accent*.
- `regle` Un point écrit
  sur deux lignes.
```
"""


@pytest.fixture
def built(small_course: Project, tmp_path: Path) -> str:
    """The HTML of :data:`PAGE`, built by Sphinx and MyST alone: the whole book takes minutes."""
    (small_course.root / "index.md").write_text(PAGE, encoding="utf-8")
    settings = {
        "extensions": ["myst_parser"],
        "exclude_patterns": ["modules", "book", "slides"],
        "language": "fr",
        "source_suffix": {".md": "markdown"},
    }  # MyST-NB changes the default for all that follows it
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            str(small_course.root),
            None,
            str(tmp_path / "html"),
            str(tmp_path / "memoire"),
            "html",
            confoverrides=settings,
            status=None,
            warningiserror=True,
        )
        app.confdir = small_course.root
        directives.register(app)
        app.build()
    return (tmp_path / "html" / "index.html").read_text(encoding="utf-8")


def test_a_number_is_called_by_a_touch_and_never_cut(built: str) -> None:
    numbers = re.findall(r'href="tel:(\d+)">([^<]+)<', built)
    assert ("119", "119") in numbers
    assert ("0800231313", "0\u00a0800\u00a023\u00a013\u00a013") in numbers
    assert all(re.sub(r"\D", "", shown) == dialled and " " not in shown for dialled, shown in numbers)


def test_a_table_says_what_each_line_costs_and_what_is_left_to_check(built: str) -> None:
    row = re.search(r"<tr[^>]*><th[^>]*>Drogues Info Service</th>.*?</tr>", built)[0]
    assert "gratuit" in row and "anonyme" in row
    assert "à revérifier avant impression" in built


def test_marks_and_points_lead_to_each_other(built: str) -> None:
    targets = set(re.findall(r'\bid="([^"]+)"', built))
    links = set(re.findall(r'href="#((?:verif|marque)-[^"]+)"', built))
    assert {"verif-regle", "verif-autre", "marque-regle-1", "marque-regle-2", "marque-autre-1"} == links <= targets
    shown = re.findall(r'href="#verif-(\w+)" aria-label="[^"]+">vérif\.\u00a0(\d)<', built)
    assert shown == [("regle", "2"), ("regle", "2"), ("autre", "1")]
    assert "29 novembre 2026" in built and "#a-verifier" in built
