"""What the séance's handlers share: the domain, its one thread, the streams and the clock of timed rounds."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mallette.paths import Project
from mallette.seance import clock, errors
from mallette.seance.boards import Boards
from mallette.seance.model import GRACE, Seance
from mallette.seance.seances import Seances
from mallette.seance.store import Store
from mallette.server.seance import access
from mallette.server.seance.events import Hub
from mallette.server.seance.limits import SHARED_ADDRESS, Limits
from mallette.server.seance.screen import TrainerState

STORE_SECONDS = 8
"""Below the ten seconds after which a phone must have told something."""
STORE_WAITING = 500
"""Requests that may wait for the store's thread."""
COUNT_SECONDS = 0.25
"""Answers that arrive together are told to the trainer together."""
RETRY_SECONDS = 2
CALM_SECONDS = 2
"""A store that works one time in two (a nearly full disk) is in trouble: the end of it is told after this time."""
SLOW = "L’ordinateur de l’atelier n’arrive pas à enregistrer pour l’instant. Nouvel essai dans un instant."
_LOG = logging.getLogger("mallette.seance")


@dataclass
class Context:
    """Shared by every handler of the séance.

    Attributes:
        course: the course.
        store: where answers are kept.
        seances: the domain; only ever called through :meth:`run`.
        boards: the tools that tables of a séance fill in; called so too.
        addresses: addresses the server listens on, this laptop's own first.
        port: TCP port.
        rooms: those of them that phones may use, likeliest first, with the name of their network card.
        shown: the one that people type: the trainer may choose another.
        secret: the trainer's secret.
        secret_file: where it is kept while there is a séance.
        hub: the open streams.
        limits: what each visitor has asked so far.
        trainer: what the trainer's views share.
        trouble: why the store does not work, in French; empty when it does.
    """

    course: Project
    store: Store
    seances: Seances
    addresses: list[str]
    port: int
    rooms: dict[str, str] = field(default_factory=dict)
    shown: str = ""
    secret: str = field(default_factory=access.new_secret, repr=False)
    secret_file: access.SecretFile = field(default_factory=lambda: access.SecretFile(None), repr=False)
    hub: Hub = field(default_factory=Hub)
    limits: Limits = field(default_factory=Limits)
    trainer: TrainerState = field(default_factory=TrainerState)
    trouble: str = ""
    boards: Boards = field(init=False, repr=False)
    _executor: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "seances"), repr=False)
    _assignments: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "devoirs"), repr=False)
    _waiting: int = 0
    _counting: set[str] = field(default_factory=set)
    _calm: asyncio.TimerHandle | None = None
    _clocks: dict[str, asyncio.TimerHandle] = field(default_factory=dict)
    _tasks: set[asyncio.Task] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.boards = Boards(self.store)
        self.shown = self.shown or next(iter(self.rooms), self.addresses[0])

    @property
    def trainer_address(self) -> str:
        """The address that opens the trainer's view, on this laptop only."""
        return f"http://{self.addresses[0]}:{self.port}/formateur/entrer?cle={self.secret}"

    def participant_address(self, code: str) -> str:
        """Return the address of a séance as phones reach it, for the QR code."""
        return f"http://{self.shown}:{self.port}/s/{code}"

    async def run(self, function: Callable, *arguments: object, assignments: bool = False) -> Any:
        """Return ``function(*arguments)`` run in the store's thread: a locked store never blocks the server.

        Args:
            assignments: in another thread: writing the copies of a room takes seconds, which a séance does not wait.

        Raises:
            mallette.seance.errors.SeanceError: the domain refused. ``Unavailable`` also when the store takes too
                long or too many requests wait for it.
        """
        if self._waiting >= STORE_WAITING:
            raise errors.Unavailable(SLOW)
        self._waiting += 1
        try:
            call = asyncio.get_running_loop().run_in_executor(
                self._assignments if assignments else self._executor, function, *arguments
            )
            result = await asyncio.wait_for(call, STORE_SECONDS)
        except TimeoutError as error:
            self._tell_trouble(self.store.trouble or SLOW)
            raise errors.Unavailable(SLOW) from error
        except errors.Unavailable as error:
            self._tell_trouble(str(error))
            raise
        finally:
            self._waiting -= 1
        self._tell_trouble(self.store.trouble)
        return result

    async def changed(self, code: str) -> None:
        """Tell every view of the séance that the trainer changed it; call it after each action.

        What was done stays done: when the store cannot be read just then, views are told as soon as it can.
        """
        try:
            seance = await self.run(self.seances.get, code)
        except errors.UnknownSeance:
            self._stop_clock(code)
            self.limits.forget(code)
            self.hub.gone(code)
            await self.keep_secret()
            return
        except errors.Unavailable:
            self.changed_soon(code)
            return
        self.hub.changed(code, seance.version)
        self._tell_count(seance)
        self._set_clock(seance)

    def changed_soon(self, code: str) -> None:
        """Tell every view in a moment: a store that did not answer in time may still do what it was asked."""
        self._stop_clock(code)
        self._call(RETRY_SECONDS, code, self.changed)

    def answered(self, code: str) -> None:
        """Tell the trainer's views, within a quarter of a second, how many have joined and answered."""
        if code not in self._counting:
            self._counting.add(code)
            asyncio.get_running_loop().call_later(COUNT_SECONDS, self._spawn, self._count, code)

    async def turned_away(self, code: str, why: str = SHARED_ADDRESS) -> None:
        """Tell the trainer that phones cannot join: the séance is full, or an address has used up its share (perhaps
        one device, perhaps the room's router)."""
        if (code, why) in self.limits.turned_away or (why == SHARED_ADDRESS and self.limits.shared):
            return
        with contextlib.suppress(errors.SeanceError):  # a code that is no séance's
            await self.run(self.seances.get, code)
            self.limits.turned_away.add((code, why))
            self.hub.refresh_trainer(code)

    async def keep_secret(self) -> None:
        """Let the trainer in again after a restart, as long as there is a séance; call it when one opens or goes."""

        def follow() -> None:
            if self.seances.ongoing():
                self.secret_file.keep(self.secret)
            else:
                self.secret_file.forget()

        with contextlib.suppress(errors.SeanceError):  # told by _tell_trouble
            await self.run(follow)

    async def start(self) -> None:
        """Take up the timed rounds of an earlier run; call it once the server runs."""
        await self.keep_secret()
        try:
            for seance in await self.run(self.seances.ongoing):
                self._set_clock(seance)
        except errors.SeanceError as error:
            _LOG.error("Les séances en cours n’ont pas pu être relues : %s", error)

    def close(self) -> None:
        """End the streams, the store's thread and the store; what is being written is finished first."""
        for code in list(self._clocks):
            self._stop_clock(code)
        if self._calm:
            self._calm.cancel()
        self.hub.close()
        for thread in (self._executor, self._assignments):
            thread.shutdown(wait=True, cancel_futures=True)
        self.store.close()

    async def _count(self, code: str) -> None:
        self._counting.discard(code)
        with contextlib.suppress(errors.SeanceError):  # erased meanwhile, or told by _tell_trouble
            self._tell_count(await self.run(self.seances.get, code))

    def _tell_count(self, seance: Seance) -> None:
        answers = seance.current.answers if seance.current else 0
        self.hub.counted(seance.code, answers, seance.participants)

    def _tell_trouble(self, message: str) -> None:
        if not message and self.trouble:
            self._calm = self._calm or asyncio.get_running_loop().call_later(CALM_SECONDS, self._show_trouble, "")
        else:
            self._show_trouble(message)

    def _show_trouble(self, message: str) -> None:
        if self._calm:
            self._calm.cancel()
            self._calm = None
        if message != self.trouble:
            self.trouble = message
            self.hub.troubled(message)

    def _set_clock(self, seance: Seance) -> None:
        """Close the open round when its time is over and answers that were on their way have arrived."""
        self._stop_clock(seance.code)
        deadline = seance.current.deadline if seance.current else None
        if deadline is not None:
            self._call(max(0.0, deadline - clock.now()) + GRACE, seance.code, self._close_due)

    def _call(self, seconds: float, code: str, function: Callable) -> None:
        self._clocks[code] = asyncio.get_running_loop().call_later(seconds, self._spawn, function, code)

    def _stop_clock(self, code: str) -> None:
        handle = self._clocks.pop(code, None)
        if handle:
            handle.cancel()

    async def _close_due(self, code: str) -> None:
        def close() -> None:
            for item in self.seances.due(code):
                self.seances.close_question(code, item.question, item.tour)

        try:
            await self.run(close)
            await self.changed(code)
        except errors.Unavailable:
            self._call(RETRY_SECONDS, code, self._close_due)
        except errors.SeanceError:
            pass  # closed or erased by the trainer in the same instant

    def _spawn(self, function: Callable, code: str) -> None:
        task = asyncio.ensure_future(function(code))
        self._tasks.add(task)  # a task that nobody holds may be collected before it ends
        task.add_done_callback(self._tasks.discard)


def build(course: Project, addresses: list[str], port: int, rooms: dict[str, str] | None = None) -> Context:
    """Return the context of a server.

    Args:
        course: the course whose units a séance may be about.
        addresses, rooms: see :class:`Context`.
        port: TCP port.
    """
    store = Store(course.seances)
    seances = Seances(store, course)
    kept = access.SecretFile(course.seances if isinstance(course.seances, Path) else None)
    secret = _secret(kept, seances)
    return Context(course, store, seances, addresses, port, rooms or {}, secret=secret, secret_file=kept)


def _secret(kept: access.SecretFile, seances: Seances) -> str:
    """Return the secret of the run that left a séance, else a new one."""
    secret = kept.read()
    try:
        return secret if secret and seances.ongoing() else access.new_secret()
    except errors.Unavailable:
        return secret  # a store that does not work for now may hold a séance
