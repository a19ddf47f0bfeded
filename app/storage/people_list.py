"""The list of people: filtered and put in order by the register itself, read in parts."""

import datetime as dt
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.ages import OLDEST
from app.domain.ids import ActivityId, PersonId, new_id
from app.storage.people import LIST, PersonRow, row_from
from app.storage.register import Register


class Where(StrEnum):
    """Whose records are listed."""

    HERE = "here"
    LEFT = "left"
    EVERYBODY = "everybody"
    BIN = "bin"


class Order(StrEnum):
    """What a list is ordered by; the order of names breaks every tie."""

    NAME = "name"
    KNOWN_AS = "known_as"
    AREA = "area"
    PHONE = "phone"
    POSTCODE = "postcode"
    AGE = "age"
    JOINED = "joined"
    LEFT = "left"
    ADDED = "added"
    LAST_CAME = "last_came"
    TIMES = "times"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which people are wanted in a list, and in which order.

    ``among`` narrows to people found by a slower look; with ``as_given`` their order is kept.
    Ages are those on ``today``: from ``age_from`` up to, not including, ``age_after``.
    """

    today: dt.date
    query: str = ""
    where: Where = Where.HERE
    activity: ActivityId | None = None
    role: str = ""
    age_from: int | None = None
    age_after: int | None = None
    age_unknown: bool = False
    maybe_under: int | None = None
    no_phone: bool = False
    only_name: bool = False
    added_since: dt.date | None = None
    among: tuple[PersonId, ...] | None = None
    as_given: bool = False
    order: Order = Order.NAME
    down: bool = False


# NOT INDEXED: walking the index of names looks every row up by itself, four times slower than one
# reading of the table, wherever more than the first lines are wanted.
_MERGED = "p.merged_into IS NULL"
_WHERE = {
    Where.HERE: f"{_MERGED} AND p.binned_at IS NULL AND p.left_on IS NULL",
    Where.LEFT: f"{_MERGED} AND p.binned_at IS NULL AND p.left_on IS NOT NULL",
    Where.EVERYBODY: f"{_MERGED} AND p.binned_at IS NULL",
    Where.BIN: f"{_MERGED} AND p.binned_at IS NOT NULL",
}
_SEARCH = "p.id IN (SELECT rowid FROM person_search WHERE person_search MATCH :query)"
_ACTIVITY = """p.id IN (
    SELECT COALESCE(q.merged_into, q.id) FROM enrolment e JOIN person q ON q.id = e.person_id
    WHERE e.activity_id = :activity AND e.from_on <= :today
        AND (e.to_on IS NULL OR e.to_on >= :today))"""
_ROLE = """p.id IN (
    SELECT COALESCE(q.merged_into, q.id) FROM person_role r JOIN person q ON q.id = r.person_id
    WHERE r.role = :role AND r.from_on <= :today AND (r.to_on IS NULL OR r.to_on >= :today)
    UNION SELECT COALESCE(q.merged_into, q.id) FROM enrolment e JOIN person q ON q.id = e.person_id
    WHERE e.role = :role AND e.from_on <= :today AND (e.to_on IS NULL OR e.to_on >= :today))"""
_NO_AGE = "p.born_on IS NULL AND p.birth_year IS NULL AND p.age_low IS NULL AND p.age_high IS NULL"
_ONLY_NAME = f"p.phone = '' AND p.email = '' AND p.address = '' AND p.postcode = '' AND {_NO_AGE}"
# As figures/definitions/age.sql: a year's birthday is 1 July, a band moves on by whole years.
_LOW = """CASE WHEN p.born_on IS NOT NULL THEN substr(:today, 1, 4) - substr(p.born_on, 1, 4)
        - (substr(:today, 6) < substr(p.born_on, 6))
    WHEN p.birth_year IS NOT NULL THEN substr(:today, 1, 4) - p.birth_year
        - (substr(:today, 6) < '07-01')
    WHEN p.age_low IS NULL AND p.age_high IS NULL THEN NULL
    ELSE COALESCE(p.age_low, 0) + COALESCE(substr(:today, 1, 4) - substr(p.age_band_on, 1, 4)
        - (substr(:today, 6) < substr(p.age_band_on, 6)), 0) END"""
_HIGH = _LOW.replace("COALESCE(p.age_low, 0) +", "COALESCE(p.age_high, 130) +")

_NAMES = "p.sort_key, p.id"
_ORDERS = {
    Order.KNOWN_AS: "p.known_as = '', p.known_as COLLATE NOCASE {way}",
    Order.AREA: "p.area = '', p.area COLLATE NOCASE {way}",
    Order.PHONE: "p.phone = '', p.phone {way}",
    Order.POSTCODE: "p.postcode = '', p.postcode {way}",
    Order.AGE: f"({_LOW}) IS NULL, ({_LOW}) {{way}}",
    Order.JOINED: "p.joined_on IS NULL, p.joined_on {way}",
    Order.LEFT: "p.left_on IS NULL, p.left_on {way}",
    Order.ADDED: "p.id {way}",
}


def _conditions(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {"today": wanted.today.isoformat()}
    parts = [_WHERE[wanted.where]]

    def also(condition: str, **named: Any) -> None:
        parts.append(condition)
        values.update(named)

    if wanted.query:
        also(_SEARCH, query=wanted.query)
    if wanted.activity is not None:
        also(_ACTIVITY, activity=wanted.activity)
    if wanted.role:
        also(_ROLE, role=wanted.role)
    if wanted.no_phone:
        also("p.phone = ''")
    if wanted.only_name:
        also(_ONLY_NAME)
    if wanted.added_since is not None:
        # The moment of adding is in the id; rows of an import count from one moment on.
        also("p.id >= :since", since=_first_id(wanted.added_since))
    if wanted.among is not None:
        also("p.id IN (SELECT value FROM json_each(:among))", among=json.dumps(wanted.among))
    _add_ages(wanted, also)
    return " AND ".join(parts), values


def _add_ages(wanted: Wanted, also: Any) -> None:
    if wanted.age_unknown:
        also(_NO_AGE)
    if wanted.maybe_under is not None:
        also(f"({_LOW}) < :under", under=wanted.maybe_under)
    if wanted.age_from is not None:
        also(
            f"({_LOW}) >= :age_from AND ({_HIGH}) < :age_after",
            age_from=wanted.age_from,
            age_after=OLDEST if wanted.age_after is None else wanted.age_after,
        )


def _first_id(day: dt.date) -> int:
    moment = dt.datetime.combine(day, dt.time(), dt.UTC)
    return new_id(int(moment.timestamp() * 1000), random_bits=lambda _: 0)


def _order(wanted: Wanted) -> str:
    way = "DESC" if wanted.down else ""
    if wanted.order not in _ORDERS:
        return f"p.sort_key {way}, p.id {way}"
    return f"{_ORDERS[wanted.order].format(way=way)}, {_NAMES}"


_FAR = 2_000
"""Lines after which one reading of the table is quicker than walking the index of names."""


def _indexed(wanted: Wanted, offset: int = 0) -> str:
    if wanted.query or wanted.among is not None or wanted.activity is not None or wanted.role:
        return ""
    rare = wanted.where is Where.BIN or wanted.only_name or wanted.added_since is not None
    walks = wanted.order is Order.NAME and not rare and offset < _FAR
    return "" if walks else "NOT INDEXED"


def page(register: Register, wanted: Wanted, *, limit: int, offset: int) -> tuple[PersonRow, ...]:
    """Return one part of the list."""
    if wanted.among is not None and wanted.as_given:
        return by_ids(register, wanted.among[offset : offset + limit])
    conditions, values = _conditions(wanted)
    sql = (
        f"{LIST} {_indexed(wanted, offset)} WHERE {conditions} ORDER BY {_order(wanted)}"
        " LIMIT :limit OFFSET :skip"
    )
    rows = register.rows(sql, {**values, "limit": limit, "skip": offset})
    return tuple(row_from(row) for row in rows)


def ids(
    register: Register, wanted: Wanted, *, limit: int = -1, offset: int = 0
) -> tuple[PersonId, ...]:
    """Return the ids of the list, or of a part of it, in its order."""
    if wanted.among is not None and wanted.as_given:
        last = None if limit < 0 else offset + limit
        return wanted.among[offset:last]
    conditions, values = _conditions(wanted)
    sql = (
        f"SELECT p.id FROM person p {_indexed(wanted, _FAR)} WHERE {conditions}"
        f" ORDER BY {_order(wanted)} LIMIT :limit OFFSET :skip"
    )
    rows = register.rows(sql, {**values, "limit": limit, "skip": offset})
    return tuple(PersonId(row[0]) for row in rows)


def count(register: Register, wanted: Wanted) -> int:
    """Return how long the list is."""
    if wanted.among is not None and wanted.as_given:
        return len(wanted.among)
    conditions, values = _conditions(wanted)
    return int(register.value(f"SELECT count(*) FROM person p WHERE {conditions}", values))


def by_ids(register: Register, wanted: tuple[PersonId, ...]) -> tuple[PersonRow, ...]:
    """Return the lines of some people, in the order asked for."""
    rows = register.rows(
        f"{LIST} WHERE p.id IN (SELECT value FROM json_each(:ids))", {"ids": json.dumps(wanted)}
    )
    found = {row["id"]: row_from(row) for row in rows}
    return tuple(found[person] for person in wanted if person in found)


_RECORDS = """WITH record AS (
    SELECT id, id AS person FROM person WHERE id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT id, merged_into FROM person
    WHERE merged_into IN (SELECT value FROM json_each(:ids)))
