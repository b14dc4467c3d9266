"""Seconds until a saved page is served anew by ``mallette livre --suivre``: ``uv run python -m tests.bench.suivre``.

On a copy of the course, which is built first (a minute or two). Not a test: figures are for reading, in one run.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from mallette.paths import Project, project
from tests import serveur

PAGES = ("book/guides/participant", "modules/2-economie-de-la-debrouille/module")
"""A short one, and the heaviest."""
_WRITTEN = ("_config.yml", "_toc.yml", "book", "modules", "data", "slides", "exercices")
_TIMES = 3
_PATIENCE = 600
_REST = 4
"""Seconds between two edits: a person reads what has come."""


def _served(address: str) -> str:
    try:
        return urllib.request.urlopen(address, timeout=10).read().decode()
    except (urllib.error.URLError, TimeoutError):
        return ""


def _wait(address: str, text: str) -> float:
    start = time.perf_counter()
    while text not in _served(address):
        if time.perf_counter() - start > _PATIENCE:
            raise TimeoutError(address)
        time.sleep(0.05)
    return time.perf_counter() - start


def main() -> None:
    written = project()
    with tempfile.TemporaryDirectory() as folder:
        course = Project(Path(folder))
        for name in _WRITTEN:
            source = written.root / name
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, course.root / name)
        port = serveur.free_port()
        command = serveur.command(course, "--suivre", f"--port={port}", verb="livre")
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            print(f"premier livre : {_wait(f'http://127.0.0.1:{port}/{PAGES[0]}.html', '<article'):.0f} s")
            for page in PAGES:
                file = course.root / f"{page}.md"
                for rank in range(_TIMES):
                    time.sleep(_REST)
                    word = f"Essai{rank}"
                    file.write_text(f"{file.read_text(encoding='utf-8')}\n{word}\n", encoding="utf-8")
                    print(f"{page} : {_wait(f'http://127.0.0.1:{port}/{page}.html', word):.1f} s")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


if __name__ == "__main__":
    main()
