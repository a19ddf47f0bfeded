"""Identifiers: 63-bit integers that two laptops cannot both make."""

import secrets
from collections.abc import Callable
from typing import NewType

PersonId = NewType("PersonId", int)
ActivityId = NewType("ActivityId", int)
SessionId = NewType("SessionId", int)
ImportId = NewType("ImportId", int)
SheetId = NewType("SheetId", int)

_RANDOM_BITS = 22
"""Bits of chance under 41 bits of milliseconds: 41 + 22 = 63, so an id is never negative."""
_EPOCH_MS = 1_577_836_800_000
"""1 January 2020 00:00 UTC, so that the milliseconds fit until 2089."""


def new_id(now_ms: int, *, random_bits: Callable[[int], int] = secrets.randbits) -> int:
    """Return a fresh id for the instant ``now_ms`` (milliseconds since 1970).

    A bulk import takes one id and counts on from it.
    """
    moment = max(0, now_ms - _EPOCH_MS) & ((1 << 41) - 1)
    return (moment << _RANDOM_BITS) | random_bits(_RANDOM_BITS)
