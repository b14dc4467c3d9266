"""Server-Sent Events: phones and the trainer's views are told within a second that something changed.

A slow reader never piles up messages: of each kind of event only the newest waits for it.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections import defaultdict
from collections.abc import Callable, Iterator

from tornado.iostream import StreamClosedError

from mallette.server.seance import limits, web

HEARTBEAT_SECONDS = 4
"""A phone that hears nothing for nine seconds tells so: two beats may be late or lost."""
WRITE_SECONDS = 20
Board = tuple[str, int]
"""Name of a tool, number of a table."""
# A page without a stream asks every three seconds: it follows all the same.
_HERE = "Trop de pages de l’atelier sont ouvertes depuis cette adresse du réseau. Celle-ci suit la séance, moins vite."
_IN_ALL = "L’atelier tient déjà autant de pages ouvertes qu’il le peut. Celle-ci suit la séance, moins vite."


class Listener:
    """One open stream.

    Attributes:
        code: the séance it follows.
        address: address of the visitor, for the limits.
        person: token of the participant, or any other key that counts streams.
        trainer: whether counts are told too.
        board: name of a tool and number of a table, whose changes are told too; ``None`` for none.
    """

    def __init__(self, code: str, address: str, person: str, trainer: bool, board: Board | None) -> None:
        self.code, self.address, self.person, self.trainer, self.board = code, address, person, trainer, board
        self._news: dict[str, dict] = {}
        self._wake = asyncio.Event()
        self._over = False

    def put(self, event: str, data: dict) -> None:
        """Leave a message; a newer one of the same kind replaces it."""
        self._news[event] = data
        self._wake.set()

    def end(self) -> None:
        """End the stream, once what waits is written."""
        self._over = True
        self._wake.set()

    async def next(self, seconds: float) -> str | None:
        """Return what to write, at the latest after ``seconds`` (a heartbeat); ``None`` at the end."""
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return "event: pouls\ndata: {}\n\n"
        self._wake.clear()
        if not self._news:
            return None
        news, self._news = self._news, {}
        if self._over:
            self._wake.set()
        return "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in news.items())


class Hub:
    """Every open stream, and what the streams of a séance are told.

    Events: ``etat`` ``{"version": int}`` for everyone when the trainer or the clock changed something (−1 once the
    séance is erased); for the trainer, ``compte`` ``{"reponses", "participants"}`` and ``panne`` ``{"message"}`` (why
    the store does not work, empty when it does again); for the pages of a table, ``table`` ``{"numero": int}`` when its
    copy of a tool has a new change; ``pouls`` as a heartbeat.
    """

    def __init__(self) -> None:
        self._listeners: dict[str, list[Listener]] = defaultdict(list)

    def __iter__(self) -> Iterator[Listener]:
        return (listener for group in list(self._listeners.values()) for listener in list(group))

    def listen(
        self,
        code: str,
        address: str,
        person: str,
        trainer: bool = False,
        board: Board | None = None,
        most: int = limits.STREAMS_PER_ADDRESS,
    ) -> Listener:
        """Return a new stream of the séance. A participant's oldest stream ends when there is one too many.

        The trainer, who holds the secret, always has one.

        Args:
            code, address, person, trainer, board: see :class:`Listener`.
            most: streams of one address.

        Raises:
            mallette.server.seance.web.Refusal: 429, too many streams from this address; 503, too many in all.
        """
        everyone = list(self)
        if not trainer and sum(item.address == address for item in everyone) >= most:
            raise web.Refusal(429, _HERE)
        if not trainer and len(everyone) >= limits.STREAMS:
            raise web.Refusal(503, _IN_ALL)
        mine = [item for item in everyone if item.person == person and item.code == code]
        for item in mine[: max(0, len(mine) + 1 - limits.STREAMS_PER_PERSON)]:
            self.leave(item)
        listener = Listener(code, address, person, trainer, board)
        self._listeners[code].append(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a stream and end it."""
        listener.end()
        group = self._listeners.get(listener.code, [])
        if listener in group:
            group.remove(listener)
        if not group:
            self._listeners.pop(listener.code, None)

    def changed(self, code: str, version: int) -> None:
        """Tell everyone that the séance has a new version."""
        for listener in self._listeners.get(code, ()):
            listener.put("etat", {"version": version})

    def counted(self, code: str, answers: int, participants: int) -> None:
        """Tell the trainer's views how many answers the open question has."""
        self._tell_trainer(code, "compte", {"reponses": answers, "participants": participants})

    def wrote(self, code: str, board: Board, number: int) -> None:
        """Tell the pages of a table that its copy of a tool has a change of this number."""
        for listener in self._listeners.get(code, ()):
            if listener.board == board:
                listener.put("table", {"numero": number})

    def refresh_trainer(self, code: str) -> None:
        """Have the trainer's views of a séance ask again for what they show."""
        self._tell_trainer(code, "etat", {})

    def troubled(self, message: str) -> None:
        """Tell every trainer's view why the store does not work; an empty message when it does again."""
        for listener in self:
            if listener.trainer:
                listener.put("panne", {"message": message})

    def gone(self, code: str) -> None:
        """Tell everyone that the séance is erased, and end its streams."""
        for listener in list(self._listeners.get(code, ())):
            listener.put("etat", {"version": -1})
            self.leave(listener)

    def close(self) -> None:
        for listener in self:
            self.leave(listener)

    def _tell_trainer(self, code: str, event: str, data: dict) -> None:
        for listener in self._listeners.get(code, ()):
            if listener.trainer:
                listener.put(event, data)


class Stream(web.Handler):
    """Base of the handlers that serve a stream: ``get`` checks who asks, then awaits :meth:`follow`."""

    data = True
    _listener: Listener | None = None

    @property
    def board(self) -> Board | None:
        """The copy of a tool that the page follows, as its address says."""
        number = self.get_query_argument("table", "")[:3]
        return (self.get_query_argument("outil", ""), int(number)) if number.isdecimal() else None

    async def follow(self, code: str, person: str, version: Callable[[], int], trainer: bool = False) -> None:
        """Write the events of a séance until the client leaves.

        Args:
            code: the séance.
            person: see :class:`Listener`.
            version: returns the version to start from; run in the store's thread once the stream listens, so that
                no change falls between.
            trainer: see :class:`Listener`.

        Raises:
            mallette.server.seance.web.Refusal: too many streams, or ``version`` was refused.
        """
        hub = self.context.hub
        self._listener = hub.listen(code, self.address, person, trainer, self.board, self.context.limits.streams)
        try:
            self._listener.put("etat", {"version": await self.ask(version)})
            if trainer:
                self._listener.put("panne", {"message": self.context.trouble})
            self.set_header("Content-Type", "text/event-stream; charset=utf-8")
            self.set_header("Content-Encoding", "identity")  # a compressor a stream would cost more than it spares
            self.set_header("X-Accel-Buffering", "no")
            self._drop_when_silent()
            while (text := await self._listener.next(HEARTBEAT_SECONDS)) is not None:
                self.write(text)
                await asyncio.wait_for(self.flush(), WRITE_SECONDS)
        except (StreamClosedError, TimeoutError):
            self.request.connection.close()
        finally:
            hub.leave(self._listener)

    def on_connection_close(self) -> None:
        if self._listener:
            self.context.hub.leave(self._listener)

    def _drop_when_silent(self) -> None:
        """Have the system close the connection of a phone that left without a word (out of reach, battery)."""
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux; elsewhere the system's own time-out, in minutes
            handle = self.request.connection.stream.socket
            handle.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, WRITE_SECONDS * 1000)
