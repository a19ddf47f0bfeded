"""Carry a prepared statement out: one transaction, taken out whole by its import; agree a statement."""

import datetime as dt
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.changes import Topic
from app.domain.errors import QuestionOpen
from app.domain.errors import Refused as Stopped
from app.domain.ids import AccountId, FundId
from app.domain.ledger import Account, AccountDraft, EntryDraft, FundDraft, LineDraft, transfer
from app.domain.money import pounds
from app.domain.names import clean
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.services.money.books import Books, books, write_first_book
from app.services.money.floors import Below, keep_above_nothing
from app.services.result import Done, Refused, Written, to_its_end
from app.services.statements.account import pots_of
from app.services.statements.matching import Fate, keys_of
from app.services.statements.plans import (
    PreparedStatement,
    RowPlan,
    entry_of,
    free_fund,
    keyed,
)
from app.services.statements.report import StatementReport, report_of
from app.storage import accounts, imports, money, statement_removal, statements
from app.storage.register import Register
from app.storage.statements import Statement

_TOPICS = frozenset({Topic.MONEY})
_LINES_AT_ONCE = 20
"""Written between two turns of the window: some milliseconds."""


@dataclass(slots=True)
class _Booking:
    """A statement while it is booked."""

    register: Register
    prepared: PreparedStatement
    import_id: int
    without: frozenset[FundId]
    """Funds of rules that are left aside, for they would be below nothing."""
    known: Books
    account_id: AccountId | None = None
    rows: tuple[RowPlan, ...] = ()
    statement_id: int | None = None
    funds: set[FundId] = field(default_factory=set)


Writing = Generator[Written, None, StatementReport]
"""A statement being booked, some milliseconds at a time. Closing it leaves the register as it was."""


def carry_out(register: Register, prepared: PreparedStatement) -> StatementReport:
    """Book a statement as one transaction, so that it can be taken out whole; return what was done.

    Raises AppError with the register as it was when something stands in the way.
    """
    return to_its_end(write_in_slices(register, prepared))


def write_in_slices(register: Register, prepared: PreparedStatement) -> Writing:
    """Book a statement as `carry_out` does; the first that is given says how many lines it has."""
    if prepared.questions:
        raise QuestionOpen(" ".join(question.text for question in prepared.questions))
    if not prepared.part.rows and prepared.part.problems:
        first = prepared.part.problems[0]
        raise Stopped(
            f"No line of {prepared.plan.file_name} could be read. Row {first.place.row}: "
            f"{first.message} Nothing was changed."
        )
    yield Written(done=0, total=len(prepared.rows))
    without: frozenset[FundId] = frozenset()
    try:
        return (yield from _carry_out(register, prepared, without))
    except Below:
        # What a rule says would bring tied money below nothing: those lines are left to be sorted.
        without = frozenset(
            row.rule.fund_id for row in prepared.rows if row.rule and row.rule.fund_id
        )
    try:
        return (yield from _carry_out(register, prepared, without))
    except Below as below:
        raise Stopped(f"{Refused(problems=below.problems).text} Nothing was changed.") from None


def _carry_out(
    register: Register, prepared: PreparedStatement, without: frozenset[FundId]
) -> Writing:
    plan = prepared.plan
    with register.transaction(
        "import.bank", text=f"import {plan.file_name}", topics=_TOPICS, bulk=True
    ):
        import_id = imports.add_run(
            register, kind="bank", file_name=plan.file_name, digest=plan.digest
        )
        booking = _Booking(
            register=register, prepared=prepared, import_id=import_id, without=without,
            known=books(register),
        )  # fmt: skip
        if prepared.part.rows:
            _begin(booking)
            yield from _write(booking)
        report = report_of(
            register, prepared, import_id=import_id, account_id=booking.account_id,
            without=without,
        )  # fmt: skip
        if booking.statement_id is not None and report.agreed:
            statements.set_agreed(register, booking.statement_id, agreed=True)
        imports.finish_run(
            register, import_id, rows=report.rows, added=report.added, matched=report.matched,
            skipped=report.skipped, counts={"transactions": report.added},
        )  # fmt: skip
    return report


