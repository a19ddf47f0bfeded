"""Registers: who is listed for a session, in which order, with which mark."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from app.domain.activities import Session
from app.domain.attendance import Mark, MarkChange, RegisterLine, Role
from app.domain.ids import PersonId, SessionId, SheetId
from app.storage.register import Register

# The printed order is frozen: people on the latest sheet first, in its rows; then anybody else
# listed or marked, in the one order of names (family, given, known-as, id). Joined records stand
# as the one person they count as; of two marks the one that counts is shown, as in mark_counted.
_LINES = """
WITH record AS (
    SELECT person_id FROM enrolment
    WHERE activity_id = :activity AND from_on <= :day AND (to_on IS NULL OR to_on >= :day)
    UNION SELECT person_id FROM attendance WHERE session_id = :session
    UNION SELECT person_id FROM sheet_row WHERE sheet_id = :sheet
),
here AS (
    SELECT DISTINCT COALESCE(p.merged_into, p.id) AS person_id
    FROM record r JOIN person p ON p.id = r.person_id
),
marked AS (
    SELECT COALESCE(p.merged_into, p.id) AS person_id, m.mark, m.role,
        row_number() OVER (
            PARTITION BY COALESCE(p.merged_into, p.id)
            ORDER BY m.mark NOT IN ('present', 'late'), p.merged_into IS NOT NULL, p.id
        ) AS choice
    FROM attendance m JOIN person p ON p.id = m.person_id
    WHERE m.session_id = :session
),
enrolled AS (
    SELECT COALESCE(p.merged_into, p.id) AS person_id, e.role, MAX(e.from_on) AS from_on
    FROM enrolment e JOIN person p ON p.id = e.person_id
    WHERE e.activity_id = :activity AND e.from_on <= :day
    GROUP BY 1
),
printed AS (
    SELECT COALESCE(p.merged_into, p.id) AS person_id, MIN(r.row) AS row
    FROM sheet_row r JOIN person p ON p.id = r.person_id
    WHERE r.sheet_id = :sheet
    GROUP BY 1
)
SELECT p.id, p.given_name, p.family_name, p.known_as, p.own_script_name, p.what_helps,
    m.mark, COALESCE(m.role, e.role, 'participant') AS role, e.from_on,
    NOT EXISTS (
        SELECT 1 FROM person q JOIN attendance o ON o.person_id = q.id
        JOIN session t ON t.id = o.session_id
        WHERE (q.id = p.id OR q.merged_into = p.id) AND o.mark IN ('present', 'late')
            AND t.session_on < :day AND t.binned_at IS NULL AND t.state <> 'cancelled'
    ) AS is_new,
    EXISTS (SELECT 1 FROM person_access n WHERE n.person_id = p.id AND n.access_needs <> '')
        AS has_note
FROM here h
JOIN person p ON p.id = h.person_id
LEFT JOIN marked m ON m.person_id = p.id AND m.choice = 1
LEFT JOIN enrolled e ON e.person_id = p.id
LEFT JOIN printed r ON r.person_id = p.id
WHERE p.binned_at IS NULL
    AND (m.mark IS NOT NULL OR r.row IS NOT NULL OR p.left_on IS NULL OR p.left_on >= :day)
ORDER BY r.row IS NULL, r.row, p.sort_key, p.id
"""

_NOT_SEEN = """
WITH earlier AS (
    SELECT session_id, session_on, COALESCE(start_time, '') AS start_time FROM session_counted
    WHERE activity_id = :activity AND state = 'held'
        AND (session_on < :day OR (session_on = :day AND session_id <> :session
            AND COALESCE(start_time, '') < :start))
    ORDER BY session_on DESC, start_time DESC LIMIT :reach
)
SELECT e.session_id, e.session_on, COALESCE(p.merged_into, p.id) AS person_id, m.mark
FROM earlier e
LEFT JOIN attendance m ON m.session_id = e.session_id
LEFT JOIN person p ON p.id = m.person_id
ORDER BY e.session_on DESC, e.start_time DESC, e.session_id, m.mark IN ('present', 'late')
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
        has_note=bool(row["has_note"]),
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


