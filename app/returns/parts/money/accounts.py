"""Receipts and payments accounts with their statement of assets and liabilities.

The layout is that of the Charity Commission's form CC16a [S92]: section A with receipts, payments,
transfers and cash, section B with what is owned and owed; funds in columns, last year beside them.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.ledger import EntryKind
from app.domain.money import pounds
from app.domain.periods import Period, year_ending
from app.domain.year_end import SCRUTINY_WORDS, accounts_standing
from app.figures.accounting import thresholds
from app.returns.counting.filling import Filling
from app.returns.filled import (
    Align,
    Block,
    Cell,
    Column,
    Heading,
    Note,
    Notice,
    Row,
    Table,
    text,
)
from app.returns.language.page_kinds import AccountsSpec
from app.returns.parts.money.assets import section_b
from app.returns.parts.money.money import money_foot, no_money
from app.returns.parts.money.money_columns import (
    COLUMN,
    Fund,
    Sums,
    added,
    in_columns,
    nothing,
    whole,
)
from app.storage import year_accounts
from app.storage.year_accounts import Moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Section A of a year: sums by heading and column (pence)."""

    receipts: dict[str, Sums]
    sales: dict[str, Sums]
    payments: dict[str, Sums]
    purchases: dict[str, Sums]
    transfers: Sums
    opening: Sums
    closing: Sums

    @property
    def receipts_total(self) -> Sums:
        """All that came in."""
        return added((*self.receipts.values(), *self.sales.values()))

    @property
    def payments_total(self) -> Sums:
        """All that went out, above nothing."""
        return added((*self.payments.values(), *self.purchases.values()))

    @property
    def net(self) -> Sums:
        """Receipts less payments."""
        came, went = self.receipts_total, self.payments_total
        return {fund: came[fund] - went[fund] for fund in Fund}

    @property
    def left(self) -> Sums:
        """Cash at the end as section A has it: net, transfers and what was there before."""
        return added((self.net, self.transfers, self.opening))


def _by_heading(moved: Sequence[Moved], kind: EntryKind, *, asset: bool) -> dict[str, Sums]:
    sign = 1 if kind is EntryKind.RECEIPT else -1
    found: dict[str, Sums] = {}
    for one in moved:
        if one.kind is kind and one.is_asset == asset:
            sums = found.setdefault(one.heading or "No heading", nothing())
            sums[COLUMN[one.fund_kind]] += sign * one.pence
    return found


def section_a(filling: Filling, period: Period) -> Part:
    """Return section A of a period."""
    moved = year_accounts.moved(filling.register, period)
    before = year_accounts.held(filling.register, period.first - dt.timedelta(days=1))
    begun = year_accounts.begun(filling.register, period)
    transfers = nothing()
    for one in moved:
        if one.kind is EntryKind.TRANSFER:
            transfers[COLUMN[one.fund_kind]] += one.pence
    return Part(
        receipts=_by_heading(moved, EntryKind.RECEIPT, asset=False),
        sales=_by_heading(moved, EntryKind.RECEIPT, asset=True),
        payments=_by_heading(moved, EntryKind.PAYMENT, asset=False),
        purchases=_by_heading(moved, EntryKind.PAYMENT, asset=True),
        transfers=transfers,
        opening=in_columns((*before, *begun)),
        closing=in_columns(year_accounts.held(filling.register, period.last)),
    )


def accounts(filling: Filling, _: AccountsSpec) -> Sequence[Block]:
    """Return both sections, or the sentence that says there is no money in the book."""
    if not year_accounts.has_money(filling.register):
        return no_money(filling)
    filling.foot = money_foot(filling)
    this = section_a(filling, filling.period)
    last = section_a(filling, _year_before(filling.period))
    _keep(filling, this)
    return (
        *_standing(filling, this),
        *_table_a(filling, this, last),
        *section_b(filling),
        _how(filling, this),
    )


def _year_before(period: Period) -> Period:
    if period == year_ending(period.last):
        return year_ending(period.first - dt.timedelta(days=1))
    length = period.last - period.first
    last = period.first - dt.timedelta(days=1)
    return Period(first=last - length, last=last)


def _standing(filling: Filling, this: Part) -> Sequence[Block]:
    income = sum(added(this.receipts.values()).values())
    limits = thresholds(filling.period.last)
    found = accounts_standing(filling.settings.legal_form, income, limits)
    blocks: list[Block] = []
    if found.why_not:
        filling.warn(found.why_not)
        blocks.append(Notice(text="Not for filing", detail=found.why_not, quiet=True))
    filling.answers["gross_income_pence"] = income
    filling.answers["scrutiny"] = found.scrutiny.value
    number = filling.settings.charity_number
    said = (
        f"Charity number {number}." if number else "",
        f"Gross income in the period: {pounds(income)}.",
        SCRUTINY_WORDS[found.scrutiny],
    )
    blocks.append(Note(runs=text(" ".join(filter(None, said)))))
    return blocks


