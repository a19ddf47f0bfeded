"""The list of referrals: filtered and put in order by the register itself, read in parts."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.domain import names
from app.domain.ids import ActivityId, AgreementId, PersonId, ReferralId, ReferrerId, WorkerId
from app.domain.referrals import TO_ANSWER, State, Step
from app.domain.reply_clock import Clock, clock_on
from app.storage.referral_states import answered_sql, said_sql, states_sql
from app.storage.register import Register


class Order(StrEnum):
    """What a list of referrals is ordered by; the newest first breaks every tie."""

    RECEIVED = "received"
    NAME = "name"
    SOURCE = "source"
    ACTIVITY = "activity"
    STATE = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedReferrals:
    """Which referrals are wanted in a list, and in which order.

    ``query`` is one of the full-text index of people, ``typed`` what else may match: the
    organisation, the worker or the reference.
    """

    states: frozenset[State] = frozenset()
    query: str = ""
    typed: str = ""
    source_type: str = ""
    referrer: ReferrerId | None = None
    worker: WorkerId | None = None
    activity: ActivityId | None = None
    agreement: AgreementId | None = None
    person: PersonId | None = None
    reason: str = ""
    who_pays: str = ""
    received_from: dt.date | None = None
    received_to: dt.date | None = None
    bin: bool = False
    order: Order = Order.RECEIVED
    down: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRow:
    """A line of the list of referrals, or a card of its columns."""

    id: ReferralId
    person_id: PersonId
    full_name: str = field(repr=False)
    list_name: str = field(repr=False)
    state: State
    state_on: dt.date
    """The day of the newest step, or of the receipt; the register's days are not in it."""
    reason: str
    received_on: dt.date
    answered_on: dt.date | None
    clock: Clock
    source_type: str
    referrer_id: ReferrerId | None
    referrer: str
    worker: str = field(repr=False)
    activity_id: ActivityId | None
    activity: str
    channel: str
    reference: str = field(repr=False)
    who_pays: str
    report_back: str
    tries: int
    """Times they were tried in vain since anybody spoke with them."""
    came_first_on: dt.date | None
    came_last_on: dt.date | None
    came_times: int
    binned: bool = False


_FROM = """
FROM referral r
JOIN person p ON p.id = r.person_id
JOIN person k ON k.id = COALESCE(p.merged_into, p.id)
"""
_BINNED = "r.binned_at IS NOT NULL"
_COUNTED = "r.binned_at IS NULL AND k.binned_at IS NULL"
_TYPED = """(
    r.reference LIKE :typed ESCAPE '!'
    OR r.referrer_id IN (SELECT id FROM referrer WHERE name LIKE :within ESCAPE '!')
    OR r.worker_id IN (SELECT id FROM referrer_worker WHERE name LIKE :within ESCAPE '!'))"""
_FOUND = "SELECT rowid FROM person_search WHERE person_search MATCH :query"
_BROAD = 1_000
"""So many people are found by half a word; then the list is walked, as the first of it are near."""
_BY_PERSON = f"""
SELECT f.id FROM referral f WHERE f.person_id IN (
    SELECT id FROM person WHERE merged_into IS NULL AND id IN ({_FOUND})
    UNION ALL SELECT id FROM person WHERE merged_into IN ({_FOUND}))"""
_BY_WORDS = """
SELECT id FROM referral WHERE reference LIKE :typed ESCAPE '!'
UNION ALL SELECT id FROM referral
    WHERE referrer_id IN (SELECT id FROM referrer WHERE name LIKE :within ESCAPE '!')
UNION ALL SELECT id FROM referral
    WHERE worker_id IN (SELECT id FROM referrer_worker WHERE name LIKE :within ESCAPE '!')"""
_MINE = "r.person_id IN (SELECT id FROM person WHERE id = :person OR merged_into = :person)"
_ORDERS = {
    Order.RECEIVED: "r.received_on {way}",
    Order.NAME: "k.sort_key {way}",
    Order.SOURCE: "(SELECT name FROM referrer o WHERE o.id = r.referrer_id) IS NULL,"
    " (SELECT name FROM referrer o WHERE o.id = r.referrer_id) COLLATE NOCASE {way}",
    Order.ACTIVITY: "(SELECT name FROM activity a WHERE a.id = r.activity_id) IS NULL,"
    " (SELECT name FROM activity a WHERE a.id = r.activity_id) COLLATE NOCASE {way}",
}


