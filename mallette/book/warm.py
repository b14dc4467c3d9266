"""A process that has imported all that a build needs and, once a build went through, keeps the book in memory.

Run as ``python -m mallette.book.warm COURSE``. An order is one line of JSON: the arguments of ``jupyter-book``, and
whether the book in memory still has the settings and tables of the course. What the build says follows on the standard
output, and a line that begins with :data:`END` gives its exit code.

Three kinds of processes, each a fork of the one before. The first has imported. The second holds a book: Sphinx after a
build. The third builds an edit in a copy of that book, and takes its place when the build went through; else the book
in memory stays as it was before the edit.
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

from sphinx.application import Sphinx

from mallette import build
from mallette.book import bibliography, execution
from mallette.kernels.processes import CAN_FORK

END = "\x04"
_PRELOADED = ("jupyter_book.cli.main", "jupyter_book.sphinx", "mallette.book")


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

    def run(self, arguments: list[str], told: Callable[[str], None], *, same: bool = False) -> int:
        """Build, and return the exit code; ``told`` gets each line that the build says.

        Args:
            same: nothing but pages has changed since the last build.
        """
        if not CAN_FORK:
            return build.in_a_process(arguments, told)
        if self._process is None or self._process.poll() is not None:
            self.start()
        with contextlib.suppress(OSError):  # it has ended: so do its lines
            print(json.dumps({"arguments": arguments, "same": same}), file=self._process.stdin, flush=True)
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


class _Kept(Sphinx):
    """The book, kept after its build.

    Attributes:
        orders: a line for each edit; it ends when this book is not wanted any more.
        answers: takes the exit code of each build, in a line.
    """

    orders: int
    answers: int

    def build(self, force_all: bool = False, filenames: list[str] | None = None) -> None:
        """Build, then build each edit in a copy of this process, until one went through: the copy goes on instead."""
        super().build(force_all, filenames)
        self._answer(self.statuscode)
        self._forget()
        while os.read(self.orders, 1):
            result, told = os.pipe()
            copy = os.fork()
            if copy == 0:
                os.close(result)
                self._warncount = self.statuscode = 0
                super().build()  # a failure ends this copy
                os.write(told, b"\n")
                os.close(told)
                self._answer(self.statuscode)
                self._forget()
                continue
            os.close(told)
            went_through = os.read(result, 1)
            os.close(result)
            if went_through:
                os._exit(0)
            os.waitpid(copy, 0)
            self._answer(1)
        os._exit(0)

    def _forget(self) -> None:
        """Drop what writing has left in memory: copies of pages, scripts of the last one. Sphinx expects one build in
        each process."""
        builder = self.builder
        builder._js_files[:], builder._css_files[:] = builder._orig_js_files, builder._orig_css_files
        self.env.__dict__.pop("master_doctree", None)
        self.env._pickled_doctree_cache.clear()
        self.env._write_doc_doctree_cache.clear()

    def _answer(self, code: int) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(self.answers, f"{code}\n".encode())


class _Book:
    """A process that holds a book, seen from the one that started it."""

    def __init__(self, arguments: list[str]) -> None:
        """Start it: it begins with a build."""
        _Kept.orders, self._orders = os.pipe()
        answers, _Kept.answers = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._orders)
            os.close(answers)
            _build(arguments)
            os._exit(1)
        os.close(_Kept.orders)
        os.close(_Kept.answers)
        self._answers = os.fdopen(answers)

    def build(self) -> None:
        """Build an edit."""
        with contextlib.suppress(BrokenPipeError):  # it has ended: so do its answers
            os.write(self._orders, b"\n")

    def code(self) -> int | None:
        """Return the exit code of its build, once it is done; ``None`` when no book is left."""
        answer = self._answers.readline()
        return int(answer) if answer else None

    def close(self) -> None:
        """End it."""
        os.close(self._orders)
        self._answers.close()
        os.waitpid(self._pid, 0)


def _build(arguments: list[str]) -> None:
    from jupyter_book import sphinx
    from jupyter_book.cli.main import main

    sphinx.Sphinx = _Kept
    try:
        main(arguments)
    except SystemExit:
        pass
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()


def _serve(course: Path) -> None:
    for name in _PRELOADED:
        importlib.import_module(name)
    execution.start_fork_server(course)
    bibliography.register()
    book: _Book | None = None
    for line in sys.stdin:
        order = json.loads(line)
        if book and order["same"]:
            book.build()
        else:
            if book:
                book.close()
            book = _Book(order["arguments"])
        code = book.code()
        if code is None:
            book.close()
            book = None
        print(f"{END}{1 if code is None else code}", flush=True)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
