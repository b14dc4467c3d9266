"""The store under faults: what was acknowledged stays, the trainer is told, and work goes on once the cause is gone."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import DDL, Executable, delete, func, insert, inspect, select, update

from mallette.paths import Project
from mallette.seance import tables
from mallette.seance.errors import Unavailable
from mallette.seance.seances import Seances
from mallette.seance.store import FILE_NAME, Store
from tests.conftest import ROOT
from tests.seance.conftest import UNIT, run_together
from tests.seance.faults import SmallDisk, locked, read_only

TEXT = "souvenir"
CANARY = "canari-9f3c"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "réponses"


@pytest.fixture
def room(folder: Path, room_course: Project) -> Iterator[Room]:
    opened = Room(folder, room_course)
    yield opened
    opened.store.close()


class Room:
    """A séance with one open question and one phone."""

    def __init__(self, location: Path | str, course: Project) -> None:
        self.store = Store(location, patience=0.3)
        self.seances = Seances(self.store, course)
        self.code = self.seances.open(UNIT, 20).code
        self.seances.open_question(self.code, TEXT)
        self.token = self.seances.join(self.code)

    def answer(self, text: str) -> None:
        self.seances.record(self.code, self.token, TEXT, 1, text)

    def kept(self) -> str:
        return self.seances.kept(self.code, self.token, TEXT, 1).answer

    def fails(self, match: str) -> Unavailable:
        with pytest.raises(Unavailable, match=match) as caught:
            self.answer("trop tard")
        return caught.value


# How it is set up


def test_every_connection_of_every_thread_is_durable_and_erases_for_good(folder):
    store, found = Store(folder), []

    def look(transaction):
        with transaction() as connection:
            found.append(
                {
                    name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                    for name in (
                        "journal_mode",
                        "synchronous",
                        "foreign_keys",
                        "secure_delete",
                        "temp_store",
                        "busy_timeout",
                    )
                }
            )
            time.sleep(0.2)  # so that each thread needs a connection of its own

    run_together([lambda: look(store.reading)] * 4 + [lambda: look(store.writing)])
    full, memory = 2, 2
    assert (
        found
        == [
            {
                "journal_mode": "wal",
                "synchronous": full,
                "foreign_keys": 1,
                "secure_delete": 1,
                "temp_store": memory,
                "busy_timeout": 5000,
            }
        ]
        * 5
    )
    store.close()


def test_postgresql_answers_when_it_is_on_the_disk(server):
    store = Store(server.new_database())
    with store.writing() as connection:
        settings = [
            connection.exec_driver_sql(f"SHOW {name}").scalar()
            for name in ("synchronous_commit", "fsync", "lock_timeout")
        ]
    assert settings == ["on", "on", "5s"]
    store.close()


def test_only_the_trainers_account_can_open_the_file(room, folder):
    room.answer("un")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        FILE_NAME: 0o600,
        f"{FILE_NAME}-wal": 0o600,
        f"{FILE_NAME}-shm": 0o600,
    }


def test_the_place_is_chosen_by_the_variable_or_by_the_course(monkeypatch, tmp_path, room_course, small_course):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "etat"))
    monkeypatch.delenv("MALLETTE_SEANCES", raising=False)
    own = room_course.seances
    assert own.parent == tmp_path / "etat" / "mallette"
    assert own != small_course.seances
    assert not own.is_relative_to(room_course.root), "a copy of the course must carry no answer"
    monkeypatch.setenv("MALLETTE_SEANCES", str(tmp_path / "ici"))
    assert room_course.seances == tmp_path / "ici"
    monkeypatch.setenv("MALLETTE_SEANCES", "postgresql://serveur/base")
    assert room_course.seances == "postgresql://serveur/base"


def test_a_block_that_fails_changes_nothing(location):
    store = Store(location)
    with store.writing() as connection:
        add_seance(connection, "BCDFGH")
    with pytest.raises(RuntimeError), store.writing() as connection:
        add_seance(connection, "JKMNPR")
        raise RuntimeError
    with store.reading() as connection:
        assert connection.scalars(select(tables.seances.c.code)).all() == ["BCDFGH"]
    store.close()


def test_servers_that_start_together_make_one_store(location):
    stores = [Store(location) for _ in range(4)]

    def write(number):
        with stores[number].writing() as connection:
            add_seance(connection, f"BCDFG{number}")

    run_together([lambda number=number: write(number) for number in range(4)])
    with stores[0].reading() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.seances)) == 4
        assert connection.scalar(select(func.count()).select_from(tables.schema)) == 1
    for store in stores:
        store.close()


def test_readers_see_one_state_while_a_writer_works(location):
    store, done = Store(location), []
    with store.writing() as connection:
        add_seance(connection, "BCDFGH")

    def write():
        for _ in range(30):
            with store.writing() as connection:
                connection.execute(update(tables.seances).values(expected=tables.seances.c.expected + 1))
                connection.execute(update(tables.seances).values(version=tables.seances.c.version + 1))
        done.append(True)

    def read():
        while not done:
            with store.reading() as connection:
                before = connection.scalar(select(tables.seances.c.expected))
                time.sleep(0.002)
                assert connection.scalar(select(tables.seances.c.version)) == before

    run_together([write, read, read, read])
    store.close()


# Killed


def kill_rounds(location: Path | str, course: Project, rounds: int, servers: int, answers: int) -> int:
    """Kill servers while they record, each after ``answers`` or more; fail if an acknowledged one is missing.

    Returns:
        How many had been acknowledged.
    """
    total = 0
    for _ in range(rounds):
        store = Store(location)
        seances = Seances(store, course)
        code = seances.open(UNIT, 20).code
        seances.open_question(code, TEXT)
        store.close()
        command = [sys.executable, "-m", "tests.seance.writer", str(location), str(course.root), code, TEXT]
        running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(servers)]
        said = "".join(process.stdout.readline() for process in running for _ in range(answers))
        time.sleep(random.uniform(0, 0.05))
        for process in running:
            process.kill()
        said += "".join(process.communicate()[0] for process in running)
        lines = [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]
        acknowledged = {token: int(number) for token, number in lines}  # the last one of each phone
        again = Store(location)
        seances = Seances(again, course)
        for token, number in acknowledged.items():
            kept = int(seances.kept(code, token, TEXT, 1).answer.split()[1])
            assert kept in (number, number + 4), "the next answer may have been kept without a chance to say so"
        seances.record(code, next(iter(acknowledged)), TEXT, 1, "la suite")
        if isinstance(location, Path):
            with again.reading() as connection:
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        again.close()
        total += len(lines)
    return total


def test_kill_9_loses_nothing_acknowledged(location, room_course):
    assert kill_rounds(location, room_course, rounds=3, servers=1, answers=40) >= 120


@pytest.mark.endurance
@pytest.mark.timeout(900)
def test_thirty_kills_of_two_servers_lose_nothing_acknowledged(location, room_course):
    assert kill_rounds(location, room_course, rounds=30, servers=2, answers=340) >= 20_000


def test_an_erasure_that_was_killed_is_ended_at_the_next_start(room, folder, tmp_path, room_course):
    other = room.seances.open(UNIT, 20).code
    room.answer(CANARY * 50)
    with room.store.writing() as connection:
        connection.execute(delete(tables.seances).where(tables.seances.c.code == room.code))
    crashed = tmp_path / "après la panne"
    shutil.copytree(folder, crashed)  # what a killed process leaves
    assert holds(crashed, CANARY)
    store = Store(crashed)
    assert [item.code for item in Seances(store, room_course).ongoing()] == [other]
    assert not holds(crashed, CANARY)
    store.close()


# The disk


@pytest.fixture
def disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallDisk]:
    made = SmallDisk(folder, monkeypatch)
    yield made
    made.close()


def test_a_full_disk_is_told_and_loses_nothing_acknowledged(disk, room_course):
    room = Room(disk.folder, room_course)
    phones = {room.token: ""}
    disk.fill(room.store)
    with pytest.raises(Unavailable, match=r"disque est plein.*Libérez") as caught:
        for number in range(400):  # the journal has some room left
            token = room.seances.join(room.code)
            text = f"{CANARY} {number} " + "x" * 900
            room.seances.record(room.code, token, TEXT, 1, text)
            phones[token] = text
    assert CANARY not in "".join(traceback.format_exception(caught.value)), "no answer in a log"
    assert str(disk.folder) not in caught.value.for_participants
    if disk.real:  # SQLite's own limit lets through what fits in a page
        room.fails("disque est plein")
    disk.empty()
    room.answer("après")
    del phones[room.token]
    for token, text in phones.items():
        assert room.seances.kept(room.code, token, TEXT, 1).answer == text
    assert room.kept() == "après"
    room.store.close()


def test_a_disk_full_from_the_start_is_told(disk, room_course):
    store = Store(disk.folder)
    disk.fill(store)
    seances = Seances(store, room_course)
    with pytest.raises(Unavailable, match="disque est plein"):
        seances.open(UNIT, 20)
    disk.empty()
    assert seances.open(UNIT, 20) in seances.ongoing()
    store.close()


def test_the_journal_of_answers_changed_again_and_again_stays_small(room, folder):
    for number in range(300):
        room.answer(f"{number} ".ljust(1000, "."))
    assert sum(file.stat().st_size for file in folder.iterdir()) < 1_000_000, "il ne resterait rien d’un petit disque"


def test_a_read_only_folder_is_told(room, folder):
    room.answer("avant")
    room.store.close()
    with read_only(folder):
        room.fails("écriture est interdite.*modifiables")
    room.answer("après")
    assert room.kept() == "après"


def test_a_folder_that_cannot_be_made_is_told(tmp_path, room_course):
    (tmp_path / "clé").write_text("un fichier, pas un dossier", encoding="utf-8")
    store = Store(tmp_path / "clé" / "réponses")
    seances = Seances(store, room_course)
    with pytest.raises(Unavailable, match="n’existe pas et ne peut pas être créé"):
        seances.open(UNIT, 20)
    (tmp_path / "clé").unlink()
    seances.open(UNIT, 20)
    store.close()


# The file


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"Ceci est une photo. " * 500,
        lambda data: data[:100] + os.urandom(len(data) - 100),
        lambda data: data[:5000],
    ],
    ids=["another file", "scrambled", "cut"],
)
def test_a_damaged_file_is_told_and_a_new_one_made_once_it_is_renamed(room, folder, spoil):
    room.store.close()
    file = folder / FILE_NAME
    file.write_bytes(spoil(file.read_bytes()))
    room.fails("abîmé.*Renommez-le")
    file.rename(folder / "abimé.db")
    assert room.seances.ongoing() == []
    assert room.seances.open(UNIT, 5).expected == 5


def test_a_file_that_vanishes_takes_no_answer_into_nothing(room, folder, tmp_path):
    room.answer("avant")
    folder.rename(tmp_path / "corbeille")
    room.fails("a disparu.*Remettez-le")
    room.fails("a disparu")
    with pytest.raises(Unavailable, match="a disparu"):
        room.seances.ongoing()
    assert not folder.exists()
    (tmp_path / "corbeille").rename(folder)
    assert room.kept() == "avant"
    room.answer("après")
    assert room.kept() == "après"


def test_a_copy_put_back_is_read(room, folder, tmp_path):
    room.answer("sauvegardé")
    room.store.close()
    shutil.copytree(folder, tmp_path / "copie")
    room.answer("perdu")
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "copie", folder)
    assert room.kept() == "sauvegardé"


def test_two_servers_of_a_course_end_in_any_order(room, folder, room_course):
    other = Store(folder)
    seances = Seances(other, room_course)
    assert len(seances.ongoing()) == 1
    room.seances.erase(room.code)
    assert not (folder / FILE_NAME).exists()
    code = seances.open(UNIT, 5).code
    assert [item.code for item in room.seances.ongoing()] == [code]
    other.close()


@pytest.mark.parametrize(("number", "match"), [(99, "plus récente.*à jour"), (0, "plus ancienne.*ancienne version")])
def test_a_store_of_another_version_is_told(location, number, match, room_course):
    room = Room(location, room_course)
    set_schema(location, number)
    room.store.close()
    room.fails(match)
    set_schema(location, tables.SCHEMA)
    room.answer("après")
    room.store.close()


CROSSINGS = (
    "CREATE TABLE crossings (seance INTEGER REFERENCES seances (id) ON DELETE CASCADE, first VARCHAR)",
    "INSERT INTO crossings SELECT id, 'aise' FROM seances",
)
"""What stores held until version 2."""


WITHOUT_DRAFTS = [f"DROP TABLE {name}" for name in ("drafts", "devices", "learners")]
"""Before version 4 nobody filled in an assignment."""


@pytest.mark.parametrize(
    ("number", "before"),
    [(1, ["ALTER TABLE answers DROP COLUMN number", *CROSSINGS]), (2, CROSSINGS), (3, ())],
)
def test_a_store_of_a_version_before_is_brought_up_to_date(location, room_course, number, before):
    """With a round open: its answers stay, and can still be changed."""
    room = Room(location, room_course)
    room.answer("avant")
    room.store.close()
    statements = (*map(DDL, [*WITHOUT_DRAFTS, *before]), update(tables.schema).values(number=number))
    execute(location, *statements)
    assert room.kept() == "avant"
    room.answer("après")
    assert room.kept() == "après"
    room.store.close()
    again = Store(location)
    with again.reading() as connection:
        assert connection.scalars(select(tables.schema.c.number)).all() == [tables.SCHEMA]
        assert {*inspect(connection).get_table_names()} == {*tables.metadata.tables}
    again.close()


def test_tables_of_something_else_are_left_alone(server, folder):
    folder.mkdir()
    connection = sqlite3.connect(folder / FILE_NAME)
    connection.execute("CREATE TABLE answers (mine)")
    connection.close()
    url = server.new_database()
    server.execute("CREATE TABLE answers (mine int)", url.split("/")[3].split("?")[0])
    for location in (folder, url):
        store = Store(location)
        with pytest.raises(Unavailable, match="ne sont pas celles de la mallette"), store.reading():
            pass
        store.close()


# Other programs


def test_a_locked_store_is_told_and_still_read(location, room_course):
    room = Room(location, room_course)
    room.answer("avant")
    with locked(location):
        room.fails("Un autre programme.*Fermez-le")
        assert room.kept() == "avant"
    room.answer("après")
    assert room.kept() == "après"
    room.store.close()


def test_a_short_lock_is_waited_for(room, folder, room_course):
    patient = Seances(Store(folder), room_course)
    with locked(folder, seconds=0.5):
        patient.record(room.code, room.token, TEXT, 1, "patience")
    assert room.kept() == "patience"


@pytest.mark.endurance
def test_a_lock_of_20_seconds_loses_nothing(location, room_course):
    room = Room(location, room_course)
    seances = Seances(Store(location), room_course)
    told = 0
    with locked(location, seconds=20):
        while True:
            try:
                seances.record(room.code, room.token, TEXT, 1, "tenace")
                break
            except Unavailable:
                told += 1
    assert told >= 1
    assert room.kept() == "tenace"
    room.store.close()


def test_postgresql_may_crash_and_come_back(server, room_course):
    room = Room(server.new_database(), room_course)
    room.answer("avant")
    server.stop(signal.SIGQUIT)
    try:
        told = room.fails("ne répond pas.*démarrée")
        assert "postgresql" not in str(told), "the URL may hold a password"
        with pytest.raises(Unavailable):
            room.kept()
    finally:
        server.start()
    assert room.kept() == "avant"
    room.answer("après")
    assert room.kept() == "après"
    room.store.close()


def test_postgresql_cut_in_the_middle_of_a_transaction_is_told(server):
    store = Store(server.new_database())
    with pytest.raises(Unavailable), store.writing() as connection:
        add_seance(connection, "BCDFGH")
        try:
            server.stop(signal.SIGQUIT)
        finally:
            server.start()
    with store.reading() as connection:
        assert connection.scalar(select(tables.seances.c.id)) is None
    store.close()


@pytest.mark.parametrize("url", ["mysql://formateur:secret@serveur/base", "://secret", "postgresql://:bad:secret@:x/"])
def test_a_wrong_address_is_told_without_its_password(url):
    with pytest.raises(Unavailable, match="ni un dossier ni l’adresse") as caught, Store(url).reading():
        pass
    assert "secret" not in str(caught.value)


def test_a_server_that_does_not_exist_is_told_without_its_password():
    store = Store("postgresql+psycopg://formateur:secret@127.0.0.1:1/base")
    with pytest.raises(Unavailable, match=r"base.*127\.0\.0\.1.*ne répond pas") as caught, store.writing():
        pass
    assert "secret" not in str(caught.value)


# Erasing


def test_erasing_leaves_no_byte_of_an_answer(room, folder):
    other = room.seances.open(UNIT, 20).code
    for number in range(30):
        token = room.seances.join(room.code)
        for tab in ("un", "deux"):
            room.seances.record(room.code, token, TEXT, 1, f"{tab} {number} " + CANARY * 80)
    room.store.close()
    room.answer(CANARY)
    assert holds(folder, CANARY), "the test sees what it looks for"
    room.seances.erase(room.code)
    assert not holds(folder, CANARY)
    assert not holds(folder, room.code)
    assert [item.code for item in room.seances.ongoing()] == [other]
    room.seances.erase(other)
    assert list(folder.iterdir()) == []


def test_an_erasure_that_a_reader_holds_up_is_told_and_ended_later(room, folder):
    room.seances.open(UNIT, 20)
    room.answer(CANARY)
    with room.store.reading() as connection:
        connection.execute(select(tables.answers)).all()
        with pytest.raises(Unavailable, match="effacez de nouveau"):
            room.seances.erase(room.code)
    room.seances.erase(room.code)
    assert not holds(folder, CANARY)


class Blocks:
    """The files of a store, held open: what they hold is what the system gets back if they are truncated or removed."""

    def __init__(self, folder: Path) -> None:
        self._files = {name: (folder / name).open("rb") for name in (FILE_NAME, f"{FILE_NAME}-wal")}
        self._sizes = {name: os.fstat(file.fileno()).st_size for name, file in self._files.items()}

    def given_back(self) -> list[str]:
        """Return the files that gave back blocks which may hold an answer."""
        found = []
        for name, file in self._files.items():
            status, content = os.fstat(file.fileno()), os.pread(file.fileno(), 1 << 30, 0)
            if status.st_size < self._sizes[name] or (not status.st_nlink and CANARY.encode() in content):
                found.append(name)
            file.close()
        return found


def crash(room: Room, folder: Path) -> tuple[Path, Blocks]:
    """Return what a killed server leaves, elsewhere."""
    left = folder.with_name("après la panne")
    shutil.copytree(folder, left)
    return left, Blocks(left)


def test_a_server_that_stops_gives_back_no_block_of_its_journal(room, folder):
    room.answer(CANARY * 50)
    blocks = Blocks(folder)
    room.store.close()
    assert not (folder / f"{FILE_NAME}-wal").exists() and blocks.given_back() == []


def test_an_erasure_gives_back_no_block_that_holds_an_answer(room, folder):
    for end in range(2):
        other = room.seances.open(UNIT, 20).code
        room.answer(f"{CANARY} {end} " * 50)
        blocks = Blocks(folder)
        room.seances.erase(room.code)
        assert blocks.given_back() == [] and not holds(folder, CANARY)
        room.code = other
        room.seances.open_question(other, TEXT)
        room.token = room.seances.join(other)
    blocks = Blocks(folder)
    room.seances.erase(room.code)
    assert blocks.given_back() == [] and list(folder.iterdir()) == []


def test_the_start_after_a_crash_gives_back_no_block_that_holds_an_answer(room, folder, room_course):
    room.answer(CANARY * 50)
    left, blocks = crash(room, folder)
    store = Store(left)
    Seances(store, room_course).erase(room.code)
    assert blocks.given_back() == []
    store.close()


def test_a_store_that_cannot_be_used_gives_back_no_block_of_its_journal(room, folder):
    room.answer(CANARY * 50)
    with room.store.writing() as connection:
        connection.execute(update(tables.schema).values(number=99))
    left, blocks = crash(room, folder)
    with pytest.raises(Unavailable, match="plus récente"), Store(left).reading():
        pass
    assert not (left / f"{FILE_NAME}-wal").exists() and blocks.given_back() == []


def test_a_failure_gives_back_no_block_of_the_journal(room, folder):
    room.answer(CANARY * 50)
    blocks = Blocks(folder)
    with pytest.raises(Unavailable), room.store.writing():
        raise OSError(errno.ENOSPC, "plein")
    assert blocks.given_back() == []


def test_a_journal_whose_file_is_gone_gives_back_no_block(room, folder):
    """What is left of a server that was killed while it removed its files."""
    room.answer(CANARY * 50)
    left, blocks = crash(room, folder)
    (left / FILE_NAME).unlink()
    store = Store(left)
    with store.reading():
        pass
    store.close()
    assert blocks.given_back() == []


@pytest.mark.parametrize("seed", [0, 1, 7])
def test_no_copy_of_an_erased_answer_stays_among_those_of_another_seance(folder, room_course, seed):
    """SQLite moves rows from page to page as they grow, and forgets what it leaves behind: seen with these numbers."""
    store, chance, phones = Store(folder), random.Random(seed), []
    with store.writing() as connection:
        for code in ("BBBBBB", "CCCCCC"):
            add_seance(connection, code)
        erased, other = connection.scalars(select(tables.seances.c.id).order_by(tables.seances.c.code))
        for seance in (erased, other):
            connection.execute(insert(tables.rounds).values(seance=seance, question=TEXT, tour=1, rank=0, state=""))
        for _ in range(100):
            seance, token = chance.choice((erased, other)), f"{chance.getrandbits(256):064x}"
            if phones and chance.random() < 0.5:
                seance, token = chance.choice(phones)
            else:
                phones.append((seance, token))
                connection.execute(insert(tables.participants).values(seance=seance, token=token))
                connection.execute(
                    insert(tables.answers).values(
                        seance=seance, question=TEXT, tour=1, token=token, mark="0" * 16, value=""
                    )
                )
            text = (CANARY if seance == erased else "autre") * chance.choice((1, 3, 30, 100))
            connection.execute(update(tables.answers).where(tables.answers.c.token == token).values(value=text))
    Seances(store, room_course).erase("BBBBBB")
    assert not holds(folder, CANARY) and holds(folder, "autre")
    store.close()


# Help


def add_seance(connection, code: str) -> None:
    connection.execute(
        insert(tables.seances).values(
            code=code, unit=UNIT, title="", questions=[], expected=1, opened=func.current_date(), version=1
        )
    )


def set_schema(location: Path | str, number: int) -> None:
    execute(location, update(tables.schema).values(number=number))


def execute(location: Path | str, *statements: Executable) -> None:
    """Change a store behind its back."""
    store = Store(location)
    engine = store._sqlite(store._file) if store._file else store._postgresql()
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)
    engine.dispose()


def holds(folder: Path, word: str) -> bool:
    return any(word.encode() in path.read_bytes() for path in folder.iterdir())
