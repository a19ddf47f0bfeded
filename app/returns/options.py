"""What is asked of a return: the period, what it is about, the answers, for whose eyes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.ids import ActivityId, PersonId, ReferralId, SessionId
from app.domain.periods import Period


class Copy(StrEnum):
    """Which copy of an attendance sheet: the one people sign, or the one the leader keeps sealed."""

    SIGN_IN = "sign-in"
    LEADER = "leader"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnOptions:
    """What is asked of one return.

    ``counted_at`` is the moment it is made, given by the caller, so that the same return has the
    same bytes; without it the moment of the snapshot is taken. ``disclosure`` None is the
    template's own. ``sum_pence`` is what an application asks for. ``answers`` are texts by the id of their question.
    """

    period: Period | None = None
    activity_id: ActivityId | None = None
    person_id: PersonId | None = None
    session_id: SessionId | None = None
    referral_id: ReferralId | None = None
    grant: str | None = None
    sum_pence: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    disclosure: str | None = None
    copy: Copy = Copy.SIGN_IN
    counted_at: dt.datetime | None = None
