"""Printed piles of questionnaires, people's codes, and who is due to be asked."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.ids import PersonId
from app.domain.outcomes import PAIR_DAYS
from app.storage import people
from app.storage.people import PersonRow
from app.storage.register import Register

_CAME_LATELY = """
SELECT person_id, min(session_on) AS first_on, max(session_on) AS last_on
FROM attendance_counted
WHERE session_on BETWEEN :since AND :today
GROUP BY person_id
"""
# Declined and not asked are an answer to "was it done": nobody is asked again for them.
_ASKED = """
SELECT k.id AS person_id, min(r.answered_on) AS asked_on, max(r.answered_on) AS last_on,
    min(CASE WHEN r.state = 'answered' THEN r.answered_on END) AS answered_on
FROM response r
JOIN person p ON p.id = r.person_id
JOIN person k ON k.id = COALESCE(p.merged_into, p.id)
WHERE r.measure = :measure AND r.binned_at IS NULL AND k.binned_at IS NULL
GROUP BY k.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """When somebody was first and last asked a measure, and first answered it."""

    person_id: PersonId
    asked_on: dt.date
    last_on: dt.date
    answered_on: dt.date | None

    @property
    def followed_up(self) -> bool:
        """Whether they were asked again far enough from their first answers."""
        if self.answered_on is None:
            return False
        return (self.last_on - self.answered_on).days >= PAIR_DAYS


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
    register: Register, since: dt.date, today: dt.date
) -> dict[PersonId, tuple[dt.date, dt.date]]:
    """Return who came from a day on, with the first and last day on which they did."""
    values = {"since": since.isoformat(), "today": today.isoformat()}
    return {
        PersonId(row["person_id"]): (_day(row["first_on"]), _day(row["last_on"]))
        for row in register.rows(_CAME_LATELY, values)
    }


def asked(register: Register, measure: str) -> dict[PersonId, Asked]:
    """Return who was ever asked a measure, by person; joined records as one."""
    return {
        PersonId(row["person_id"]): Asked(
            person_id=PersonId(row["person_id"]),
            asked_on=_day(row["asked_on"]),
            last_on=_day(row["last_on"]),
            answered_on=_day(row["answered_on"]) if row["answered_on"] else None,
        )
        for row in register.rows(_ASKED, {"measure": measure})
    }


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


def keep_pile(
    register: Register, measure: str, ids: Sequence[PersonId], *, large_print: bool
) -> int:
    """Note a pile in its printed order, inside a transaction."""
    print_id = register.new_id()
    row = {"id": print_id, "measure": measure, "printed_at": register.stamp()}
    register.insert("questionnaire_print", {**row, "large_print": int(large_print)})
    register.execute_many(
        "INSERT INTO questionnaire_row (print_id, row, person_id) VALUES (?, ?, ?)",
        [(print_id, place, person) for place, person in enumerate(ids, start=1)],
    )
    return print_id


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
