"""Is a room told at once, and does nothing pile up behind those who left?"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mallette.paths import Project
from mallette.server.seance import events, limits, web
from tests import boucle, salle
from tests.salle import Phone, Room

TOOL = {"titre": "Essai", "sections": [{"champs": [{"id": "objet", "type": "texte", "libelle": "Objet"}]}]}


class Ear:
    """A client of a stream."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def until(self, event: str, test: Callable[[dict], bool] = lambda data: True, never: str = "") -> dict:
        """Return the first message of this kind that passes ``test``; fails after twenty seconds, or at ``never``."""
        async with asyncio.timeout(20):
            name = ""
            while line := (await self._reader.readline()).decode().strip("\r\n") or " ":
                if self._reader.at_eof():
                    raise EOFError
                if line.startswith("event: "):
                    name = line[7:]
                    assert name != never
                if line.startswith("data: ") and name == event and test(json.loads(line[6:])):
                    return json.loads(line[6:])
        raise AssertionError

    async def ended(self) -> None:
        """Read until the server ends the response."""
        async with asyncio.timeout(20):
            await self._reader.readuntil(b"\r\n0\r\n\r\n")

    def leave(self) -> None:
        self._writer.transport.abort()


async def listen(phone: Phone, code: str, path: str = "flux") -> tuple[int, Ear]:
    reader, writer = await asyncio.open_connection("127.0.0.1", phone.room.port, local_addr=(phone.address, 0))
    writer.write(f"GET /s/{code}/{path} HTTP/1.1\r\nHost: {phone.room.host}\r\nCookie: {phone.cookie}\r\n\r\n".encode())
    status = int((await reader.readline()).split()[1])
    return status, Ear(reader, writer)


def in_thread(function: Callable, *arguments: object) -> asyncio.Future:
    return asyncio.get_running_loop().run_in_executor(None, function, *arguments)


def test_sixty_phones_are_told_of_a_change(room: Room) -> None:
    code = room.open(60)
    phones = [room.phone().join(code) for _ in range(60)]

    async def scene() -> None:
        heard = await asyncio.gather(*(listen(phone, code) for phone in phones))
        assert {status for status, _ in heard} == {200}
        ears = [ear for _, ear in heard]
        first = await asyncio.gather(*(ear.until("etat") for ear in ears))
        await in_thread(room.act, "open_question", code, "aise")
        told = asyncio.gather(*(ear.until("etat", lambda data: data["version"] > first[0]["version"]) for ear in ears))
        assert {data["version"] for data in await told} == {room.context.seances.get(code).version}

    boucle.run(scene())


def test_streams_of_those_who_left_are_forgotten(room: Room, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_SECONDS", 0.1)
    phones = [room.phone().join(code) for _ in range(5)]

    async def scene() -> None:
        ears = [ear for _, ear in await asyncio.gather(*(listen(phone, code) for phone in phones))]
        await asyncio.gather(*(ear.until("pouls") for ear in ears))
        assert len(list(room.context.hub)) == 5
        for ear in ears[:4]:
            ear.leave()
        deadline = time.monotonic() + 20
        while len(list(room.context.hub)) > 1:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.05)
        await ears[4].until("pouls")

    boucle.run(scene())


def test_a_phone_with_many_tabs_keeps_the_newest(room: Room, code: str) -> None:
    phone = room.phone().join(code)

    async def scene() -> None:
        oldest = (await listen(phone, code))[1]
        await oldest.until("etat")
        newer = [await listen(phone, code) for _ in range(limits.STREAMS_PER_PERSON)]
        assert {status for status, _ in newer} == {200}
        await oldest.ended()
        assert len(list(room.context.hub)) == limits.STREAMS_PER_PERSON

    boucle.run(scene())


def test_one_address_may_not_hold_every_stream(room: Room, code: str) -> None:
    room.context.limits.streams = 3
    phones = [room.phone().join(code) for _ in range(5)]
    for phone in phones[:4]:
        phone.address = phones[0].address

    async def scene() -> None:
        heard = [await listen(phone, code) for phone in phones]
        assert [status for status, _ in heard] == [200, 200, 200, 429, 200]

    boucle.run(scene())


