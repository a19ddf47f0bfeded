"""Valid records with only what a test is about stated; and a register's rows, to compare."""

import datetime as dt
import hashlib
from dataclasses import replace

from app.domain.activities import ActivityDraft, Repeat
from app.domain.attendance import Mark, MarkChange, Role
from app.domain.ledger import EntryDraft, EntryKind, LineDraft
from app.domain.people import PersonDraft
from app.services import activities, attendance, people

TODAY = dt.date(2026, 11, 3)
"""The same day as in conftest.py."""

TEA = ActivityDraft(
    name="Tea Club", start_time="14:00", end_time="16:00", repeat=Repeat.WEEKLY, weekday=1
)


def person(register, given="Maryam", family="Begum", **details):
    """Add a person; return the id."""
    draft = PersonDraft(given_name=given, family_name=family, **details)
    done = people.save_new(register, draft, today=TODAY)
    assert done.ids, done.text
    return done.ids[0]


def activity(register, **details):
    """Add an activity; return its record."""
    draft = replace(TEA, **details)
    done = activities.save_activity(register, draft)
    assert done.ids, done.text
    return activities.find_activity(register, draft.name)


def session(register, of=None, day=TODAY, **times):
    """Add a session of an activity (made if none is given); return its record."""
    of = of or activities.find_activity(register, TEA.name) or activity(register)
    done = activities.add_session(register, of, day, today=TODAY, **times)
    assert done.ids, done.text
    return activities.get_session(register, done.ids[0])


def mark(register, at, who, what=Mark.PRESENT, role=Role.PARTICIPANT, *, today=TODAY):
    """Enter a mark; return what the service said."""
    change = MarkChange(session_id=at.id, person_id=who, mark=what, role=role)
    return attendance.set_mark(register, change, today=today)


def fresh(register, of):
    """Return a session as it stands now."""
    return activities.get_session(register, of.id)


def entry(day, *parts, kind=None, **details):
    """Return a draft of an entry; each part is (account, fund, pence, details of its line)."""
    lines = tuple(
        LineDraft(account_id=account, fund_id=fund, amount_pence=pence, **dict(*more))
        for account, fund, pence, *more in parts
    )
    total = sum(line.amount_pence for line in lines)
    kind = kind or (EntryKind.RECEIPT if total > 0 else EntryKind.PAYMENT)
    return EntryDraft(kind=kind, entry_on=day, lines=lines, **details)


def dump(register):
    """Return every row of every table but the journals, to compare a register with itself."""
    tables = [
        row["name"]
        for row in register.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        if not row["name"].startswith(("person_search", "journal", "money_journal", "_sqlite"))
    ]
    return {
        table: sorted(tuple(row) for row in register.rows(f'SELECT * FROM "{table}"'))
        for table in tables
    }


def fingerprint(path):
    """Return the fingerprint of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
