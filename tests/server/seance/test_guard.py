"""Limits that forget, and secrets that compare."""

from __future__ import annotations

import pytest

from mallette.server.seance import guard


class Clock:
    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def test_a_counter_refuses_beyond_its_rate_and_forgets() -> None:
    clock = Clock()
    counter = guard.Counter(guard.Rate(2, 10, "Attendez."), clock)
    counter.spend("a")
    clock.time = 6
    counter.spend("a")
    with pytest.raises(guard.Refusal) as refused:
        counter.spend("a")
    assert (refused.value.status_code, refused.value.message) == (429, "Attendez.")
    counter.spend("b")
    clock.time = 10
    counter.spend("a")
    assert counter.full("a")


def test_a_counter_does_not_grow_for_ever() -> None:
    clock = Clock()
    counter = guard.Counter(guard.Rate(2, 10, "Attendez."), clock)
    for number in range(30_000):
        clock.time += 0.01
        counter.spend(number)
    assert len(counter._events) <= 6000


@pytest.mark.parametrize(("given", "right"), [
    ("secret", True), ("secre", False), ("", False), (None, False), ("sécret", False),
])
def test_only_the_very_secret_opens(given: str | None, right: bool) -> None:
    assert guard.same_secret(given, "secret") is right


@pytest.mark.parametrize(("typed", "code"), [
    ("bcd fgh", "BCDFGH"), (" BCD-FGH ", "BCDFGH"), ("", ""), ("../etc", ""), ("é", ""), ("B" * 13, ""), ("B\0", ""),
])
def test_a_code_has_one_spelling(typed: str, code: str) -> None:
    assert guard.plain_code(typed) == code