def test_a_table_is_told_of_what_it_writes_and_no_other_page_is(room: Room, code: str) -> None:
    room.call(room.context.run(room.context.boards.offer, code, "essai", TOOL))
    writer, reader, other, elsewhere = (room.phone().join(code) for _ in range(4))
    stranger = room.phone()

    def write() -> int:
        body = {"outil": "essai", "table": 3, "place": "objet", "valeur": "Un hall"}
        return writer.ask("POST", f"/s/{code}/outil/ecrire", body).status

    async def scene() -> None:
        status, near = await listen(reader, code, "flux?outil=essai&table=3")
        far = (await listen(other, code, "flux?outil=essai&table=4"))[1]
        plain = (await listen(elsewhere, code))[1]
        assert status == 200 and (await listen(stranger, code, "flux?outil=essai&table=3"))[0] == 403
        await asyncio.gather(*(ear.until("etat") for ear in (near, far, plain)))
        assert await in_thread(write) == 200
        assert await near.until("table") == {"numero": 1}
        await in_thread(room.act, "open_question", code, "aise")
        for ear in (far, plain):
            await ear.until("etat", never="table")

    boucle.run(scene())


def test_an_erased_seance_ends_its_streams(room: Room, code: str) -> None:
    phone = room.phone().join(code)

    async def scene() -> None:
        _, ear = await listen(phone, code)
        await ear.until("etat")
        await in_thread(room.act, "erase", code)
        assert (await ear.until("etat"))["version"] == -1
        await ear.ended()

    boucle.run(scene())


def test_the_two_limits_of_streams_are_told_apart_and_the_trainer_always_has_one(monkeypatch) -> None:
    monkeypatch.setattr(limits, "STREAMS", 3)

    async def scene() -> None:
        hub = events.Hub()
        hub.listen("ABC", "127.0.0.1", "one", most=1)
        with pytest.raises(web.Refusal, match="429") as here:
            hub.listen("ABC", "127.0.0.1", "two", most=1)
        assert "depuis cette adresse" in here.value.message
        hub.listen("ABC", "127.0.0.2", "two", most=1)
        hub.listen("ABC", "127.0.0.3", "three", most=1)
        with pytest.raises(web.Refusal, match="503") as in_all:
            hub.listen("ABC", "127.0.0.4", "four", most=1)
        assert "adresse" not in in_all.value.message
        hub.listen("ABC", "127.0.0.1", "trainer", trainer=True, most=1)
        hub.close()

    boucle.run(scene())


def test_a_slow_reader_gets_the_newest_of_each_kind() -> None:
    async def scene() -> None:
        hub = events.Hub()
        trainer = hub.listen("ABC", "127.0.0.1", "trainer", trainer=True)
        phone = hub.listen("ABC", "127.0.0.2", "phone")
        for number in range(100):
            hub.changed("ABC", number)
            hub.counted("ABC", number, 40)
        hub.changed("AUTRE", 7)
        assert await phone.next(1) == 'event: etat\ndata: {"version": 99}\n\n'
        assert await trainer.next(1) == (
            'event: etat\ndata: {"version": 99}\n\nevent: compte\ndata: {"reponses": 99, "participants": 40}\n\n'
        )
        assert "pouls" in await phone.next(0.01)
        hub.close()
        assert await phone.next(1) is None

    boucle.run(scene())


def test_the_trainer_is_told_how_many_answered(room: Room, code: str) -> None:
    room.act("open_question", code, "aise")
    phones = [room.phone().join(code) for _ in range(3)]

    async def view() -> events.Listener:
        return room.context.hub.listen(code, "127.0.0.1", "trainer", trainer=True)

    async def counts(listener: events.Listener) -> str:
        text = ""
        while '"reponses": 3, "participants": 3' not in text:
            text = await listener.next(20)
            assert "pouls" not in text
        return text

    listener = room.call(view())
    for phone in phones:
        phone.answer(code, "aise", 1)
    room.call(counts(listener))


def test_a_restarted_server_finds_the_seance_and_its_clock(course: Project, tmp_path: Path) -> None:
    first = salle.start(course, tmp_path / "seances")
    code = first.open(20)
    phone = first.phone().join(code)
    first.act("open_question", code, "aise", 1, 2)
    assert phone.answer(code, "aise", 2).status == 200
    first.close()
    second = salle.start(course, tmp_path / "seances")
    try:
        phone.room = second
        step = phone.get(f"/s/{code}/etat").data["etape"]
        assert step["ma_reponse"] == 2
        deadline = time.monotonic() + 20
        while phone.get(f"/s/{code}/etat").data["etape"]["etat"] == "ouverte":
            assert time.monotonic() < deadline, "le tour n’a pas été fermé"
            time.sleep(0.1)
    finally:
        second.close()