def like(typed: str) -> str:
    """Return what was typed with LIKE's own signs taken as letters; ``!`` escapes."""
    return typed.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _conditions(register: Register, wanted: WantedReferrals) -> tuple[str, dict[str, Any]]:
    parts = [_BINNED if wanted.bin else _COUNTED]
    values: dict[str, Any] = {}
    exact = (
        ("r.source_type = :source_type", "source_type", wanted.source_type),
        ("r.referrer_id = :referrer", "referrer", wanted.referrer),
        ("r.worker_id = :worker", "worker", wanted.worker),
        ("r.activity_id = :activity", "activity", wanted.activity),
        ("r.agreement_id = :agreement", "agreement", wanted.agreement),
        (_MINE, "person", wanted.person),
        ("r.who_pays = :who_pays", "who_pays", wanted.who_pays),
        ("r.id IN (SELECT referral_id FROM referral_reason WHERE reason = :reason)", "reason", wanted.reason),
        ("r.received_on >= :from", "from", _iso(wanted.received_from)),
        ("r.received_on <= :to", "to", _iso(wanted.received_to)),
    )  # fmt: skip
    for condition, name, value in exact:
        if value:
            parts.append(condition)
            values[name] = value
    if wanted.typed:
        values["typed"] = f"{like(wanted.typed)}%"
        values["within"] = f"%{like(wanted.typed)}%"
    if wanted.query:
        values["query"] = wanted.query
    if wanted.query or wanted.typed:
        parts.append(_searched(register, wanted))
    return " AND ".join(parts), values


def _searched(register: Register, wanted: WantedReferrals) -> str:
    """Return the condition of what was typed: few are looked up, of many each is looked at."""
    people = f"{_FOUND} LIMIT {_BROAD}"
    if wanted.query and len(register.rows(people, {"query": wanted.query})) == _BROAD:
        either = (f"k.id IN ({_FOUND})", *([_TYPED] if wanted.typed else []))
        return f"({' OR '.join(either)})"
    ways = (*([_BY_PERSON] if wanted.query else []), *([_BY_WORDS] if wanted.typed else []))
    return f"r.id IN ({' UNION ALL '.join(ways)})"


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


_SLIM = "SELECT r.id AS referral_id, k.id AS person_id, r.received_on"


def _in_states(where: str, states: frozenset[State]) -> str:
    """Return the query of those of what is wanted that are in some states."""
    return states_sql(":day", f"({_SLIM} {_FROM} WHERE {where})", states)


def _chosen(
    register: Register, wanted: WantedReferrals, day: dt.date
) -> tuple[str, dict[str, Any]]:
    where, values = _conditions(register, wanted)
    if wanted.states:
        values["day"] = day.isoformat()
        inside = f"SELECT referral_id FROM ({_in_states(where, wanted.states)})"
        where = f"{where} AND r.id IN ({inside})"
    return where, values


def ids(
    register: Register, wanted: WantedReferrals, day: dt.date, *, limit: int = -1, offset: int = 0
) -> tuple[ReferralId, ...]:
    """Return the ids of a part of a list, or of all of it, in its order."""
    where, values = _chosen(register, wanted, day)
    way = "DESC" if wanted.down else ""
    order = _ORDERS.get(wanted.order, _ORDERS[Order.RECEIVED]).format(way=way)
    last = way if wanted.order is Order.RECEIVED else "DESC"
    rows = register.rows(
        f"SELECT r.id {_FROM} WHERE {where} ORDER BY {order}, r.id {last} LIMIT :limit OFFSET :skip",
        {**values, "limit": limit, "skip": offset},
    )
    return tuple(row[0] for row in rows)


