"""Runs the cells of a deck in this process.

A kernel for each deck costs seconds (start, import of matplotlib) and a figure takes a tenth of one: twenty decks would
take minutes. The cells of a deck are a few lines written by the course's authors, like the package itself.
"""

from __future__ import annotations

import ast
from typing import Any

from IPython.core.formatters import DisplayFormatter
from myst_nb.core.read import read_myst_markdown_notebook
from nbformat import NotebookNode
from nbformat.v4 import new_output

from mallette.faults import Fault

faults: list[Fault] = []
"""What failed since the builder last emptied this list: MyST-NB calls :func:`read`, which returns a notebook only."""
reading = ""
"""File being read, as messages show it."""


def read(text: str) -> NotebookNode:
    """Return the notebook of a deck with the outputs of its cells (a reader for ``nb_custom_formats``)."""
    notebook = read_myst_markdown_notebook(text, add_source_map=True)
    namespace: dict[str, Any] = {"__name__": "__main__"}
    formatter = DisplayFormatter()
    count = 0
    for cell, line in zip(notebook.cells, notebook.metadata["source_map"], strict=True):
        if cell.cell_type != "code":
            continue
        count += 1
        cell.execution_count = count
        try:
            value = run(cell.source, namespace)
        except Exception as error:  # whatever a cell can raise is told to its author
            # Cells often build on those before: after a failure the next ones would fail too.
            remedy = f"{type(error).__name__} : {error}"
            faults.append(Fault(reading, line, "une cellule ne s’exécute pas", remedy))
            break
        if value is not None:
            data, metadata = formatter.format(value)
            cell.outputs = [new_output("execute_result", data, metadata=metadata, execution_count=count)]
    return notebook


def run(source: str, namespace: dict[str, Any]) -> Any:
    """Execute ``source`` and return the value of its last expression, ``None`` when it ends with a statement."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cellule>", "exec"), namespace)
    return eval(compile(ast.Expression(last.value), "<cellule>", "eval"), namespace) if last else None
