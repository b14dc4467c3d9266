"""The kernels of visitors: how many, whose, and for how long."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import PeriodicCallback
from traitlets import Float, Integer

from mallette.kernels.processes import ForkedProcess

SPEC = "forked"
"""Name of the kernel specification whose provisioner forks; see ``jupyter/kernels``."""


class KernelRefused(Exception):
    """No kernel for this visitor now.

    Attributes:
        reason: ``"device"`` (this address holds too many), ``"full"`` or ``"crowd"`` (too many wait at this moment).
        limit: the limit that was reached, or how many wait.
        retry: seconds after which to ask again.
    """

    def __init__(self, reason: str, limit: int, retry: int) -> None:
        super().__init__(f"{reason}: {limit}")
        self.reason, self.limit, self.retry = reason, limit, retry


class VisitorKernelManager(AsyncMappingKernelManager):
    """Starts one kernel per open page, ends those whose phone is gone, and never more than the laptop can hold."""

    most = Integer(120, config=True, help="Kernels in all: about 13 MB each.")
    most_per_address = Integer(10, config=True, help="Kernels of one device.")
    most_waiting = Integer(40, config=True, help="Requests that may wait for their kernel; others are asked to retry.")
    grace = Float(30.0, config=True, help="Seconds that a kernel outlives its page: a short loss of Wi-Fi.")

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._owners: dict[str, tuple[str, str]] = {}  # kernel → visitor, address; in memory only
        self._alone_since: dict[str, float] = {}
        self._waiting = 0
        self._reaper = PeriodicCallback(self._end_abandoned, 5000)
        self._reaper.start()

    async def open(self, visitor: str, address: str, launch: Callable[[str], Awaitable[ForkedProcess]]) -> str:
        """Start a kernel for ``visitor`` and return its id.

        Args:
            visitor: the visitor's random cookie.
            address: where the visitor's device is; forgotten with the kernel.
            launch: forks the kernel, given the path of its connection file.

        Raises:
            KernelRefused: too many kernels, or too many requests at this moment.
        """
        devices = Counter(owner[1] for owner in self._owners.values())
        if devices[address] >= self.most_per_address:
            raise KernelRefused("device", self.most_per_address, 20)
        if len(self._owners) >= self.most:
            raise KernelRefused("full", self.most, 10)
        if self._waiting >= self.most_waiting:
            raise KernelRefused("crowd", self._waiting, 1)
        kernel_id = self.new_kernel_id()
        self._owners[kernel_id] = (visitor, address)
        self._waiting += 1
        try:
            await self.start_kernel(kernel_id=kernel_id, kernel_name=SPEC, launch=launch)
        except BaseException:
            self._owners.pop(kernel_id, None)
            raise
        finally:
            self._waiting -= 1
        self._alone_since[kernel_id] = time.monotonic()
        return kernel_id

    def belongs(self, kernel_id: str, visitor: str) -> bool:
        """Tell whether this living kernel was started for ``visitor``, or by Voilà itself, which knows no visitors."""
        owner = self._owners.get(kernel_id, (visitor, ""))
        return kernel_id in self and owner[0] == visitor

    def connected(self, kernel_id: str) -> bool:
        return self._kernel_connections.get(kernel_id, 0) > 0

    def notify_connect(self, kernel_id: str) -> None:
        super().notify_connect(kernel_id)
        self._alone_since.pop(kernel_id, None)

    def notify_disconnect(self, kernel_id: str) -> None:
        super().notify_disconnect(kernel_id)
        if kernel_id in self and not self.connected(kernel_id):
            self._alone_since[kernel_id] = time.monotonic()

    def remove_kernel(self, kernel_id: str) -> object:
        self._owners.pop(kernel_id, None)
        self._alone_since.pop(kernel_id, None)
        return super().remove_kernel(kernel_id)

    def start_watching_activity(self, kernel_id: str) -> None:
        """Watch nothing: a kernel ends with its page, however busy; Jupyter would read all its messages twice."""
        self.get_kernel(kernel_id).execution_state = "idle"

    def stop(self) -> None:
        self._reaper.stop()

    async def _end_abandoned(self) -> None:
        limit = time.monotonic() - self.grace
        gone = [kernel_id for kernel_id, since in self._alone_since.items() if since < limit and kernel_id in self]
        for kernel_id in gone:
            self._alone_since.pop(kernel_id, None)
        await asyncio.gather(*(self.shutdown_kernel(kernel_id, now=True) for kernel_id in gone), return_exceptions=True)
