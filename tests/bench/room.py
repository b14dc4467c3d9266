"""A room opens dashboards: the kit, stock Voilà and Voilà tuned by an expert, one after the other, same notebooks.

``make bench`` or ``uv run python -m tests.bench.room --rooms 1,10,40 --servers kit,stock``. Figures are for reading, in
one run: the machines are small and noisy. ``--check`` exits 1 when a phone of the kit got no answer, or after a minute.

* stock: ``voila <folder>``, nothing else.
* tuned: ``voila <notebook>`` with a pool of 40 kernels that have run it, IPC transport, once the pool is full.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from mallette.paths import ROOT_VARIABLE, Project, project
from mallette.server import workshops
from tests import serveur
from tests.bench import clients

POOL = 40
POOL_SECONDS = 600
LONGEST_SECONDS = 60
"""Nobody waits longer for a page, on a busy machine either (reliability.md, R10)."""


@dataclass
class Running:
    """A server under test: addresses of its dashboards, and its process."""

    urls: list[str]
    pid: int

    def memory(self) -> float:
        """Return the proportional set size of the server and all its kernels, in MB."""
        total = 0
        for process in _family(self.pid):
            try:
                total += process.memory_full_info().pss
            except psutil.Error:
                continue
        return total / 1e6


def _family(pid: int) -> list[psutil.Process]:
    """Return a process and all that it started, sessions of their own included."""
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


@contextmanager
def kit(course: Project, slugs: list[str], count: int) -> Iterator[Running]:
    with tempfile.TemporaryDirectory() as folder:
        server = serveur.start(course, Path(folder, "serveur.log"), anew=True)
        try:
            yield Running([f"{server.url}atelier/{slug}" for slug in slugs], server.process.pid)
        finally:
            server.close()


@contextmanager
def _voila(served: Path, course: Project, pages: list[str], arguments: list[str]) -> Iterator[tuple[Running, Path]]:
    port = serveur.free_port()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "voila.log")
        environment = {**serveur.environment(), ROOT_VARIABLE: str(course.root)}
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "voila", str(served), "--no-browser", f"--port={port}", *arguments],
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
            )
        try:
            root = f"http://127.0.0.1:{port}/"
            _until(lambda: _answers(root), 60)
            yield Running([f"{root}{page}" for page in pages], process.pid), log
        finally:
            family = _family(process.pid)
            process.terminate()
            _, alive = psutil.wait_procs(family, timeout=15)
            for other in alive:
                other.kill()


@contextmanager
def stock(course: Project, slugs: list[str], count: int) -> Iterator[Running]:
    pages = [f"voila/render/{slug}.ipynb" for slug in slugs]
    with _voila(course.workshops, course, pages, []) as (running, _):
        yield running


@contextmanager
def tuned(course: Project, slugs: list[str], count: int) -> Iterator[Running]:
    arguments = [
        "--preheat_kernel=True",
        f"--pool_size={POOL}",
        "--KernelManager.transport=ipc",
        "--Voila.log_level=INFO",
        f"--VoilaKernelManager.fill_delay={POOL_SECONDS}",  # else forty new kernels start under the room
    ]
    with _voila(course.workshops / f"{slugs[0]}.ipynb", course, [""], arguments) as (running, log):
        _until(lambda: f"is filled with {POOL} kernel" in log.read_text(), POOL_SECONDS)
        _until(lambda: psutil.cpu_percent(1) < 25, POOL_SECONDS)  # the pool counts kernels that still run cells
        yield running


SERVERS: dict[str, Callable] = {"kit": kit, "stock": stock, "tuned": tuned}


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except OSError:
        return False


def _until(condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"still not ready after {seconds} s")
        time.sleep(0.1)


def measure(course: Project, name: str, slugs: list[str], count: int, warm: bool) -> dict[str, float]:
    """Return seconds (median, 95th percentile, longest), failures, waits and memory of one room on a new server."""
    with SERVERS[name](course, slugs, count) as running:
        if warm:
            clients.room(running.urls, len(running.urls))
        empty = running.memory()
        visits, full = clients.room(running.urls, count, running.memory)
    for failure, times in Counter(visit.failure for visit in visits if visit.failure).items():
        print(f"  {name}, {count} : {times} × {failure}", file=sys.stderr)
    seconds = sorted(visit.seconds for visit in visits)
    return {
        "p50": statistics.median(seconds),
        "p95": seconds[min(count - 1, round(0.95 * count))],
        "max": seconds[-1],
        "fail": sum(bool(visit.failure) for visit in visits),
        "waits": sum(visit.waits for visit in visits),
        "MB each": (full - empty) / count,
    }


def main() -> int:
    """Print the table; return 1 with ``--check`` when the kit failed someone."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rooms", default="1,10,20,40,100", help="phones, separated by commas")
    parser.add_argument("--servers", default="kit,stock,tuned")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--warm", action="store_true", help="each dashboard was opened once before")
    parser.add_argument("--busy", type=int, default=0, help="busy loops beside")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    course = project()
    slugs = [item.unit.slug for item in workshops.prepare(course) if item.notebook]
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(options.busy)]
    failed = 0
    columns = ("phones", "p50 s", "p95 s", "max s", "fail", "waits", "MB each", "p95/kit")
    print(f"{'server':8}" + "".join(f"{column:>9}" for column in columns))
    try:
        for count in map(int, options.rooms.split(",")):
            reference = None
            for name in options.servers.split(","):
                for _ in range(options.rounds):
                    try:
                        row = measure(course, name, slugs, count, options.warm)
                    except TimeoutError as error:
                        print(f"{name:8}{count:>9}  {error}", flush=True)
                        continue
                    if name == "kit":
                        reference = row["p95"]
                        failed += row["fail"] + (row["max"] > LONGEST_SECONDS)
                    ratio = f"{row['p95'] / reference:>9.1f}" if reference else ""
                    print(
                        f"{name:8}{count:>9}{row['p50']:>9.2f}{row['p95']:>9.2f}{row['max']:>9.2f}{row['fail']:>9}"
                        f"{row['waits']:>9}{row['MB each']:>9.1f}{ratio}",
                        flush=True,
                    )
    finally:
        for loop in loops:
            loop.kill()
    return 1 if options.check and failed else 0


if __name__ == "__main__":
    sys.exit(main())
