"""Who gets a kernel when there are too many?"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from mallette.kernels.manager import KernelRefused, VisitorKernelManager
from tests import boucle


async def _ask(manager: VisitorKernelManager, count: int, address: str = "") -> list[BaseException | str]:
    async def launch(connection_file: str) -> None:
        await asyncio.sleep(0.05)
        raise OSError("no kernel in this test")

    asked = [manager.open(f"v{number}", address or f"a{number}", launch) for number in range(count)]
    return await asyncio.gather(*asked, return_exceptions=True)


@pytest.mark.parametrize(
    ("limit", "reason"),
    [
        ({"most": 3}, "full"),
        ({"most_waiting": 3}, "crowd"),
        ({"most_per_address": 3}, "device"),
    ],
)
def test_beyond_each_limit_one_is_told_to_wait(tmp_path: Path, limit: dict, reason: str) -> None:
    async def play() -> list:
        manager = VisitorKernelManager(connection_dir=str(tmp_path), **limit)
        try:
            return await _ask(manager, 5, "une" if "most_per_address" in limit else "")
        finally:
            manager.stop()

    refused = [error for error in boucle.run(play()) if isinstance(error, KernelRefused)]
    assert len(refused) == 2
    assert {(error.reason, error.limit) for error in refused} == {(reason, 3)}
    assert all(error.retry > 0 for error in refused)


def test_a_kernel_that_could_not_start_takes_no_place(tmp_path: Path) -> None:
    async def play() -> list:
        manager = VisitorKernelManager(connection_dir=str(tmp_path), most=2)
        try:
            await _ask(manager, 2)
            return await _ask(manager, 2)
        finally:
            manager.stop()

    assert not [error for error in boucle.run(play()) if isinstance(error, KernelRefused)]
