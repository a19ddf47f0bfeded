"""Tables of the cash book: accounts, funds, headings, grants and budgets, which pot paid for what."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from app.domain.grants import GrantStanding, GrantState
from app.domain.ids import GrantId
from app.domain.ledger import FUND_KINDS, TIED, Account, EntryKind, Fund, FundKind
from app.domain.money import pounds
from app.domain.periods import Period, long_date, short_date
from app.returns.counting.filling import Filling
from app.returns.filled import Align, Block, Cell, Column, Note, Row, Table, Text, TwoColumns, text
from app.returns.language.page_kinds import MoneyOf, MoneySpec
from app.returns.parts.money.money_lists import book_of_accounts, changes, statements
from app.storage import accounts, grants, year_accounts
from app.storage import money as book
from app.storage.register import Register

_FREE = "Free money (no grant paid)"
_EVERYTHING = "The whole group"
_Id = TypeVar("_Id", bound=int)

_MOVED = (
    "Money counts on the day it moved. Transfers between our own accounts and funds are in neither "
    "money in nor money out."
)
_RUNNING = (
    "Running costs only: things bought to last are left out. Each payment is in one fund, or shared "
    "between funds to the penny, so no cost is counted twice. Volunteers’ time is not in these sums."
)
_BEGUN = "What an account held when it was begun in this period counts as there before it."

NO_MONEY = "No money is recorded in this book yet."


def money(filling: Filling, spec: MoneySpec) -> Sequence[Block]:
    """Return one table of the cash book, or the sentence that there is no money in it."""
    if not year_accounts.has_money(filling.register):
        return no_money(filling)
    filling.foot = money_foot(filling)
    blocks = _BUILDERS[spec.of](filling)
    for block in blocks:
        sides = (*block.left, *block.right) if isinstance(block, TwoColumns) else (block,)
        for table in sides:
            if isinstance(table, Table):
                _keep(filling, table)
    return blocks


def no_money(filling: Filling) -> Sequence[Block]:
    """Return the sentence that there is no money in the book, once in a return; then nothing."""
    filling.warn(f"{NO_MONEY} Begin the cash book under Money, then print again.")
    if NO_MONEY in filling.kept:
        return ()
    filling.kept[NO_MONEY] = True
    return (Note(runs=text(NO_MONEY)),)


def money_foot(filling: Filling) -> tuple[str, ...]:
    """Return the foot of pages of money, where no numbers about people are."""
    group = filling.settings.group_name or "Our group"
    return (
        group,
        filling.period.text,
        f"from the cash book, {long_date(filling.counted_at.date())}",
    )


def _keep(filling: Filling, table: Table) -> None:
    rows = [
        [cell.text for cell in row]
        for row in (*table.rows, *((table.total,) if table.total else ()))
    ]
    columns = [column.title for column in table.columns]
    filling.tables.append({"id": table.id, "columns": list(columns), "rows": list(rows)})


def _sum(pence: int, *, strong: bool = False) -> Cell:
    return Cell(text=pounds(pence), bold=strong)


def _right(title: str) -> Column:
    return Column(title=title, align=Align.RIGHT)


def _of_a_day(title: str) -> Column:
    """Return a column as wide as in the table above or below it, so that sums stand in line."""
    return Column(title=title, align=Align.RIGHT, width_mm=40)


# --- what is there -----------------------------------------------------------------------------


def _accounts(filling: Filling) -> Sequence[Block]:
    known = accounts.accounts(filling.register)
    begun = {one.id: one.opening_pence for one in _begun(filling)}
    first, last = _edges(filling, book.account_balances, begun)
    rows = tuple(
        (Cell(text=one.name), _sum(first.get(one.id, 0)), _sum(last.get(one.id, 0)))
        for one in known.values()
    )
    table = _standing("accounts", "Account", rows, sum(first.values()), sum(last.values()), filling)
    return (table, Note(runs=text(_BEGUN))) if begun else (table,)


def _begun(filling: Filling) -> tuple[Account, ...]:
    """Return the accounts begun in the period: what they held then counts as there before."""
    known = accounts.accounts(filling.register).values()
    return tuple(one for one in known if one.opened_on in filling.period and one.opening_pence)


def _funds(filling: Filling) -> Sequence[Block]:
    known = accounts.funds(filling.register)
    parts = [part for account in _begun(filling) for part in account.openings]
    begun = {fund: sum(pence for other, pence in parts if other == fund) for fund, _ in parts}
    first, last = _edges(filling, book.fund_balances, begun)
    rows = tuple(
        (
            Cell(text=_fund_words(one)),
            _sum(first.get(one.id, 0)),
            _sum(last.get(one.id, 0)),
        )
        for one in known.values()
        if first.get(one.id, 0) or last.get(one.id, 0) or one.kind is FundKind.UNRESTRICTED
    )
    return (_standing("funds", "Fund", rows, sum(first.values()), sum(last.values()), filling),)


def _fund_words(fund: Fund) -> str:
    kind = FUND_KINDS[fund.kind].lower()
    return fund.name if fund.name.lower() == kind else f"{fund.name} ({kind})"


def _edges(
    filling: Filling, of: Callable[[Register, dt.date], dict[_Id, int]], begun: Mapping[_Id, int]
) -> tuple[dict[_Id, int], dict[_Id, int]]:
    """Return what was held before the period, what was begun in it included, and at its end."""
    first = dict(of(filling.register, filling.period.first - dt.timedelta(days=1)))
    for key, pence in begun.items():
        first[key] = first.get(key, 0) + pence
    return first, of(filling.register, filling.period.last)


def _standing(
    table_id: str, title: str, rows: tuple[Row, ...], first: int, last: int, filling: Filling
) -> Table:
    return Table(
        id=table_id,
        columns=(
            Column(title=title, weight=2.6),
            _of_a_day(f"Before {short_date(filling.period.first)}"),
            _of_a_day(f"On {short_date(filling.period.last)}"),
        ),
        rows=rows,
        total=(Cell(text="Together", bold=True), _sum(first, strong=True), _sum(last, strong=True)),
        summary=f"What each {title.lower()} held before the period and at its end",
    )


# --- what moved --------------------------------------------------------------------------------


def _headings(filling: Filling) -> Sequence[Block]:
    """Return what came in and what went out by heading, side by side."""
    moved = year_accounts.moved(filling.register, filling.period)
    came, went = (
        _heading_table(
            title,
            {one.heading or "No heading": 0 for one in moved if one.kind is kind},
            [(one.heading or "No heading", sign * one.pence) for one in moved if one.kind is kind],
        )
        for kind, title, sign in (
            (EntryKind.RECEIPT, "Money in", 1),
            (EntryKind.PAYMENT, "Money out", -1),
        )
    )
    return (TwoColumns(left=(came,), right=(went,)), Note(runs=text(_MOVED)))


def _heading_table(title: str, names: dict[str, int], moved: Sequence[tuple[str, int]]) -> Table:
    for name, pence in moved:
        names[name] += pence
    return Table(
        id=title.lower().replace(" ", "-"),
        columns=(Column(title=title, weight=2.6), _right("£")),
        rows=tuple((Cell(text=name), _sum(pence)) for name, pence in names.items()),
        total=(Cell(text="Together", bold=True), _sum(sum(names.values()), strong=True)),
        summary=f"{title} by heading",
        empty_text="Nothing moved in this period.",
    )


def _shared(filling: Filling) -> Sequence[Block]:
    """Return which fund paid for which activity, and what free money had to find."""
    spent: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in year_accounts.moved(filling.register, filling.period):
        if one.kind is EntryKind.PAYMENT and not one.is_asset:
            fund = one.fund if one.fund_kind in TIED else _FREE
            spent[one.activity or _EVERYTHING][fund] -= one.pence
    funds = sorted({fund for row in spent.values() for fund in row} - {_FREE}, key=str.casefold)
    names = sorted(spent, key=lambda name: (name == _EVERYTHING, name.casefold()))
    columns = (*funds, _FREE)
    together = {fund: sum(spent[name].get(fund, 0) for name in names) for fund in columns}
    return (
        Table(
            id="shared-costs",
            columns=(
                Column(title="What was paid for", weight=2.2),
                *(_right(fund) for fund in columns),
                _right("Cost"),
            ),
            rows=tuple(_shared_row(name, spent[name], columns) for name in names),
            total=_shared_row("Together", together, columns, strong=True) if names else None,
            summary="Which fund paid for which activity, and what free money had to find",
            notes=(text(_RUNNING),),
            empty_text="Nothing was paid in this period.",
            font_size=9.0,
        ),
    )


def _shared_row(
    name: str, paid: Mapping[str, int], columns: Sequence[str], *, strong: bool = False
) -> Row:
    parts = (_part(paid.get(fund, 0), strong=strong) for fund in columns)
    return (Cell(text=name, bold=strong), *parts, _sum(sum(paid.values()), strong=True))


def _part(pence: int, *, strong: bool = False) -> Cell:
    return _sum(pence, strong=strong) if pence else Cell(text="–", muted=True)


# --- grants ------------------------------------------------------------------------------------


def _grants(filling: Filling) -> Sequence[Block]:
    """Return how each grant stands that has something left, runs, or moved in the period."""
    first, last = _edges_of_grants(filling)
    held = [one for one in last.values() if one.grant.awarded_pence is not None]
    shown = [one for one in held if _is_current(one, first[one.grant.id], filling.period)]
    return (
        Table(
            id="grants",
            columns=(
                Column(title="Grant", weight=2.4),
                _right("Awarded"),
                _right("Received"),
                _right("Spent"),
                _right("Left"),
                Column(title="Report due", weight=1.2),
            ),
            rows=tuple(
                (
                    Cell(text=f"{one.grant.funder}, {one.grant.reference}"),
                    _sum(one.grant.awarded_pence or 0),
                    _sum(one.received_pence),
                    _sum(one.spent_pence),
                    _sum(one.left_pence),
                    Cell(text=_day(one)),
                )
                for one in shown
            ),
            notes=_ended(len(held) - len(shown)),
            summary="What each grant received, spent and has left",
            empty_text="No grant ran in this period." if held else "No grant has been awarded.",
        ),
    )


_Standings = Mapping[GrantId, GrantStanding]


def _edges_of_grants(filling: Filling) -> tuple[_Standings, _Standings]:
    """Return how every grant stood before the period, and at its end."""
    before = filling.period.first - dt.timedelta(days=1)
    return (
        grants.standings(filling.register, last=before),
        grants.standings(filling.register, last=filling.period.last),
    )


def _is_current(now: GrantStanding, before: GrantStanding, period: Period) -> bool:
    """Say whether a grant is of this period still: a book of ten years has dozens that are not."""
    ends = now.grant.ends_on
    moved = (now.received_pence, now.spent_pence) != (before.received_pence, before.spent_pence)
    ended = ends is not None and ends < period.first and now.grant.state is GrantState.CLOSED
    return moved or now.left_pence != 0 or not ended


def _ended(many: int) -> tuple[Text, ...]:
    if not many:
        return ()
    which = "One grant is" if many == 1 else f"{many:,} grants are"
    return (text(f"{which} not listed: ended before, nothing moved in this period, nothing left."),)


def _day(one: GrantStanding) -> str:
    return short_date(one.grant.report_due_on) if one.grant.report_due_on else ""


def _budget(filling: Filling) -> Sequence[Block]:
    """Return the budget of the grant the return is about, beside what was spent."""
    if filling.grant is None:
        return ()
    standing = grants.standings(filling.register, last=filling.period.last)[filling.grant.id]
    over = [row for row in standing.headings if row.left_pence < 0]
    for row in over:
        name = row.heading or "no heading"
        filling.warn(f"{pounds(-row.left_pence)} more was spent on {name} than the budget has.")
    budget = sum(row.budget_pence for row in standing.headings)
    return (
        Table(
            id="budget",
            columns=(
                Column(title="Heading", weight=2.6),
                _right("Budget"),
                _right("Spent"),
                _right("Left"),
            ),
            rows=tuple(
                (
                    Cell(text=row.heading or "No heading"),
                    _sum(row.budget_pence),
                    _sum(row.spent_pence),
                    Cell(text=_left(row.left_pence)),
                )
                for row in standing.headings
            ),
            total=(
                Cell(text="Together", bold=True),
                _sum(budget, strong=True),
                _sum(standing.spent_pence, strong=True),
                _sum(budget - standing.spent_pence, strong=True),
            ),
            summary="The grant's budget by heading, what was spent and what is left",
            empty_text="The grant has no budget and nothing was spent of it.",
        ),
    )


def _left(pence: int) -> str:
    return pounds(pence) if pence >= 0 else f"{pounds(-pence)} over"


_BUILDERS: dict[MoneyOf, Callable[[Filling], Sequence[Block]]] = {
    MoneyOf.ACCOUNTS: _accounts,
    MoneyOf.FUNDS: _funds,
    MoneyOf.HEADINGS: _headings,
    MoneyOf.GRANTS: _grants,
    MoneyOf.BUDGET: _budget,
    MoneyOf.SHARED: _shared,
    MoneyOf.BOOK: book_of_accounts,
    MoneyOf.CHANGES: changes,
    MoneyOf.STATEMENTS: statements,
}
