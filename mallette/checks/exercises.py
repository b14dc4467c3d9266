"""What is wrong with the sources of the graded exercises, before nbgrader meets them.

nbgrader takes without a word a check cell without points, a task counted twice or a statement whose figures are no
longer those of ``data/``; this module says it. It does not import nbgrader, which takes seconds to load.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from mallette import data
from mallette.checks import pages, typography
from mallette.faults import ContentError, Fault, relative
from mallette.french import exact, number
from mallette.grading.questions import CHOICE, HEADING, KINDS
from mallette.handwritten import document
from mallette.paths import Project

SOLUTION = ("### BEGIN SOLUTION", "### END SOLUTION")
HIDDEN = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")
SCHEME = ("=== DÉBUT DE LA GRILLE ===", "=== FIN DE LA GRILLE ===")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Defect = tuple[str, str]
"""What is wrong and how to mend it, in French."""


def check(course: Project) -> list[Fault]:
    """Return the defects of every assignment under ``exercices/source/``."""
    faults = []
    for folder in sorted(path for path in (course.exercises / "source").glob("*") if path.is_dir()):
        path = folder / f"{folder.name}.ipynb"
        place = relative(path, course.root)
        if not path.is_file():
            faults.append(Fault(place, 0, "le devoir manque", "le carnet porte le même nom que son dossier"))
        elif not _SLUG.fullmatch(folder.name):
            faults.append(Fault(place, 0, "nom illisible dans celui d’une copie", "minuscules, chiffres et tirets"))
        else:
            faults += check_notebook(path, course)
    return sorted(faults)


def check_notebook(path: Path, course: Project) -> list[Fault]:
    """Return the defects of one source notebook."""
    place = relative(path, course.root)
    try:
        notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
        if (notebook.nbformat, notebook.nbformat_minor) < (4, 5):
            return [Fault(place, 0, "format antérieur à 4.5", "ouvrez et enregistrez le carnet dans JupyterLab")]
        nbformat.validate(notebook)
    except Exception as error:  # nbformat lets JSON, key, type and schema errors through
        return [Fault(place, 0, f"ce n’est pas un carnet valide ({type(error).__name__})", "ouvrez-le dans JupyterLab")]
    faults = [Fault(place, 0, message, remedy) for message, remedy in _whole(notebook)]
    found = [
        (f"cellule « {cell.get('id', index)} » : {message}", remedy, ("cells", index))
        for index, cell in enumerate(notebook.cells)
        for message, remedy in (*_cell(notebook.cells, index), *_figures(cell, course), *_typography(cell))
    ]
    source = document.read(path, place) if found else document.Document()  # JSON is YAML: its lines are known too
    faults += [Fault(place, source.line(where), message, remedy) for message, remedy, where in found]
    return faults


def _whole(notebook: NotebookNode) -> Iterator[Defect]:
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        yield "le noyau n’est pas « python3 »", "choisissez le noyau Python 3"
    ids = [_meta(cell).get("grade_id") for cell in notebook.cells]
    for grade_id in sorted({item for item in ids if item and ids.count(item) > 1}):
        yield f"deux cellules portent l’identifiant « {grade_id} »", "renommez-en une : nbgrader arrêterait la classe"


def _cell(cells: list[NotebookNode], index: int) -> Iterator[Defect]:
    cell, meta = cells[index], _meta(cells[index])
    if cell.get("outputs") or cell.get("execution_count"):
        yield "des résultats sont enregistrés", "effacez tous les résultats avant d’enregistrer"
    if not meta.get("grade_id"):
        yield "pas d’identifiant nbgrader", "donnez un « grade_id », aux textes aussi : ils seront remis en état"
        return
    points = meta.get("points")
    if meta.get("task"):
        if meta.get("grade") or cell.cell_type != "markdown":
            yield "tâche mal déclarée : ses points compteraient deux fois", "task: true, grade: false, cellule de texte"
        yield from _region(cell, SCHEME, "la grille de notation")
    elif meta.get("grade"):
        if meta.get("solution") or not meta.get("locked") or cell.cell_type != "code":
            yield "contrôle mal déclaré", "grade: true, locked: true, solution: false, cellule de code"
        yield from _region(cell, HIDDEN, "les contrôles cachés")
    elif meta.get("solution"):
        yield from _answer_cell(cells, index)
        yield from _region(cell, SOLUTION, "la solution")
        return
    if (meta.get("task") or meta.get("grade")) and not (isinstance(points, int | float) and points > 0):
        yield "aucun point", "donnez un nombre de points positif"


def _answer_cell(cells: list[NotebookNode], index: int) -> Iterator[Defect]:
    cell, ours = cells[index], cells[index].metadata.get("mallette", {})
    kind, variable = ours.get("type"), str(ours.get("variable"))
    before = cells[index - 1] if index else nbformat.v4.new_raw_cell()
    after = cells[index + 1] if index + 1 < len(cells) else nbformat.v4.new_raw_cell()
    if kind not in KINDS or not variable.isidentifier():
        yield "type ou variable de la réponse inconnus", f"« mallette » demande type ({', '.join(KINDS)}) et variable"
        return
    if f"\n{variable} = ...\n" not in f"\n{cell.source}\n":
        yield f"la ligne « {variable} = ... » manque", "écrivez-la avant la solution"
    if before.cell_type != "markdown":
        yield "pas d’énoncé juste avant", "placez l’énoncé dans la cellule de texte qui précède"
    graded = before if kind == "texte" else after
    if not _meta(graded).get("task" if kind == "texte" else "grade"):
        yield "rien ne la note", "un texte suit une tâche ; toute autre réponse est suivie de son contrôle"
    elif kind != "texte" and f'"{variable}"' not in graded.source:
        yield f"le contrôle qui suit ne lit pas « {variable} »", "vérifiez l’ordre des cellules"
    heading = HEADING.search(before.source)
    if not heading or float((heading["points"] or "0").replace(",", ".")) != _meta(graded).get("points"):
        yield "l’énoncé n’annonce pas les bons points", "son titre finit par « (2 points) », comme les métadonnées"
    if kind in ("choix", "liste") and len(CHOICE.findall(before.source)) < 2:
        yield "moins de deux choix dans l’énoncé", "écrivez chaque choix « * **a.** texte »"
    if kind == "nombre" and not ("unite" in ours and ours.get("min", 0) < ours.get("max", 0)):
        yield "unité ou bornes du nombre absentes", "donnez « unite » (vide s’il n’y en a pas), « min » et « max »"


def _region(cell: NotebookNode, limits: tuple[str, str], what: str) -> Iterator[Defect]:
    lines = cell.source.splitlines()
    if [line for line in lines if line in limits] != list(limits):
        yield f"{what} : limites absentes", f"« {limits[0]} » puis « {limits[1]} », seules sur leur ligne"


def _figures(cell: NotebookNode, course: Project) -> Iterator[Defect]:
    """Compare the figures written in a text with the lines of ``data/`` that its metadata names (``valeurs_de``)."""
    for query in cell.metadata.get("mallette", {}).get("valeurs_de", []):
        try:
            values = [row[query["colonne"]] for row in data.rows(query["table"], course) if _matches(row, query["ou"])]
        except ContentError:
            return  # the check of the tables says why they cannot be read
        except LookupError as error:
            yield f"valeurs introuvables : {error}", "corrigez « valeurs_de »"
            continue
        if not values:
            yield f"aucune ligne de « {query['table']} » pour « valeurs_de »", "corrigez les conditions"
        for value in values:
            if not any(re.search(rf"(?<![\d,]){re.escape(text)}(?![\d,]\d)", cell.source) for text in _written(value)):
                yield f"le texte ne donne pas la valeur {_written(value)[0]}", f"relisez data/{query['table']}.csv"


def _matches(row: Mapping[str, Any], where: Mapping[str, Any]) -> bool:
    """Tell whether a line meets every condition: a value, or a list of accepted values; dates are ISO texts."""
    for column, wanted in where.items():
        accepted = wanted if isinstance(wanted, list) else [wanted]
        if row[column] not in accepted and str(row[column]) not in accepted:
            return False
    return True


def _written(value: float | None) -> list[str]:
    """Return how a value may be written in French; ``//`` is the sign of the publication for "not available"."""
    if value is None:
        return ["//"]
    return [exact(value), number(value, 2)]


def _typography(cell: NotebookNode) -> Iterator[Defect]:
    if cell.cell_type == "markdown":
        lines = [*pages.prose_lines(cell.source)]
    else:
        lines = [(0, text) for text in _messages(cell.source)]
    for fault in typography.faults_in(lines, ""):
        yield fault.message, fault.remedy


def _messages(source: str) -> list[str]:
    """Return the sentences that ``expect(condition, sentence)`` shows."""
    try:
        calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    except SyntaxError:
        return []
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "expect"]
    said = [call.args[1] for call in named if len(call.args) == 2]
    return [node.value for node in said if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _meta(cell: NotebookNode) -> dict[str, Any]:
    return cell.metadata.get("nbgrader", {})