"""
"""Every record of some people: their own, and those that were joined to it."""


def activities_of(register: Register, people: tuple[int, ...], today: dt.date) -> dict[int, str]:
    """Return the names of the activities each of some people is on now, in one text."""
    sql = f"""{_RECORDS} SELECT person, group_concat(name, ', ') AS names FROM (
        SELECT DISTINCT r.person, a.name FROM record r JOIN enrolment e ON e.person_id = r.id
        JOIN activity a ON a.id = e.activity_id AND a.binned_at IS NULL
        WHERE e.from_on <= :today AND (e.to_on IS NULL OR e.to_on >= :today)
        ORDER BY r.person, a.name COLLATE NOCASE) GROUP BY person"""
    values = {"ids": json.dumps(people), "today": today.isoformat()}
    return {row["person"]: row["names"] for row in register.rows(sql, values)}


def roles_of(
    register: Register, people: tuple[int, ...], today: dt.date
) -> dict[int, tuple[str, ...]]:
    """Return the roles each of some people has now."""
    sql = f"""{_RECORDS}
        SELECT r.person, o.role FROM record r JOIN person_role o ON o.person_id = r.id
        WHERE o.from_on <= :today AND (o.to_on IS NULL OR o.to_on >= :today)
        UNION SELECT r.person, e.role FROM record r JOIN enrolment e ON e.person_id = r.id
        WHERE e.from_on <= :today AND (e.to_on IS NULL OR e.to_on >= :today)"""
    values = {"ids": json.dumps(people), "today": today.isoformat()}
    found: dict[int, tuple[str, ...]] = {}
    for row in register.rows(sql, values):
        found[row["person"]] = (*found.get(row["person"], ()), row["role"])
    return found


_HERE = ("present", "late")
_RECENT = """
WITH held AS (
    SELECT session_id, session_on, row_number() OVER (
            ORDER BY session_on DESC, COALESCE(start_time, '') DESC, session_id) AS place
    FROM session_counted
    WHERE activity_id = :activity AND state = 'held' AND session_on <= :today
    ORDER BY session_on DESC, COALESCE(start_time, '') DESC, session_id LIMIT :reach
)
SELECT h.place, h.session_on, COALESCE(p.merged_into, p.id) AS person_id, m.mark
FROM held h
LEFT JOIN attendance m ON m.session_id = h.session_id
LEFT JOIN person p ON p.id = m.person_id
ORDER BY h.place
"""
_ON_IT = """
SELECT COALESCE(p.merged_into, p.id) AS person_id, MIN(e.from_on) AS from_on
FROM enrolment e JOIN person p ON p.id = e.person_id
WHERE e.activity_id = :activity AND e.from_on <= :today AND (e.to_on IS NULL OR e.to_on >= :today)
GROUP BY 1
"""


def missed_at(
    register: Register, activity: ActivityId, today: dt.date, *, reach: int
) -> dict[int, int]:
    """Return, for each person on an activity now, the held sessions in a row they did not come to.

    Apologies are passed over, and sessions from before somebody was put on it are not held
    against them; it looks ``reach`` sessions back.
    """
    values = {"activity": activity, "today": today.isoformat()}
    sessions: dict[int, tuple[str, dict[int, str]]] = {}
    for row in register.rows(_RECENT, {**values, "reach": reach}):
        marks = sessions.setdefault(row["place"], (row["session_on"], {}))[1]
        if row["person_id"] is not None and marks.get(row["person_id"]) not in _HERE:
            marks[row["person_id"]] = row["mark"]
    found: dict[int, int] = {}
    for row in register.rows(_ON_IT, values):
        away = 0
        for day, marks in sessions.values():
            mark = marks.get(row["person_id"])
            if mark in _HERE or day < row["from_on"]:
                break
            away += mark != "apology"
        found[row["person_id"]] = away
    return found


_AGREED = """
SELECT COALESCE(q.merged_into, q.id) AS person_id, c.given, c.withdrawn_on
FROM consent c JOIN person q ON q.id = c.person_id
WHERE c.purpose = :purpose AND c.person_id BETWEEN :first AND :last
ORDER BY c.asked_on, c.id
"""


def agreed_between(
    register: Register, purpose: str, first: int, last: int
) -> tuple[frozenset[int], frozenset[int]]:
    """Return who of the records ``first`` to ``last`` agrees to a purpose now, and who does not.

    The answer that counts is the newest.
    """
    standing: dict[int, bool] = {}
    values = {"purpose": purpose, "first": first, "last": last}
    for row in register.rows(_AGREED, values):
        standing[row["person_id"]] = bool(row["given"]) and row["withdrawn_on"] is None
    return (
        frozenset(person for person, agreed in standing.items() if agreed),
        frozenset(person for person, agreed in standing.items() if not agreed),
    )
