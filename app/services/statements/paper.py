"""Agree an account with a statement on paper: lines ticked off, the difference said, taken back."""

import datetime as dt
from collections.abc import Generator
from dataclasses import dataclass

from app.domain.bank_statements import StatementDraft, validate_statement
from app.domain.changes import Topic
from app.domain.ids import AccountId
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.services.result import Done, Refused
from app.storage import accounts, statements
from app.storage.register import Register
from app.storage.statements import OpenLine, Statement

_TOPICS = frozenset({Topic.MONEY})
_CHEQUE_DAYS = 184
"""A bank pays a cheque for six months: what is older and on no statement is offered no more."""
_ABOUT = 2_000
"""Entries looked at together: some milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStatement:
    """Where the next statement of an account begins: its first day and opening balance (pence)."""

    from_on: dt.date
    opening_pence: int


def next_statement(register: Register, account_id: AccountId) -> NextStatement | None:
    """Return where the next statement of an account begins, or None when the account is gone."""
    account = accounts.accounts(register).get(account_id)
    if account is None:
        return None
    closed = [
        (one.to_on, one.closing_pence)
        for one in statements.statements(register, account_id)
        if one.closing_pence is not None
    ]
    if not closed:
        return NextStatement(from_on=account.opened_on, opening_pence=account.opening_pence)
    last, pence = closed[-1]
    return NextStatement(from_on=last + dt.timedelta(days=1), opening_pence=pence)


def lines_to_tick(
    register: Register,
    account_id: AccountId,
    from_on: dt.date,
    to_on: dt.date,
    statement_id: int | None = None,
) -> tuple[OpenLine, ...]:
    """Return what of an account may stand on a statement, the oldest first; what does is ticked.

    What stands on another statement of the account is left out.
    """
    since = _since(from_on)
    return statements.open_lines(register, account_id, since, to_on, statement_id)


def look_for_lines(
    register: Register,
    account_id: AccountId,
    from_on: dt.date,
    to_on: dt.date,
    statement_id: int | None = None,
) -> Generator[tuple[int, int], None, tuple[OpenLine, ...]]:
    """Find the same lines, some thousands of entries at a time; yields (days done, of all).

    A book of ordinary length is one part.
    """
    found: list[OpenLine] = []
    since = first = _since(from_on)
    while first <= to_on:
        if first > since:
            yield (first - since).days, (to_on - since).days
        last = statements.day_of_entry(register, first, to_on, _ABOUT)
        found += statements.open_lines(register, account_id, first, last, statement_id)
        first = last + dt.timedelta(days=1)
    return tuple(found)


def _since(from_on: dt.date) -> dt.date:
    """Return the first day of lines for a statement: a cheque may be paid in months later."""
    waits = dt.timedelta(days=_CHEQUE_DAYS)
    return from_on - waits if from_on - dt.date.min > waits else from_on


def statement_of(register: Register, statement_id: int) -> Statement | None:
    """Return a statement, or None when it is gone."""
    found = statements.statements(register, statement_id=statement_id)
    return found[0] if found else None


def agreed_until(register: Register) -> dict[AccountId, dt.date]:
    """Return up to which day each account agrees with its statements, where it does."""
    days: dict[AccountId, dt.date] = {}
    for statement_id, account_id in statements.newest_agreed(register):
        if account_id not in days:  # what stands on one is added up only while it may be the one
            found = statement_of(register, statement_id)
            if found is not None and not found.difference_pence:
                days[account_id] = found.to_on
    return days


def save_statement(
    register: Register, draft: StatementDraft, statement_id: int | None = None, *, today: dt.date
) -> Done | Refused:
    """Keep a statement and what was ticked off; agreed when opening and ticks make its closing.

    One that does not agree yet is kept to go on with. With an id it is changed.
    """
    problems = list(validate_statement(draft, today=today))
    if draft.account_id not in accounts.accounts(register):
        problems.append(Problem(code="account_gone", field="account_id"))
    if statement_id and statement_of(register, statement_id) is None:
        problems.append(Problem(code="statement_gone"))
    account_id, first, last = draft.account_id, draft.from_on, draft.to_on
    opening, closing = draft.opening_pence, draft.closing_pence
    if problems or account_id is None or first is None or last is None:
        return Refused(problems=tuple(problems))
    name = accounts.accounts(register)[account_id].name
    may = lines_to_tick(register, account_id, first, last, statement_id)
    moved = {line.entry_id: line.amount_pence for line in may}
    ticked = [one for one in draft.entry_ids if one in moved]
    agreed = (opening or 0) + sum(moved[one] for one in ticked) == closing
    how = "agree" if agreed else "keep"
    text = f"{how} {name}’s statement to {short_date(last)}"
    with register.transaction(
        "statement.save", text=text, topics=_TOPICS, subject_id=statement_id
    ):  # fmt: skip
        statement_id = statements.write_statement(
            register, account_id, (first, last), (opening, closing), statement_id
        )
        statements.take_off(register, statement_id)
        statements.put_on(register, statement_id, ticked)
        statements.set_agreed(register, statement_id, agreed=agreed)
    return Done(changes=_TOPICS, text=text, ids=(statement_id,))


def open_statement_again(register: Register, statement_id: int) -> Done | Refused:
    """Say of a statement that it is not agreed after all; what stands on it stays there."""
    found = statement_of(register, statement_id)
    if found is None or not found.agreed:
        code = "nothing_to_change" if found else "statement_gone"
        return Refused(problems=(Problem(code=code),))
    text = f"open the statement to {short_date(found.to_on)} again"
    with register.transaction(
        "statement.open", text=text, topics=_TOPICS, subject_id=statement_id
    ):  # fmt: skip
        statements.set_agreed(register, statement_id, agreed=False)
    return Done(changes=_TOPICS, text=text, ids=(statement_id,))


def remove_statement(register: Register, statement_id: int) -> Done | Refused:
    """Take away a statement that was entered from paper; entries stay. An imported one stays."""
    found = statement_of(register, statement_id)
    if found is None or found.import_id is not None:
        code = "statement_imported" if found else "statement_gone"
        return Refused(problems=(Problem(code=code),))
    text = f"take away the statement to {short_date(found.to_on)}"
    with register.transaction(
        "statement.remove", text=text, topics=_TOPICS, subject_id=statement_id
    ):  # fmt: skip
        statements.remove_statement(register, statement_id)
    return Done(changes=_TOPICS, text=text, ids=(statement_id,))
