"""Secrets that compare, codes that have one spelling, and a trainer's address that outlives a restart in a séance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mallette.paths import SEANCES_VARIABLE, Project
from mallette.server import seance
from mallette.server.seance.access import FILE_NAME, plain_code, same_secret
from tests import formatrice, salle, serveur


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(SEANCES_VARIABLE, str(tmp_path / "seances"))
    return tmp_path / "seances"


@pytest.fixture
def launch(course: Project, folder: Path) -> Iterator[Callable[[], salle.Room]]:
    """Return ``launch()``: a server with the answers of the former one, which is closed."""
    running = []

    def start() -> salle.Room:
        if running:
            running.pop().close()
        port = serveur.free_port()
        running.append(salle.Room(seance.build(course, ["127.0.0.1"], port), port))
        return running[0]

    yield start
    for room in running:
        room.close()


def secret(room: salle.Room) -> str:
    return room.trainer_address.split("=")[1]


def erase(desk: formatrice.Trainer, code: str) -> None:
    desk.does(code, "terminer", confirme=1)
    desk.does(code, "effacer", confirme=1)


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ("secret", True),
        ("secre", False),
        ("", False),
        (None, False),
        ("sécret", False),
    ],
)
def test_only_the_very_secret_opens(given: str | None, right: bool) -> None:
    assert same_secret(given, "secret") is right


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("bcd fgh", "BCDFGH"),
        (" BCD-FGH ", "BCDFGH"),
        ("", ""),
        ("../etc", ""),
        ("é", ""),
        ("B" * 13, ""),
        ("B\0", ""),
    ],
)
def test_a_code_has_one_spelling(typed: str, code: str) -> None:
    assert plain_code(typed) == code


def test_a_restart_during_a_seance_lets_the_trainer_go_on(launch: Callable, folder: Path) -> None:
    room = launch()
    desk = formatrice.enter(room)
    code = desk.open()
    before = secret(room)
    assert (folder / FILE_NAME).stat().st_mode & 0o777 == 0o600
    for _ in range(2):
        desk.browser.room = launch()
        assert secret(desk.browser.room) == before
        assert "Maintenant" in desk.control(code)


def test_without_a_seance_nothing_is_kept(launch: Callable, folder: Path) -> None:
    room = launch()
    assert not (folder / FILE_NAME).exists()
    desk = formatrice.enter(room)
    first, second = desk.open(), desk.open()
    before = secret(room)
    erase(desk, first)
    assert (folder / FILE_NAME).exists()
    erase(desk, second)
    assert not (folder / FILE_NAME).exists()
    room = launch()
    assert secret(room) != before
    desk.browser.room = room
    assert desk.browser.get("/formateur").status == 403


def test_a_secret_that_outlived_its_seance_is_not_used(launch: Callable, folder: Path) -> None:
    room = launch()
    code = formatrice.enter(room).open()
    left = (folder / FILE_NAME).read_text(encoding="ascii")
    room.context.seances.erase(code)  # killed before the file goes
    room = launch()
    assert secret(room) != left
    assert not (folder / FILE_NAME).exists()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.chmod(0o640),
        lambda file: file.write_text("court"),
        lambda file: file.write_bytes(b"\xff" * 43),
    ],
    ids=["lisible par d’autres", "coupé", "octets"],
)
def test_a_doubtful_secret_is_replaced(launch: Callable, folder: Path, spoil: Callable[[Path], object]) -> None:
    room = launch()
    formatrice.enter(room).open()
    before, file = secret(room), folder / FILE_NAME
    spoil(file)
    room = launch()
    assert secret(room) != before
    assert file.read_text(encoding="ascii") == secret(room)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_postgresql_address_keeps_no_secret(course: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(SEANCES_VARIABLE, "postgresql://127.0.0.1:1/base")
    monkeypatch.chdir(tmp_path)
    context = seance.build(course, ["127.0.0.1"], 1)
    context.secret_file.keep(context.secret)
    assert list(tmp_path.iterdir()) == []
    context.close()
