"""What a period lacks: sessions cancelled, without times, without marks; and when the book begins."""

import datetime as dt
from dataclasses import dataclass

from app.domain.ids import ActivityId, SessionId
from app.domain.periods import Period
from app.storage.register import Register

_GAPS = """
SELECT
    COALESCE(SUM(state = 'held' AND (start_time IS NULL OR end_time IS NULL)), 0) AS untimed,
    COALESCE(SUM(state = 'planned' AND session_on < :today), 0) AS unmarked
FROM session_counted
WHERE session_on BETWEEN :first AND :last AND (:activity IS NULL OR activity_id = :activity)
"""
_BEGINS = """
SELECT MIN(session_on) FROM session_counted
WHERE state = 'held' AND (:activity IS NULL OR activity_id = :activity)
"""

_CANCELLED = """
SELECT c.session_id, c.activity_name, c.session_on, c.cancelled_reason, s.cancelled_note
FROM session_counted c JOIN session s ON s.id = c.session_id
WHERE c.state = 'cancelled' AND c.session_on BETWEEN :first AND :last
    AND (:activity IS NULL OR c.activity_id = :activity)
ORDER BY c.session_on, c.start_time, c.activity_name, c.session_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """What is missing: held sessions without times, past planned ones without any mark."""

    untimed: int
    unmarked: int
    begins_on: dt.date | None
    """The first held session in the whole book."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelledSession:
    """A session that did not run, and why."""

    session_id: SessionId
    activity_name: str
    session_on: dt.date
    reason: str
    note: str


def gaps(
    register: Register, period: Period, activity_id: ActivityId | None, today: dt.date
) -> Gaps:
    """Return what the book does not know of a period, as things stand today."""
    values = {**_days(period), "activity": activity_id, "today": today.isoformat()}
    row = register.row(_GAPS, values)
    begins = register.value(_BEGINS, values)
    return Gaps(
        untimed=row["untimed"],
        unmarked=row["unmarked"],
        begins_on=dt.date.fromisoformat(begins) if begins else None,
    )


def cancelled(
    register: Register, period: Period, activity_id: ActivityId | None
) -> tuple[CancelledSession, ...]:
    """Return the sessions of a period that were cancelled, by day."""
    return tuple(
        CancelledSession(
            session_id=SessionId(row["session_id"]),
            activity_name=row["activity_name"],
            session_on=dt.date.fromisoformat(row["session_on"]),
            reason=row["cancelled_reason"],
            note=row["cancelled_note"],
        )
        for row in register.rows(_CANCELLED, {**_days(period), "activity": activity_id})
    )


def _days(period: Period) -> dict[str, str]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}
