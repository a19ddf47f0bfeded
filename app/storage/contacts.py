"""Emergency contacts, parents and carers, and access notes: kept beside the person."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from app.domain import names
from app.domain.contacts import CONSENT_DAYS, EmergencyContact, Guardian
from app.domain.ids import PersonId
from app.storage.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessNotes:
    """Access needs and health, apart from the rest: shown only where they are needed."""

    access_needs: str = field(default="", repr=False)
    health: str = field(default="", repr=False)
    updated_on: dt.date | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing is noted."""
        return not (self.access_needs or self.health)


_RECORDS = "(SELECT id FROM person WHERE id = :person OR merged_into = :person)"
# Their own first, then what joined records know besides.
_CONTACTS = f"""
SELECT name, relationship, phone, person_id <> :person AS inherited FROM emergency_contact
WHERE person_id IN {_RECORDS} ORDER BY inherited, person_id, position, id
"""
_GUARDIANS = f"""
SELECT g.*, g.person_id <> :person AS inherited, p.given_name, p.family_name, p.known_as,
    p.phone AS their_phone
FROM guardian g LEFT JOIN person p ON p.id = g.guardian_person_id
WHERE g.person_id IN {_RECORDS} ORDER BY inherited, g.person_id, g.id
"""


def access_notes(register: Register, person_id: PersonId) -> AccessNotes:
    """Return what is noted of access and health; joined records' notes follow the own ones."""
    rows = register.rows(
        f"SELECT * FROM person_access WHERE person_id IN {_RECORDS}"
        " ORDER BY person_id <> :person, person_id",
        {"person": person_id},
    )
    days = [row["updated_on"] for row in rows if row["updated_on"]]
    return AccessNotes(
        access_needs="\n".join(dict.fromkeys(r["access_needs"] for r in rows if r["access_needs"])),
        health="\n".join(dict.fromkeys(r["health"] for r in rows if r["health"])),
        updated_on=dt.date.fromisoformat(max(days)) if days else None,
    )


def own_access_notes(register: Register, person_id: PersonId) -> AccessNotes:
    """Return what one record itself notes: for changing it."""
    row = register.row(
        "SELECT * FROM person_access WHERE person_id = :person", {"person": person_id}
    )
    if row is None:
        return AccessNotes()
    day = row["updated_on"]
    return AccessNotes(
        access_needs=row["access_needs"],
        health=row["health"],
        updated_on=dt.date.fromisoformat(day) if day else None,
    )


def keep_access_notes(
    register: Register, person_id: PersonId, notes: AccessNotes, today: dt.date
) -> bool:
    """Keep a record's notes inside a transaction; False when they are so already."""
    before = own_access_notes(register, person_id)
    if (before.access_needs, before.health) == (notes.access_needs, notes.health):
        return False
    if notes.blank:
        register.execute("DELETE FROM person_access WHERE person_id = :id", {"id": person_id})
        return True
    register.execute(
        "INSERT INTO person_access (person_id, access_needs, health, updated_on)"
        " VALUES (:id, :access_needs, :health, :today)"
        " ON CONFLICT (person_id) DO UPDATE SET access_needs = :access_needs, health = :health,"
        " updated_on = :today",
        {
            "id": person_id,
            "access_needs": notes.access_needs,
            "health": notes.health,
            "today": today.isoformat(),
        },
    )
    return True


def emergency_contacts(
    register: Register, person_id: PersonId, *, joined_too: bool = True
) -> tuple[EmergencyContact, ...]:
    """Return whom to ring, in order; those of joined records once, after the own ones."""
    rows = register.rows(_CONTACTS, {"person": person_id})
    found = [
        EmergencyContact(name=row["name"], relationship=row["relationship"], phone=row["phone"])
        for row in rows
        if joined_too or not row["inherited"]
    ]
    return tuple(dict.fromkeys(found)) if joined_too else tuple(found)


