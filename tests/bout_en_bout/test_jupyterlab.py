"""Does a trainer in JupyterLab get the living widgets, and read in Python what was answered?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, expect

from tests.conftest import ROOT
from tests.serveur import free_port

CELLS = [
    "from mallette.widgets import Quiz, PrevalenceExplorer, HourlyPay",
    'quiz = Quiz("1-recours-aux-drogues")\nquiz',
    "explorer = PrevalenceExplorer()\nexplorer",
    "hourly = HourlyPay()\nhourly",
]


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """JupyterLab on a notebook that shows the three widgets; gives its address."""
    # Without a kernel named in the notebook, JupyterLab asks which one in a dialogue.
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = new_notebook(cells=[new_code_cell(text) for text in CELLS], metadata=kernel)
    nbformat.write(notebook, tmp_path / "essai.ipynb")
    port = free_port()
    environment = {
        **os.environ,
        "MALLETTE_RACINE": str(ROOT),
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "run"),
    }
    with (tmp_path / "lab.log").open("w") as log:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "jupyterlab",
                "--no-browser",
                "--allow-root",
                "--ip=127.0.0.1",
                f"--port={port}",
                "--IdentityProvider.token=",
                "--expose-app-in-browser",
                f"--ServerApp.root_dir={tmp_path}",
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}/"
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}api", timeout=5).close()
            break
        except OSError:
            time.sleep(0.1)
    yield address
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=30)


def test_the_widgets_live_in_jupyterlab(lab: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 2400})
    page.goto(f"{lab}lab/tree/essai.ipynb")
    page.wait_for_function("window.jupyterapp?.shell?.currentWidget?.content?.widgets?.length >= 4", timeout=60_000)
    # Cells run before the kernel is ready are forgotten.
    page.wait_for_function(
        "window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'", timeout=60_000
    )
    page.evaluate("void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    widgets = page.locator(".mlt")
    expect(widgets).to_have_count(3, timeout=90_000)
    quiz = widgets.nth(0)
    question = quiz.locator("section, fieldset").filter(has=page.get_by_role("radio")).first
    question.get_by_role("radio").first.check()
    question.get_by_role("button", name="Valider").first.click()
    page.evaluate("""async () => {
        const panel = window.jupyterapp.shell.currentWidget;
        await window.jupyterapp.commands.execute("notebook:insert-cell-below");
        panel.content.activeCell.model.sharedModel.setSource(
            "print('réponses', len(quiz.reponses), explorer.vue['indicateur'], bool(hourly.saisie))");
        void window.jupyterapp.commands.execute("notebook:run-cell");
    }""")
    expect(page.get_by_text("réponses 1 ")).to_be_visible(timeout=30_000)
    page.close()
