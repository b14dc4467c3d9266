"""Servers started from a process that has imported the kit: importing it again takes most of the time of a start.

Run as ``python -m tests.forge``, it reads orders, one line of JSON each: ``{"log", "arguments", "environment"}`` forks
``mallette`` and answers with its pid; ``{"pid"}`` answers with the exit code of one, or ``null`` while it runs.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path


class Forked:
    """A server, handled as a :class:`subprocess.Popen` is."""

    def __init__(self, arguments: Sequence[str], log: Path, environment: dict[str, str]) -> None:
        self.returncode: int | None = None
        self.pid: int = _ask({"arguments": list(arguments), "log": str(log), "environment": environment})

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = _ask({"pid": self.pid})
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        deadline = time.monotonic() + timeout if timeout else float("inf")
        while self.poll() is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("mallette", timeout)
            time.sleep(0.02)
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


@cache
def _forge() -> subprocess.Popen:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.forge"],
        cwd=Path(__file__).resolve().parent.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    atexit.register(process.stdin.close)
    return process


def _ask(order: dict) -> int | None:
    forge = _forge()
    forge.stdin.write(json.dumps(order) + "\n")
    forge.stdin.flush()
    return json.loads(forge.stdout.readline())


def _serve() -> None:
    from mallette import cli
    from mallette.server import app, seance, workshops  # noqa: F401 (what a server imports once it starts)

    gc.collect()
    gc.freeze()
    replies = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        order = json.loads(line)
        if "pid" in order:
            ended, status = os.waitpid(order["pid"], os.WNOHANG)
            reply = os.waitstatus_to_exitcode(status) if ended else None
        else:
            reply = os.fork()
            if not reply:
                sys.exit(_run(cli.main, **order))
        print(json.dumps(reply), file=replies, flush=True)


def _run(main: Callable[[list[str]], int], arguments: list[str], log: str, environment: dict[str, str]) -> int:
    os.setsid()
    for descriptor, (name, flags) in enumerate(((os.devnull, os.O_RDONLY), (log, os.O_WRONLY | os.O_APPEND))):
        os.dup2(os.open(name, flags), descriptor)
    os.dup2(1, 2)
    os.closerange(3, 256)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(environment)
    return main(arguments)


if __name__ == "__main__":
    _serve()
