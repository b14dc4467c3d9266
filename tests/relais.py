"""The Wi-Fi of a test: a relay between a page and the server, which can be cut and mended."""

from __future__ import annotations

import contextlib
import itertools
import random
import socket
import threading
import time


class Relay:
    """Listens on a port of its own and passes everything on to ``port``, unless it is cut.

    Args:
        port: of the server, on 127.0.0.1.
        spread: every connection comes from an address of its own, so that no limit of one address is met.

    Attributes:
        port: where it listens, on 127.0.0.1.
        lost: share of what the server sends that never arrives: the connection drops instead.
    """

    def __init__(self, port: int, spread: bool = False) -> None:
        self._target = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._open = True
        self.lost = 0.0
        self._flows, self._lock = True, threading.Lock()
        self._held: list[threading.Event] = []  # one for each connection that waits with what was sent
        numbers = itertools.cycle(range(2000)) if spread else itertools.repeat(None)
        self._addresses = (n if n is None else (f"127.0.{3 + n // 200}.{1 + n % 200}", 0) for n in numbers)
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def cut(self) -> None:
        """Drop every connection and refuse new ones."""
        self._open = False
        for pair in list(self._pairs):
            self._drop(pair)

    def freeze(self) -> None:
        """Pass nothing on and refuse nothing: a phone out of reach. What was sent arrives later, as TCP does.

        The browser's own « offline » leaves open streams alive, so a page would rightly say that contact is there.
        """
        self._flows = False

    def mend(self, gap: float = 0) -> None:
        """Pass everything again. With a ``gap`` in seconds, what was held goes newest first, each that long after."""
        self._open = True
        with self._lock:
            self._flows, held, self._held = True, self._held, []
        for turn in reversed(held):
            turn.set()
            time.sleep(gap)

    def close(self) -> None:
        self.mend()
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if not self._open:
                client.close()
                continue
            try:
                server = socket.create_connection(self._target, source_address=next(self._addresses))
                pair = (client, server)
            except OSError:
                client.close()
                continue
            self._pairs.add(pair)
            for source, sink in (pair, pair[::-1]):
                threading.Thread(target=self._pump, args=(source, sink, pair), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, pair: tuple[socket.socket, socket.socket]) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self._wait()
                if source is pair[1] and random.random() < self.lost:
                    break
                sink.sendall(data)
        self._drop(pair)

    def _wait(self) -> None:
        turn = threading.Event()
        with self._lock:
            if self._flows:
                return
            self._held.append(turn)
        turn.wait()

    def _drop(self, pair: tuple[socket.socket, socket.socket]) -> None:
        self._pairs.discard(pair)
        for side in pair:
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)
            side.close()