def _begin(booking: _Booking) -> None:
    """Find the account, or begin it (and the cash book), noting what was made."""
    register, prepared = booking.register, booking.prepared
    part, account = prepared.part, prepared.whose.account
    if account is not None:
        booking.account_id, booking.rows = account.id, prepared.rows
        if prepared.earlier_opening_pence is not None and part.first_day is not None:
            _begin_earlier(booking, account, part.first_day, prepared.earlier_opening_pence)
        if part.code and not account.bank_code:
            values = {"bank_code": clean(part.code)}
            imports.fill_blanks(
                register, booking.import_id, "account", account.id, values, {"bank_code": ""}
            )
        return
    known = booking.known
    opened_on = part.first_day or prepared.today
    if not known.accounts and not known.funds:
        booking.account_id = write_first_book(
            register, opened_on=opened_on, bank_name=prepared.whose.name,
            bank_code=clean(part.code), bank_pence=prepared.opening_pence,
        )  # fmt: skip
    else:
        free = free_fund(known, opened_on) or accounts.add_fund(
            register, FundDraft(name=_unused("Free money", known))
        )
        pence = prepared.opening_pence
        draft = AccountDraft(
            name=prepared.whose.name, opened_on=opened_on, bank_code=clean(part.code),
            openings=((free, pence),) if pence else (),
        )  # fmt: skip
        booking.account_id = accounts.add_account(register, draft)
    _note_made(booking)
    keys = dict(enumerate(keys_of(booking.account_id, part.rows)))
    booking.rows = keyed(keys, prepared.rows)


def _begin_earlier(booking: _Booking, account: Account, day: dt.date, pence: int) -> None:
    """Let an account begin on an earlier day, with what it held then (pence)."""
    fund = free_fund(booking.known, day)
    if fund is None:
        return
    statements.begin_earlier(
        booking.register, booking.import_id, account, day, fund, pence - account.opening_pence
    )


def _unused(name: str, known: Books) -> str:
    taken = {fund.name.casefold() for fund in known.funds.values()}
    return name if name.casefold() not in taken else f"{name} (bank)"


def _note_made(booking: _Booking) -> None:
    """Note accounts, funds and headings that were not there before, and name them to entries."""
    before, now = booking.known, books(booking.register)
    for table, made in (
        ("account", sorted(set(now.accounts) - set(before.accounts))),
        ("fund", sorted(set(now.funds) - set(before.funds))),
        ("heading", sorted(set(now.headings) - set(before.headings))),
    ):
        if made:
            imports.note_made(booking.register, booking.import_id, table, made)
    booking.known = now


def _write(booking: _Booking) -> Iterator[Written]:
    """Write the statement, its new entries, and what it matched, some lines at a time."""
    register, part = booking.register, booking.prepared.part
    touched = [row for row in booking.rows if row.fate not in {Fate.KNOWN, Fate.REFUSED}]
    account_id = booking.account_id
    if not touched or account_id is None or part.first_day is None or part.last_day is None:
        return
    booking.statement_id = statement_id = statements.add_statement(
        register, account_id, (part.first_day, part.last_day),
        (part.opening_pence, part.closing_pence), booking.import_id,
    )  # fmt: skip
    new = [row for row in touched if row.fate is Fate.NEW]
    there = [row for row in touched if row.fate is not Fate.NEW]
    lines, total = len(booking.rows) - len(touched), len(booking.rows)
    for some in _by_slices(new):
        drafts = [_draft(booking, account_id, row) for row in some]
        statements.add_entries(
            register, drafts, statement_id=statement_id, import_id=booking.import_id
        )
        booking.funds |= {line.fund_id for draft in drafts for line in draft.lines}
        yield Written(done=(lines := lines + len(some)), total=total)
    for some in _by_slices(there):
        for row in some:
            _match(booking, account_id, row)
        yield Written(done=(lines := lines + len(some)), total=total)
    known = [row.entry_id for row in booking.rows if row.fate is not Fate.REFUSED]
    statements.put_on(register, statement_id, [one for one in known if one is not None])
    _count_rules(booking, touched)
    keep_above_nothing(register, booking.funds, part.first_day)


def _by_slices(rows: list[RowPlan]) -> Iterator[list[RowPlan]]:
    for first in range(0, len(rows), _LINES_AT_ONCE):
        yield rows[first : first + _LINES_AT_ONCE]


