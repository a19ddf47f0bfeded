"""Activities and sessions: rows in, frozen records out."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from app.domain.activities import (
    Activity,
    ActivityDraft,
    Repeat,
    Session,
    SessionState,
    SheetCode,
)
from app.domain.ids import ActivityId, SessionId
from app.domain.periods import Period
from app.storage.register import Register

_DRAFT_FIELDS = tuple(f.name for f in fields(ActivityDraft))

_SESSION = """
SELECT s.id, s.activity_id, a.name AS activity_name, a.code AS activity_code, s.session_on,
    s.start_time, s.end_time, c.state, s.cancelled_reason, s.cancelled_note, s.guests,
    CASE s.place WHEN '' THEN a.place ELSE s.place END AS place,
    CASE s.leader WHEN '' THEN a.leader ELSE s.leader END AS leader,
    (SELECT count(*) FROM session t WHERE t.activity_id = s.activity_id
        AND t.session_on = s.session_on AND t.id <> s.id AND t.binned_at IS NULL) AS beside,
    s.notes, a.capacity, s.moved_from_on, s.place AS own_place, s.leader AS own_leader,
    (SELECT count(*) FROM attendance_counted n WHERE n.session_id = s.id) AS people_here
FROM session s
JOIN activity a ON a.id = s.activity_id
JOIN session_counted c ON c.session_id = s.id
"""


def _activity(row: Any) -> Activity:
    values = {name: row[name] for name in _DRAFT_FIELDS}
    values["repeat"] = Repeat(row["repeat"])
    values["skip_bank_holidays"] = bool(row["skip_bank_holidays"])
    values["can_take_on"] = _day(row["can_take_on"])
    return Activity(id=row["id"], code=row["code"], binned=row["binned_at"] is not None, **values)


def session_from(row: Any) -> Session:
    """Return the record of a session's row."""
    return Session(
        id=row["id"],
        activity_id=row["activity_id"],
        activity_name=row["activity_name"],
        activity_code=row["activity_code"],
        session_on=dt.date.fromisoformat(row["session_on"]),
        start_time=row["start_time"],
        end_time=row["end_time"],
        state=SessionState(row["state"]),
        cancelled_reason=row["cancelled_reason"],
        cancelled_note=row["cancelled_note"],
        guests=row["guests"],
        place=row["place"],
        leader=row["leader"],
        notes=row["notes"],
        capacity=row["capacity"],
        people_here=row["people_here"],
        moved_from_on=_day(row["moved_from_on"]),
        own_place=row["own_place"],
        own_leader=row["own_leader"],
        beside=row["beside"],
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def listed(register: Register) -> tuple[Activity, ...]:
    """Return the activities by name, the bin left out."""
    rows = register.rows(
        "SELECT * FROM activity WHERE binned_at IS NULL ORDER BY name COLLATE NOCASE, id"
    )
    return tuple(_activity(row) for row in rows)


def get(register: Register, activity_id: ActivityId) -> Activity | None:
    """Return an activity or None."""
    row = register.row("SELECT * FROM activity WHERE id = :id", {"id": activity_id})
    return _activity(row) if row else None


def named(register: Register, name: str) -> Activity | None:
    """Return the activity of a name, capitals aside, or None."""
    row = register.row(
        "SELECT * FROM activity WHERE name = :name COLLATE NOCASE AND binned_at IS NULL",
        {"name": name},
    )
    return _activity(row) if row else None


def codes(register: Register) -> frozenset[str]:
    """Return the codes that activities have."""
    return frozenset(row[0] for row in register.rows("SELECT code FROM activity"))


def add(
    register: Register, draft: ActivityDraft, code: str, import_id: int | None = None
) -> ActivityId:
    """Add an activity inside a transaction; return the new id."""
    activity_id = ActivityId(register.new_id())
    values = {"id": activity_id, "code": code, **_columns(draft), "import_id": import_id}
    register.insert("activity", values)
    return activity_id


def change(register: Register, activity_id: ActivityId, draft: ActivityDraft) -> None:
    """Change an activity inside a transaction."""
    register.update("activity", activity_id, _columns(draft))


def _columns(draft: ActivityDraft) -> dict[str, Any]:
    values = {name: getattr(draft, name) for name in _DRAFT_FIELDS}
    values["repeat"] = draft.repeat.value
    values["skip_bank_holidays"] = int(draft.skip_bank_holidays)
    values["can_take_on"] = draft.can_take_on.isoformat() if draft.can_take_on else None
    return values


def sessions(
    register: Register, period: Period, activity_id: ActivityId | None = None
) -> tuple[Session, ...]:
    """Return the sessions of a period by day and time, of one activity or of all."""
    only = " AND s.activity_id = :activity" if activity_id else ""
    rows = register.rows(
        f"{_SESSION} WHERE s.binned_at IS NULL AND s.session_on >= :first AND s.session_on < :after"
        f"{only} ORDER BY s.session_on, s.start_time, a.name, s.id",
        {
            "first": period.first.isoformat(),
            "after": period.after.isoformat(),
            "activity": activity_id,
        },
    )
    return tuple(session_from(row) for row in rows)


def session(register: Register, session_id: SessionId) -> Session | None:
    """Return a session or None."""
    row = register.row(f"{_SESSION} WHERE s.id = :id", {"id": session_id})
    return session_from(row) if row else None


def first_and_last_day(register: Register) -> tuple[str | None, str | None]:
    """Return the days of the first and the last held session, as ISO texts."""
    row = register.row(
        "SELECT MIN(session_on), MAX(session_on) FROM session_counted WHERE state = 'held'"
    )
    return row[0], row[1]


def session_taken(
    register: Register, activity_id: ActivityId, day: dt.date, start: str | None
) -> bool:
    """Say whether an activity already has a session on that day at that time."""
    return bool(
        register.value(
            "SELECT 1 FROM session WHERE activity_id = :activity AND session_on = :day"
            " AND COALESCE(start_time, '') = :start AND binned_at IS NULL",
            {"activity": activity_id, "day": day.isoformat(), "start": start or ""},
        )
    )


def days_taken(register: Register, activity_id: ActivityId, period: Period) -> frozenset[dt.date]:
    """Return the days of a period on which an activity already has a session, of any state."""
    rows = register.rows(
        "SELECT DISTINCT session_on FROM session WHERE activity_id = :activity"
        " AND session_on >= :first AND session_on < :after AND binned_at IS NULL",
        {
            "activity": activity_id,
            "first": period.first.isoformat(),
            "after": period.after.isoformat(),
        },
    )
    return frozenset(dt.date.fromisoformat(row[0]) for row in rows)


def rhythm_day(
    register: Register, activity_id: ActivityId, weekday: int, day: dt.date
) -> dt.date | None:
    """Return the last day before another on which an activity met on a weekday (Monday is 0)."""
    value = register.value(
        "SELECT MAX(session_on) FROM session WHERE activity_id = :activity AND session_on < :day"
        " AND binned_at IS NULL AND (strftime('%w', session_on) + 6) % 7 = :weekday",
        {"activity": activity_id, "day": day.isoformat(), "weekday": weekday},
    )
    return dt.date.fromisoformat(value) if value else None


def came_marks(register: Register, session_id: SessionId) -> int:
    """Return how many marks but apologies a session has."""
    sql = "SELECT count(*) FROM attendance WHERE session_id = :id AND mark <> 'apology'"
    return int(register.value(sql, {"id": session_id}))


def binned_session(register: Register, session_id: SessionId) -> tuple[ActivityId, str, str] | None:
    """Return activity, day and start ("" if none) of a session in the bin, or None."""
    row = register.row(
        "SELECT activity_id, session_on, COALESCE(start_time, '') FROM session"
        " WHERE id = :id AND binned_at IS NOT NULL",
        {"id": session_id},
    )
    return (ActivityId(row[0]), row[1], row[2]) if row else None


def add_session(
    register: Register,
    activity_id: ActivityId,
    day: dt.date,
    times: tuple[str | None, str | None],
    *,
    state: SessionState = SessionState.PLANNED,
    reason: str = "",
    import_id: int | None = None,
) -> SessionId:
    """Add a session inside a transaction; return the new id."""
    session_id = SessionId(register.new_id())
    register.insert(
        "session",
        {
            "id": session_id,
            "activity_id": activity_id,
            "session_on": day.isoformat(),
            "start_time": times[0],
            "end_time": times[1],
            "state": state.value,
            "cancelled_reason": reason,
            "import_id": import_id,
        },
    )
    return session_id


def change_session(register: Register, session_id: SessionId, values: Mapping[str, object]) -> None:
    """Change columns of a session inside a transaction."""
    register.update("session", session_id, values)


def not_entered(
    register: Register, first: dt.date, before: dt.date
) -> tuple[tuple[SessionId, dt.date, dt.date | None], ...]:
    """Return planned sessions from a day on and before another, the newest first.

    Each with its day, and the day on which a sheet was printed.
    """
    rows = register.rows(
        "SELECT session_id, session_on FROM session_counted"
        " WHERE session_on >= :first AND session_on < :before AND state = 'planned'"
        " ORDER BY session_on DESC, COALESCE(start_time, '') DESC, session_id DESC",
        {"first": first.isoformat(), "before": before.isoformat()},
    )
    printed = {
        row["session_id"]: dt.date.fromisoformat(row["printed_at"][:10])
        for row in register.rows(
            "SELECT session_id, MAX(printed_at) AS printed_at FROM sheet GROUP BY session_id"
        )
    }
    return tuple(
        (SessionId(one), dt.date.fromisoformat(day), printed.get(one)) for one, day in rows
    )


def sessions_of(register: Register, ids: Sequence[SessionId]) -> dict[SessionId, Session]:
    """Return sessions by their ids."""
    rows = register.rows(
        f"{_SESSION} WHERE s.id IN (SELECT value FROM json_each(:ids))", {"ids": json.dumps(ids)}
    )
    return {row["id"]: session_from(row) for row in rows}


_OF_PRINTED = """
s.binned_at IS NULL AND s.id IN
    (SELECT session_id FROM sheet WHERE upper(replace(replace(code, '-', ''), ' ', '')) = :code)
"""
_OF_CODE = """
s.binned_at IS NULL AND upper(a.code) = :activity AND s.session_on = :on
    AND (:start = '' OR s.start_time = :start)
"""
_BY_TIME = "ORDER BY s.session_on, s.start_time, s.id"


def sessions_of_printed(register: Register, code: str) -> tuple[Session, ...]:
    """Return the sessions of sheets printed with a code (GM031126: capitals, no dash), by time."""
    rows = register.rows(f"{_SESSION} WHERE {_OF_PRINTED} {_BY_TIME}", {"code": code})
    return tuple(session_from(row) for row in rows)


def sessions_of_code(register: Register, code: SheetCode) -> tuple[Session, ...]:
    """Return the sessions that a code means now, by time."""
    values = {"activity": code.activity_code, "on": code.day.isoformat(), "start": code.start}
    rows = register.rows(f"{_SESSION} WHERE {_OF_CODE} {_BY_TIME}", values)
    return tuple(session_from(row) for row in rows)


_PLANNED_AFTER = """
FROM session WHERE activity_id = :activity AND session_on > :last AND binned_at IS NULL
    AND state <> 'held' AND guests IS NULL
    AND NOT EXISTS (SELECT 1 FROM attendance m WHERE m.session_id = session.id)
"""


def planned_after(register: Register, activity_id: ActivityId, last: dt.date) -> int:
    """Return how many sessions with nothing entered an activity has after a day."""
    values = {"activity": activity_id, "last": last.isoformat()}
    return int(register.value(f"SELECT count(*) {_PLANNED_AFTER}", values))


def bin_planned_after(register: Register, activity_id: ActivityId, last: dt.date) -> None:
    """Put the sessions with nothing entered after a day in the bin, inside a transaction."""
    register.execute(
        f"UPDATE session SET binned_at = :at WHERE id IN (SELECT id {_PLANNED_AFTER})",
        {"activity": activity_id, "last": last.isoformat(), "at": register.stamp()},
    )


def met(register: Register, activity_id: ActivityId) -> bool:
    """Say whether anything was ever entered for an activity: a mark, guests, a session held."""
    return bool(
        register.value(
            "SELECT 1 FROM session_counted WHERE activity_id = :id AND state <> 'planned' LIMIT 1",
            {"id": activity_id},
        )
    )


def put_in_bin(register: Register, activity_id: ActivityId) -> None:
    """Put an activity in the bin, inside a transaction."""
    register.update("activity", activity_id, {"binned_at": register.stamp()})
