"""Does the printer's eye see what it should, and leave the rest alone?"""

from __future__ import annotations

import pytest

from mallette.checks import typography
from mallette.paths import Project

WRONG = [
    "l'atelier",
    'le mot "drogue"',
    "«mot»",
    "« mot »",
    "Vraiment ?",
    "Vraiment?",
    "Ceci: cela",
    "42 % des gens",
    "42% des gens",
    "60 € par jour",
    "Et puis...",
    "Le coeur du sujet",
    "Etat des lieux",
    "<<<<<<< HEAD",
    "cou\u00adpé",
    "##\u00a0Titre",
    "-\u00a0un point",
]
RIGHT = [
    "l’atelier",
    "«\u00a0mot\u00a0»",
    "Vraiment\u202f?",
    "Vraiment\u00a0?",
    "Ceci\u00a0: cela",
    "42\u202f% des gens",
    "60\u00a0€ par jour",
    "Et puis…",
    "Le cœur du sujet",
    "État des lieux",
    "de 14:00 à 17:00",
    "voir [la page](a.md)",
    "`code: 'brut'`",
    "<https://exemple.fr/?a=1>",
    "À suivre",
    "A. Dupont",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_mistake_is_seen(text: str) -> None:
    assert typography.faults_of(text, "page.md")


@pytest.mark.parametrize("text", RIGHT)
def test_good_typography_passes(text: str) -> None:
    assert typography.faults_of(text, "page.md") == []


def test_code_and_front_matter_are_not_prose_and_lines_are_kept() -> None:
    page = "---\na: \"b\"\n---\n# Titre\n\n```{code-cell}\nprint('a')\n```\n\nl'eau\n"
    assert [fault.line for fault in typography.faults_of(page, "page.md")] == [10]


@pytest.mark.parametrize(
    "block",
    [
        "```{admonition} Titre\nDu texte.\n```",
        ":::{note}\nDu texte.\n:::",
        "```{code-cell}\nprint('a')\n```",
        "````{exercise}\n```{code-cell}\nprint('a')\n```\nDu texte.\n````",
        "```python\nprint('a')\n```",
    ],
)
def test_what_follows_a_block_is_read(block: str) -> None:
    page = f"# Titre\n\n{block}\n\nl'eau\n\n{block}\n\nl'air\n"
    lines = page.splitlines()
    assert [fault.line for fault in typography.faults_of(page, "page.md")] == [
        lines.index("l'eau") + 1,
        lines.index("l'air") + 1,
    ]


def test_the_title_of_an_admonition_is_prose() -> None:
    assert typography.faults_of("```{admonition} L'eau\nDu texte.\n```\n", "page.md")


def test_the_cells_of_the_tables_are_read_too(small_course: Project) -> None:
    path = small_course.data / "champs.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join([lines[0], lines[1].replace(",", ",l'eau ", 1), *lines[2:]]), encoding="utf-8")
    assert [(fault.file, fault.line) for fault in typography.check(small_course)] == [("data/champs.csv", 2)]