_ALL_COUNTED = """
SELECT (SELECT count(*) FROM referral WHERE binned_at IS NULL) - (
    SELECT count(*) FROM (
        SELECT id FROM person WHERE binned_at IS NOT NULL AND merged_into IS NULL
        UNION ALL
        SELECT p.id FROM person k CROSS JOIN person p ON p.merged_into = k.id
        WHERE k.binned_at IS NOT NULL) h
    CROSS JOIN referral r ON r.person_id = h.id WHERE r.binned_at IS NULL)
"""
"""All but those of people in the bin: few are looked up, where to look at each takes long."""


def count(register: Register, wanted: WantedReferrals, day: dt.date) -> int:
    """Return how many referrals a list would show without a limit."""
    where, values = _chosen(register, wanted, day)
    if where == _COUNTED:
        return int(register.value(_ALL_COUNTED))
    return int(register.value(f"SELECT count(*) {_FROM} WHERE {where}", values))


def states(
    register: Register, wanted: WantedReferrals, day: dt.date
) -> tuple[tuple[ReferralId, State], ...]:
    """Return how each wanted referral stands on a day, the newest first."""
    where, values = _conditions(register, wanted)
    rows = register.rows(
        f"SELECT referral_id, state FROM ({_in_states(where, wanted.states)})"
        " ORDER BY received_on DESC, referral_id DESC",
        {**values, "day": day.isoformat()},
    )
    names_of = {state.value: state for state in State}
    return tuple((row[0], names_of[row[1]]) for row in rows)


def stands(
    register: Register, wanted: WantedReferrals, day: dt.date
) -> tuple[tuple[ReferralId, State, str, str], ...]:
    """Return each wanted referral's state, its newest step's day (or receipt's), the day it came; ISO.

    The newest first. For a look at all of them in parts, by the days on which they were received.
    """
    where, values = _conditions(register, wanted)
    rows = register.rows(
        "SELECT referral_id, state, COALESCE(step_on, received_on), received_on"
        f" FROM ({_in_states(where, wanted.states)}) ORDER BY received_on DESC, referral_id DESC",
        {**values, "day": day.isoformat()},
    )
    names_of = {state.value: state for state in State}
    return tuple((row[0], names_of[row[1]], row[2], row[3]) for row in rows)


def first_received(register: Register) -> dt.date | None:
    """Return the day of the oldest referral of the book, or None."""
    return _day(register.value("SELECT min(received_on) FROM referral"))


def received_since(register: Register, last: dt.date, about: int) -> dt.date | None:
    """Return the day since which ``about`` so many came up to another day, or None: not so many."""
    return _day(
        register.value(
            "SELECT received_on FROM referral WHERE received_on <= :last"
            " ORDER BY received_on DESC LIMIT 1 OFFSET :about",
            {"last": last.isoformat(), "about": about - 1},
        )
    )


def are_any(register: Register) -> bool:
    """Return whether a list of everything would show a referral."""
    return bool(register.value(f"SELECT EXISTS (SELECT 1 {_FROM} WHERE {_COUNTED})"))


def state_counts(register: Register, wanted: WantedReferrals, day: dt.date) -> dict[State, int]:
    """Return how many wanted referrals are in each state on a day; those with none are left out."""
    where, values = _conditions(register, wanted)
    rows = register.rows(
        f"SELECT state, count(*) FROM ({_in_states(where, wanted.states)}) GROUP BY state",
        {**values, "day": day.isoformat()},
    )
    return {State(row[0]): row[1] for row in rows}


_ROWS = f"""
WITH chosen AS MATERIALIZED (
    SELECT r.id AS referral_id, k.id AS person_id, r.received_on, r.binned_at,
        k.given_name, k.family_name, k.known_as, r.source_type, r.referrer_id, r.worker_id,
        r.activity_id, r.channel, r.reference, r.who_pays, r.report_back
    {_FROM} WHERE r.id IN (SELECT value FROM json_each(:ids))
),
counted AS MATERIALIZED (SELECT f.*, {said_sql(":day")} AS came FROM chosen f),
stand AS MATERIALIZED ({states_sql(":day", "counted", said=True)})
SELECT f.*, n.state, n.step, n.step_on, n.reason, {answered_sql(":day", said=True)} AS answered_on,
    COALESCE(o.name, '') AS referrer, COALESCE(w.name, '') AS worker,
    COALESCE(a.name, '') AS activity
FROM counted f
JOIN stand n ON n.referral_id = f.referral_id
LEFT JOIN referrer o ON o.id = f.referrer_id
LEFT JOIN referrer_worker w ON w.id = f.worker_id
LEFT JOIN activity a ON a.id = f.activity_id
"""
_STEPS = """
SELECT referral_id, step FROM referral_step
WHERE referral_id IN (SELECT value FROM json_each(:ids)) AND step_on <= :day
ORDER BY referral_id, step_on, id
"""


