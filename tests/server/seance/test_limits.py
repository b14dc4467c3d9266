"""Limits that forget, and that a trainer may widen for a room behind one address."""

from __future__ import annotations

import pytest

from mallette.seance.model import MOST_EXPECTED
from mallette.server.seance import limits, web
from tests import formatrice
from tests.salle import Room


class Clock:
    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def test_a_counter_refuses_beyond_its_rate_and_forgets() -> None:
    clock = Clock()
    counter = limits.Counter(2, 10, "Attendez.", clock)
    counter.spend("a")
    clock.time = 6
    counter.spend("a")
    with pytest.raises(web.Refusal) as refused:
        counter.spend("a")
    assert (refused.value.status_code, refused.value.message) == (429, "Attendez.")
    counter.spend("b")
    clock.time = 10
    counter.spend("a")
    assert counter.full("a")


def test_a_counter_does_not_grow_for_ever() -> None:
    clock = Clock()
    counter = limits.Counter(2, 10, "Attendez.", clock)
    for number in range(30_000):
        clock.time += 0.01
        counter.spend(number)
    assert len(counter._events) <= 6000


def test_a_room_behind_one_router_is_turned_away_until_the_trainer_lets_it_in(room: Room, code: str) -> None:
    trainer = formatrice.enter(room)
    phones = [room.phone() for _ in range(30)]
    for phone in phones:
        phone.address = "127.0.9.9"
    assert "pas pu rejoindre" not in trainer.control(code)
    for phone in phones[:10]:
        phone.join(code)
    refused = phones[10].tap(code)
    assert refused.status == 429
    assert "Prévenez la personne qui anime" in refused.data["message"]
    assert "pas pu rejoindre" in trainer.control(code)
    trainer.does(code, "laisser-entrer")
    assert "pas pu rejoindre" not in trainer.control(code)
    for phone in phones[10:]:
        phone.join(code)
    assert room.context.seances.get(code).participants == 30


def test_wrong_codes_of_one_phone_do_not_lock_out_the_room_that_shares_its_address(room: Room, code: str) -> None:
    trainer = formatrice.enter(room)
    clumsy, neighbour = room.phone(), room.phone()
    neighbour.address = clumsy.address
    for number in range(10):
        assert clumsy.get(f"/s/ZZZZZ{number}").status == 404
    assert clumsy.get("/s/ZZZZZZ").status == 429
    assert "pas pu rejoindre" not in trainer.control(code)
    assert neighbour.get(f"/s/{code}").status == 429
    assert "pas pu rejoindre" in trainer.control(code)
    trainer.does(code, "laisser-entrer")
    neighbour.join(code)
    assert "pas pu rejoindre" not in trainer.control(code)


def test_an_address_that_stands_for_a_room_still_has_limits() -> None:
    widened = limits.Limits()
    widened.share_addresses()
    widened.share_addresses()  # the second click changes nothing
    assert widened.joins.count == MOST_EXPECTED
    for _ in range(MOST_EXPECTED):
        widened.joins.spend("une adresse")
    with pytest.raises(web.Refusal):
        widened.joins.spend("une adresse")


def test_the_trainer_hears_of_it_once_and_not_of_a_seance_that_is_gone(room: Room, code: str) -> None:
    trainer = formatrice.enter(room)
    greedy = room.phone()
    for _ in range(15):
        greedy.cookie = ""
        greedy.tap(code)
    assert room.context.limits.turned_away == {(code, limits.SHARED_ADDRESS)}
    trainer.does(code, "terminer", confirme=1)
    trainer.does(code, "effacer", confirme=1)
    assert room.context.limits.turned_away == set()
    assert greedy.ask("POST", f"/s/{code}/rejoindre", {}).status == 429
    assert room.context.limits.turned_away == set(), "il ne reste personne à qui le dire"
