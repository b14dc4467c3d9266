"""How much each visitor may ask of a séance: every limit by address or by participant, in one place.

Addresses of visitors live in memory only, in these counters, and are gone with the server.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from mallette.server.seance.web import Refusal

STREAMS_PER_PERSON = 4
STREAMS_PER_ADDRESS = 60
STREAMS = 1000
SHARED_ADDRESS, FULL = "adresse", "complete"
"""Why a phone could not join, when the trainer can do something about it."""
DEVICES = 30
"""As many phones may stand behind one address once the trainer said so: ten joins become the largest séance."""


class Counter:
    """Counts events by key over a sliding window, in memory: at most ``count`` in ``seconds``; beyond, ``message``.

    Args:
        now: clock, in seconds.
    """

    _MANY = 5000

    def __init__(self, count: int, seconds: float, message: str, now: Callable[[], float] = time.monotonic) -> None:
        self.count, self.seconds, self.message = count, seconds, message
        self._now = now
        self._events: dict[object, deque[float]] = {}

    def full(self, key: object) -> bool:
        """Tell whether ``key`` has used up its share."""
        events = self._events.get(key)
        if not events:
            return False
        limit = self._now() - self.seconds
        while events and events[0] <= limit:
            events.popleft()
        return len(events) >= self.count

    def check(self, key: object) -> None:
        """Refuse when ``key`` has used up its share.

        Raises:
            Refusal: 429.
        """
        if self.full(key):
            raise Refusal(429, self.message)

    def spend(self, key: object) -> None:
        """Count one event of ``key``.

        Raises:
            Refusal: 429; the event is not counted.
        """
        self.check(key)
        if len(self._events) >= self._MANY:
            self._events = {name: events for name, events in self._events.items() if self.full(name) or events}
        self._events.setdefault(key, deque()).append(self._now())


def _counter(count: int, seconds: float, message: str) -> Any:
    return field(default_factory=lambda: Counter(count, seconds, message))


@dataclass
class Limits:
    """What one address or one participant may ask, see :class:`Counter`.

    Attributes:
        requests: by address, all routes of participants together.
        wrong_codes: by address; codes are short, so nobody may try many.
        joins: by (address, code): a phone joins once, a family of tabs a few times.
        answers: by participant.
        copies: of assignments begun, by address.
        wrong_words: by code of a copy, and by address.
        streams: open at the same time, by address.
        turned_away: (code, why) of the séances that phones could not join, until the trainer lets them in: because of
            what others at their address did, or because the séance is full.
    """

    requests: Counter = _counter(400, 10, "Trop de demandes à la fois : attendez quelques secondes.")
    wrong_codes: Counter = _counter(
        10,
        600,
        "Trop de codes essayés depuis cette adresse du réseau : attendez dix minutes, ou prévenez la "
        "personne qui anime.",
    )
    joins: Counter = _counter(
        10,
        12 * 3600,
        "Trop d’appareils ont rejoint la séance depuis cette adresse du réseau. Prévenez la personne "
        "qui anime : elle peut vous laisser entrer.",
    )
    answers: Counter = _counter(30, 10, "Trop de réponses à la suite : attendez quelques secondes.")
    copies: Counter = _counter(
        100,
        12 * 3600,
        "Trop de copies ont été commencées depuis cette adresse du réseau. Prévenez la personne qui évalue.",
    )
    wrong_words: Counter = _counter(
        10, 600, "Trop d’essais : attendez dix minutes, ou prévenez la personne qui évalue."
    )
    streams: int = STREAMS_PER_ADDRESS
    turned_away: set[tuple[str, str]] = field(default_factory=set)

    @property
    def shared(self) -> bool:
        """Whether one address may be many phones."""
        return self.streams == STREAMS

    def share_addresses(self) -> None:
        """Let one address be many phones, until the server stops: some routers hide a whole room behind their own."""
        if self.shared:
            return
        self.streams = STREAMS
        for counter in (self.requests, self.wrong_codes, self.joins, self.copies):
            counter.count *= DEVICES
        self.turned_away = {(code, why) for code, why in self.turned_away if why != SHARED_ADDRESS}

    def forget(self, code: str, *reasons: str) -> None:
        """Forget that phones could not join a séance: for these reasons, or for all."""
        self.turned_away = {
            item for item in self.turned_away if item[0] != code or (reasons and item[1] not in reasons)
        }
