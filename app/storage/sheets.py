"""What printed registers need beyond the lines of one session: contacts, access, a term's marks."""

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

from app.domain.ids import ActivityId, PersonId, SessionId
from app.domain.names import list_name
from app.domain.periods import Period
from app.storage.register import Register

# Emergency contacts first, in their order; a parent or carer stands in where there is none.
_CONTACTS = """
SELECT person_id, name, relationship, phone, 0 AS stand_in, position AS place, id
FROM emergency_contact WHERE person_id IN (SELECT value FROM json_each(:people))
UNION ALL
SELECT g.person_id,
    CASE WHEN g.name <> '' OR p.id IS NULL THEN g.name ELSE trim(p.given_name || ' ' || p.family_name) END,
    CASE g.relationship WHEN '' THEN 'parent or carer' ELSE g.relationship END,
    CASE WHEN g.phone <> '' OR p.id IS NULL THEN g.phone ELSE p.phone END, 1, 1, g.id
FROM guardian g LEFT JOIN person p ON p.id = g.guardian_person_id
WHERE g.person_id IN (SELECT value FROM json_each(:people))
ORDER BY 1, 5, 6, 7
"""

_ACCESS = """
SELECT person_id, access_needs FROM person_access
WHERE person_id IN (SELECT value FROM json_each(:people))
"""

# The same order as a session's sheet before it is frozen: sort key, then id.
_GRID_PEOPLE = """
WITH here AS (
    SELECT k.id AS person_id, MIN(e.from_on) AS from_on FROM enrolment e
    JOIN person r ON r.id = e.person_id
    JOIN person k ON k.id = COALESCE(r.merged_into, r.id) AND k.binned_at IS NULL
    WHERE e.activity_id = :activity AND e.from_on < :after
        AND (e.to_on IS NULL OR e.to_on >= :first)
    GROUP BY k.id
    UNION ALL
    SELECT DISTINCT person_id, NULL FROM mark_counted
    WHERE activity_id = :activity AND session_on >= :first AND session_on < :after
)
SELECT p.person_id, p.given_name, p.family_name, p.known_as, q.own_script_name,
    MIN(h.from_on) AS from_on, p.left_on
FROM here h
JOIN person_counted p ON p.person_id = h.person_id
JOIN person q ON q.id = p.person_id
GROUP BY p.person_id
HAVING p.left_on IS NULL OR p.left_on >= :first OR MAX(h.from_on IS NULL)
ORDER BY p.sort_key, p.person_id
"""

_GRID_MARKS = """
SELECT session_id, person_id, mark, role FROM mark_counted
WHERE activity_id = :activity AND session_on >= :first AND session_on < :after
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderNote:
    """What the leader must know of one person on the night."""

    person_id: PersonId
    contacts: tuple[str, ...] = field(default=(), repr=False)
    """Whom to ring: "Amina Begum (daughter)" and on a line of its own the number."""
    access_needs: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GridPerson:
    """One person down the side of a term's register."""

    person_id: PersonId
    given_name: str = field(repr=False)
    family_name: str = field(repr=False)
    known_as: str = field(repr=False)
    own_script_name: str = field(repr=False)
    from_on: dt.date | None
    """Since when on the register; None for somebody who was marked without being on it."""

    @property
    def list_name(self) -> str:
        """The name as on the register."""
        return list_name(self.given_name, self.family_name, self.known_as)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The people of an activity in a period and their marks, (mark, role) by session and person."""

    people: tuple[GridPerson, ...]
    marks: dict[tuple[SessionId, PersonId], tuple[tuple[str, str], ...]] = field(repr=False)


def leader_notes(register: Register, people: tuple[PersonId, ...]) -> dict[PersonId, LeaderNote]:
    """Return emergency contacts and access needs of people, by person; health stays where it is."""
    values = {"people": json.dumps(list(dict.fromkeys(people)))}
    contacts: dict[PersonId, list[str]] = {}
    stood_in: set[PersonId] = set()
    for row in register.rows(_CONTACTS, values):
        person = PersonId(row["person_id"])
        if not row["stand_in"]:
            stood_in.add(person)
        elif person in stood_in:
            continue
        contacts.setdefault(person, []).append(_contact(row))
    access = {row["person_id"]: row["access_needs"] for row in register.rows(_ACCESS, values)}
    return {
        person: LeaderNote(
            person_id=person,
            contacts=tuple(contacts.get(person, ())),
            access_needs=access.get(person, ""),
        )
        for person in people
    }


def _contact(row: Any) -> str:
    relation = f"({row['relationship'].lower()})" if row["relationship"] else ""
    who = " ".join(part for part in (row["name"], relation) if part)
    # A number broken over two lines is misread: its parts hold together.
    return "\n".join(part for part in (who, row["phone"].replace(" ", "\u00a0")) if part)


def grid(register: Register, period: Period, activity_id: ActivityId) -> Grid:
    """Return everybody on an activity's register in a period, in printed order, with their marks.

    Joined records stand as one person; the bin and sessions that were cancelled are left out.
    """
    values = _values(period, activity_id)
    people = tuple(
        GridPerson(
            person_id=PersonId(row["person_id"]),
            given_name=row["given_name"],
            family_name=row["family_name"],
            known_as=row["known_as"],
            own_script_name=row["own_script_name"],
            from_on=dt.date.fromisoformat(row["from_on"]) if row["from_on"] else None,
        )
        for row in register.rows(_GRID_PEOPLE, values)
    )
    marks: dict[tuple[SessionId, PersonId], tuple[tuple[str, str], ...]] = {}
    for session_id, person_id, mark, role in register.rows(_GRID_MARKS, values):
        key, entered = (session_id, person_id), (mark, role)
        marks[key] = (*marks[key], entered) if key in marks else (entered,)
    return Grid(people=people, marks=marks)


def _values(period: Period, activity_id: ActivityId) -> dict[str, Any]:
    return {
        "first": period.first.isoformat(),
        "after": period.after.isoformat(),
        "activity": activity_id,
    }
