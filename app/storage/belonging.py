"""What people belong to: roles in the group, activities they are on, waiting lists."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.domain.ids import ActivityId, PersonId
from app.domain.people import PersonRole
from app.storage.register import Register

_RECORDS = "(SELECT id FROM person WHERE id = :person OR merged_into = :person)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One time of belonging: to an activity, to a waiting list, or in a role."""

    kind: str
    """enrolment, waiting or role."""
    id: int
    role: str
    activity_id: ActivityId | None
    activity_name: str
    from_on: dt.date
    to_on: dt.date | None
    outcome: str = ""

    def now(self, today: dt.date) -> bool:
        """Whether it goes on today."""
        return self.from_on <= today and (self.to_on is None or self.to_on >= today)


_MEMBERSHIPS = f"""
SELECT 'enrolment' AS kind, e.id AS id, e.role AS role, e.activity_id AS activity_id,
    a.name AS activity_name, e.from_on AS from_on, e.to_on AS to_on,
    '' AS outcome
FROM enrolment e JOIN activity a ON a.id = e.activity_id WHERE e.person_id IN {_RECORDS}
UNION ALL
SELECT 'role', r.id, r.role, r.activity_id, COALESCE(a.name, ''), r.from_on, r.to_on, ''
FROM person_role r LEFT JOIN activity a ON a.id = r.activity_id WHERE r.person_id IN {_RECORDS}
UNION ALL
SELECT 'waiting', w.id, '', w.activity_id, COALESCE(a.name, ''), w.from_on, w.to_on, w.outcome
FROM waiting_place w LEFT JOIN activity a ON a.id = w.activity_id WHERE w.person_id IN {_RECORDS}
ORDER BY from_on DESC, id DESC
"""


def of_person(register: Register, person_id: PersonId) -> tuple[Membership, ...]:
    """Return everything a person belongs or belonged to, joined records' too, newest first."""
    rows = register.rows(_MEMBERSHIPS, {"person": person_id})
    return tuple(_membership(row) for row in rows)


def _membership(row: Any) -> Membership:
    return Membership(
        kind=row["kind"],
        id=row["id"],
        role=row["role"],
        activity_id=row["activity_id"],
        activity_name=row["activity_name"],
        from_on=dt.date.fromisoformat(row["from_on"]),
        to_on=dt.date.fromisoformat(row["to_on"]) if row["to_on"] else None,
        outcome=row["outcome"],
    )


_ON_NOW = f"""
SELECT 1 FROM enrolment WHERE activity_id = :activity AND person_id IN {_RECORDS}
    AND from_on <= :day AND (to_on IS NULL OR to_on >= :day)
"""


def put_on(
    register: Register, person_id: PersonId, activity: ActivityId, role: str, day: dt.date
) -> bool:
    """Put a person on an activity from a day on, inside a transaction; False if they are."""
    values = {"person": person_id, "activity": activity, "day": day.isoformat()}
    if register.value(_ON_NOW, values):
        return False
    register.insert(
        "enrolment",
        {
            "id": register.new_id(),
            "person_id": person_id,
            "activity_id": activity,
            "role": role,
            "from_on": day.isoformat(),
        },
    )
    return True


def on_activity(register: Register, activity: ActivityId, day: dt.date) -> tuple[PersonId, ...]:
    """Return who is on an activity on a day."""
    rows = register.rows(
        "SELECT DISTINCT COALESCE(p.merged_into, p.id) FROM enrolment e"
        " JOIN person p ON p.id = e.person_id WHERE e.activity_id = :activity"
        " AND e.from_on <= :day AND (e.to_on IS NULL OR e.to_on >= :day)",
        {"activity": activity, "day": day.isoformat()},
    )
    return tuple(PersonId(row[0]) for row in rows)


def to_take_off(register: Register, activity: ActivityId, last: dt.date) -> tuple[PersonId, ...]:
    """Return who is on an activity, or will be, after a last day."""
    rows = register.rows(
        "SELECT DISTINCT COALESCE(p.merged_into, p.id) FROM enrolment e"
        " JOIN person p ON p.id = e.person_id WHERE e.activity_id = :activity"
        " AND (e.to_on IS NULL OR e.to_on > :last)",
        {"activity": activity, "last": last.isoformat()},
    )
    return tuple(PersonId(row[0]) for row in rows)


