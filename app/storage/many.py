"""The same change to many people, each in one statement, inside a transaction."""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from app.domain.ids import ActivityId, PersonId
from app.storage.bulk import fill
from app.storage.register import Register

_PEOPLE = "(SELECT value FROM json_each(:people))"
_RECORDS = f"(SELECT id FROM person WHERE id IN {_PEOPLE} OR merged_into IN {_PEOPLE})"

Ids = Collection[PersonId]


class Those(StrEnum):
    """Which of some people a change is about, as a condition on their rows."""

    ALL = "TRUE"
    IN_ANOTHER_AREA = "p.area <> :area"
    NOT_LEFT = "p.left_on IS NULL"
    JOINED_LATER = "p.left_on IS NULL AND p.joined_on > :day"
    IN_THE_BIN = "p.binned_at IS NOT NULL"
    NOT_IN_THE_BIN = "p.binned_at IS NULL"


def among(register: Register, ids: Ids, those: Those, **values: str) -> tuple[PersonId, ...]:
    """Return those of some people that a change is about, in the order given; only ids are read."""
    rows = register.rows(
        "SELECT p.id FROM json_each(:people) AS given CROSS JOIN person p ON p.id = given.value"
        f" WHERE {those.value} ORDER BY given.key",
        {**values, "people": _json(ids)},
    )
    return tuple(PersonId(row[0]) for row in rows)


def changes(register: Register) -> int:
    """Return a number that is another one after any change made through this register."""
    return int(register.value("SELECT total_changes()"))


def set_area(register: Register, ids: Ids, area: str) -> None:
    """Give people an area."""
    _set(register, ids, {"area": area})


def set_binned(register: Register, ids: Ids, at: str | None) -> None:
    """Put people in the bin, or (None) take them out."""
    _set(register, ids, {"binned_at": at})


def leave(register: Register, ids: Ids, last: dt.date, reason: str) -> None:
    """Let people leave on a day: off every activity, waiting list and role."""
    day = last.isoformat()
    _set(register, ids, {"left_on": day, "left_reason": reason})
    take_off(register, ids, None, last)
    values = {"people": _json(ids), "last": day}
    register.execute(
        "UPDATE waiting_place SET to_on = max(from_on, :last), outcome = 'gave_up'"
        f" WHERE person_id IN {_RECORDS} AND to_on IS NULL",
        values,
    )
    register.execute(
        "UPDATE person_role SET to_on = max(from_on, :last)"
        f" WHERE person_id IN {_RECORDS} AND (to_on IS NULL OR to_on > :last)",
        values,
    )


def put_on(register: Register, ids: Ids, activity: ActivityId, role: str, day: dt.date) -> None:
    """Put people on an activity from a day on; they must not be on it."""
    columns = ("id", "person_id", "activity_id", "role", "from_on")
    rows = zip(register.new_ids(len(ids)), ids, strict=True)
    same = (activity, role, day.isoformat())
    fill(register, "enrolment", columns, [(*row, *same) for row in rows])


def take_off(register: Register, ids: Ids, activity: ActivityId | None, last: dt.date) -> None:
    """End people's time on an activity (or on all) with a last day; what begins later never does."""
    values = {"people": _json(ids), "last": last.isoformat(), "activity": activity}
    theirs = f"person_id IN {_RECORDS}{' AND activity_id = :activity' if activity else ''}"
    register.execute(f"DELETE FROM enrolment WHERE {theirs} AND from_on > :last", values)
    register.execute(
        f"UPDATE enrolment SET to_on = :last WHERE {theirs}"
        " AND from_on <= :last AND (to_on IS NULL OR to_on > :last)",
        values,
    )


def _set(register: Register, ids: Ids, values: Mapping[str, Any]) -> None:
    sets = ", ".join(f"{name} = :{name}" for name in values)
    sql = f"UPDATE person SET {sets} WHERE id IN {_PEOPLE}"
    register.execute(sql, {**values, "people": _json(ids)})


def _json(ids: Ids) -> str:
    return json.dumps(list(ids))