def marks_of(
    register: Register, session_id: SessionId, person_id: PersonId
) -> tuple[tuple[PersonId, Mark, Role], ...]:
    """Return what was entered for a person at a session: record, mark and role, joined ones too."""
    rows = register.rows(
        "SELECT person_id, mark, role FROM attendance WHERE session_id = :session"
        " AND person_id IN (SELECT id FROM person WHERE id = :person OR merged_into = :person)"
        " ORDER BY person_id",
        {"session": session_id, "person": person_id},
    )
    return tuple((PersonId(r["person_id"]), Mark(r["mark"]), Role(r["role"])) for r in rows)


def write_mark(register: Register, change: MarkChange) -> None:
    """Enter, change or (None) take away one person's mark inside a transaction.

    What was entered under records joined to this person goes: there is one mark a person.
    """
    key = {"session": change.session_id, "person": change.person_id}
    register.execute(
        "DELETE FROM attendance WHERE session_id = :session"
        " AND person_id IN (SELECT id FROM person WHERE merged_into = :person)",
        key,
    )
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
        "SELECT 1 FROM enrolment WHERE activity_id = :activity"
        " AND person_id IN (SELECT id FROM person WHERE id = :person OR merged_into = :person)"
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


def sheet_order(register: Register, sheet_id: SheetId) -> tuple[PersonId, ...]:
    """Return the people of a printed sheet in the order of its rows."""
    sql = "SELECT person_id FROM sheet_row WHERE sheet_id = :id ORDER BY row"
    return tuple(PersonId(row[0]) for row in register.rows(sql, {"id": sheet_id}))


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
            "SELECT COALESCE(SUM(minutes), 0) FROM volunteer_log_counted WHERE logged_on = :day",
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


_SITTINGS = """
WITH record AS (SELECT id FROM person WHERE id = :person OR merged_into = :person),
mine AS (
    SELECT e.activity_id, MIN(e.from_on) AS from_on, MAX(COALESCE(e.to_on, '9999')) AS to_on
    FROM enrolment e WHERE e.person_id IN (SELECT id FROM record) GROUP BY e.activity_id
),
marked AS (
    SELECT m.session_id, m.mark, m.role, row_number() OVER (
            PARTITION BY m.session_id ORDER BY m.mark NOT IN ('present', 'late'),
                m.person_id <> :person, m.person_id) AS choice
    FROM attendance m WHERE m.person_id IN (SELECT id FROM record)
),
candidate AS (
    SELECT session_id FROM marked WHERE choice = 1
    UNION
    SELECT session_id FROM (
        SELECT s.id AS session_id FROM mine CROSS JOIN session s
        WHERE s.activity_id = mine.activity_id AND s.session_on >= mine.from_on
            AND s.session_on <= min(mine.to_on, :today)
        ORDER BY s.session_on DESC, s.id DESC LIMIT :reach)
)
SELECT s.session_id, s.activity_id, s.activity_name, s.session_on, s.state, k.mark, k.role
FROM candidate c
CROSS JOIN session_counted s ON s.session_id = c.session_id
LEFT JOIN marked k ON k.session_id = s.session_id AND k.choice = 1
WHERE s.session_on <= :today AND (s.state <> 'planned' OR k.mark IS NOT NULL)
ORDER BY s.session_on DESC, COALESCE(s.start_time, '') DESC, s.session_id DESC
LIMIT :limit
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One session somebody was on the list for, and what was entered for them, if anything."""

    session_id: SessionId
    session_on: dt.date
    activity_name: str
    cancelled: bool
    mark: Mark | None
    role: Role | None


def last_sittings(
    register: Register, person_id: PersonId, today: dt.date, *, limit: int
) -> tuple[Sitting, ...]:
    """Return the last sessions a person was on the list for or marked at, newest first."""
    values = {
        "person": person_id,
        "today": today.isoformat(),
        "limit": limit,
        "reach": 4 * limit,
    }
    return tuple(
        Sitting(
            session_id=SessionId(row["session_id"]),
            session_on=dt.date.fromisoformat(row["session_on"]),
            activity_name=row["activity_name"],
            cancelled=row["state"] == "cancelled",
            mark=Mark(row["mark"]) if row["mark"] else None,
            role=Role(row["role"]) if row["role"] else None,
        )
        for row in register.rows(_SITTINGS, values)
    )