def _draft(booking: _Booking, account_id: AccountId, row: RowPlan) -> EntryDraft:
    fund = free_fund(booking.known, row.row.day)
    if fund is None:
        name = _unused("Free money", booking.known)
        fund = accounts.add_fund(booking.register, FundDraft(name=name))
        _note_made(booking)
    if row.row.own_money:
        return _pot_move(booking, account_id, row, fund)
    line = LineDraft(account_id=account_id, fund_id=fund, amount_pence=row.row.amount_pence)
    return entry_of(row, line, booking.known, without=booking.without)


def _pot_move(booking: _Booking, account_id: AccountId, row: RowPlan, fund: FundId) -> EntryDraft:
    """Return a transfer to or from the account's pots, begun as an account of their own."""
    register, name = booking.register, pots_of(booking.prepared.whose.name)
    there = booking.known.accounts.values()
    pots = next((a.id for a in there if a.name.casefold() == name.casefold()), None)
    if pots is None:
        opened_on = booking.prepared.part.first_day
        pots = accounts.add_account(register, AccountDraft(name=name, opened_on=opened_on))
        _note_made(booking)
    pence = row.row.amount_pence
    moved = transfer(
        entry_on=row.row.day, amount_pence=abs(pence), funds=(fund, fund),
        accounts=(pots, account_id) if pence > 0 else (account_id, pots),
    )  # fmt: skip
    line = LineDraft(account_id=account_id, fund_id=fund, amount_pence=pence)
    return replace(entry_of(row, line, booking.known), kind=moved.kind, lines=moved.lines)


def _match(booking: _Booking, account_id: AccountId, row: RowPlan) -> None:
    register, known = booking.register, row.match.known
    if known is None or money.closed_year_of(register, known.entry_on) is not None:
        return
    entry = money.get(register, known.entry_id)
    if entry is None:
        return
    values: dict[str, Any] = {
        "bank_key": " ".join(filter(None, (entry.bank_key, row.match.key))),
        "bank_text": entry.bank_text or clean(row.row.text),
    }
    if row.fate is Fate.TRANSFER:
        statements.make_transfer(register, booking.import_id, known, account_id, values)
    else:
        statements.match(register, booking.import_id, known.entry_id, values)


def _count_rules(booking: _Booking, rows: list[RowPlan]) -> None:
    uses: dict[int, int] = {}
    for row in rows:
        if row.rule is not None and row.rule.fund_id not in booking.without:
            uses[row.rule.id] = uses.get(row.rule.id, 0) + 1
    for rule_id, count in uses.items():
        statements.count_uses(booking.register, rule_id, count)


# --- agreeing a statement ------------------------------------------------------------------------


def list_statements(
    register: Register, account_id: AccountId | None = None
) -> tuple[Statement, ...]:
    """Return the statements of an account or of all, oldest first."""
    return statements.statements(register, account_id)


def agree_statement(register: Register, statement_id: int) -> Done | Refused:
    """Note that book and statement agree; refused with the difference (pounds) when they do not."""
    found = next((s for s in statements.statements(register) if s.id == statement_id), None)
    if found is None:
        return Refused(problems=(Problem(code="statement_gone"),))
    if found.closing_pence is None:
        return Refused(problems=(Problem(code="statement_open_ended"),))
    held = money.account_balances(register, found.to_on).get(found.account_id, 0)
    account = accounts.accounts(register)[found.account_id]
    if held != found.closing_pence:
        values = {
            "day": short_date(found.to_on), "book": pounds(held), "account": account.name,
            "bank": pounds(found.closing_pence), "value": pounds(abs(held - found.closing_pence)),
        }  # fmt: skip
        return Refused(problems=(Problem(code="statement_differs", values=values),))
    text = f"agree {account.name} with its statement to {short_date(found.to_on)}"
    with register.transaction(
        "statement.agree", text=text, topics=_TOPICS, subject_id=statement_id
    ):
        statements.set_agreed(register, statement_id, agreed=True)
    return Done(changes=_TOPICS, text=text, ids=(statement_id,))


# --- taking one out ------------------------------------------------------------------------------


def may_take_out(register: Register, import_id: int) -> None:
    """Raise Refused when entries of an import lie in a closed year."""
    for day in statement_removal.brought(register, import_id).days:
        year = money.closed_year_of(register, day)
        if year is not None:
            values = {"value": short_date(year)}
            text = Problem(code="year_closed", values=values).text
            raise Stopped(f"{text} Nothing was changed.")


def funds_of_import(register: Register, import_id: int) -> frozenset[FundId]:
    """Return the funds that entries of an import name."""
    return statement_removal.brought(register, import_id).funds
