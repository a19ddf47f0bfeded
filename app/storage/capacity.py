"""What a capacity card says of an activity: how many it can take, as stated and as the book knows."""

import datetime as dt
from dataclasses import dataclass, field

from app.domain.activities import Activity
from app.domain.ids import ActivityId
from app.storage import activities
from app.storage.register import Register

LOOK_BACK_DAYS = 84
"""How many days back an activity's sessions say how many usually come."""

_STATED = """
SELECT access, what_to_bring, cost_to_come, can_take, can_take_on FROM activity WHERE id = :activity
"""
_USUAL = """
SELECT count(*) AS sessions, SUM(s.guests + (SELECT count(*) FROM attendance_counted a
    WHERE a.session_id = s.session_id)) AS attendances
FROM session_counted s
WHERE s.activity_id = :activity AND s.state = 'held' AND s.session_on BETWEEN :since AND :today
"""
_WAITING = """
SELECT count(DISTINCT person_id) FROM waiting_counted
WHERE (activity_id = :activity OR activity_id IS NULL) AND from_on <= :today
    AND (to_on IS NULL OR to_on > :today)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """One activity's room: what was said of it and when, who usually comes, who is waiting."""

    activity: Activity
    access: str = ""
    what_to_bring: str = ""
    cost: str = field(default="")
    can_take: int | None = None
    can_take_on: dt.date | None = None
    sessions: int = 0
    """Held sessions in the last 84 days."""
    attendances: int = 0
    """Attendances and guests at those."""
    waiting: int = 0


def of_activities(
    register: Register, today: dt.date, activity_id: ActivityId | None = None
) -> tuple[Capacity, ...]:
    """Return the room of one activity, or of all by name, as of a day; the bin is left out."""
    listed = activities.listed(register)
    return tuple(
        _of_one(register, today, activity)
        for activity in listed
        if activity_id is None or activity.id == activity_id
    )


def _of_one(register: Register, today: dt.date, activity: Activity) -> Capacity:
    since = today - dt.timedelta(days=LOOK_BACK_DAYS)
    values = {"activity": activity.id, "today": today.isoformat(), "since": since.isoformat()}
    stated = register.row(_STATED, values)
    usual = register.row(_USUAL, values)
    said_on = stated["can_take_on"]
    return Capacity(
        activity=activity,
        access=stated["access"],
        what_to_bring=stated["what_to_bring"],
        cost=stated["cost_to_come"],
        can_take=stated["can_take"],
        can_take_on=dt.date.fromisoformat(said_on) if said_on else None,
        sessions=usual["sessions"],
        attendances=usual["attendances"] or 0,
        waiting=register.value(_WAITING, values),
    )
