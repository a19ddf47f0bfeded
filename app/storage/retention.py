"""How long things are kept: the group's own rules, and the last sign there is of each person."""

import datetime as dt
import json
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.ids import EntryId, PersonId, made_at
from app.domain.retention import OwnRule
from app.storage import anonymising
from app.storage.register import Register

_AT_ONCE = 40
"""People whose attendance is read in one turn."""
_MANY = 4_000
"""Rows that are gone through in one turn."""
_SIGNS: tuple[tuple[str, str], ...] = (
    ("heard", "SELECT person_id, max(logged_on) FROM volunteer_log GROUP BY 1"),
    ("helped", "SELECT person_id, max(logged_on) FROM volunteer_log GROUP BY 1"),
    ("helped", ("SELECT person_id, max(coalesce(to_on, from_on)) FROM person_role"
               " WHERE role IN ('volunteer', 'leader', 'committee') GROUP BY 1")),
    ("serves", ("SELECT person_id, max(from_on) FROM person_role WHERE to_on IS NULL"
               " AND role IN ('volunteer', 'leader', 'committee') GROUP BY 1")),
    ("heard", "SELECT person_id, max(coalesce(to_on, from_on)) FROM person_role GROUP BY 1"),
    ("heard", "SELECT person_id, max(coalesce(to_on, from_on)) FROM enrolment GROUP BY 1"),
    ("heard", "SELECT person_id, max(coalesce(to_on, from_on)) FROM waiting_place GROUP BY 1"),
    ("waits", "SELECT person_id, max(from_on) FROM waiting_place WHERE to_on IS NULL GROUP BY 1"),
    ("sent", "SELECT person_id, max(received_on) FROM referral GROUP BY 1"),
    ("sent", ("SELECT r.person_id, max(s.step_on) FROM referral_step s"
             " JOIN referral r ON r.id = s.referral_id GROUP BY 1")),
    ("sent", ("SELECT r.person_id, max(l.sent_on) FROM referral_letter l"
             " JOIN referral r ON r.id = l.referral_id GROUP BY 1")),
    ("heard", "SELECT person_id, max(coalesce(to_on, from_on)) FROM funded_place GROUP BY 1"),
    ("heard", "SELECT person_id, max(answered_on) FROM response GROUP BY 1"),
    ("heard", ("SELECT person_id, max(max(asked_on, coalesce(withdrawn_on, ''))) FROM consent"
              " GROUP BY 1")),
    ("heard", "SELECT person_id, max(set_on) FROM goal GROUP BY 1"),
    ("heard", "SELECT person_id, max(told_on) FROM story WHERE person_id IS NOT NULL GROUP BY 1"),
    ("heard", "SELECT person_id, max(claimed_on) FROM claim WHERE person_id IS NOT NULL GROUP BY 1"),
    ("heard", "SELECT person_id, max(entry_on) FROM entry WHERE person_id IS NOT NULL GROUP BY 1"),
    ("heard", ("SELECT person_id, max(coalesce(answered_on, received_on)) FROM rights_request"
              " WHERE person_id IS NOT NULL GROUP BY 1")),
    ("asks", ("SELECT person_id, max(received_on) FROM rights_request WHERE answered_on IS NULL"
             " AND binned_at IS NULL AND person_id IS NOT NULL GROUP BY 1")),
    ("parents", ("SELECT person_id, max(coalesce(activity_consent_on, medical_consent_on,"
                " travel_consent_on, '0001-01-01')) FROM guardian WHERE name <> '' OR phone <> ''"
                " OR email <> '' OR guardian_person_id IS NOT NULL GROUP BY 1")),
)  # fmt: skip
"""The kind of a sign, and the query for its last day, record by record."""
_CAME = """
SELECT max(s.session_on), max(CASE WHEN m.mark IN ('present', 'late') THEN s.session_on END),
    max(CASE WHEN m.role IN ('volunteer', 'leader') THEN s.session_on END)
FROM attendance m JOIN session s ON s.id = m.session_id
WHERE m.person_id IN (SELECT value FROM json_each(:ids)) AND s.session_on <= :today
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """The last days of one person, their joined records' too; ISO texts, "" for never."""

    person_id: PersonId
    records: tuple[int, ...]
    born_on: str = field(default="", repr=False)
    birth_year: int | None = field(default=None, repr=False)
    binned: bool = False
    heard: str = ""
    helped: str = ""
    """When they last volunteered or led; no sign of one who only came along."""
    serves: str = ""
    """Since when they have had a role that they have still: they have not stopped."""
    sent: str = ""
    """The last step of a referral."""
    came: str = ""
    waits: str = ""
    asks: str = ""
    """When they asked something that is not answered yet: nothing is wiped before it is."""
    parents: str = ""
    """Whether somebody else's details are kept with theirs."""

    @property
    def last(self) -> str:
        """The last day on which they were seen or heard from."""
        return max(self.heard, self.helped, self.sent, self.came)


