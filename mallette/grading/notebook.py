"""The notebook of an assignment: for nbgrader with its solutions and hidden checks, or as graded.

It needs nothing but Python: what a participant receives works in any JupyterLab, without this package.
"""

from __future__ import annotations

import pprint
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from mallette.french import NBSP, number
from mallette.grading import literals
from mallette.grading.assignment import Assignment, Item
from mallette.paths import Project
from mallette.questions.words import stop

STUB = "# Remplacez les trois points par votre réponse, puis exécutez la cellule (Maj + Entrée)."
"""What nbgrader puts in the place of a solution; ``nbgrader_config.py`` takes it from here."""
SCHEME = ("=== DÉBUT DE LA GRILLE ===", "=== FIN DE LA GRILLE ===")
_SOLUTION = ("### BEGIN SOLUTION", "### END SOLUTION")
_HIDDEN = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")
_PREPARE = """\
# Exécutez d’abord cette cellule (Maj + Entrée) : une lettre pourra s’écrire avec ou sans guillemets.
a, b, c, d, e, f, g, h = "abcdefgh"
vrai, faux = "vrai", "faux"
print("Ce carnet est prêt.")"""
_CHECK = """\
# Cette cellule ne se modifie pas : elle dit si la réponse {rank} est écrite.
valeur = globals().get("{variable}", ...)
print("Réponse {rank} : " + ("pas encore écrite." if valeur is ... else "« " + str(valeur) + " »."))"""
_HANDING_IN = """\
## Rendre ce carnet

1. Enregistrez-le : menu *File*, puis *Save Notebook*.
2. Donnez au fichier le code que vous avez reçu, suivi du nom du devoir : `p1234_{name}.ipynb` si votre code est p1234.
3. Envoyez ce fichier comme on vous l’a indiqué. Seules vos réponses seront lues : le reste du carnet ne compte pas.

N’écrivez dans ce carnet ni votre nom, ni celui de quelqu’un d’autre, ni une histoire reconnaissable."""


def points(value: float) -> str:
    """Return ``2 points``, ``0,5 point``."""
    return f"{number(value)}{NBSP}point{'s' if value >= 2 else ''}"


def path(name: str, course: Project) -> Path:
    return course.exercises / "source" / name / f"{name}.ipynb"


def text(assignment: Assignment) -> str:
    """Return the source notebook as it stands in its file: the same for the same assignment."""
    return nbformat.writes(make(assignment, solved=True)) + "\n"


def stale(assignment: Assignment, course: Project) -> bool:
    """Tell whether the source notebook is not, or no longer, that of the description and of ``data/``."""
    try:
        return path(assignment.name, course).read_text(encoding="utf-8") != text(assignment)
    except (OSError, UnicodeDecodeError):
        return True


def make(assignment: Assignment, solved: bool = False) -> NotebookNode:
    """Return the notebook of an assignment, hidden checks included.

    Args:
        solved: whether answer cells hold the solution, between nbgrader's marks.
    """
    cells = [_locked("introduction", f"# {assignment.title}\n\n{assignment.introduction}")]
    for rank, held in enumerate(assignment.documents, 1):
        cells.append(_locked(f"document-{rank}", f"## {held.title}\n\n{held.text}"))
    cells.append(_cell("code", "preparation", _PREPARE, locked=True))
    for item in assignment.items:
        cells += _question(item, solved)
    cells.append(_locked("rendre", _HANDING_IN.format(name=assignment.name)))
    metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
        "mallette": {"devoir": assignment.name, "titre": assignment.title},
    }
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def _question(item: Item, solved: bool) -> Iterator[NotebookNode]:
    question = item.question
    scored = f" ({points(item.points)})" if item.points else ""
    how = [stop(line[:1].upper() + line[1:]) for line in question.on_screen()]
    lines = [f"### Question {item.rank}. {item.title}{scored}", question.prompt, *how]
    if literals.lettered(question):
        options = zip(literals.LETTERS, question.options(), strict=False)
        lines.append("\n".join(f"* **{letter}.** {option}" for letter, option in options))
    statement = "\n\n".join(lines)
    empty = f"{_hint(item)}\n{item.variable} = ..."
    right = literals.source(item.variable, _right(item))
    region = "\n".join([empty, _SOLUTION[0], right, _SOLUTION[1]])
    answer = _cell("code", f"{item.id}-reponse", region if solved else f"{empty}\n{STUB}", solution=True)
    if question.rubric:
        grid = "\n".join(f"* {line}" for line in question.solution())
        task = f"{statement}\n\n{SCHEME[0]}\n\n{grid}\n\n{SCHEME[1]}"
        yield _cell("markdown", f"{item.id}-tache", task, task=True, locked=True, points=item.points)
        yield answer
        return
    yield _locked(f"{item.id}-enonce", statement)
    yield answer
    if item.points:
        key = pprint.pformat({"points": item.points, **question.public()}, width=110, sort_dicts=False)
        call = f"from mallette.grading.marking import mark\n\nmark(valeur, {key})"
        shown = _CHECK.format(rank=item.rank, variable=item.variable)
        check = "\n".join([shown, _HIDDEN[0], call, _HIDDEN[1]])
        yield _cell("code", f"{item.id}-controle", check, grade=True, locked=True, points=item.points)


def _hint(item: Item) -> str:
    """Return the comment above an answer: how it is typed."""
    variable, question = item.variable, item.question
    if question.written:
        return f'# Votre texte entre guillemets triples : {variable} = """…"""'
    if not question.options():
        return f"# Un nombre, sans unité : {variable} = 8.5"
    if not literals.lettered(question):
        return f"# {variable} = vrai, ou {variable} = faux"
    letters = literals.LETTERS[: len(question.options())]
    if question.ranked:
        return f"# Toutes les lettres, dans l’ordre, entre crochets : {variable} = [{', '.join(reversed(letters))}]"
    if isinstance(_right(item), list):
        return f"# Des lettres entre crochets : {variable} = [a, {letters[-1]}]"
    return f"# Une lettre : {variable} = a"


def _right(item: Item) -> object:
    """Return the literal that earns all points, ``...`` in a ``positionnement``."""
    right = item.question.right_answer()
    return ... if right is None else literals.literal(item.question, right)


def _locked(name: str, source: str) -> NotebookNode:
    return _cell("markdown", name, source, locked=True)


def _cell(kind: str, name: str, source: str, **nbgrader: object) -> NotebookNode:
    make = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    plain = {"grade": False, "locked": False, "solution": False, "task": False}
    metadata = {"nbgrader": {"schema_version": 3, "grade_id": name, **plain, **nbgrader}}
    return make(source, metadata=metadata, id=name[:64])
