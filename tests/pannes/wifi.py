"""A network between phones and workshop that can be lost: nothing is refused, nothing arrives.

The browser's own « offline » leaves open streams alive, so a page would rightly say that contact is there.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading


class Wifi:
    """Carries bytes from ``self.url`` to a port of this machine, but while it is cut.

    What was sent meanwhile arrives once it is back, as TCP does.
    """

    def __init__(self, port: int) -> None:
        self._to = port
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_until_complete, args=[self._run()], daemon=True).start()
        assert self._ready.wait(20)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/"

    def cut(self) -> None:
        self._loop.call_soon_threadsafe(self._on.clear)

    def back(self) -> None:
        self._loop.call_soon_threadsafe(self._on.set)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)

    async def _run(self) -> None:
        self._on, self._over = asyncio.Event(), asyncio.Event()
        self._on.set()
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._over.wait()
        server.close()
        links = asyncio.all_tasks() - {asyncio.current_task()}
        for link in links:
            link.cancel()
        await asyncio.gather(*links, return_exceptions=True)

    async def _carry(self, phone: asyncio.StreamReader, to_phone: asyncio.StreamWriter) -> None:
        await self._on.wait()
        workshop, to_workshop = await asyncio.open_connection("127.0.0.1", self._to)
        await asyncio.gather(self._pour(phone, to_workshop), self._pour(workshop, to_phone))

    async def _pour(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                await self._on.wait()
                target.write(data)
                await target.drain()
        target.close()
