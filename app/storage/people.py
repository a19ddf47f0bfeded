"""People: rows in, frozen records out."""

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from app.domain import names
from app.domain.ids import PersonId
from app.domain.people import DRAFT_FIELDS, Person, PersonDraft
from app.storage.register import Register

_DATES = frozenset({"born_on", "age_band_on", "joined_on", "left_on"})
_COLUMNS = ", ".join(f"p.{name}" for name in DRAFT_FIELDS)

_ALIVE = "p.merged_into IS NULL AND p.binned_at IS NULL"
LIST = """
SELECT p.id, p.given_name, p.family_name, p.known_as, p.own_script_name, p.phone, p.postcode,
    p.area, p.joined_on, p.left_on, p.what_helps, p.email, p.born_on, p.birth_year, p.age_low,
    p.age_high, p.age_band_on, p.binned_at, p.merged_into
FROM person p
"""
# From the people to their marks: the view attendance_counted asked by person reads every mark.
_LAST_SEEN = """
WITH record AS (
    SELECT id, id AS person FROM person WHERE id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT id, merged_into FROM person
    WHERE merged_into IN (SELECT value FROM json_each(:ids)))
SELECT c.person, MAX(s.session_on) AS last_on, COUNT(DISTINCT s.id) AS times
FROM record c CROSS JOIN attendance m ON m.person_id = c.id CROSS JOIN session s ON s.id = m.session_id
WHERE m.mark IN ('present', 'late') AND m.role = 'participant'
    AND s.binned_at IS NULL AND s.state <> 'cancelled'
GROUP BY c.person
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A line of the people list."""

    id: PersonId
    given_name: str = field(repr=False)
    family_name: str = field(repr=False)
    known_as: str = field(repr=False)
    own_script_name: str = field(repr=False)
    phone: str = field(repr=False)
    postcode: str = field(repr=False)
    area: str = field(repr=False)
    joined_on: dt.date | None
    left_on: dt.date | None
    what_helps: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    born_on: dt.date | None = field(default=None, repr=False)
    birth_year: int | None = field(default=None, repr=False)
    age_low: int | None = field(default=None, repr=False)
    age_high: int | None = field(default=None, repr=False)
    age_band_on: dt.date | None = field(default=None, repr=False)
    binned: bool = False
    joined: bool = False
    """Whether it stands under another record."""

    @property
    def list_name(self) -> str:
        """The name as on a register: Begum, Shaheda."""
        return names.list_name(self.given_name, self.family_name, self.known_as)

    @property
    def full_name(self) -> str:
        """The name as spoken: Shaheda Begum."""
        return names.full_name(self.given_name, self.family_name, self.known_as)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def row_from(row: Any) -> PersonRow:
    """Return the record of a line of the list."""
    return PersonRow(
        id=row["id"],
        given_name=row["given_name"],
        family_name=row["family_name"],
        known_as=row["known_as"],
        own_script_name=row["own_script_name"],
        phone=row["phone"],
        postcode=row["postcode"],
        area=row["area"],
        joined_on=_day(row["joined_on"]),
        left_on=_day(row["left_on"]),
        what_helps=row["what_helps"],
        email=row["email"],
        born_on=_day(row["born_on"]),
        birth_year=row["birth_year"],
        age_low=row["age_low"],
        age_high=row["age_high"],
        age_band_on=_day(row["age_band_on"]),
        binned=row["binned_at"] is not None,
        joined=row["merged_into"] is not None,
    )


def columns_of(draft: PersonDraft) -> dict[str, Any]:
    """Return a draft's values as columns, with the keys that order and find the person."""
    values: dict[str, Any] = {}
    for name in DRAFT_FIELDS:
        value = getattr(draft, name)
        values[name] = value.isoformat() if name in _DATES and value else value
    values["sort_key"] = names.sort_key(draft.given_name, draft.family_name, draft.known_as)
    values["search_text"] = names.search_text(
        names=(draft.given_name, draft.family_name, draft.known_as, draft.own_script_name),
        phone=draft.phone,
        postcode=draft.postcode,
    )
    return values


def listed(
    register: Register, *, limit: int, offset: int = 0, left_too: bool = False
) -> tuple[PersonRow, ...]:
    """Return people in order, the bin and merged records left out."""
    gone = "" if left_too else " AND p.left_on IS NULL"
    sql = f"{LIST} WHERE {_ALIVE}{gone} ORDER BY p.sort_key, p.id LIMIT :limit OFFSET :skip"
    values = {"limit": limit, "skip": offset}
    return tuple(row_from(row) for row in register.rows(sql, values))


