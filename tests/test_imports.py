"""Do imports go down? A part may use those before it in the list below, no other, and no two modules use each other."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from mallette.paths import PACKAGE

PARTS = [
    # On their own.
    "faults",
    "french",
    "files",
    "design",
    "markdown",
    "kernels",
    "prevalence",
    "disclosure",
    "spreadsheet",
    "terminal",
    # What people write, and where; how it is written again.
    "paths",
    "stamps",
    "templates",
    "surroundings",
    "handwritten",
    "sites",
    "version",
    "organisation",
    "words",
    "people",
    "toc",
    "units",
    "unverified",
    "programme",
    "data",
    "references",
    "helplines",
    "fiches",
    "tools",
    # What is asked, computed and shown.
    "questions",
    "quiz",
    "smic",
    "readability",
    "build",
    "figures",
    "widgets",
    "seance",
    "grading",
    "importing",
    "scaffold",
    # Rules about all of it, then what is made of it.
    "checks",
    "panels",
    "slides",
    "book",
    "publication",
    "server",
    "cli",
]
"""From the bottom to the top."""
MODULES = {
    ".".join(("mallette", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def _imports(path: Path) -> set[str]:
    """Return the modules of the kit that a file imports, anywhere in it but for types only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typed = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if node in typed:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            within = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {name if name in MODULES else node.module for name in within}
    return found & set(MODULES)


@pytest.fixture(scope="module")
def imports() -> dict[str, set[str]]:
    """What each module uses."""
    return {name: _imports(path) - {name} for name, path in MODULES.items()}


def _part(module: str) -> str:
    return (module.split(".") + [""])[1]


@pytest.mark.parametrize("part", sorted({_part(name) for name in MODULES} - {""}))
def test_a_part_uses_what_is_below_it(imports: dict[str, set[str]], part: str) -> None:
    assert part in PARTS, "dites dans PARTS où se range cette partie"
    used = {_part(other) for name, others in imports.items() if _part(name) == part for other in others} - {"", part}
    assert {other for other in used if PARTS.index(other) > PARTS.index(part)} == set()


def test_the_list_names_parts_that_exist() -> None:
    assert set(PARTS) == {_part(name) for name in MODULES} - {""}


def test_no_module_uses_one_that_uses_it(imports: dict[str, set[str]]) -> None:
    # A package re-exports what its modules define: they are one.
    graph = {name: {other for other in others if not name.startswith(f"{other}.")} for name, others in imports.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))
