"""Reports that are due, by grant and agreement: what Home and the lists of Returns say of them.

Not in the package of returns, which takes its time and memory to read: Home does without it.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.domain.grants import Grant, GrantState
from app.domain.ids import AgreementId, DraftId, GrantId, ReportDueId
from app.domain.periods import Period, short_date
from app.domain.places import Agreement
from app.domain.returns import REMIND_DAYS
from app.returns.language.wording import in_words
from app.storage import drafts, grants, places, reports_due
from app.storage.register import Register
from app.storage.reports_due import DueRow


class DueState(StrEnum):
    """How pressing a report is."""

    OVERDUE = "overdue"
    SOON = "soon"
    """Within 28 days."""
    LATER = "later"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDue:
    """A report somebody waits for."""

    id: ReportDueId | None
    """None where only its grant says when it is due."""
    grant_id: GrantId | None
    agreement_id: AgreementId | None
    about: str
    """National Lottery, NL-2026-14."""
    template_id: str
    due_on: dt.date
    period: Period | None
    """What it is about: as written down, else the grant's own days."""
    done_on: dt.date | None
    note: str
    days_left: int
    """Below nothing when it is overdue."""
    state: DueState
    text: str
    """due in six days, Fri 6 Nov 2026."""
    draft_id: DraftId | None
    """The draft that was begun for it, the newest."""


def listed(
    register: Register, *, today: dt.date, done: bool = True, grant_id: GrantId | None = None
) -> tuple[ReportDue, ...]:
    """Return the reports, those not done first by their day; those that are done after, newest first.

    ``grant_id`` asks for those of one grant.
    """
    rows = reports_due.listed(register)
    if grant_id is not None:
        rows = tuple(row for row in rows if row.grant_id == grant_id)
        one = grants.get(register, grant_id) if rows else None
        known = {} if one is None or one.binned else {grant_id: one}
    else:
        known = {one.id: one for one in grants.listed(register)}
    agreements: dict[AgreementId, Agreement] = {}
    if any(row.agreement_id is not None for row in rows):
        agreements = {one.id: one for one in places.agreements(register)}
    begun: dict[tuple[int | None, int | None, dt.date | None], DraftId] = {}
    for draft in reversed(drafts.listed(register)):
        begun[draft.grant_id, draft.agreement_id, draft.due_on] = draft.id
    found = [
        _due(
            row,
            known.get(row.grant_id) if row.grant_id is not None else None,
            agreements.get(row.agreement_id) if row.agreement_id is not None else None,
            begun.get((row.grant_id, row.agreement_id, row.due_on)),
            today,
        )
        for row in rows
    ]
    waiting = [one for one in found if one.state is not DueState.DONE]
    finished = [one for one in reversed(found) if one.state is DueState.DONE]
    return (*waiting, *(finished if done else ()))


def reminders(register: Register, *, today: dt.date) -> tuple[ReportDue, ...]:
    """Return the reports to speak of today: overdue, or due within 28 days."""
    pressing = {DueState.OVERDUE, DueState.SOON}
    return tuple(one for one in listed(register, today=today, done=False) if one.state in pressing)


def _due(
    row: DueRow, grant: Grant | None, agreement: Agreement | None, draft_id: DraftId | None,
    today: dt.date,
) -> ReportDue:  # fmt: skip
    days = (row.due_on - today).days
    state = DueState.LATER if days > REMIND_DAYS else DueState.SOON
    state = DueState.OVERDUE if days < 0 else state
    reported = grant is not None and grant.state is GrantState.CLOSED
    state = DueState.DONE if row.done_on or reported else state
    return ReportDue(
        id=row.id, grant_id=row.grant_id, agreement_id=row.agreement_id,
        about=_about(grant, agreement), template_id=row.template_id, due_on=row.due_on,
        period=row.period or _period(grant, agreement), done_on=row.done_on, note=row.note,
        days_left=days, state=state, text=_text(row, days, state), draft_id=draft_id,
    )  # fmt: skip


def _about(grant: Grant | None, agreement: Agreement | None) -> str:
    if grant is not None:
        return f"{grant.funder}, {grant.reference}"
    if agreement is None:
        return ""
    return agreement.funder + (f", {agreement.reference}" if agreement.reference else "")


def _period(grant: Grant | None, agreement: Agreement | None) -> Period | None:
    first = grant.starts_on if grant else agreement.from_on if agreement else None
    last = grant.ends_on if grant else agreement.to_on if agreement else None
    return Period(first=first, last=last) if first and last else None


def _text(row: DueRow, days: int, state: DueState) -> str:
    day = short_date(row.due_on)
    if state is DueState.DONE:
        return f"done on {short_date(row.done_on)}" if row.done_on else "reported and closed"
    if days in {-1, 0, 1}:
        return f"due {('yesterday', 'today', 'tomorrow')[days + 1]}, {day}"
    if days < 0:
        return f"{in_words(-days)} days overdue, since {day}"
    return f"due in {in_words(days)} days, {day}" if days <= REMIND_DAYS else f"due {day}"
