"""The clock of timed rounds: the time of day when the program started, then only what has really passed since.

A laptop whose clock is set right in the middle of a round (it finds a network, somebody corrects the hour) neither
ends nor prolongs that round. A deadline is kept as a time of day, so a server that starts again takes it up once, by
the time of day it then finds. While a laptop sleeps this clock stands still where the system's monotonic clock does
(Linux, macOS): nobody could answer meanwhile.
"""

from __future__ import annotations

import time

_START = time.time() - time.monotonic()


def now() -> float:
    """Return the time in seconds since the epoch, which never jumps."""
    return _START + time.monotonic()
