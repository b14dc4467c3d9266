"""Start the workshop server as a trainer does, in a process of its own, and end it with Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from mallette.paths import Project
from tests import forge

START_SECONDS = 180  # fifteen dashboards run on a busy machine
OPEN = "Ctrl-C ferme tout."
"""The last line printed once everything is ready."""


@dataclass
class Server:
    """A running workshop.

    Attributes:
        url: address of the portal, with a final slash.
        process: the process, leader of its own session.
        log: everything it printed.
    """

    url: str
    process: subprocess.Popen | forge.Forked
    log: Path

    @property
    def text(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, str, dict[str, str]]:
        """Return status, body and headers of ``path``."""
        request = urllib.request.Request(self.url + path.lstrip("/"), headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode("utf-8", "replace"), dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace"), dict(error.headers)

    def interrupt(self) -> int:
        """Press Ctrl-C and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=30)

    def close(self) -> None:
        if self.process.poll() is None:
            try:
                self.interrupt()
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command(course: Project, *options: str, verb: str = "atelier") -> list[str]:
    program = "import sys; from mallette.cli import main; sys.exit(main())"
    return [sys.executable, "-c", program, *_arguments(course, *options, verb=verb)]


def _arguments(course: Project, *options: str, verb: str = "atelier") -> list[str]:
    return ["--cours", str(course.root), verb, *options]


def environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key not in {"MALLETTE_RACINE", "JUPYTER_PATH"}}


def start(course: Project, log: Path, *options: str, port: int | None = None, anew: bool = False) -> Server:
    """Start ``mallette atelier --sans-livre``, on a free port by default, and wait until its portal answers.

    Args:
        anew: as the command does, in a process that imports all; else from one that has.
    """
    port = port or free_port()
    asked = ["--port", str(port), "--sans-livre", *options]
    variables = {"MALLETTE_SEANCES": str(log.parent / "seances"), **environment()}
    log.write_bytes(b"")
    if anew or not hasattr(os, "fork"):
        with log.open("w", encoding="utf-8") as output:
            process = subprocess.Popen(
                command(course, *asked),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env=variables,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
            )
    else:
        process = forge.Forked(_arguments(course, *asked), log, variables)
    server = Server(f"http://127.0.0.1:{port}/", process, log)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            server.get("/")
        except OSError:
            time.sleep(0.1)
            continue
        if OPEN in server.text:
            return server
        time.sleep(0.1)
    server.close()
    raise AssertionError(f"le serveur n’a pas démarré :\n{server.text}")
