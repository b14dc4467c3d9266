"""A process that has imported all that a build needs, and forks a copy of itself for each build.

Run as ``python -m mallette.book.warm COURSE``. An order is one line, the arguments of ``jupyter-book`` in JSON; what
the build says follows on the standard output, and a line that begins with :data:`END` gives its exit code.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from mallette import build
from mallette.book import bibliography, execution
from mallette.kernels.processes import CAN_FORK

END = "\x04"
_PRELOADED = ("jupyter_book.cli.main", "jupyter_book.sphinx", "mallette.book")
"""Enough to begin with: what a build imports besides is learned from the first one."""


class Builder:
    """Such a process; where none can fork, a new one for each build.

    It is in a group of its own: Ctrl-C in the terminal is for the command, which ends it.
    """

    def __init__(self, course: Path) -> None:
        self._course = course
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        """Begin to import; the first build waits until it is done."""
        os.environ[execution.FOLLOWED] = "1"
        if CAN_FORK:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "mallette.book.warm", str(self._course)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                cwd=self._course,
                start_new_session=True,
            )

    def run(self, arguments: list[str], told: Callable[[str], None]) -> int:
        """Build, and return the exit code; ``told`` gets each line that the build says."""
        if not CAN_FORK:
            return build.in_a_process(arguments, told)
        if self._process is None or self._process.poll() is not None:
            self.start()
        with contextlib.suppress(OSError):  # it has ended: so do its lines
            print(json.dumps(arguments), file=self._process.stdin, flush=True)
        for line in self._process.stdout:
            if line.startswith(END):
                return int(line.removeprefix(END))
            told(line)
        return 1

    def close(self) -> None:
        """End the process, and the build that it may be in."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


def _build(arguments: list[str]) -> int:
    from jupyter_book.cli.main import main

    try:
        main(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def _in_a_copy(arguments: list[str]) -> None:
    """Build in a forked process; import what it had to import, for the next one."""
    before = set(sys.modules)
    learned, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(learned)
        code = _build(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
        with os.fdopen(told, "w") as names:
            names.write("\n".join(name for name in list(sys.modules) if name not in before))
        os._exit(code)
    os.close(told)
    with os.fdopen(learned) as names:
        wanted = names.read().split("\n")
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(f"{END}{code}", flush=True)
    for name in filter(None, wanted):
        with contextlib.suppress(Exception):  # made by another module, or not for everyone
            importlib.import_module(name)


def _serve(course: Path) -> None:
    for name in _PRELOADED:
        importlib.import_module(name)
    execution.start_fork_server(course)
    bibliography.register()
    for line in sys.stdin:
        _in_a_copy(json.loads(line))


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
