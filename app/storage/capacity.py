"""Waiting and room of activities: read from the views, on a file or a snapshot."""

import datetime as dt
from dataclasses import dataclass

from app.domain.ids import ActivityId
from app.storage.place_counts import Source

_ON_IT = """
SELECT e.activity_id, count(DISTINCT e.person_id) AS people
FROM enrolment_counted e
WHERE e.role = 'participant' AND e.from_on <= :day AND (e.to_on IS NULL OR e.to_on >= :day)
GROUP BY e.activity_id
"""
_WAITS = """
SELECT activity_id, julianday(to_on) - julianday(from_on) AS days
FROM waiting_outcome_counted
WHERE outcome = 'place' AND to_on > :after AND to_on <= :day
ORDER BY days
"""
_WAITING = """
SELECT activity_id, count(DISTINCT person_id) AS people,
    julianday(:day) - julianday(min(from_on)) AS longest
FROM waiting_counted
WHERE from_on <= :day AND (to_on IS NULL OR to_on > :day)
GROUP BY activity_id
"""
_FULL = """
SELECT f.activity_id, a.name, substr(s.step_on, 1, 7) AS month, count(*) AS times
FROM referral_step_counted s
JOIN referral_counted f ON f.referral_id = s.referral_id
LEFT JOIN activity_listed a ON a.activity_id = f.activity_id
WHERE s.step = 'not_accepted' AND s.reason = 'full' AND s.step_on >= :first AND s.step_on <= :last
GROUP BY f.activity_id, month
ORDER BY month, a.name COLLATE NOCASE, f.activity_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FullMonth:
    """How often somebody was told in a month that an activity is full."""

    month: str
    """2026-11."""
    activity_id: ActivityId | None
    """None where the referral was for no activity in particular."""
    activity: str
    times: int


def on_it(source: Source, day: dt.date) -> dict[ActivityId, int]:
    """Return how many participants are on each register on a day."""
    rows = source.rows(_ON_IT, {"day": day.isoformat()})
    return {ActivityId(row["activity_id"]): row["people"] for row in rows}


def waits(source: Source, after: dt.date, day: dt.date) -> dict[ActivityId, tuple[int, ...]]:
    """Return the days waited, rising, for places got after one day and by another."""
    found: dict[ActivityId, list[int]] = {}
    for row in source.rows(_WAITS, {"after": after.isoformat(), "day": day.isoformat()}):
        found.setdefault(row["activity_id"], []).append(int(row["days"]))
    return {activity: tuple(days) for activity, days in found.items()}


def waiting(source: Source, day: dt.date) -> dict[ActivityId, tuple[int, int]]:
    """Return how many wait for each activity at the end of a day, and the longest wait in days."""
    rows = source.rows(_WAITING, {"day": day.isoformat()})
    return {row["activity_id"]: (row["people"], int(row["longest"])) for row in rows}


def full_by_month(source: Source, first: dt.date, last: dt.date) -> tuple[FullMonth, ...]:
    """Return referrals not accepted because an activity was full, by month and activity."""
    rows = source.rows(_FULL, {"first": first.isoformat(), "last": last.isoformat()})
    return tuple(
        FullMonth(
            month=row["month"],
            activity_id=row["activity_id"],
            activity=row["name"] or "",
            times=row["times"],
        )
        for row in rows
    )
