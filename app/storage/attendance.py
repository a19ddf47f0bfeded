"""Registers: who is listed for a session, in which order, with which mark."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from app.domain.activities import Session
from app.domain.attendance import Mark, MarkChange, RegisterLine, Role
from app.domain.ids import PersonId, SessionId, SheetId
from app.storage.register import Register

# The printed order is frozen: people on the latest sheet first, in its rows; then anybody else
# listed or marked, in the one order of names (family, given, known-as, id).
_LINES = """
WITH here AS (
    SELECT person_id FROM enrolment
    WHERE activity_id = :activity AND from_on <= :day AND (to_on IS NULL OR to_on >= :day)
    UNION SELECT person_id FROM attendance WHERE session_id = :session
    UNION SELECT r.person_id FROM sheet_row r WHERE r.sheet_id = :sheet
),
last_enrolment AS (
    SELECT person_id, role, MAX(from_on) AS from_on FROM enrolment
    WHERE activity_id = :activity GROUP BY person_id
)
SELECT p.id, p.given_name, p.family_name, p.known_as, p.own_script_name, p.what_helps,
    m.mark, COALESCE(m.role, e.role, 'participant') AS role, r.row AS sheet_row, e.from_on,
    NOT EXISTS (
        SELECT 1 FROM attendance o JOIN session t ON t.id = o.session_id
        WHERE o.person_id = p.id AND o.mark IN ('present', 'late') AND t.session_on < :day
    ) AS is_new
FROM here h
JOIN person p ON p.id = h.person_id
LEFT JOIN attendance m ON m.session_id = :session AND m.person_id = p.id
LEFT JOIN last_enrolment e ON e.person_id = p.id
LEFT JOIN sheet_row r ON r.sheet_id = :sheet AND r.person_id = p.id
WHERE p.binned_at IS NULL
    AND (m.mark IS NOT NULL OR r.row IS NOT NULL
        OR (p.merged_into IS NULL AND (p.left_on IS NULL OR p.left_on >= :day)))
