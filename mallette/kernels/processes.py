"""The server's side of the fork server: ask for kernels, know when they end."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence

PLAIN_VARIABLE = "PLAIN_KERNELS"
CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds") and not os.environ.get(PLAIN_VARIABLE)
"""Whether kernels are forked: not where a process cannot (Windows), nor when the variable above is set."""


def private_folder() -> str:
    """Return a new folder for the kernels' keys, readable by this user only.

    An IPC address may hold about a hundred characters: the long temporary folder of macOS would break every kernel.
    """
    return tempfile.mkdtemp(prefix="kernels_", dir=None if sys.platform == "win32" else "/tmp")


class ForkServerError(Exception):
    """The fork server, or a frozen notebook, is gone."""


class ForkedProcess:
    """A forked kernel, with the methods of :class:`subprocess.Popen` that a kernel provisioner uses.

    The kernel is a child of the fork server, not ours: its *life line*, a socket, tells whether it lives.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, life: socket.socket) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self.life = life

    def poll(self) -> int | None:
        """Return ``None`` while the kernel lives, then 1: its own code is known to its parent only."""
        if self.returncode is None:
            try:
                alive = bool(self.life.recv(1, socket.MSG_PEEK))
            except BlockingIOError:
                alive = True
            except OSError:
                alive = False
            if not alive:
                self.returncode = 1
                self.life.close()
        return self.returncode

    def wait(self) -> int | None:
        """Return at once: the provisioner polls until the kernel has ended."""
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the kernel has ended: its number may belong to another process by now."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class ForkServer:
    """A process that forks kernels: the first one, which has imported all, or a frozen notebook."""

    def __init__(self, requests: socket.socket, process: ForkedProcess | subprocess.Popen) -> None:
        self.process = process
        self._requests = requests
        self._requests.setblocking(False)
        self._lock = asyncio.Lock()

    @classmethod
    async def spawn(
        cls,
        folder: str,
        preload: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        failure: str = "",
    ) -> ForkServer:
        """Start the process that imports what notebooks need, and wait until it has: about two seconds of CPU.

        Args:
            folder: of the connection files, see :func:`private_folder`; removed if the server is killed.
            preload: names of modules to import besides Jupyter's.
            environment: variables of the kernels, besides those of this process.
            failure: what to print when a widget's callback fails; ``{error}``, ``{file}`` and ``{line}`` say where.

        Raises:
            ForkServerError: it ended before.
        """
        variables = {
            **os.environ,
            **(environment or {}),
            "IPYTHONDIR": folder,
            "OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "YES",  # macOS would end copies that its libraries did not expect
        }
        settings = json.dumps({"preload": list(preload), "failure": failure})
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-m", f"{__package__}.forkserver", str(theirs.fileno()), folder, settings],
                pass_fds=[theirs.fileno()],
                env=variables,
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C in the terminal is for the server, which closes everything in order
            )
        server = cls(ours, process)
        await server._answer()
        return server

    async def fork(self, order: dict, *passed: socket.socket) -> ForkedProcess:
        """Fork a kernel and wait until its sockets are open.

        Args:
            order: ``connection_file``, possibly ``cwd``; ``new`` for an ordinary kernel, not a copy of this process.
            passed: sockets that the kernel receives.

        Raises:
            ForkServerError: this process is gone, or the kernel ended at once.
        """
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with theirs:
            descriptors = [theirs.fileno(), *(item.fileno() for item in passed)]
            async with self._lock:
                try:
                    socket.send_fds(self._requests, [json.dumps(order).encode()], descriptors)
                except OSError as error:
                    raise ForkServerError(str(error)) from error
                pid = (await self._answer())["pid"]
        if not await asyncio.get_running_loop().sock_recv(ours, len(b"ready\n")):
            raise ForkServerError("the kernel ended at once")
        return ForkedProcess(pid, ours)

    async def model(self, order: dict) -> ForkServer:
        """Fork an ordinary kernel, and return what it becomes once :meth:`freeze` was called."""
        ours, theirs = socket.socketpair()
        with theirs:
            return ForkServer(ours, await self.fork({**order, "new": True}, theirs))

    async def freeze(self) -> list[str]:
        """Turn the kernel that we talk to into a fork server; returns the threads that its copies will miss.

        Raises:
            ForkServerError: the kernel is gone.
        """
        loop = asyncio.get_running_loop()
        try:
            await loop.sock_sendall(self._requests, b"F")
        except OSError as error:
            raise ForkServerError(str(error)) from error
        line = await loop.sock_recv(self.process.life, 64 * 1024)
        if not line:
            raise ForkServerError("the model ended while it was frozen")
        return json.loads(line)["threads"]

    def dismiss(self) -> None:
        """End the process and leave the folder of the connection files, which another one will use."""
        with contextlib.suppress(OSError):
            self._requests.send(json.dumps({"dismissed": True}).encode())
        self._requests.close()

    def close(self) -> None:
        """Hang up: the process and its kernels end by themselves, and remove the folder of the connection files."""
        self._requests.close()

    async def _answer(self) -> dict:
        try:
            line = await asyncio.get_running_loop().sock_recv(self._requests, 4096)
        except OSError as error:
            raise ForkServerError(str(error)) from error
        if not line:
            raise ForkServerError("the fork server ended")
        return json.loads(line)
