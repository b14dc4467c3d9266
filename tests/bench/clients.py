"""Phones that open a dashboard: its page and scripts and, if it has a kernel, an answer of one of its widgets.

Works on the kit and on stock Voilà. One thread for each phone and no heavy library: on a small machine the phones must
not take the server's time.
"""

from __future__ import annotations

import gzip
import http.client
import json
import re
import socket
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import websocket

_KERNEL = re.compile(r'"kernelId":\s*"([0-9a-f-]{36})"')
_MODEL = re.compile(r'"model_id":\s*"([0-9a-f]{32})"')
_ASSETS = re.compile(r'(?:src|href)="(/[^"]+\.(?:js|css)[^"]*)"')
PATIENCE_SECONDS = 180  # of one silence; stock Voilà can send signs of life for ever
VISIT_SECONDS = 300


@dataclass
class Visit:
    """What happened to one phone.

    Attributes:
        failure: empty when the page was complete, and its widget answered.
        seconds: until then, from the first request.
        page: seconds until the page and its scripts were complete.
        waits: times it was told to wait.
        kernel: id of its kernel; empty for a page that needs none.
    """

    failure: str = ""
    seconds: float = 0.0
    page: float = 0.0
    waits: int = 0
    kernel: str = ""


class Phone:
    """One device, with an address of its own: the kit limits what each may open."""

    def __init__(self, url: str, number: int) -> None:
        self.host, self.path = url.removeprefix("http://").split("/", 1)
        self.address = f"127.0.{1 + number // 200}.{1 + number % 200}"
        self.cookies: dict[str, str] = {}
        self.visit = Visit()
        self._connection = http.client.HTTPConnection(
            self.host, timeout=PATIENCE_SECONDS, source_address=(self.address, 0)
        )

    def open(self) -> websocket.WebSocket | None:
        """Open the dashboard; returns the socket to its kernel, if it has one, once a widget has answered."""
        start = time.perf_counter()
        text = self.open_page()
        self.visit.page = time.perf_counter() - start
        kernel, link = _KERNEL.search(text), None
        if kernel:
            self.visit.kernel = kernel[1]
            link = self.connect()
            self.state(link)
        self.visit.seconds = time.perf_counter() - start
        return link

    def request(self, method: str, path: str, body: str | None = None) -> tuple[http.client.HTTPResponse, str]:
        """Return an answer and its text."""
        answer, content = self._fetch(method, path, body)
        if answer.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        return answer, content.decode("utf-8", "replace")

    def _fetch(self, method: str, path: str, body: str | None = None) -> tuple[http.client.HTTPResponse, bytes]:
        headers = {"Accept-Encoding": "gzip", "Origin": f"http://{self.host}"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer, content

    def open_page(self) -> str:
        """Load the page with its scripts and return its text."""
        while True:
            answer, text = self.request("GET", "/" + self.path)
            if answer.status != 503:
                break
            self._wait(answer.headers.get("Retry-After", "1"))
        assert answer.status == 200, answer.status
        for asset in dict.fromkeys(_ASSETS.findall(text)):
            self._fetch("GET", asset)
        model = _MODEL.search(text)
        self._model = model and model[1]
        return text

    def _wait(self, seconds: str | float) -> None:
        self.visit.waits += 1
        time.sleep(float(seconds))

    def connect(self) -> websocket.WebSocket:
        host, port = self.host.split(":")
        link = socket.create_connection((host, int(port)), PATIENCE_SECONDS, source_address=(self.address, 0))
        return websocket.create_connection(
            f"ws://{self.host}/api/kernels/{self.visit.kernel}/channels?session_id={uuid.uuid4().hex}",
            socket=link,
            origin=f"http://{self.host}",
            skip_utf8_validation=True,  # in pure Python: half of the time of a visit
            cookie="; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        )

    def state(self, link: websocket.WebSocket) -> dict:
        """Ask the widget for its state and return it."""
        self._send(link, {"method": "request_state"})
        while True:
            message = self.receive(link)
            if message["header"]["msg_type"] == "comm_msg" and message["content"]["comm_id"] == self._model:
                return message["content"]["data"]["state"]

    def update(self, link: websocket.WebSocket, state: dict) -> None:
        """Change the widget as a page does."""
        self._send(link, {"method": "update", "state": state, "buffer_paths": []})

    def receive(self, link: websocket.WebSocket) -> dict:
        """Return the next message of the kernel."""
        return json.loads(link.recv())

    def _send(self, link: websocket.WebSocket, data: dict) -> None:
        header = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": "comm_msg",
            "username": "",
            "session": uuid.uuid4().hex,
            "version": "5.3",
            "date": "2026-01-01T00:00:00Z",
        }
        link.send(
            json.dumps(
                {
                    "channel": "shell",
                    "header": header,
                    "parent_header": {},
                    "metadata": {},
                    "buffers": [],
                    "content": {"comm_id": self._model, "data": data},
                }
            )
        )


def room(urls: list[str], count: int, meanwhile: Callable[[], object] = lambda: None) -> tuple[list[Visit], object]:
    """Let ``count`` phones open dashboards in the same instant, and leave together once all have an answer.

    Args:
        urls: dashboards, one phone each in turn.
        meanwhile: called once all are there; its result is returned too.
    """
    phones = [Phone(urls[number % len(urls)], number) for number in range(count)]
    ready = threading.Barrier(count + 1)
    links: list[websocket.WebSocket] = []

    def arrive(phone: Phone) -> None:
        ready.wait()
        start = time.perf_counter()
        try:
            if link := phone.open():
                links.append(link)
        except Exception as error:
            phone.visit.failure = f"{type(error).__name__} {error}"
            phone.visit.seconds = time.perf_counter() - start

    visitors = [threading.Thread(target=arrive, args=(phone,), daemon=True) for phone in phones]
    for visitor in visitors:
        visitor.start()
    ready.wait()
    deadline = time.monotonic() + VISIT_SECONDS
    for visitor in visitors:
        visitor.join(max(0, deadline - time.monotonic()))
    visits = [
        Visit(f"no answer after {VISIT_SECONDS} s", VISIT_SECONDS) if visitor.is_alive() else phone.visit
        for phone, visitor in zip(phones, visitors, strict=True)
    ]
    measured = meanwhile()
    for link in links:
        link.close()
    return visits, measured
