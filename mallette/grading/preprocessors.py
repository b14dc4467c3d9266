"""What nbgrader does to a hand-in in this course, with ``nbgrader autograde`` and formgrader's button too.

``exercices/nbgrader_config.py`` names both in the lists of nbgrader: a hand-in is read for its answers, which are
written into our own notebook, whose checks run in this process. Nothing that a participant typed is executed.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import warnings
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from sqlalchemy import make_url

from mallette.grading import assignment, handin
from mallette.paths import project


class OnlyAnswers(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """First of the sanitizing steps: our notebook, with the answers of the hand-in, takes its place."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        told = resources["nbgrader"]
        course = project(Path(make_url(told["db_url"]).database or "").resolve().parents[1])
        asked = assignment.load(told["assignment"], course)
        found = handin.read_cells(json.loads(json.dumps(nb))["cells"], asked)
        return handin.filled(asked, found), resources


class RunHere(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """In the place of a kernel: the checks run in this process, answers are literals."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        run(nb)
        return nb, resources


def run(nb: NotebookNode) -> None:
    """Run the checks of one of our own notebooks, with what they print and give as their outputs."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for count, cell in enumerate((cell for cell in nb.cells if cell.cell_type == "code"), 1):
        cell.execution_count = count
        cell.outputs = []
        if cell.metadata.nbgrader.solution:
            namespace |= _answer(cell.source)
        else:
            cell.outputs = _executed(cell.source, namespace, count)


def _answer(source: str) -> dict[str, Any]:
    """Return what an answer cell, written by us, gives to its variable; nothing is executed."""
    (node,) = ast.parse(source, "<réponse>").body
    assert isinstance(node, ast.Assign)
    assert isinstance(node.targets[0], ast.Name)
    return {node.targets[0].id: ast.literal_eval(node.value)}


def _executed(source: str, namespace: dict[str, Any], count: int) -> list[NotebookNode]:
    """Run a cell of ours and return its outputs; warnings are left out, since nbgrader takes stderr for a failure."""
    printed = io.StringIO()
    outputs: list[NotebookNode] = []
    try:
        tree = ast.parse(source)
        end = tree.body[-1]
        last = ast.Expression(end.value) if isinstance(end, ast.Expr) else None
        tree.body = tree.body[:-1] if last else tree.body
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(tree, "<contrôle>", "exec"), namespace)
            value = eval(compile(last, "<contrôle>", "eval"), namespace) if last else None
        if value is not None:
            outputs.append(new_output("execute_result", data={"text/plain": repr(value)}, execution_count=count))
    except Exception as error:
        lines = [f"{type(error).__name__} : {error}"]
        outputs.append(new_output("error", ename=type(error).__name__, evalue=str(error), traceback=lines))
    if printed.getvalue():
        outputs.insert(0, new_output("stream", name="stdout", text=printed.getvalue()))
    return outputs