def _keep(filling: Filling, this: Part) -> None:
    """Put every sum, in pence, into what the command line and other forms read."""
    parts: list[tuple[str, dict[str, Sums]]] = [
        ("A1", this.receipts), ("A2", this.sales), ("A3", this.payments), ("A4", this.purchases),
    ]  # fmt: skip
    totals = {
        "total_receipts": this.receipts_total, "total_payments": this.payments_total,
        "net": this.net, "A5": this.transfers, "A6": this.opening, "cash_at_end": this.left,
    }  # fmt: skip
    rows: list[list[str | int]] = []
    for part, lines in parts:
        rows += [[part, name, *_pence(sums)] for name, sums in sorted(lines.items())]
    rows += [[name, "", *_pence(sums)] for name, sums in totals.items()]
    columns = ["part", "heading", "unrestricted_pence", "restricted_pence", "endowment_pence", "total_pence"]  # fmt: skip
    filling.tables.append({"id": "accounts", "columns": columns, "rows": list(rows)})


def _pence(sums: Sums) -> tuple[int, ...]:
    return (*(sums[fund] for fund in Fund), sum(sums.values()))


# --- section A ---------------------------------------------------------------------------------

_Get = Callable[[Part], Sums]


def _table_a(filling: Filling, this: Part, last: Part) -> Sequence[Block]:
    rows: list[Row] = []
    parts: tuple[tuple[str, Callable[[Part], dict[str, Sums]]], ...] = (
        ("A1 Receipts", lambda part: part.receipts),
        ("A2 Asset and investment sales", lambda part: part.sales),
    )
    rows += _lines(this, last, parts)
    rows.append(_bold("Total receipts", this, last, lambda part: part.receipts_total))
    parts = (
        ("A3 Payments", lambda part: part.payments),
        ("A4 Asset and investment purchases", lambda part: part.purchases),
    )
    rows += _lines(this, last, parts)
    rows.append(_bold("Total payments", this, last, lambda part: part.payments_total))
    rows.append(_bold("Net of receipts and payments", this, last, lambda part: part.net))
    rows.append(_plain("A5 Transfers between funds", this, last, lambda part: part.transfers))
    rows.append(_plain("A6 Cash funds at the start", this, last, lambda part: part.opening))
    return (
        Heading(text="Section A: receipts and payments"),
        Table(
            id="section-a",
            columns=_columns(filling, last=True),
            rows=tuple(rows),
            total=_bold("Cash funds at the end", this, last, lambda part: part.left),
            summary="Receipts and payments by heading, funds in columns, last year beside them",
            font_size=9.5,
        ),
    )


def _columns(filling: Filling, *, last: bool) -> tuple[Column, ...]:
    whole = [
        Column(title="", weight=2.6),
        *(Column(title=f"{fund} £", align=Align.RIGHT) for fund in Fund),
        Column(title="Total £", align=Align.RIGHT),
    ]
    if last:
        before = _year_before(filling.period)
        ended = f"{before.last:%d/%m/%Y}"
        whole.append(Column(title=f"Year to {ended} £", align=Align.RIGHT))
    return tuple(whole)


def _lines(
    this: Part,
    last: Part,
    parts: Sequence[tuple[str, Callable[[Part], dict[str, Sums]]]],
) -> list[Row]:
    rows: list[Row] = []
    for title, lines_of in parts:
        now, then = lines_of(this), lines_of(last)
        names = sorted({*now, *then}, key=str.casefold)
        rows.append((Cell(text=title, bold=True), *(Cell(),) * 5))
        rows += [_row(name, now.get(name, nothing()), then.get(name, nothing())) for name in names]
        if not names:
            rows.append((Cell(text="None.", muted=True), *(Cell(),) * 5))
        total, before = added(now.values()), added(then.values())
        rows.append(_row("Sub total", total, before, strong=True))
    return rows


def _row(name: str, now: Sums, then: Sums, *, strong: bool = False) -> Row:
    cells = [*(now[fund] for fund in Fund), sum(now.values()), sum(then.values())]
    return (Cell(text=name, bold=strong), *(Cell(text=whole(p), bold=strong) for p in cells))


def _bold(name: str, this: Part, last: Part, get: _Get) -> Row:
    return _row(name, get(this), get(last), strong=True)


def _plain(name: str, this: Part, last: Part, get: _Get) -> Row:
    return _row(name, get(this), get(last))


def _how(filling: Filling, this: Part) -> Note:
    agrees = this.left == this.closing
    if not agrees:
        out = sum(this.left.values()) - sum(this.closing.values())
        filling.warn(
            f"Section A and the accounts differ by {pounds(out)}. Run a check of the book first."
        )
    said = "agree" if agrees else "do not agree"
    return Note(
        runs=text(
            "Cash basis: money counts on the day it moved. Figures are rounded to the nearest pound "
            "from sums of pence, so a column may differ by £1 from its own total. Money set aside "
            "by the committee is in the unrestricted column. Volunteers' time and gifts in kind are "
            f"not in these accounts. Cash at the end of section A and in B1 {said}."
        )
    )
