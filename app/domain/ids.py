"""Identifiers: 63-bit integers that two laptops cannot both make."""

import datetime as dt
import os
from collections.abc import Callable
from typing import NewType

PersonId = NewType("PersonId", int)
ActivityId = NewType("ActivityId", int)
SessionId = NewType("SessionId", int)
ImportId = NewType("ImportId", int)
SheetId = NewType("SheetId", int)
ReferralId = NewType("ReferralId", int)
ReferrerId = NewType("ReferrerId", int)
WorkerId = NewType("WorkerId", int)
AgreementId = NewType("AgreementId", int)
PlaceId = NewType("PlaceId", int)
ResponseId = NewType("ResponseId", int)
StoryId = NewType("StoryId", int)
AccountId = NewType("AccountId", int)
FundId = NewType("FundId", int)
HeadingId = NewType("HeadingId", int)
GrantId = NewType("GrantId", int)
EntryId = NewType("EntryId", int)
LineId = NewType("LineId", int)
DraftId = NewType("DraftId", int)
IssuedId = NewType("IssuedId", int)
ReportDueId = NewType("ReportDueId", int)
StandingAnswerId = NewType("StandingAnswerId", int)

_RANDOM_BITS = 22
"""Bits of chance under 41 bits of milliseconds: 41 + 22 = 63, so an id is never negative."""
_EPOCH_MS = 1_577_836_800_000
"""1 January 2020 00:00 UTC, so that the milliseconds fit until 2089."""


def _by_chance(bits: int) -> int:
    # Not the module secrets: it imports a hash library, which every start would wait for.
    return int.from_bytes(os.urandom((bits + 7) // 8)) >> (-bits % 8)


def made_at(row_id: int) -> dt.datetime:
    """Return the instant (UTC) in which an id was given out, to the second or so."""
    moment = (row_id >> _RANDOM_BITS) + _EPOCH_MS
    return dt.datetime.fromtimestamp(moment / 1000, dt.UTC)


def new_id(now_ms: int, *, random_bits: Callable[[int], int] = _by_chance) -> int:
    """Return a fresh id for the instant ``now_ms`` (milliseconds since 1970).

    Chance alone does not keep two ids of one instant apart: a register gives them out so that
    each is above the one before.
    """
    moment = max(0, now_ms - _EPOCH_MS) & ((1 << 41) - 1)
    return (moment << _RANDOM_BITS) | random_bits(_RANDOM_BITS)
