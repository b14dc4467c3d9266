"""Defects of a source notebook that nbgrader would let through, or would only show to the whole class."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from mallette.checks.exercises import check
from mallette.paths import Project

Spoil = Callable[[dict], None]


@pytest.fixture
def spoiled(small_course: Project, course: Project) -> Callable[[Spoil], str]:
    """Return a function that spoils a copy of a real assignment and returns what the checks then say."""
    name = "taux-horaire"
    target = small_course.exercises / "source" / name / f"{name}.ipynb"
    target.parent.mkdir(parents=True)
    source = (course.exercises / "source" / name / f"{name}.ipynb").read_text(encoding="utf-8")

    def run(spoil: Spoil) -> str:
        notebook = json.loads(source)
        spoil({cell["id"]: cell for cell in notebook["cells"]} | {"": notebook})
        target.write_text(json.dumps(notebook), encoding="utf-8")
        return "\n".join(map(str, check(small_course))).replace("\u00a0", " ")

    return run


def edit(cell_id: str, old: str, new: str) -> Spoil:
    def spoil(cells: dict) -> None:
        text = "".join(cells[cell_id]["source"])
        assert old in text
        cells[cell_id]["source"] = text.replace(old, new)

    return spoil


def mark(cell_id: str, block: str = "nbgrader", **values: object) -> Spoil:
    return lambda cells: cells[cell_id]["metadata"][block].update(values)


def test_a_sound_assignment_has_no_fault(spoiled):
    assert spoiled(lambda cells: None) == ""


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (mark("q9-tache", grade=True), "compteraient deux fois"),
        (mark("q2-controle", grade_id="q1-controle"), "deux cellules portent l’identifiant « q1-controle »"),
        (mark("q2-controle", points=0), "aucun point"),
        (mark("q2-controle", points=3), "n’annonce pas les bons points"),
        (mark("q2-controle", locked=False), "contrôle mal déclaré"),
        (mark("introduction", grade_id=""), "pas d’identifiant"),
        (mark("q2-reponse", "mallette", type="date"), "type ou variable"),
        (mark("q2-reponse", "mallette", variable="reponse_3"), "« reponse_3 = ... » manque"),
        (mark("q2-reponse", "mallette", max=0), "bornes du nombre"),
        (edit("q2-reponse", "### END SOLUTION", ""), "la solution"),
        (edit("q2-controle", "### BEGIN HIDDEN TESTS", ""), "les contrôles cachés"),
        (edit("q9-tache", "=== FIN DE LA GRILLE ===", ""), "la grille"),
        (edit("q3-enonce", "* **", "- "), "moins de deux choix"),
        (edit("q1-enonce", "90", "95"), "le texte ne donne pas la valeur 90"),
        (edit("document-2", "8,92", "8,93"), "le texte ne donne pas la valeur 8,92"),
        (edit("q1-enonce", "’", "'"), "apostrophe droite"),
        (edit("q2-controle", '"Divisez', "3)\nexpect(True, \"C'est à diviser : divisez"), "apostrophe droite"),
        (lambda cells: cells["q2-controle"].update(execution_count=3), "des résultats"),
        (lambda cells: cells[""].update(nbformat_minor=4), "format antérieur"),
        (lambda cells: cells[""]["metadata"].update(kernelspec={"name": "ir", "display_name": "R"}), "noyau"),
        (lambda cells: cells[""].pop("nbformat"), "pas un carnet valide"),
        (lambda cells: cells[""]["cells"].remove(cells["q2-controle"]), "rien ne la note"),
    ],
)
def test_a_defect_is_told(spoiled, spoil, said):
    assert said in spoiled(spoil)


def test_a_folder_without_its_notebook_is_told(small_course):
    (small_course.exercises / "source" / "oubli").mkdir(parents=True)
    (fault,) = check(small_course)
    assert fault.file == "exercices/source/oubli/oubli.ipynb"
