"""A statement on paper: its days and balances, and what of the book stands on it."""

import datetime as dt
from dataclasses import dataclass

from app.domain.ids import AccountId, EntryId
from app.domain.periods import short_date
from app.domain.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDraft:
    """What a statement says (pence), and which entries were ticked off on it."""

    account_id: AccountId | None
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    opening_pence: int | None = None
    closing_pence: int | None = None
    entry_ids: tuple[EntryId, ...] = ()


def validate_statement(draft: StatementDraft, *, today: dt.date) -> tuple[Problem, ...]:
    """Return what has to be corrected before a statement can be kept."""
    problems = [
        Problem(code="date_needed", field=name)
        for name in ("from_on", "to_on")
        if getattr(draft, name) is None
    ]
    problems += [
        Problem(code="balance_needed", field=name)
        for name in ("opening_pence", "closing_pence")
        if getattr(draft, name) is None
    ]
    first, last = draft.from_on, draft.to_on
    if first and last and last < first:
        values = {"start": short_date(first), "end": short_date(last)}
        problems.append(Problem(code="period_backwards", field="to_on", values=values))
    elif last and last > today:
        values = {"value": short_date(last)}
        problems.append(Problem(code="entry_future", field="to_on", values=values))
    return tuple(problems)