def found(
    register: Register, query: str, *, limit: int, offset: int = 0, left_too: bool = True
) -> tuple[PersonRow, ...]:
    """Return people whose names, phone or postcode begin with the words of an FTS5 query."""
    gone = "" if left_too else " AND p.left_on IS NULL"
    sql = (
        f"{LIST} WHERE p.id IN (SELECT rowid FROM person_search WHERE person_search MATCH :query)"
        f" AND {_ALIVE}{gone} ORDER BY p.sort_key, p.id LIMIT :limit OFFSET :skip"
    )
    values = {"query": query, "limit": limit, "skip": offset}
    return tuple(row_from(row) for row in register.rows(sql, values))


def count(register: Register, query: str = "", *, left_too: bool = False) -> int:
    """Return how many people a list or search would show without a limit."""
    gone = "" if left_too else " AND p.left_on IS NULL"
    match = (
        " AND p.id IN (SELECT rowid FROM person_search WHERE person_search MATCH :query)"
        if query
        else ""
    )
    sql = f"SELECT count(*) FROM person p WHERE {_ALIVE}{gone}{match}"
    return int(register.value(sql, {"query": query}))


def seen(register: Register, ids: tuple[PersonId, ...]) -> dict[int, tuple[dt.date, int]]:
    """Return, for some people, the last day they came and how often they ever did."""
    rows = register.rows(_LAST_SEEN, {"ids": json.dumps(list(ids))})
    return {r["person"]: (dt.date.fromisoformat(r["last_on"]), r["times"]) for r in rows}


def get(register: Register, person_id: PersonId) -> Person | None:
    """Return a person, also from the bin, or None."""
    row = register.row(
        f"SELECT p.id, p.binned_at, p.merged_into, p.anonymised_at, {_COLUMNS} FROM person p"
        " WHERE p.id = :id",
        {"id": person_id},
    )
    if row is None:
        return None
    values: dict[str, Any] = {n: _day(row[n]) if n in _DATES else row[n] for n in DRAFT_FIELDS}
    return Person(
        id=row["id"],
        binned=row["binned_at"] is not None,
        merged_into=row["merged_into"],
        nameless=row["anonymised_at"] is not None,
        **values,
    )


def add(
    register: Register,
    draft: PersonDraft,
    import_id: int | None = None,
    *,
    person_id: PersonId | None = None,
) -> PersonId:
    """Add a person inside a transaction, under a fresh id that may be given; return the id."""
    person_id = person_id or PersonId(register.new_id())
    values = {"id": person_id, **columns_of(draft), "import_id": import_id}
    register.insert("person", values)
    return person_id


def change(register: Register, person_id: PersonId, draft: PersonDraft) -> None:
    """Change a person's details inside a transaction."""
    register.update("person", person_id, columns_of(draft))


def set_binned(register: Register, person_id: PersonId, at: str | None) -> None:
    """Put a person in the bin, or (None) take them out, inside a transaction."""
    register.update("person", person_id, {"binned_at": at})


def set_left(register: Register, person_id: PersonId, day: dt.date | None, reason: str) -> None:
    """Say when and why a person left, or (None) that they have not, inside a transaction."""
    values = {"left_on": day.isoformat() if day else None, "left_reason": reason}
    register.update("person", person_id, values)


def names_of(register: Register, ids: Collection[PersonId]) -> dict[PersonId, str]:
    """Return the names of some people as spoken."""
    rows = register.rows(
        "SELECT id, given_name, family_name, known_as FROM person"
        " WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(list(ids))},
    )
    return {
        PersonId(row["id"]): names.full_name(row["given_name"], row["family_name"], row["known_as"])
        for row in rows
    }


def every_id(register: Register) -> tuple[PersonId, ...]:
    """Return the ids of every record there is, joined ones and the bin too."""
    return tuple(PersonId(row[0]) for row in register.rows("SELECT id FROM person"))


def areas(register: Register) -> tuple[str, ...]:
    """Return the areas in use, the commonest first."""
    rows = register.rows(
        "SELECT area FROM person WHERE area <> '' GROUP BY area ORDER BY count(*) DESC, area"
    )
    return tuple(row[0] for row in rows)