ORDER BY r.row IS NULL, r.row, p.sort_key, p.id
"""

_NOT_SEEN = """
WITH earlier AS (
    SELECT session_id, session_on FROM session_counted
    WHERE activity_id = :activity AND state = 'held'
        AND (session_on < :day OR (session_on = :day AND session_id <> :session
            AND COALESCE(start_time, '') < :start))
    ORDER BY session_on DESC, start_time DESC LIMIT :reach
)
SELECT e.session_id, e.session_on, m.person_id, m.mark
FROM earlier e LEFT JOIN attendance m ON m.session_id = e.session_id
"""
_REACH = 12
"""How many sessions back *not seen for* looks."""


def latest_sheet(register: Register, session_id: SessionId) -> SheetId | None:
    """Return the newest printed sheet of a session, or None when none was printed."""
    value = register.value(
        "SELECT id FROM sheet WHERE session_id = :id ORDER BY printed_at DESC, id DESC LIMIT 1",
        {"id": session_id},
    )
    return SheetId(value) if value is not None else None


def lines(register: Register, session: Session) -> tuple[RegisterLine, ...]:
    """Return the register of a session in its printed order, rows numbered from 1."""
    rows = register.rows(
        _LINES,
        {
            "activity": session.activity_id,
            "session": session.id,
            "day": session.session_on.isoformat(),
            "sheet": latest_sheet(register, session.id),
        },
    )
    missed = _missed(register, session, {r["id"]: r["from_on"] or "" for r in rows})
    return tuple(_line(row, place, missed) for place, row in enumerate(rows, start=1))


def _line(row: Any, place: int, missed: dict[int, int]) -> RegisterLine:
    return RegisterLine(
        person_id=PersonId(row["id"]),
        row=place,
        given_name=row["given_name"],
        family_name=row["family_name"],
        known_as=row["known_as"],
        own_script_name=row["own_script_name"],
        mark=Mark(row["mark"]) if row["mark"] else None,
        role=Role(row["role"]),
        what_helps=row["what_helps"],
        not_seen_for=missed.get(row["id"], 0),
        is_new=bool(row["is_new"]),
    )


def _missed(register: Register, session: Session, since: dict[int, str]) -> dict[int, int]:
    """Return how many held sessions in a row each person did not come to, apologies apart.

    Sessions from before somebody was put on the register are not held against them.
    """
    by_session: dict[tuple[str, int], dict[int, str]] = {}
    for row in register.rows(
        _NOT_SEEN,
        {
            "activity": session.activity_id,
            "session": session.id,
            "day": session.session_on.isoformat(),
            "start": session.start_time or "",
            "reach": _REACH,
        },
    ):
        marks = by_session.setdefault((row["session_on"], row["session_id"]), {})
        if row["person_id"] is not None:
            marks[row["person_id"]] = row["mark"]
    result: dict[int, int] = {}
    for person, listed_from in since.items():
        away = 0
        for (day, _), marks in by_session.items():
            mark = marks.get(person)
            if mark in {"present", "late"} or day < listed_from:
                break
            away += mark != "apology"
        result[person] = away
    return result


def mark_of(
    register: Register, session_id: SessionId, person_id: PersonId
) -> tuple[str, str] | None:
    """Return the mark and role entered for a person at a session, or None."""
    row = register.row(
        "SELECT mark, role FROM attendance WHERE session_id = :session AND person_id = :person",
        {"session": session_id, "person": person_id},
    )
    return (row["mark"], row["role"]) if row else None


def write_mark(register: Register, change: MarkChange) -> None:
    """Enter, change or (None) take away one mark inside a transaction."""
    key = {"session": change.session_id, "person": change.person_id}
    if change.mark is None:
        register.execute(
            "DELETE FROM attendance WHERE session_id = :session AND person_id = :person", key
        )
        return
    register.execute(
        "INSERT INTO attendance (session_id, person_id, mark, role)"
        " VALUES (:session, :person, :mark, :role)"
        " ON CONFLICT (session_id, person_id) DO UPDATE SET mark = :mark, role = :role",
        {**key, "mark": change.mark.value, "role": change.role.value},
    )


def enrol(register: Register, person_id: PersonId, session: Session, role: Role) -> bool:
    """Put a person on an activity's register from a session's day on; False if already there."""
    there = register.value(
        "SELECT 1 FROM enrolment WHERE person_id = :person AND activity_id = :activity"
        " AND (to_on IS NULL OR to_on >= :day)",
        {
            "person": person_id,
            "activity": session.activity_id,
            "day": session.session_on.isoformat(),
        },
    )
    if there:
        return False
    register.insert(
        "enrolment",
        {
            "id": register.new_id(),
            "person_id": person_id,
            "activity_id": session.activity_id,
            "role": role.value,
            "from_on": session.session_on.isoformat(),
        },
    )
    return True


def keep_sheet(register: Register, session: Session, people: tuple[PersonId, ...]) -> SheetId:
    """Freeze the order in which a sheet was printed, inside a transaction."""
    sheet_id = SheetId(register.new_id())
    register.insert(
        "sheet",
        {
            "id": sheet_id,
            "session_id": session.id,
            "code": session.code,
            "printed_at": register.stamp(),
        },
    )
    register.execute_many(
        "INSERT INTO sheet_row (sheet_id, row, person_id) VALUES (?, ?, ?)",
        [(sheet_id, place, person) for place, person in enumerate(people, start=1)],
    )
    return sheet_id


def add_hours(
    register: Register, person_id: PersonId, day: dt.date, minutes: int, what: str
) -> int:
    """Log hours given outside a session, inside a transaction; return the new id."""
    log_id = register.new_id()
    register.insert(
        "volunteer_log",
        {
            "id": log_id,
            "person_id": person_id,
            "logged_on": day.isoformat(),
            "minutes": minutes,
            "what": what,
        },
    )
    return log_id


def logged_minutes(register: Register, day: dt.date) -> int:
    """Return the sum of the minutes logged on a day."""
    return int(
        register.value(
            "SELECT COALESCE(SUM(minutes), 0) FROM volunteer_log WHERE logged_on = :day",
            {"day": day.isoformat()},
        )
    )


_HISTORY = """
SELECT m.session_id, m.session_on, a.name AS activity_name, m.mark, m.role
FROM person_counts_as c
JOIN mark_counted m ON m.record_id = c.record_id
JOIN activity a ON a.id = m.activity_id
WHERE c.person_id = :person
ORDER BY m.session_on DESC, m.session_id DESC
LIMIT :limit
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One mark of a person's past."""

    session_id: SessionId
    session_on: dt.date
    activity_name: str
    mark: Mark
    role: Role


def history_of(register: Register, person_id: PersonId, limit: int) -> tuple[Past, ...]:
    """Return the marks of a person, merged records included, newest first."""
    rows = register.rows(_HISTORY, {"person": person_id, "limit": limit})
    return tuple(
        Past(
            session_id=SessionId(row["session_id"]),
            session_on=dt.date.fromisoformat(row["session_on"]),
            activity_name=row["activity_name"],
            mark=Mark(row["mark"]),
            role=Role(row["role"]),
        )
        for row in rows
    )