def keep_emergency_contacts(
    register: Register, person_id: PersonId, contacts: tuple[EmergencyContact, ...]
) -> bool:
    """Keep a record's emergency contacts inside a transaction; False when they are so already."""
    if contacts == emergency_contacts(register, person_id, joined_too=False):
        return False
    register.execute("DELETE FROM emergency_contact WHERE person_id = :id", {"id": person_id})
    for position, contact in enumerate(contacts, start=1):
        register.insert(
            "emergency_contact",
            {
                "id": register.new_id(),
                "person_id": person_id,
                "position": position,
                "name": contact.name,
                "relationship": contact.relationship,
                "phone": contact.phone,
            },
        )
    return True


def guardians(
    register: Register, person_id: PersonId, *, joined_too: bool = True
) -> tuple[Guardian, ...]:
    """Return the parents and carers of a person, those of joined records after the own ones."""
    rows = register.rows(_GUARDIANS, {"person": person_id})
    return tuple(_guardian(row) for row in rows if joined_too or not row["inherited"])


def keep_guardians(register: Register, person_id: PersonId, wanted: tuple[Guardian, ...]) -> bool:
    """Keep a record's parents and carers inside a transaction; False when they are so already."""
    before = {one.id: one for one in guardians(register, person_id, joined_too=False)}
    kept = {one.id for one in wanted if one.id in before}
    changed = False
    for gone in before.keys() - kept:
        register.execute("DELETE FROM guardian WHERE id = :id", {"id": gone})
        changed = True
    for one in wanted:
        if one.id not in before:
            register.insert(
                "guardian", {"id": register.new_id(), "person_id": person_id, **_columns(one)}
            )
            changed = True
        elif _columns(one) != _columns(before[one.id]):
            register.update("guardian", int(one.id or 0), _columns(one))
            changed = True
    return changed


def children_of(register: Register, person_id: PersonId) -> tuple[tuple[PersonId, str], ...]:
    """Return those whose parent or carer a person is: id and name as listed."""
    rows = register.rows(
        "SELECT DISTINCT c.id, c.given_name, c.family_name, c.known_as, c.sort_key"
        " FROM guardian g JOIN person q ON q.id = g.person_id"
        " JOIN person c ON c.id = COALESCE(q.merged_into, q.id) AND c.binned_at IS NULL"
        f" WHERE g.guardian_person_id IN {_RECORDS} ORDER BY c.sort_key, c.id",
        {"person": person_id},
    )
    return tuple(
        (
            PersonId(row["id"]),
            names.full_name(row["given_name"], row["family_name"], row["known_as"]),
        )
        for row in rows
    )


def _columns(guardian: Guardian) -> dict[str, Any]:
    values: dict[str, Any] = {
        "guardian_person_id": guardian.person_id,
        "name": guardian.name,
        "relationship": guardian.relationship,
        "phone": guardian.phone,
        "email": guardian.email,
        "has_responsibility": int(guardian.has_responsibility),
        "may_collect": int(guardian.may_collect),
    }
    for name in CONSENT_DAYS:
        day = getattr(guardian, name)
        values[name] = day.isoformat() if day else None
    return values


def _guardian(row: Any) -> Guardian:
    days = {name: dt.date.fromisoformat(row[name]) if row[name] else None for name in CONSENT_DAYS}
    in_book = row["guardian_person_id"] is not None
    own_name = in_book and names.full_name(row["given_name"], row["family_name"], row["known_as"])
    return Guardian(
        id=row["id"],
        person_id=row["guardian_person_id"],
        name=row["name"],
        relationship=row["relationship"],
        phone=row["phone"],
        email=row["email"],
        has_responsibility=bool(row["has_responsibility"]),
        may_collect=bool(row["may_collect"]),
        shown_name=own_name or row["name"],
        shown_phone=row["phone"] or (row["their_phone"] if in_book else "") or "",
        **days,
    )
