"""Accounts, funds and headings: made, changed, closed; taken away while nothing names them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.changes import Topic
from app.domain.ids import AccountId, FundId, HeadingId
from app.domain.ledger import (
    FIRST_HEADINGS,
    TIED,
    Account,
    AccountDraft,
    AccountKind,
    EntryKind,
    Fund,
    FundDraft,
    Heading,
    validate_account,
    validate_fund,
)
from app.domain.names import clean, clean_lines
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.services.money.floors import Below, keep_above_nothing, refused_when_below
from app.services.result import Done, Refused
from app.storage import accounts, year_end
from app.storage.register import Register

TOPICS = frozenset({Topic.MONEY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What an entry can name: accounts, funds and headings by id, in the order they are offered."""

    accounts: Mapping[AccountId, Account]
    funds: Mapping[FundId, Fund]
    headings: Mapping[HeadingId, Heading]

    @property
    def begun(self) -> bool:
        """Whether there is anything to enter money into."""
        return bool(self.accounts and self.funds)

    @property
    def banks(self) -> int:
        """How many bank accounts are in use."""
        kinds = [one.kind for one in self.accounts.values() if one.closed_on is None]
        return kinds.count(AccountKind.BANK)

    def open_headings(self, side: EntryKind) -> tuple[Heading, ...]:
        """Return the headings of a side that are in use."""
        return tuple(h for h in self.headings.values() if h.side is side and h.closed_on is None)


def books(register: Register) -> Books:
    """Return the accounts, funds and headings of a register."""
    return Books(
        accounts=accounts.accounts(register),
        funds=accounts.funds(register),
        headings=accounts.headings(register),
    )


def prepare_book(
    register: Register, *, opened_on: dt.date, bank_pence: int = 0, cash_pence: int = 0
) -> Done | Refused:
    """Begin a cash book: a bank account, a cash tin, free money and the first headings.

    What both hold at first (pence) is free money. Does nothing where a book was begun before.
    """
    if books(register).begun:
        return Refused(problems=(Problem(code="nothing_to_change"),))
    text = "begin the cash book"
    with register.transaction("money.begin", text=text, topics=TOPICS):
        write_first_book(
            register, opened_on=opened_on, bank_pence=bank_pence, cash_pence=cash_pence
        )
    return Done(changes=TOPICS, text=text)


def write_first_book(
    register: Register,
    *,
    opened_on: dt.date,
    bank_name: str = "Current account",
    bank_code: str = "",
    bank_pence: int = 0,
    cash_pence: int = 0,
) -> AccountId:
    """Write what a cash book begins with, inside a transaction; return its bank account."""
    free = accounts.add_fund(register, FundDraft(name="Free money"))
    begun = (
        (bank_name, AccountKind.BANK, bank_code, bank_pence),
        ("Petty cash", AccountKind.CASH, "", cash_pence),
    )
    made = [
        accounts.add_account(
            register,
            AccountDraft(
                name=name,
                kind=kind,
                opened_on=opened_on,
                bank_code=code,
                openings=((free, pence),) if pence else (),
            ),
        )
        for name, kind, code, pence in begun
    ]
    for side, names in FIRST_HEADINGS.items():
        for name in names:
            asset = side == "payment" and name == "Equipment"
            accounts.add_heading(register, name, EntryKind(side), is_asset=asset)
    return made[0]


def save_account(
    register: Register, draft: AccountDraft, account_id: AccountId | None = None, *, today: dt.date
) -> Done | Refused:
    """Add an account or (with an id) change one."""
    draft = replace(
        draft,
        name=clean(draft.name),
        bank_code=clean(draft.bank_code),
        notes=clean_lines(draft.notes),
        openings=tuple((fund, pence) for fund, pence in draft.openings if pence),
    )
    known = accounts.accounts(register)
    problems = [*validate_account(draft, today=today)]
    problems += _taken(draft.name, [a.name for a in known.values() if a.id != account_id])
    if account_id and account_id not in known:
        problems.append(Problem(code="account_gone"))
    problems += _opens_in_closed_year(register, known.get(account_id or AccountId(0)), draft)
    if account_id:
        problems += _used_outside(register, account_id, draft)
    if problems or draft.opened_on is None:
        return Refused(problems=tuple(problems))
    text = f"{'change' if account_id else 'add'} {draft.name}"
    before = known[account_id].openings if account_id else ()
    try:
        with register.transaction("account.save", text=text, topics=TOPICS, subject_id=account_id):
            if account_id:
                accounts.change_account(register, account_id, draft)
            else:
                account_id = accounts.add_account(register, draft)
            touched = {fund for fund, _ in (*before, *draft.openings)}
            keep_above_nothing(register, touched, dt.date.min)
    except Below as below:
        return refused_when_below(below)
    return Done(changes=TOPICS, text=text, ids=(account_id,))


