"""Who is on an activity's register, who waits for it, and how each activity stands."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from app.domain.ids import ActivityId, PersonId
from app.storage import people
from app.storage.people import PersonRow
from app.storage.register import Register

_RECORDS = "(SELECT id FROM person WHERE id = :person OR merged_into = :person)"


def _standings_of(only: str = "", one: str = "") -> str:
    # Of every activity: read as it lies in the file, which is quicker than by an index.
    by = "" if only else "NOT INDEXED"
    return f"""
WITH on_it AS (
    SELECT e.activity_id, count(DISTINCT COALESCE(k.id, p.id)) AS people
    FROM enrolment e {by}
    JOIN person p ON p.id = e.person_id
    LEFT JOIN person k ON k.id = p.merged_into
    WHERE e.from_on <= :today AND (e.to_on IS NULL OR e.to_on >= :today)
        AND e.role = 'participant'
        AND CASE WHEN k.id IS NULL THEN p.binned_at IS NULL ELSE k.binned_at IS NULL END
        AND CASE WHEN k.id IS NULL THEN p.left_on IS NULL OR p.left_on >= :today
            ELSE k.left_on IS NULL OR k.left_on >= :today END
        {only}
    GROUP BY e.activity_id
),
waiting AS (
    SELECT activity_id, count(DISTINCT person_id) AS people FROM waiting_counted
    WHERE to_on IS NULL {only} GROUP BY activity_id
)
SELECT a.id,
    (SELECT s.session_on FROM session s
        WHERE s.activity_id = a.id AND s.binned_at IS NULL AND s.session_on >= :today
            AND s.state <> 'cancelled'
        ORDER BY s.session_on LIMIT 1) AS next_on,
    (SELECT s.session_on FROM session s
        WHERE s.activity_id = a.id AND s.binned_at IS NULL AND s.session_on <= :today
            AND s.state <> 'cancelled'
        ORDER BY s.session_on DESC LIMIT 1) AS last_on,
    COALESCE(o.people, 0) AS on_it, COALESCE(w.people, 0) AS waiting
FROM activity a
LEFT JOIN on_it o ON o.activity_id = a.id
LEFT JOIN waiting w ON w.activity_id = a.id
WHERE a.binned_at IS NULL {one}
"""


_STANDINGS = _standings_of()
_STANDING = _standings_of("AND activity_id = :activity", "AND a.id = :activity")

_ON_REGISTER = """
SELECT p.*, e.id AS member_id, e.role, MIN(e.from_on) AS from_on, e.to_on
FROM enrolment e
JOIN person r ON r.id = e.person_id
JOIN person p ON p.id = COALESCE(r.merged_into, r.id) AND p.binned_at IS NULL
WHERE e.activity_id = :activity AND (e.to_on IS NULL OR e.to_on >= :today)
    AND (p.left_on IS NULL OR p.left_on >= :today)
GROUP BY p.id
ORDER BY p.sort_key, p.id
"""

_WAITING = """
SELECT p.*, w.id AS member_id, '' AS role, MIN(w.from_on) AS from_on, NULL AS to_on
FROM waiting_place w
JOIN person r ON r.id = w.person_id
JOIN person p ON p.id = COALESCE(r.merged_into, r.id) AND p.binned_at IS NULL
WHERE w.activity_id = :activity AND w.to_on IS NULL
GROUP BY p.id
ORDER BY MIN(w.from_on), w.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an activity stands on a day."""

    next_on: dt.date | None = None
    last_on: dt.date | None = None
    on_it: int = 0
    """Participants on its register on the day."""
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody on an activity's register, or on its waiting list, and since when."""

    id: int
    """The row of the register or of the waiting list."""
    person: PersonRow = field(repr=False)
    role: str
    from_on: dt.date
    to_on: dt.date | None


def standings(
    register: Register, today: dt.date, activity: ActivityId | None = None
) -> dict[ActivityId, Standing]:
    """Return how every activity stands (or one of them), by its id."""
    values = {"today": today.isoformat(), "activity": activity}
    return {
        ActivityId(row["id"]): Standing(
            next_on=_day(row["next_on"]),
            last_on=_day(row["last_on"]),
            on_it=row["on_it"],
            waiting=row["waiting"],
        )
        for row in register.rows(_STANDINGS if activity is None else _STANDING, values)
    }


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def on_register(register: Register, activity_id: ActivityId, today: dt.date) -> tuple[Member, ...]:
    """Return who is on a register on a day or from a later one, in the order of names."""
    values = {"activity": activity_id, "today": today.isoformat()}
    return tuple(_member(row) for row in register.rows(_ON_REGISTER, values))


def waiting(register: Register, activity_id: ActivityId) -> tuple[Member, ...]:
    """Return who waits for a place, the longest first."""
    return tuple(_member(row) for row in register.rows(_WAITING, {"activity": activity_id}))


def _member(row: Any) -> Member:
    return Member(
        id=row["member_id"],
        person=people.row_from(row),
        role=row["role"],
        from_on=dt.date.fromisoformat(row["from_on"]),
        to_on=_day(row["to_on"]),
    )


def begin_earlier(register: Register, member_id: int, day: dt.date) -> None:
    """Let somebody's time on a register begin on an earlier day, inside a transaction."""
    register.update("enrolment", member_id, {"from_on": day.isoformat()})


def let_wait(
    register: Register, activity_id: ActivityId, person_id: PersonId, day: dt.date
) -> None:
    """Put somebody on a waiting list, inside a transaction."""
    register.insert(
        "waiting_place",
        {
            "id": register.new_id(),
            "person_id": person_id,
            "activity_id": activity_id,
            "from_on": day.isoformat(),
        },
    )


def end_waiting(
    register: Register, activity_id: ActivityId, person_id: PersonId, day: dt.date, outcome: str
) -> None:
    """Take somebody off a waiting list with what came of it, inside a transaction."""
    register.execute(
        "UPDATE waiting_place SET to_on = max(from_on, :day), outcome = :outcome"
        f" WHERE activity_id = :activity AND to_on IS NULL AND person_id IN {_RECORDS}",
        {
            "activity": activity_id,
            "person": person_id,
            "day": day.isoformat(),
            "outcome": outcome,
        },
    )


def everybody_off(register: Register, activity_id: ActivityId, last: dt.date) -> None:
    """End everybody's time on a register and its waiting list, inside a transaction."""
    values = {"activity": activity_id, "last": last.isoformat()}
    register.execute(
        "DELETE FROM enrolment WHERE activity_id = :activity AND from_on > :last", values
    )
    register.execute(
        "UPDATE enrolment SET to_on = :last WHERE activity_id = :activity"
        " AND (to_on IS NULL OR to_on > :last)",
        values,
    )
    register.execute(
        "UPDATE waiting_place SET to_on = max(from_on, :last), outcome = 'other'"
        " WHERE activity_id = :activity AND to_on IS NULL",
        values,
    )


_ROLES = """
SELECT k.id AS person_id, e.role, MAX(e.from_on) AS from_on
FROM enrolment e
JOIN person r ON r.id = e.person_id
JOIN person k ON k.id = COALESCE(r.merged_into, r.id) AND k.binned_at IS NULL
WHERE e.activity_id = :activity AND e.from_on <= :last
GROUP BY k.id
"""


def roles(register: Register, activity_id: ActivityId, last: dt.date) -> dict[PersonId, str]:
    """Return in which part each person is on a register, as it was last said by a day."""
    values = {"activity": activity_id, "last": last.isoformat()}
    return {PersonId(row["person_id"]): row["role"] for row in register.rows(_ROLES, values)}
