"""The end of a year: what is owned and owed, loans between funds, years closed and opened."""

import datetime as dt
from dataclasses import replace

from app.domain.changes import Topic
from app.domain.ids import FundId
from app.domain.money import pounds
from app.domain.names import clean, clean_lines
from app.domain.periods import Period, group_year_of, short_date
from app.domain.problems import Problem
from app.domain.settings import year_end as month_and_day
from app.domain.year_end import (
    ClosedYear,
    Item,
    ItemDraft,
    Loan,
    LoanDraft,
    Standing,
    accounts_standing,
    validate_item,
    validate_loan,
)
from app.figures.accounting import thresholds
from app.services.money.floors import Below, keep_above_nothing, refused_when_below
from app.services.result import Done, Refused
from app.storage import accounts, settings, year_end
from app.storage.register import Register

_TOPICS = frozenset({Topic.MONEY})
_YEAR_END = (3, 31)


def group_year(register: Register, day: dt.date) -> Period:
    """Return the group's own year that a day lies in."""
    month, last = month_and_day(settings.read(register).year_end) or _YEAR_END
    return group_year_of(day, month, last)


def group_years(register: Register, day: dt.date, since: dt.date | None) -> tuple[Period, ...]:
    """Return the group's own years from that of a day back to that of ``since``, the newest first."""
    if since is None:
        return ()
    month, last = month_and_day(settings.read(register).year_end) or _YEAR_END
    years = [group_year_of(day, month, last)]
    while years[-1].first > since:
        years.append(group_year_of(years[-1].first - dt.timedelta(days=1), month, last))
    return tuple(years)


def accounts_allowed(register: Register, ends_on: dt.date, gross_income: int) -> Standing:
    """Return which accounts the group may use for a year that ends on a day, by its income (pence)."""
    return accounts_standing(settings.read(register).legal_form, gross_income, thresholds(ends_on))


# --- owned and owed ----------------------------------------------------------------------------


def list_items(register: Register) -> tuple[Item, ...]:
    """Return everything owned or owed besides cash, past ones too."""
    return year_end.items(register)


def save_item(register: Register, draft: ItemDraft, item_id: int | None = None) -> Done | Refused:
    """Add something owned or owed, or (with an id) change it."""
    draft = replace(draft, details=clean(draft.details))
    problems = list(validate_item(draft))
    if item_id and item_id not in {item.id for item in year_end.items(register)}:
        problems.append(Problem(code="item_gone"))
    if draft.fund_id is not None and draft.fund_id not in accounts.funds(register):
        problems.append(Problem(code="fund_gone", field="fund_id"))
    if problems:
        return Refused(problems=tuple(problems))
    text = f"{'change' if item_id else 'add'} {draft.details}"
    with register.transaction("item.save", text=text, topics=_TOPICS, subject_id=item_id):
        item_id = year_end.write_item(register, draft, item_id)
    return Done(changes=_TOPICS, text=text, ids=(item_id,))


def remove_item(register: Register, item_id: int) -> Done | Refused:
    """Take away something that was entered by mistake; what is gone or paid is given its last day."""
    found = {item.id: item for item in year_end.items(register)}.get(item_id)
    if found is None:
        return Refused(problems=(Problem(code="item_gone"),))
    text = f"take away {found.details}"
    with register.transaction("item.remove", text=text, topics=_TOPICS, subject_id=item_id):
        year_end.remove_item(register, item_id)
    return Done(changes=_TOPICS, text=text, ids=(item_id,))


# --- loans -------------------------------------------------------------------------------------


def list_loans(register: Register) -> tuple[Loan, ...]:
    """Return every loan between funds, oldest first."""
    return year_end.loans(register)


def save_loan(
    register: Register, draft: LoanDraft, loan_id: int | None = None, *, today: dt.date
) -> Done | Refused:
    """Note a loan from one fund to another, or (with an id) change it, as when it is paid back.

    Refused when the fund that borrowed would be below nothing without it.
    """
    draft = replace(draft, minute=clean_lines(draft.minute))
    problems = list(validate_loan(draft, today=today))
    known = {loan.id: loan for loan in year_end.loans(register)}
    if loan_id and loan_id not in known:
        problems.append(Problem(code="loan_gone"))
    if not {draft.from_fund_id, draft.to_fund_id} - {None} <= set(accounts.funds(register)):
        problems.append(Problem(code="fund_gone", field="to_fund_id"))
    if problems:
        return Refused(problems=tuple(problems))
    text = f"{'change' if loan_id else 'note'} loan of {pounds(draft.amount_pence)}"
    before = {known[loan_id].to_fund_id} if loan_id else set[FundId]()
    touched = before | ({draft.to_fund_id} if draft.to_fund_id else set())
    try:
        with register.transaction("loan.save", text=text, topics=_TOPICS, subject_id=loan_id):
            loan_id = year_end.write_loan(register, draft, loan_id)
            keep_above_nothing(register, touched, dt.date.min)
    except Below as below:
        return refused_when_below(below)
    return Done(changes=_TOPICS, text=text, ids=(loan_id,))


def remove_loan(register: Register, loan_id: int) -> Done | Refused:
    """Take away a loan that was noted by mistake, unless a fund stands on it."""
    found = {loan.id: loan for loan in year_end.loans(register)}.get(loan_id)
    if found is None:
        return Refused(problems=(Problem(code="loan_gone"),))
    text = f"take away loan of {pounds(found.amount_pence)}"
    try:
        with register.transaction("loan.remove", text=text, topics=_TOPICS, subject_id=loan_id):
            year_end.remove_loan(register, loan_id)
            keep_above_nothing(register, {found.to_fund_id}, dt.date.min)
    except Below as below:
        return refused_when_below(below)
    return Done(changes=_TOPICS, text=text, ids=(loan_id,))


# --- closed years ------------------------------------------------------------------------------


def closed_years(register: Register) -> tuple[ClosedYear, ...]:
    """Return the closed years, newest first."""
    return year_end.closed_years(register)


def close_year(
    register: Register, year: Period, *, approved_on: dt.date | None = None, today: dt.date
) -> Done | Refused:
    """Close a year whose accounts were approved: nothing dated in it is changed any more."""
    problems: list[Problem] = []
    if year.last >= today:
        values = {"value": short_date(year.last)}
        problems.append(Problem(code="year_not_over", values=values))
    for closed in year_end.closed_years(register):
        if closed.starts_on <= year.last and closed.ends_on >= year.first:
            values = {"value": short_date(closed.ends_on)}
            problems.append(Problem(code="year_closed_already", values=values))
    if problems:
        return Refused(problems=tuple(problems))
    text = f"close the year to {short_date(year.last)}"
    with register.transaction("year.close", text=text, topics=_TOPICS):
        year_end.close_year(
            register,
            ClosedYear(starts_on=year.first, ends_on=year.last, approved_on=approved_on),
        )
    return Done(changes=_TOPICS, text=text)


def open_year(register: Register, ends_on: dt.date) -> Done | Refused:
    """Open a closed year again, so that what is dated in it can be corrected."""
    if ends_on not in {closed.ends_on for closed in year_end.closed_years(register)}:
        return Refused(problems=(Problem(code="nothing_to_change"),))
    text = f"open the year to {short_date(ends_on)}"
    with register.transaction("year.open", text=text, topics=_TOPICS):
        year_end.open_year(register, ends_on)
    return Done(changes=_TOPICS, text=text)