class _Noted:
    """What has been found of one person so far, by the names of what is kept of them."""

    def __init__(self, person_id: PersonId, **known: Any) -> None:
        self.person_id = person_id
        self.records: list[int] = []
        self.days: dict[str, Any] = {}
        self.known = known

    def note(self, kind: str, day: str | None) -> None:
        """Keep a day where it is the last of its kind."""
        self.days[kind] = max(self.days.get(kind, ""), day or "")

    @property
    def last(self) -> str:
        """The last day on which they were seen or heard from, as far as is known."""
        days: list[str] = [self.days.get(kind, "") for kind in ("heard", "helped", "sent", "came")]
        return max(days)

    @property
    def signs(self) -> Signs:
        """What was found."""
        return Signs(
            person_id=self.person_id, records=tuple(self.records), **self.known, **self.days
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictured:
    """An entry with pictures of its receipt; ``grant_ends`` where the National Lottery paid."""

    entry_id: EntryId
    entry_on: dt.date
    lottery: bool
    grant_ends: dt.date | None


def own_rules(register: Register) -> tuple[OwnRule, ...]:
    """Return the group's own rules."""
    rows = register.rows("SELECT kind, keep_months, reason FROM retention_rule ORDER BY kind")
    return tuple(
        OwnRule(kind=row["kind"], months=row["keep_months"], reason=row["reason"]) for row in rows
    )


def write_rule(register: Register, rule: OwnRule) -> None:
    """Set the group's own rule for a kind, inside a transaction."""
    remove_rule(register, rule.kind)
    values = {"kind": rule.kind, "keep_months": rule.months, "reason": rule.reason,
              "changed_at": register.stamp()}  # fmt: skip
    register.insert("retention_rule", values)


def remove_rule(register: Register, kind: str) -> int:
    """Go back to the program's rule for a kind, inside a transaction; return how many there were."""
    return register.execute("DELETE FROM retention_rule WHERE kind = :kind", {"kind": kind})


def signs(
    register: Register, today: dt.date, before: dt.date
) -> Generator[None, None, tuple[Signs, ...]]:
    """Return everybody with a name whose last sign is from before a day, a little at a time.

    Attendance, by far the longest table, is read only for whom nothing later is known.
    """
    everybody = yield from _everybody(register)
    yield from _note_signs(register, everybody)
    limit, unique = before.isoformat(), {one.person_id: one for one in everybody.values()}
    quiet: list[_Noted] = []
    for place, one in enumerate(unique.values(), start=1):
        if one.last < limit or one.days.get("parents"):
            quiet.append(one)
        if place % _MANY == 0:
            yield
    found: list[Signs] = []
    for place, one in enumerate(quiet, start=1):
        row = register.row(_CAME, {"ids": json.dumps(one.records), "today": today.isoformat()})
        for kind, day in zip(("heard", "came", "helped"), row, strict=True):
            one.note(kind, day)
        if not one.last:  # nothing is dated at all: when they came into the book
            one.note("heard", made_at(one.person_id).date().isoformat())
        found.append(one.signs)
        if place % _AT_ONCE == 0:
            yield
    return tuple(found)


def _note_signs(register: Register, everybody: Mapping[int, _Noted]) -> Generator[None, None, None]:
    """Note the last days of everybody, query by query."""
    for kind, sql in _SIGNS:
        yield
        rows = register.rows(sql)
        yield
        for person, day in rows:
            found = everybody.get(person)
            if found is not None and day:
                found.note(kind, day)


def _everybody(register: Register) -> Generator[None, None, dict[int, _Noted]]:
    """Return the signs of everybody with a name, by each of their records; give way now and then."""
    rows = register.rows(
        "SELECT id, merged_into, born_on, birth_year, joined_on, left_on, binned_at FROM person"
        " WHERE anonymised_at IS NULL ORDER BY merged_into IS NOT NULL"
    )
    yield
    found: dict[int, _Noted] = {}
    for place, row in enumerate(rows, start=1):
        if place % _MANY == 0:
            yield
        if row["merged_into"] is None:
            one = found[row["id"]] = _Noted(
                PersonId(row["id"]),
                born_on=row["born_on"] or "",
                birth_year=row["birth_year"],
                binned=row["binned_at"] is not None,
            )
        elif row["merged_into"] in found:
            one = found[row["id"]] = found[row["merged_into"]]
        else:
            continue
        one.records.append(row["id"])
        for day in (row["joined_on"], row["left_on"]):
            one.note("heard", day)
    return found


def pictured(register: Register) -> tuple[Pictured, ...]:
    """Return the entries that have pictures of receipts, the oldest first."""
    rows = register.rows(
        "SELECT e.id, e.entry_on, max(g.id IS NOT NULL) AS lottery, max(g.ends_on) AS ends_on"
        " FROM entry e LEFT JOIN entry_line l ON l.entry_id = e.id"
        " LEFT JOIN grant_award g ON g.id = l.grant_id AND g.funder LIKE '%lottery%'"
        " WHERE EXISTS (SELECT 1 FROM attachment a WHERE a.entry_id = e.id)"
        " GROUP BY e.id ORDER BY e.entry_on, e.id"
    )
    return tuple(
        Pictured(
            entry_id=EntryId(row["id"]),
            entry_on=dt.date.fromisoformat(row["entry_on"]),
            lottery=bool(row["lottery"]),
            grant_ends=dt.date.fromisoformat(row["ends_on"]) if row["ends_on"] else None,
        )
        for row in rows
    )


def forget_pictures(register: Register, entry_id: EntryId) -> int:
    """Delete the pictures of an entry's receipts, inside a transaction; the entry stays."""
    values = {"id": entry_id}
    register.execute(
        "DELETE FROM attachment_content WHERE attachment_id IN"
        " (SELECT id FROM attachment WHERE entry_id = :id)", values,
    )  # fmt: skip
    return register.execute("DELETE FROM attachment WHERE entry_id = :id", values)


def forget_parents(register: Register, person_id: PersonId) -> int:
    """Delete what is kept of somebody's parents and carers, inside a transaction."""
    rows = register.rows(
        "SELECT id FROM person WHERE id = :id OR merged_into = :id", {"id": person_id}
    )
    return _forget_guardians(register, (row[0] for row in rows))


def _forget_guardians(register: Register, records: Iterable[int]) -> int:
    values = {"ids": json.dumps(list(records))}
    found = "SELECT id FROM guardian WHERE person_id IN (SELECT value FROM json_each(:ids))"
    anonymising.forget_imported(register, "guardian", found, values)
    return register.execute(f"DELETE FROM guardian WHERE id IN ({found})", values)
