"""What a participant, or a file of names, may hold that would run somewhere: seen in every page and table of the work.

The evaluator's reading page has its own test (``tests/server/test_reading.py``).
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from mallette.grading import collect, feedback, grade, gradebook, report
from mallette.grading.assignment import Assignment
from mallette.grading.documents import writing
from mallette.paths import Project
from tests.grading import copies
from tests.serveur import free_port
from tests.vecteurs_texte import VECTORS

CODE = "p1000"
CAUGHT = "window.alert = (text) => console.error(`exécuté : ${text}`);"
"""An error in the console fails the test, and so does anything that the page asks for and is not there."""
ALIVE = """[...document.querySelectorAll("*")].filter((element) => [...element.attributes].some(
    ({ name, value }) => (name.startsWith("on") && !value.startsWith("toggle_name(")) || value.startsWith("javascript:")
)).map(({ outerHTML }) => outerHTML)"""
"""What waits for a click, but for a button of nbgrader's own."""


@pytest.fixture
def hostile(asked: Assignment, graded_course: Project, tmp_path: Path) -> Assignment:
    """A graded course with one hand-in that has a vector in each place where something can be typed or kept."""
    wild = "\n".join(VECTORS)
    nb = json.loads(copies.answered(asked, graded_course, {**copies.right(asked), "ecrire": wild}))
    variables = {f"{name}-reponse": asked.item(name).variable for name in ("lire-une-case", "choix")}
    shown = {"text/html": VECTORS, "application/javascript": "alert(1)", "image/svg+xml": VECTORS[4]}
    for cell in nb["cells"]:
        cell["metadata"]["tags"] = VECTORS
        if variable := variables.get(cell["metadata"]["nbgrader"]["grade_id"]):
            cell["source"] = f"{variable} = {wild!r}"
            cell["outputs"] = [{"output_type": "display_data", "data": shown, "metadata": {}}]
    nb["cells"] += [{"cell_type": "markdown", "id": f"v{rank}", "metadata": {}, "source": text}
                    for rank, text in enumerate(VECTORS)]  # fmt: skip
    nb["metadata"] |= {"title": wild, "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}}}}
    place = tmp_path / "reçues"
    place.mkdir()
    (place / f"{CODE} <img src=x onerror=alert(1)>.ipynb").write_text(json.dumps(nb), encoding="utf-8")
    assert collect.collect(asked, graded_course, place).taken == [CODE]
    grade.grade(asked, graded_course)
    with gradebook.opened(graded_course) as book:
        gradebook.give(book, asked.name, CODE, "ecrire", 1, wild)
    return asked


@pytest.fixture
def formgrader(hostile: Assignment, graded_course: Project, tmp_path: Path) -> Iterator[str]:
    """nbgrader's own page on the copy, as its extension serves it in this course; gives its address."""
    with gradebook.opened(graded_course) as book:
        copy = book.find_submission_notebook(hostile.name, hostile.name, CODE).id
    port = free_port()
    run = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", f"--port={port}"]
    run += ["--ip=127.0.0.1", "--IdentityProvider.token=", f"--ServerApp.root_dir={graded_course.exercises}"]
    run += ["--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}"]
    places = {"JUPYTER_CONFIG_DIR": str(tmp_path / "config"), "JUPYTER_RUNTIME_DIR": str(tmp_path / "run")}
    with (tmp_path / "serveur.log").open("w") as log:
        process = subprocess.Popen(
            run,
            cwd=graded_course.exercises,
            env={**os.environ, **places, "JUPYTER_NO_CONFIG": "1"},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}/"
    for _ in range(900):
        try:
            urllib.request.urlopen(f"{address}api", timeout=5).close()
            break
        except OSError:
            time.sleep(0.1)
    yield f"{address}formgrader/submissions/{copy}/"
    process.terminate()
    process.wait(timeout=30)


def inert(page: Page) -> str:
    """Check that nothing in a page can run; return what it shows, spaces made alike."""
    page.wait_for_load_state("networkidle")
    assert page.evaluate(ALIVE) == []
    return " ".join(page.inner_text("body").split())


def test_a_hand_in_runs_nothing_and_asks_nothing_of_another_host(
    formgrader: str, hostile: Assignment, graded_course: Project, tmp_path: Path, page_check: Callable[..., Page]
) -> None:
    vectors = [" ".join(vector.split()) for vector in VECTORS]
    shown = inert(page_check(formgrader, script=CAUGHT, patience=30_000))
    assert [vector for vector in vectors if vector not in shown] == []

    feedback.write(hostile, graded_course)
    back = gradebook.feedback(graded_course, hostile.name, CODE)
    shown = inert(page_check(back.as_uri(), script=CAUGHT))
    assert [vector for vector in vectors if shown.count(vector) < 2] == [], "in the answer and in the comment"

    names = tmp_path / "noms.csv"
    names.write_text(f"code;nom;structure\n{CODE};{VECTORS[2]};{VECTORS[-1]}\n", encoding="utf-8")
    written = [*report.write(hostile, graded_course), *writing.write(hostile, graded_course, names)]
    page = page_check(back.as_uri(), script=CAUGHT)
    named = 0
    for path in written:
        if path.suffix == ".html":
            page.goto(path.as_uri())
            named += VECTORS[2] in inert(page)
        elif path.suffix == ".csv":
            rows = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=";")
            assert [cell for row in rows for cell in row if cell.lstrip().startswith(tuple("=+-@"))] == [], path
    assert named