def take_off(
    register: Register, person_id: PersonId, activity: ActivityId | None, last: dt.date
) -> int:
    """End a person's time on an activity (or on all) with a last day, inside a transaction.

    What was to begin later never does. Return how many times ended.
    """
    values = {"person": person_id, "last": last.isoformat(), "activity": activity}
    only = " AND activity_id = :activity" if activity is not None else ""
    gone = register.execute(
        f"DELETE FROM enrolment WHERE person_id IN {_RECORDS} AND from_on > :last{only}", values
    )
    return gone + register.execute(
        f"UPDATE enrolment SET to_on = :last WHERE person_id IN {_RECORDS}"
        f" AND from_on <= :last AND (to_on IS NULL OR to_on > :last){only}",
        values,
    )


def ended_on(register: Register, person_id: PersonId, day: dt.date) -> tuple[Membership, ...]:
    """Return the activities that ended for a person on a day: those to come back to."""
    return tuple(
        one
        for one in of_person(register, person_id)
        if one.kind == "enrolment" and one.to_on == day
    )


def open_again(register: Register, enrolment_ids: Iterable[int]) -> None:
    """Let times on activities go on as if they had not ended, inside a transaction."""
    for enrolment_id in enrolment_ids:
        register.update("enrolment", enrolment_id, {"to_on": None})


def leave_waiting(register: Register, person_id: PersonId, day: dt.date) -> None:
    """Take a person off every waiting list, inside a transaction."""
    register.execute(
        f"UPDATE waiting_place SET to_on = max(from_on, :day), outcome = 'gave_up'"
        f" WHERE person_id IN {_RECORDS} AND to_on IS NULL",
        {"person": person_id, "day": day.isoformat()},
    )


def begin_role(
    register: Register,
    person_id: PersonId,
    role: PersonRole,
    day: dt.date,
    activity: ActivityId | None = None,
) -> int:
    """Give a person a role from a day on, inside a transaction; return its id."""
    role_id = register.new_id()
    register.insert(
        "person_role",
        {
            "id": role_id,
            "person_id": person_id,
            "role": role.value,
            "activity_id": activity,
            "from_on": day.isoformat(),
        },
    )
    return role_id


def end_roles(
    register: Register, person_id: PersonId, last: dt.date, role: PersonRole | None = None
) -> int:
    """End a person's roles (or one of them) with a last day, inside a transaction."""
    only = " AND role = :role" if role is not None else ""
    return register.execute(
        f"UPDATE person_role SET to_on = max(from_on, :last)"
        f" WHERE person_id IN {_RECORDS} AND (to_on IS NULL OR to_on > :last){only}",
        {"person": person_id, "last": last.isoformat(), "role": role.value if role else ""},
    )


def reopen_roles(register: Register, person_id: PersonId, day: dt.date) -> None:
    """Let the roles that ended on a day go on, inside a transaction."""
    register.execute(
        f"UPDATE person_role SET to_on = NULL WHERE person_id IN {_RECORDS} AND to_on = :day",
        {"person": person_id, "day": day.isoformat()},
    )


def volunteer_minutes(register: Register, person_id: PersonId) -> tuple[int, int]:
    """Return the minutes a person helped at sessions, and those logged besides."""
    values = {"person": person_id}
    at_sessions = register.value(
        "SELECT COALESCE(SUM(minutes), 0) FROM (SELECT DISTINCT m.session_id, m.minutes"
        " FROM person_counts_as c JOIN mark_counted m ON m.record_id = c.record_id"
        " WHERE c.person_id = :person AND m.role IN ('volunteer', 'leader')"
        " AND m.mark IN ('present', 'late'))",
        values,
    )
    logged = register.value(
        "SELECT COALESCE(SUM(v.minutes), 0) FROM person_counts_as c"
        " JOIN volunteer_log v ON v.person_id = c.record_id WHERE c.person_id = :person",
        values,
    )
    return int(at_sessions), int(logged)
