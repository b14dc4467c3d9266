"""A visitor with a program of their own: HTTP as bytes, and the two protocols of kernel websockets."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

V1 = "v1.kernel.websocket.jupyter.org"
PROTOCOLS = ("", V1)
"""Kernel websockets speak JSON, or a binary protocol when both sides name it."""
CHANNELS = ("shell", "control", "stdin", "iopub")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass
class Visitor:
    """Someone in the room.

    Attributes:
        url: address of the server, with a final slash.
        source: address the visitor calls from (any of 127.0.0.0/8).
        cookies: those the server gave, sent back as a browser does.
        given: what each answer asked to keep, in full.
    """

    url: str
    source: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    given: list[str] = field(default_factory=list)

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    def _headers(self, headers: dict[str, str] | None) -> dict[str, str]:
        jar = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        return {**jar, **(headers or {})}

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        timeout: float = 60,
    ) -> Answer:
        """Send one request, redirects not followed, and read the answer to its end."""
        connection = http.client.HTTPConnection(self.host, timeout=timeout, source_address=(self.source, 0))
        try:
            connection.request(method, path, body, self._headers(headers))
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
                self.given.append(value)
        return Answer(response.status, {key.lower(): value for key, value in response.getheaders()}, content)

    def raw(self, request: bytes, timeout: float = 20) -> bytes:
        """Send bytes no client library would, and return all that comes back."""
        host, port = self.host.split(":")
        with socket.create_connection((host, int(port)), timeout, (self.source, 0)) as wire:
            parts = []
            with contextlib.suppress(ConnectionError):  # hung up on: what came before is the answer
                wire.sendall(request)
                while part := wire.recv(65536):
                    parts.append(part)
        return b"".join(parts)

    @property
    def own_page(self) -> dict[str, str]:
        """The headers that a browser adds when one of our pages asks."""
        return {"Origin": self.url.rstrip("/"), "Sec-Fetch-Site": "same-origin"}

    def send(self, path: str, value: object) -> Answer:
        """Post JSON as one of our pages does."""
        return self.ask(path, "POST", json.dumps(value).encode(), self.own_page)

    def join(self, code: str) -> None:
        """Join a séance as its page does: the cookie is given, then it comes back."""
        for _ in range(2):
            answer = self.send(f"/s/{code}/rejoindre", {})
        assert json.loads(answer.body) == {"rejoint": True}, answer.text[:500]

    def open_dashboard(self, path: str = "/atelier/2-curseur") -> str:
        """Open a page that has a kernel, as a phone does, and return the id of its kernel."""
        page = self.ask(path)
        assert page.status == 200, page.text[:500]
        return re.search(r'"kernelId": *"([0-9a-f-]{36})"', page.text).group(1)

    @contextmanager
    def kernel(self, name: str, protocol: str = "") -> Iterator[Kernel]:
        """Open the websocket of kernel ``name``; the server forgets the one before it an instant after it closed."""
        end = time.monotonic() + 20
        while True:
            try:
                wire = self._connect(name, protocol)
                break
            except InvalidStatus as error:
                if error.response.status_code != 409 or time.monotonic() > end:
                    raise
                time.sleep(0.1)
        with wire:
            assert (wire.subprotocol or "") == protocol
            yield Kernel(wire, protocol)

    def _connect(self, name: str, protocol: str) -> ClientConnection:
        url = self.url.replace("http", "ws", 1) + f"api/kernels/{name}/channels?session_id={uuid.uuid4().hex}"
        return connect(
            url,
            subprotocols=[protocol] if protocol else None,
            origin=self.url.rstrip("/"),
            max_size=None,
            proxy=None,
            additional_headers=self._headers(None),
            open_timeout=30,
            source_address=(self.source, 0),
        )

    def handshake(self, path: str, headers: dict[str, str] | None = None) -> int:
        """Try to open a websocket and return the HTTP status: 101 when it opens."""
        wanted = {
            "Host": self.host,
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            **self._headers(headers),
        }
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in wanted.items())]
        host, port = self.host.split(":")
        with socket.create_connection((host, int(port)), 20, (self.source, 0)) as wire:
            wire.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
            return int(wire.recv(64).split()[1])


class Trainer(Visitor):
    """The browser of the person who conducts séances."""

    def enter(self, printed: str) -> Trainer:
        """Open the address that the workshop printed when it started."""
        address = urlsplit(re.search(r"http://\S+/formateur/entrer\?cle=\S+", printed).group())
        assert self.ask(f"{address.path}?{address.query}").status == 302
        return self

    def open_seance(self, unit: str = "1-essai", expected: int = 60) -> str:
        """Open a séance and return its code."""
        answer = self._press("/formateur/seances", unite=unit, attendus=expected)
        assert answer.status == 303, answer.text
        return answer.headers["location"].rsplit("/", 1)[1]

    def does(self, code: str, action: str, **fields: object) -> None:
        """Press a button of the control page, and confirm."""
        answer = self._press(f"/formateur/s/{code}/action", action=action, confirme=1, **fields)
        assert answer.status == 303, answer.text

    def _press(self, path: str, **fields: object) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask(path, "POST", urlencode(fields).encode(), {**self.own_page, **kind})


class Kernel:
    """An open websocket to a kernel."""

    def __init__(self, wire: ClientConnection, protocol: str) -> None:
        self.wire = wire
        self._protocol = protocol
        self._session = uuid.uuid4().hex

    def send(self, kind: str, content: dict | None = None, channel: str = "shell", metadata: dict | None = None) -> str:
        """Send a message and return its id."""
        name = uuid.uuid4().hex
        header = {
            "msg_id": name,
            "msg_type": kind,
            "username": "",
            "session": self._session,
            "version": "5.4",
            "date": "2026-01-01T00:00:00Z",
        }
        message = {"header": header, "parent_header": {}, "metadata": metadata or {}, "content": content or {}}
        if self._protocol == V1:
            self.wire.send(serialize_msg_to_ws_v1(message, channel, lambda part: json.dumps(part).encode()))
        else:
            self.wire.send(json.dumps({**message, "channel": channel, "buffers": []}))
        return name

    def receive(self, seconds: float) -> Iterator[dict]:
        """Yield the messages that arrive within ``seconds``, or before the server hangs up."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                frame = self.wire.recv(timeout=left)
            except (TimeoutError, ConnectionClosed):
                return
            if self._protocol == V1:
                channel, parts = deserialize_msg_from_ws_v1(frame)
                header, parent, metadata, content = (json.loads(part) for part in parts[:4])
                yield {"channel": channel, "header": header, "parent_header": parent, "content": content}
            else:
                yield json.loads(frame)

    def until(self, kind: str, parent: str, seconds: float = 30) -> list[dict]:
        """Return all messages up to the reply ``kind`` to the message ``parent``."""
        seen = []
        for message in self.receive(seconds):
            seen.append(message)
            if message["header"]["msg_type"] == kind and message["parent_header"].get("msg_id") == parent:
                return seen
        raise AssertionError(f"aucun « {kind} » en {seconds} s")

    def barrier(self) -> list[dict]:
        """Return what arrives before the kernel has answered two questions that anybody may ask.

        Shell and control each answer in order: a reply to an earlier message comes first.
        """
        seen = []
        for channel in ("shell", "control"):
            seen += self.until("kernel_info_reply", self.send("kernel_info_request", channel=channel))
        return seen + list(self.receive(0.3))

    def widgets(self) -> set[str]:
        """Return the ids of the kernel's widgets: none of them outlives it."""
        seen = self.until("comm_info_reply", self.send("comm_info_request", {"target_name": "jupyter.widget"}))
        return set(seen[-1]["content"]["comms"])

    def states(self) -> dict[str, dict]:
        """Return the state of every widget, shown or not, by the two ways a kernel gives it to whoever asks."""
        control = uuid.uuid4().hex
        self.send(
            "comm_open",
            {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}},
            metadata={"version": "1.0.0"},
        )
        self.send("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})
        for name in self.widgets():
            self.send("comm_msg", {"comm_id": name, "data": {"method": "request_state"}})
        found: dict[str, dict] = {}
        for message in self.barrier():
            data = message["content"].get("data", {})
            if message["header"]["msg_type"] != "comm_msg":
                continue
            if data.get("method") == "update":
                found[message["content"]["comm_id"]] = data["state"]
            elif data.get("method") == "update_states":
                found |= {name: item["state"] for name, item in data["states"].items()}
        assert found, "le noyau n’a pas donné l’état de ses widgets"
        return found