def _opens_in_closed_year(
    register: Register, kept: Account | None, draft: AccountDraft
) -> tuple[Problem, ...]:
    """Refuse to change what an account held at first where that counts in a closed year."""
    before = (kept.opened_on, frozenset(kept.openings)) if kept else (None, frozenset())
    held = {one for one in (kept.openings if kept else ()) + draft.openings if one[1]}
    days = [day for day in (before[0], draft.opened_on) if day is not None]
    if not held or not days or before == (draft.opened_on, frozenset(draft.openings)):
        return ()
    closed = [one.ends_on for one in year_end.closed_years(register) if one.ends_on >= min(days)]
    if not closed:
        return ()
    values = {"account": draft.name, "value": short_date(max(closed))}
    return (Problem(code="opening_in_closed_year", field="opened_on", values=values),)


def _used_outside(
    register: Register, account_id: AccountId, draft: AccountDraft
) -> tuple[Problem, ...]:
    """Refuse days that would leave entries before an account begins, or after it is closed."""
    if draft.opened_on is None:
        return ()
    day = accounts.account_used_outside(register, account_id, draft.opened_on, draft.closed_on)
    if day is None:
        return ()
    early = day < draft.opened_on
    code = "account_used_before" if early else "account_used_after"
    values = {"account": draft.name, "value": short_date(day)}
    return (Problem(code=code, field="opened_on" if early else "closed_on", values=values),)


def remove_account(register: Register, account_id: AccountId) -> Done | Refused:
    """Take away an account that nothing names; one in use is closed instead."""
    account = accounts.accounts(register).get(account_id)
    if account is None:
        return Refused(problems=(Problem(code="account_gone"),))
    if accounts.account_in_use(register, account_id):
        return Refused(problems=(Problem(code="in_use_already", values={"value": account.name}),))
    problems = _opens_in_closed_year(register, account, replace(account, openings=()))
    if problems:
        return Refused(problems=problems)
    text = f"take away {account.name}"
    with register.transaction("account.remove", text=text, topics=TOPICS, subject_id=account_id):
        accounts.remove_account(register, account_id)
    return Done(changes=TOPICS, text=text, ids=(account_id,))


def save_fund(
    register: Register, draft: FundDraft, fund_id: FundId | None = None
) -> Done | Refused:
    """Add a fund or (with an id) change one; a fund that becomes tied may not be below nothing."""
    draft = replace(draft, name=clean(draft.name), purpose=clean_lines(draft.purpose))
    known = accounts.funds(register)
    problems = [*validate_fund(draft)]
    problems += _taken(draft.name, [f.name for f in known.values() if f.id != fund_id])
    if fund_id and fund_id not in known:
        problems.append(Problem(code="fund_gone"))
    problems += _stands_in_closed_year(register, known.get(fund_id or FundId(0)), draft)
    if problems:
        return Refused(problems=tuple(problems))
    text = f"{'change' if fund_id else 'add'} {draft.name}"
    try:
        with register.transaction("fund.save", text=text, topics=TOPICS, subject_id=fund_id):
            if fund_id:
                accounts.change_fund(register, fund_id, draft)
            else:
                fund_id = accounts.add_fund(register, draft)
            if draft.kind in TIED:
                keep_above_nothing(register, {fund_id}, dt.date.min)
    except Below as below:
        return refused_when_below(below)
    return Done(changes=TOPICS, text=text, ids=(fund_id,))


def _stands_in_closed_year(
    register: Register, kept: Fund | None, draft: FundDraft
) -> tuple[Problem, ...]:
    """Refuse another kind for a fund that stands in the accounts of a closed year."""
    if kept is None or kept.kind is draft.kind:
        return ()
    closed = [one.ends_on for one in year_end.closed_years(register)]
    if not closed or not accounts.fund_used_by(register, kept.id, max(closed)):
        return ()
    values = {"fund": kept.name, "value": short_date(max(closed))}
    return (Problem(code="kind_in_closed_year", field="kind", values=values),)


