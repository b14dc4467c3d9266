"""Do pages of the book run each in a kernel of its own, as a page and not as a dashboard, and leave nothing behind?"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import nbformat
import psutil
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from mallette.book import execution
from mallette.paths import Project

pytestmark = pytest.mark.skipif(not execution.CAN_FORK, reason="les processus ne se copient pas ici")


@pytest.fixture
def kernel_name(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("JUPYTER_PATH", "")
    config = SimpleNamespace(nb_kernel_rgx_aliases={})
    execution.choose_kernel(None, config)
    return config.nb_kernel_rgx_aliases["^python3$"]


def _run(code: str, kernel_name: str, folder: Path) -> str:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, kernel_name=kernel_name, resources={"metadata": {"path": str(folder)}}).execute()
    return "".join(output.text for output in notebook.cells[0].outputs)


def test_a_page_runs_in_its_folder_and_its_kernel_ends(kernel_name: str, tmp_path: Path) -> None:
    where, pid, voila = _run(
        "import os; from mallette.surroundings import served_by_voila\n"
        "chosen = 1; print(os.getcwd(), os.getpid(), served_by_voila(), sep='\\n')",
        kernel_name,
        tmp_path,
    ).split()
    assert Path(where) == tmp_path
    assert voila == "False", "les outils laisseraient hors du livre leur forme sans noyau"
    assert not psutil.pid_exists(int(pid)) or psutil.Process(int(pid)).status() == psutil.STATUS_ZOMBIE
    assert _run("print('chosen' in dir())", kernel_name, tmp_path).strip() == "False"


def test_a_page_belongs_to_the_course_around_it_wherever_the_build_was_started(
    kernel_name: str, small_course: Project
) -> None:
    code = "from mallette.paths import project; print(project().root)"
    assert _run(code, kernel_name, small_course.modules / "1-essai").strip() == str(small_course.root)


def test_a_cell_that_fails_is_told(kernel_name: str, tmp_path: Path) -> None:
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        _run("1 / 0", kernel_name, tmp_path)
