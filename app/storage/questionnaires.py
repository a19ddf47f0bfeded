"""Printed piles of questionnaires, people's codes, and who is due to be asked."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.ids import PersonId
from app.domain.names import list_name
from app.storage import people
from app.storage.people import PersonRow
from app.storage.register import Register

# Marks by the records they stand under: of joined ones the caller makes one, as to look up the person
# of each mark takes twice as long, and finds the same days.
_COUNTS = """s.binned_at IS NULL AND s.state <> 'cancelled'
    AND m.role = 'participant' AND m.mark IN ('present', 'late')"""
_CAME_LATELY = f"""
SELECT m.person_id, min(s.session_on), max(s.session_on)
FROM session s CROSS JOIN attendance m ON m.session_id = s.id
WHERE s.session_on BETWEEN :since AND :until AND {_COUNTS}
GROUP BY m.person_id
"""
_RECORDS = "(SELECT id FROM person WHERE id = :person OR merged_into = :person)"
_CAME_ONE = f"""
SELECT :person, min(s.session_on), max(s.session_on)
FROM attendance m CROSS JOIN session s ON s.id = m.session_id
WHERE m.person_id IN {_RECORDS} AND s.session_on BETWEEN :since AND :until AND {_COUNTS}
HAVING count(*) > 0
"""
# Declined and not asked are an answer to "was it done": nobody is asked again for them.
_ASKED = """
SELECT k.id, max(r.answered_on),
    min(CASE WHEN r.state = 'answered' THEN r.answered_on END)
FROM response r
JOIN person p ON p.id = r.person_id
JOIN person k ON k.id = COALESCE(p.merged_into, p.id)
WHERE r.measure = :measure AND r.binned_at IS NULL AND k.binned_at IS NULL
"""
_ASKABLE = """
SELECT id, given_name, family_name, known_as, born_on, birth_year, age_low, age_high, age_band_on
FROM person
WHERE id IN (SELECT value FROM json_each(:ids)) AND merged_into IS NULL AND binned_at IS NULL
    AND (left_on IS NULL OR left_on > :today)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Askable:
    """What must be known of somebody to say whether and in which order they are asked."""

    name: str = field(repr=False)
    """As the list of people has it, in small letters."""
    born_on: dt.date | None = field(repr=False)
    birth_year: int | None = field(repr=False)
    age_low: int | None = field(repr=False)
    age_high: int | None = field(repr=False)
    age_band_on: dt.date | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPile:
    """A pile of printed questionnaires; ``people`` in the order in which they were printed."""

    id: int
    measure: str
    printed_at: dt.datetime
    large_print: bool
    people: tuple[PersonId, ...]
    entered: int = 0


def came_lately(
    register: Register, since: dt.date, until: dt.date, person_id: PersonId | None = None
) -> list[tuple[PersonId, str, str]]:
    """Return the records of who came from a day to another, with the first and last, as in the book.

    The bin's too; of one person, joined records are one already.
    """
    values = {"since": since.isoformat(), "until": until.isoformat(), "person": person_id}
    sql = _CAME_LATELY if person_id is None else _CAME_ONE
    return [(PersonId(row[0]), row[1], row[2]) for row in register.rows(sql, values)]


def joined(register: Register) -> dict[PersonId, PersonId]:
    """Return the records that were joined to another, with the one that was kept."""
    rows = register.rows("SELECT id, merged_into FROM person WHERE merged_into IS NOT NULL")
    return {PersonId(row[0]): PersonId(row[1]) for row in rows}


def asked(
    register: Register, measure: str, person_id: PersonId | None = None
) -> list[tuple[PersonId, str, str | None]]:
    """Return who was ever asked a measure, when last, and when they first answered it, if ever.

    Joined records are one; days are as in the book.
    """
    one = "" if person_id is None else f" AND r.person_id IN {_RECORDS}"
    values = {"measure": measure, "person": person_id}
    rows = register.rows(f"{_ASKED}{one} GROUP BY k.id", values)
    return [(PersonId(row[0]), row[1], row[2]) for row in rows]


