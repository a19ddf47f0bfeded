"""Reports somebody waits for: those written down, and the last one of a grant."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from app.domain.ids import AgreementId, GrantId, ReportDueId
from app.domain.periods import Period
from app.domain.returns import ReportDueDraft
from app.storage.drafts import day_of, period_of
from app.storage.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """A report as the book knows it; without an id it is known from its grant alone."""

    id: ReportDueId | None
    grant_id: GrantId | None
    agreement_id: AgreementId | None
    template_id: str
    due_on: dt.date
    period: Period | None
    done_on: dt.date | None
    """The day it was done: issued here and not taken back, or in another way."""
    note: str


_LISTED = """
SELECT d.*, COALESCE(d.done_on, (
    SELECT date(max(i.issued_at)) FROM issued_return i
    WHERE i.grant_id IS d.grant_id AND i.agreement_id IS d.agreement_id AND i.due_on = d.due_on
        AND NOT EXISTS (SELECT 1 FROM issued_withdrawn w WHERE w.issued_id = i.id))) AS finished_on
FROM return_due d
ORDER BY d.due_on, d.grant_id, d.agreement_id
"""


def listed(register: Register) -> tuple[DueRow, ...]:
    """Return every report that was or is waited for, the earliest first."""
    return tuple(_row(row) for row in register.rows(_LISTED))


def _row(row: Any) -> DueRow:
    return DueRow(
        id=None if row["due_id"] is None else ReportDueId(row["due_id"]),
        grant_id=row["grant_id"],
        agreement_id=row["agreement_id"],
        template_id=row["template"],
        due_on=dt.date.fromisoformat(row["due_on"]),
        period=period_of(row),
        done_on=day_of(row["finished_on"]),
        note=row["note"],
    )


def keep(register: Register, due: ReportDueDraft, due_id: ReportDueId | None) -> ReportDueId:
    """Add a report or change one, inside a transaction; its day is there."""
    if due.due_on is None:
        raise ValueError("a report has a day")
    values = {
        "grant_id": due.grant_id,
        "agreement_id": due.agreement_id,
        "template": due.template_id,
        "due_on": due.due_on.isoformat(),
        "first_on": due.period.first.isoformat() if due.period else None,
        "last_on": due.period.last.isoformat() if due.period else None,
        "done_on": due.done_on.isoformat() if due.done_on else None,
        "note": due.note,
    }
    if due_id is not None:
        register.update("report_due", due_id, values)
        return due_id
    fresh = ReportDueId(register.new_id())
    register.insert("report_due", {"id": fresh, **values})
    return fresh


def remove(register: Register, due_id: ReportDueId) -> int:
    """Take a report out of the list, inside a transaction; return how many there were."""
    return register.execute("DELETE FROM report_due WHERE id = :id", {"id": due_id})
