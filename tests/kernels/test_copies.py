"""Does each visitor of a page with a kernel get a living copy of it, and does the room survive what dies?"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from mallette.kernels.processes import PLAIN_VARIABLE
from mallette.server.dashboards import ALIVE
from tests import serveur
from tests.bench.clients import Phone, room
from tests.conftest import QUIZ_WORKSHOP, SLIDER_WORKSHOP, add_unit, write_small_course

CHANCE = SLIDER_WORKSHOP.replace(
    "import ipywidgets\nipywidgets.IntSlider(value=7)",
    """import random, numpy, ipywidgets
rng, own, kept = numpy.random.default_rng(), random.Random(), {"inside": numpy.random.RandomState(3)}
kept["inside"].normal()  # it draws two at a time and holds the second one ready
text = ipywidgets.Text()
text.observe(lambda _: setattr(
    text, "value", f"{rng.integers(10**9)} {own.random()} {kept['inside'].normal()} {random.random()}"), "placeholder")
text.observe(lambda _: 1 / 0, "description")
text""",
)
SECONDS = 20


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[serveur.Server]:
    folder = tmp_path_factory.mktemp("copies")
    course = write_small_course(folder / "cours")
    (course.modules / "1-essai" / "atelier.md").write_text(SLIDER_WORKSHOP, encoding="utf-8")
    add_unit(course, "2-hasard", CHANCE)
    running = serveur.start(course, folder / "serveur.log")
    yield running
    running.close()


@pytest.fixture
def arrive(server: serveur.Server) -> Iterator[Callable[..., tuple[Phone, object]]]:
    """Return ``arrive(number, slug) -> (phone, socket)``: a phone whose widget has answered."""
    sockets = []

    def come(number: int, slug: str = "1-essai") -> tuple[Phone, object]:
        phone = Phone(f"{server.url}atelier/{slug}", number)
        sockets.append(phone.open())
        return phone, sockets[-1]

    yield come
    for link in sockets:
        link.close()


def _kernels(server: serveur.Server) -> list[list[psutil.Process]]:
    """Return the process that imports, the models and the copies."""
    layers = [psutil.Process(server.process.pid).children()]
    layers.append([child for process in layers[0] for child in process.children()])
    layers.append([child for process in layers[1] for child in process.children()])
    return [[process for process in layer if process.status() != psutil.STATUS_ZOMBIE] for layer in layers]


def _kill(process: psutil.Process) -> None:
    process.kill()
    psutil.wait_procs([process], timeout=5)


def _until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, "rien n’est venu"
        time.sleep(0.1)


def test_two_visitors_share_no_state(arrive: Callable) -> None:
    (first, first_link), (second, second_link) = arrive(1), arrive(2)
    assert first.visit.kernel != second.visit.kernel
    first.update(first_link, {"value": 8})
    assert first.state(first_link)["value"] == 8
    assert second.state(second_link)["value"] == 7


def test_two_visitors_do_not_draw_the_same_numbers(arrive: Callable) -> None:
    drawn = []
    for number in (10, 11):
        phone, link = arrive(number, "2-hasard")
        phone.update(link, {"placeholder": "tirez"})
        while not (value := phone.state(link).get("value")):
            pass
        drawn.append(value.split())
    assert [len(numbers) for numbers in drawn] == [4, 4]
    assert all(one != other for one, other in zip(*drawn, strict=True)), drawn


def test_a_widget_that_fails_is_told_to_the_trainer_alone(server: serveur.Server, arrive: Callable) -> None:
    phone, link = arrive(12, "2-hasard")
    phone.update(link, {"description": "un secret"})
    _until(lambda: "ZeroDivisionError" in server.text)
    assert "un secret" not in server.text
    assert "ZeroDivisionError" not in str(phone.state(link))


def test_a_killed_kernel_comes_back_as_the_same_dashboard(server: serveur.Server, arrive: Callable) -> None:
    before = {process.pid for process in _kernels(server)[2]}
    phone, link = arrive(3)
    [copy] = [process for process in _kernels(server)[2] if process.pid not in before]
    _kill(copy)
    statuses = []
    while "restarting" not in statuses:  # the page is told
        message = phone.receive(link)
        if message["header"]["msg_type"] == "status":
            statuses.append(message["content"]["execution_state"])
    link.close()

    def alive_again() -> bool:
        new = phone.connect()
        try:
            return phone.state(new)["value"] == 7
        except OSError:
            return False
        finally:
            new.close()

    _until(alive_again)


@pytest.mark.parametrize("layer", [1, 0], ids=["modele", "importations"])
def test_a_killed_fork_server_is_replaced_and_keeps_the_kernels_it_made(
    server: serveur.Server, arrive: Callable, layer: int
) -> None:
    phone, link = arrive(4)
    for process in _kernels(server)[layer]:
        _kill(process)
    assert phone.state(link)["value"] == 7, "qui est déjà là ne voit rien"
    late, late_link = arrive(5)
    assert late.state(late_link)["value"] == 7


def test_a_mixed_crowd_is_served_at_once(server: serveur.Server) -> None:
    visits, _ = room([f"{server.url}atelier/1-essai", f"{server.url}atelier/2-hasard"], 24)
    assert [visit.failure for visit in visits if visit.failure] == []
    assert len({visit.kernel for visit in visits}) == 24


def test_one_device_has_a_limit_and_is_told(server: serveur.Server, arrive: Callable) -> None:
    phone, _ = arrive(77)
    answers = [phone.request("GET", "/atelier/1-essai") for _ in range(20)]
    refused = [text for answer, text in answers if answer.status == 503]
    assert len(refused) >= 10
    assert all("fermez les onglets" in text for text in refused)
    arrive(78)


def test_a_killed_server_leaves_no_process_and_no_key(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    course = write_small_course(tmp_path / "cours")
    (course.modules / "1-essai" / "atelier.md").write_text(SLIDER_WORKSHOP, encoding="utf-8")
    running = serveur.start(course, tmp_path / "serveur.log")
    request.addfinalizer(running.close)
    assert running.get("/atelier/1-essai")[0] == 200
    assert running.get("/atelier/1-essai")[0] == 200
    layers = _kernels(running)
    family = [process for layer in layers for process in layer]
    folder = Path(layers[0][0].cmdline()[-2])
    assert folder.is_dir()
    assert folder.stat().st_mode & 0o077 == 0
    os.kill(running.process.pid, signal.SIGKILL)
    running.process.wait()
    _until(
        lambda: (
            not folder.exists()
            and all(not process.is_running() or process.status() == psutil.STATUS_ZOMBIE for process in family)
        )
    )


def test_where_nothing_forks_voila_runs_the_page_for_each_visitor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv(PLAIN_VARIABLE, "1")
    course = write_small_course(tmp_path / "cours")
    (course.modules / "1-essai" / "atelier.md").write_text(SLIDER_WORKSHOP, encoding="utf-8")
    add_unit(course, "2-quiz", QUIZ_WORKSHOP)
    running = serveur.start(course, tmp_path / "serveur.log", anew=True)  # it is decided at the import
    request.addfinalizer(running.close)
    assert "voila.js" not in running.get("/atelier/2-quiz")[1]
    assert "voila.js" in running.get("/atelier/1-essai")[1]
    visits, _ = room([f"{running.url}atelier/1-essai{ALIVE}"], 3)
    assert [visit.failure for visit in visits if visit.failure] == []
    assert len({visit.kernel for visit in visits}) == 3
