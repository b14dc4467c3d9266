"""Is every sentence that a reader sees read by the checks, and no line of code?"""

from __future__ import annotations

from pathlib import Path

import pytest

from mallette.checks import pages
from mallette.paths import Project

PAGE = """\
---
titre: tête
---
avant
```{note}
dans la note
```
entre
```python
code
```
après
~~~
```
code
~~~
::::{grid}
```{code-cell}
code
```
:::{card} carte
dans la carte
:::
dans la grille
::::
<!-- remarque
sur deux lignes -->
fin
"""


def test_prose_between_two_blocks_is_read_and_code_is_not() -> None:
    read = [line for _, line in pages.prose_lines(PAGE)]
    assert read == ["avant", "dans la note", "entre", "après", "dans la carte", "dans la grille", "fin"]
    assert [PAGE.splitlines()[number - 1] for number, _ in pages.prose_lines(PAGE)] == read


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("page.md", "un\ndeux\n\n| a | b |\n| c | d |\n", [(1, "un\ndeux"), (4, "| a | b |"), (5, "| c | d |")]),
        (
            "liste.yml",
            "questions:\n  - id: a\n    enonce: >-\n      Un\n      texte\n  - id: b\n",
            [(2, "a ¶\nUn texte"), (6, "b")],
        ),
        ("table.csv", "a,b\n1,2\n", [(1, "a,b"), (2, "1,2")]),
    ],
)
def test_what_is_read_together_is_told_with_its_line(tmp_path: Path, name: str, text: str, found: list) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert [(line, said.rstrip("\n")) for line, said in pages.passages(path)] == found


def test_a_column_without_a_title_is_told(small_course: Project) -> None:
    page = small_course.modules / "1-essai" / "module.md"
    before = page.read_text(encoding="utf-8")
    page.write_text(before + "\n| A | |\n|---|---|\n| | |\n\n| A | B |\n|---|:-:|\n| | |\n", encoding="utf-8")
    [fault] = pages.check(small_course)
    assert (fault.file, fault.line) == ("modules/1-essai/module.md", before.count("\n") + 2)
    assert "n’a pas de titre" in fault.message