def remove_fund(register: Register, fund_id: FundId) -> Done | Refused:
    """Take away a fund that nothing names; one in use is closed instead."""
    fund = accounts.funds(register).get(fund_id)
    if fund is None:
        return Refused(problems=(Problem(code="fund_gone"),))
    if accounts.fund_in_use(register, fund_id):
        return Refused(problems=(Problem(code="in_use_already", values={"value": fund.name}),))
    text = f"take away {fund.name}"
    with register.transaction("fund.remove", text=text, topics=TOPICS, subject_id=fund_id):
        accounts.remove_fund(register, fund_id)
    return Done(changes=TOPICS, text=text, ids=(fund_id,))


def save_heading(
    register: Register, name: str, side: EntryKind, *, is_asset: bool = False
) -> Done | Refused:
    """Add a heading to a side."""
    name = clean(name)
    same = [h.name for h in accounts.headings(register).values() if h.side is side]
    problems = _taken(name, same) if name else [Problem(code="money_name_needed", field="name")]
    if problems:
        return Refused(problems=tuple(problems))
    text = f"add {name}"
    with register.transaction("heading.add", text=text, topics=TOPICS):
        heading_id = accounts.add_heading(register, name, side, is_asset=is_asset)
    return Done(changes=TOPICS, text=text, ids=(heading_id,))


def rename_heading(register: Register, heading_id: HeadingId, name: str) -> Done | Refused:
    """Give a heading another name; its past entries follow."""
    name = clean(name)
    known = accounts.headings(register)
    heading = known.get(heading_id)
    if heading is None:
        return Refused(problems=(Problem(code="heading_gone"),))
    same = [h.name for h in known.values() if h.side is heading.side and h.id != heading_id]
    problems = _taken(name, same) if name else [Problem(code="money_name_needed", field="name")]
    if problems:
        return Refused(problems=tuple(problems))
    text = f"rename {heading.name} to {name}"
    with register.transaction("heading.rename", text=text, topics=TOPICS, subject_id=heading_id):
        accounts.change_heading(register, heading_id, name, heading.closed_on)
    return Done(changes=TOPICS, text=text, ids=(heading_id,))


def close_heading(
    register: Register, heading_id: HeadingId, closed_on: dt.date | None
) -> Done | Refused:
    """Close a heading, so that it is offered no more, or open it again with None."""
    heading = accounts.headings(register).get(heading_id)
    if heading is None:
        return Refused(problems=(Problem(code="heading_gone"),))
    text = f"{'close' if closed_on else 'open'} {heading.name}"
    with register.transaction("heading.close", text=text, topics=TOPICS, subject_id=heading_id):
        accounts.change_heading(register, heading_id, heading.name, closed_on)
    return Done(changes=TOPICS, text=text, ids=(heading_id,))


def move_heading(register: Register, heading_id: HeadingId, by: int) -> Done | Refused:
    """Move a heading up (below 0) or down among those of its side: the order they are offered in."""
    known = accounts.headings(register)
    heading = known.get(heading_id)
    if heading is None:
        return Refused(problems=(Problem(code="heading_gone"),))
    order = [h.id for h in known.values() if h.side is heading.side]
    place = order.index(heading_id)
    wanted = max(0, min(len(order) - 1, place + by))
    if wanted == place:
        return Refused(problems=(Problem(code="nothing_to_change"),))
    order.insert(wanted, order.pop(place))
    text = f"move {heading.name} {'up' if wanted < place else 'down'}"
    with register.transaction("heading.move", text=text, topics=TOPICS, subject_id=heading_id):
        accounts.order_headings(register, order)
    return Done(changes=TOPICS, text=text, ids=(heading_id,))


def remove_heading(register: Register, heading_id: HeadingId) -> Done | Refused:
    """Take away a heading that nothing names; one in use is closed instead."""
    heading = accounts.headings(register).get(heading_id)
    if heading is None:
        return Refused(problems=(Problem(code="heading_gone"),))
    if accounts.heading_in_use(register, heading_id):
        return Refused(problems=(Problem(code="in_use_already", values={"value": heading.name}),))
    text = f"take away {heading.name}"
    with register.transaction("heading.remove", text=text, topics=TOPICS, subject_id=heading_id):
        accounts.remove_heading(register, heading_id)
    return Done(changes=TOPICS, text=text, ids=(heading_id,))


def _taken(name: str, others: list[str]) -> list[Problem]:
    if name.casefold() in {other.casefold() for other in others}:
        return [Problem(code="money_name_taken", field="name", values={"value": name})]
    return []
