"""Forty phones: do they all get an answer on a busy machine, and are their kernels gone once they are? (R9, R10)"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests import serveur
from tests.bench.clients import Phone
from tests.conftest import ROOT, SLIDER_WORKSHOP, write_small_course
from tests.relais import Relay

pytestmark = [pytest.mark.endurance, pytest.mark.timeout(1800)]
GONE_SECONDS = 120


@pytest.fixture
def server(tmp_path: Path) -> Iterator[serveur.Server]:
    course = write_small_course(tmp_path / "cours")
    (course.modules / "1-essai" / "atelier.md").write_text(SLIDER_WORKSHOP, encoding="utf-8")
    running = serveur.start(course, tmp_path / "serveur.log")
    yield running
    running.close()


def _copies(server: serveur.Server) -> int:
    """Return how many kernels live: grandchildren of the process that imports."""
    [imports] = psutil.Process(server.process.pid).children()
    copies = [copy for model in imports.children() for copy in model.children()]
    return sum(copy.status() != psutil.STATUS_ZOMBIE for copy in copies)


def test_kernels_of_gone_phones_end(server: serveur.Server, capsys: pytest.CaptureFixture) -> None:
    url = f"{server.url}atelier/1-essai"
    relay = Relay(int(server.url.rsplit(":", 1)[1].strip("/")))
    phones = [Phone(url, number) for number in range(30)]
    phones += [Phone(f"http://127.0.0.1:{relay.port}/atelier/1-essai", 0) for _ in range(10)]
    for phone in phones[30:]:
        phone.address = "127.0.0.1"
    links = [phone.open() for phone in phones]
    assert _copies(server) == 40
    for phone, link in zip(phones[:10], links[:10], strict=True):  # reload
        link.close()
        links.append(phone.open())
    for link in links[10:20]:  # close
        link.close()
    for link in links[20:30]:  # killed browser: the system resets the connection
        link.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        link.sock.close()
    relay.freeze()  # out of reach: nothing is said
    start = time.monotonic()
    reloaded = links[40:]
    while (alive := _copies(server)) > len(reloaded) and time.monotonic() - start < GONE_SECONDS:
        for phone, link in zip(phones[:10], reloaded, strict=True):
            phone.state(link)  # a living page answers pings
        time.sleep(1)
    with capsys.disabled():
        print(f"\nR9 : {alive} noyaux pour {len(reloaded)} pages ouvertes après {time.monotonic() - start:.0f} s")
    assert alive == len(reloaded)
    for link in reloaded:
        link.close()
    relay.close()


def test_ten_rooms_of_forty_on_a_busy_machine(capsys: pytest.CaptureFixture) -> None:
    bench = [
        sys.executable,
        "-m",
        "tests.bench.room",
        "--servers",
        "kit",
        "--rooms",
        "40",
        "--rounds",
        "10",
        "--busy",
        "2",
        "--check",
    ]
    run = subprocess.run(bench, cwd=ROOT, capture_output=True, text=True, check=False)
    with capsys.disabled():
        print(f"\nR10, deux boucles à côté :\n{run.stdout}")
    assert run.returncode == 0, run.stderr
