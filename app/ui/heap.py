"""Memory that is not wanted any more goes back to the system, where the system can be told."""

import ctypes
import sys
from contextlib import suppress

_M_ARENA_MAX = -8
"""By its number in malloc.h."""


def share_one_heap() -> None:
    """Let the worker take its memory where the window does: what it gives back can be used again."""
    if sys.platform == "linux":
        with suppress(AttributeError):  # not every Linux has glibc
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Give the system what was only wanted for reading and making: elsewhere than on Linux it takes it."""
    if sys.platform == "linux":
        with suppress(AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