def rows(register: Register, referrals: Sequence[int], day: dt.date) -> tuple[ReferralRow, ...]:
    """Return the lines of some referrals as they stand on a day, in the order asked for."""
    values = {"ids": json.dumps(tuple(referrals)), "day": day.isoformat()}
    tried = _tries(register, values)
    found = {
        row["referral_id"]: _row(row, day, tried.get(row["referral_id"], 0))
        for row in register.rows(_ROWS, values)
    }
    return tuple(found[one] for one in referrals if one in found)


def _tries(register: Register, values: dict[str, Any]) -> dict[int, int]:
    tried: dict[int, int] = {}
    for row in register.rows(_STEPS, values):
        one = row["referral_id"]
        tried[one] = tried.get(one, 0) + 1 if row["step"] == Step.TRIED else 0
    return tried


def _row(row: Any, day: dt.date, tries: int) -> ReferralRow:
    state = State(row["state"])
    received = dt.date.fromisoformat(row["received_on"])
    answered = _day(row["answered_on"])
    first, last, times = (row["came"] or "  0").split(" ")
    ended = state not in TO_ANSWER
    return ReferralRow(
        id=row["referral_id"],
        person_id=row["person_id"],
        full_name=names.full_name(row["given_name"], row["family_name"], row["known_as"]),
        list_name=names.list_name(row["given_name"], row["family_name"], row["known_as"]),
        state=state,
        state_on=_day(row["step_on"]) or received,
        reason=row["reason"] if state.value == row["step"] else "",
        received_on=received,
        answered_on=answered,
        clock=clock_on(received, day, answered_on=answered, ended=ended),
        source_type=row["source_type"],
        referrer_id=row["referrer_id"],
        referrer=row["referrer"],
        worker=row["worker"],
        activity_id=row["activity_id"],
        activity=row["activity"],
        channel=row["channel"],
        reference=row["reference"],
        who_pays=row["who_pays"],
        report_back=row["report_back"],
        tries=tries,
        came_first_on=_day(first),
        came_last_on=_day(last),
        came_times=int(times),
        binned=row["binned_at"] is not None,
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


_UNANSWERED = f"""
{_SLIM} {_FROM}
WHERE {_COUNTED} AND r.received_on > :after AND r.received_on <= :until
    AND NOT EXISTS (SELECT 1 FROM referral_step s WHERE s.referral_id = r.id AND s.step_on <= :day
        AND s.step IN ('accepted', 'waiting', 'not_accepted'))
"""


def received_until(register: Register, day: dt.date, after: str, about: int) -> str:
    """Return the day up to which ``about`` so many came after another, or ``day``: ISO texts."""
    found = register.value(
        "SELECT received_on FROM referral WHERE received_on > :after AND received_on < :day"
        " ORDER BY received_on LIMIT 1 OFFSET :about",
        {"after": after, "day": day.isoformat(), "about": about},
    )
    return found or day.isoformat()


def to_answer(
    register: Register, day: dt.date, *, after: str = "", until: str = ""
) -> tuple[tuple[ReferralId, dt.date], ...]:
    """Return the referrals whose referrer waits for an answer on a day, the oldest first.

    Of those that came after one day and until another (ISO texts), for a look in parts; else all.
    """
    found = register.rows(
        "SELECT referral_id, received_on FROM"
        f" ({states_sql(':day', f'({_UNANSWERED})', TO_ANSWER)})"
        " ORDER BY received_on, referral_id",
        {"day": day.isoformat(), "after": after, "until": until or day.isoformat()},
    )
    return tuple((ReferralId(row[0]), dt.date.fromisoformat(row[1])) for row in found)