def askable(register: Register, ids: Sequence[PersonId], today: dt.date) -> dict[PersonId, Askable]:
    """Return those who count and have not left, by id."""
    values = {"ids": json.dumps(list(ids)), "today": today.isoformat()}
    return {
        PersonId(row[0]): Askable(
            name=list_name(row[1], row[2], row[3]).casefold(),
            born_on=_day(row[4]) if row[4] else None,
            birth_year=row[5],
            age_low=row[6],
            age_high=row[7],
            age_band_on=_day(row[8]) if row[8] else None,
        )
        for row in register.rows(_ASKABLE, values)
    }


def are_many(register: Register, most: int) -> bool:
    """Return whether the book knows more than so many people."""
    few = "SELECT count(*) FROM (SELECT 1 FROM person LIMIT :most + 1)"
    return bool(register.value(few, {"most": most}) > most)


def persons(register: Register, ids: Sequence[PersonId]) -> dict[PersonId, PersonRow]:
    """Return lines of the people list by id, for those who count."""
    rows = register.rows(
        f"{people.LIST} WHERE p.id IN (SELECT value FROM json_each(:ids))"
        " AND p.merged_into IS NULL AND p.binned_at IS NULL",
        {"ids": json.dumps(list(ids))},
    )
    return {PersonId(row["id"]): people.row_from(row) for row in rows}


def codes(register: Register, ids: Sequence[PersonId]) -> dict[PersonId, str]:
    """Return the codes of those who have one."""
    rows = register.rows(
        "SELECT person_id, code FROM person_code"
        " WHERE person_id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(list(ids))},
    )
    return {PersonId(row[0]): row[1] for row in rows}


def every_code(register: Register) -> frozenset[str]:
    """Return the codes that are given out."""
    return frozenset(row[0] for row in register.rows("SELECT code FROM person_code"))


def person_of_code(register: Register, code: str) -> PersonId | None:
    """Return whose code it is, the kept record's where two were joined, or None."""
    found = register.value(
        "SELECT COALESCE(p.merged_into, p.id) FROM person_code c JOIN person p ON p.id = c.person_id"
        " WHERE c.code = :code",
        {"code": code.strip().upper()},
    )
    return PersonId(found) if found is not None else None


def give_code(register: Register, person_id: PersonId, code: str) -> None:
    """Give somebody a code, inside a transaction."""
    register.insert("person_code", {"person_id": person_id, "code": code})


def begin_pile(register: Register, print_id: int, measure: str, *, large_print: bool) -> None:
    """Note a pile that is printed, inside a transaction; its sheets are added after it."""
    row = {"id": print_id, "measure": measure, "printed_at": register.stamp()}
    register.insert("questionnaire_print", {**row, "large_print": int(large_print)})


def add_to_pile(register: Register, print_id: int, ids: Sequence[PersonId], first: int) -> None:
    """Note sheets of a pile in their printed order, from the ``first`` place on."""
    register.execute_many(
        "INSERT INTO questionnaire_row (print_id, row, person_id) VALUES (?, ?, ?)",
        [(print_id, place, person) for place, person in enumerate(ids, start=first)],
    )


def pile(register: Register, print_id: int) -> PrintedPile | None:
    """Return a printed pile, or None."""
    row = register.row("SELECT * FROM questionnaire_print WHERE id = :id", {"id": print_id})
    return _pile(register, row) if row else None


def piles(register: Register, limit: int) -> tuple[PrintedPile, ...]:
    """Return printed piles, the newest first."""
    rows = register.rows(
        "SELECT * FROM questionnaire_print ORDER BY id DESC LIMIT :limit", {"limit": limit}
    )
    return tuple(_pile(register, row) for row in rows)


def _pile(register: Register, row: Any) -> PrintedPile:
    people_of = register.rows(
        "SELECT COALESCE(p.merged_into, p.id) FROM questionnaire_row q"
        " JOIN person p ON p.id = q.person_id WHERE q.print_id = :id ORDER BY q.row",
        {"id": row["id"]},
    )
    entered = register.value(
        "SELECT count(*) FROM response WHERE print_id = :id AND binned_at IS NULL",
        {"id": row["id"]},
    )
    return PrintedPile(
        id=row["id"],
        measure=row["measure"],
        printed_at=dt.datetime.fromisoformat(row["printed_at"]),
        large_print=bool(row["large_print"]),
        people=tuple(PersonId(one[0]) for one in people_of),
        entered=entered,
    )


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
