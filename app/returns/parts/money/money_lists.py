"""Long lists of the cash book for whoever examines it: every entry, every change, every statement."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.ids import EntryId
from app.domain.ledger import Account, EntryKind
from app.domain.money import pounds
from app.domain.periods import short_date
from app.returns.counting.filling import Filling
from app.returns.filled import Align, Block, Cell, Column, Heading, Note, Row, Table, text
from app.storage import accounts, year_accounts
from app.storage import money as book
from app.storage.money import BookRow

_USE_CASES = {
    "money.save": "changed",
    "money.bin": "put in the bin",
    "money.unbin": "taken out of the bin",
}


def book_of_accounts(filling: Filling) -> Sequence[Block]:
    """Return every entry of the period, account by account, with the balance after each."""
    blocks: list[Block] = []
    for account in accounts.accounts(filling.register).values():
        rows = [
            row
            for row in reversed(book.book(filling.register, account.id))
            if row.entry_on in filling.period
        ]
        blocks.append(Heading(text=account.name, level=3))
        said = _Said(moves=_moves(filling, rows), parts=_parts(filling, rows))
        blocks.append(_book(account, rows, said))
    return blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What a line of the book cannot say by itself: where money moved, what stands under several."""

    moves: Mapping[EntryId, str] = field(repr=False)
    parts: Mapping[EntryId, str]


def _parts(filling: Filling, rows: Sequence[BookRow]) -> dict[EntryId, str]:
    """Return the headings, each with its sum, of the entries that stand under several."""
    wanted = [
        row.entry_id for row in rows if not row.heading and row.kind is not EntryKind.TRANSFER
    ]
    names = {one.id: one.name for one in accounts.headings(filling.register).values()}
    said = {}
    for entry in book.many(filling.register, wanted):
        sums: Counter[str] = Counter()
        for line in entry.lines:
            sums[names[line.heading_id] if line.heading_id else "No heading"] += line.amount_pence
        if len(sums) > 1:
            said[entry.id] = ", ".join(f"{name} {pounds(pence)}" for name, pence in sums.items())
    return said


def _moves(filling: Filling, rows: Sequence[BookRow]) -> dict[EntryId, str]:
    """Return what transfers moved from where to where, and the decision they were made on."""
    wanted = [row.entry_id for row in rows if row.kind is EntryKind.TRANSFER]
    names = {one.id: one.name for one in accounts.accounts(filling.register).values()}
    funds = {one.id: one.name for one in accounts.funds(filling.register).values()}
    said = {}
    for entry in book.many(filling.register, wanted):
        sides = [
            list(dict.fromkeys(
                (funds[line.fund_id] if entry.between_funds else names[line.account_id])
                for line in entry.lines if (line.amount_pence > 0) is arrived
            ))
            for arrived in (False, True)
        ]  # fmt: skip
        pence = sum(max(0, line.amount_pence) for line in entry.lines)
        way = " to ".join(", ".join(side) for side in sides)
        parts = (f"{pounds(pence)} moved from {way}", entry.description, entry.minute)
        said[entry.id] = ": ".join(filter(None, (parts[0], "; ".join(filter(None, parts[1:])))))
    return said


def _book(account: Account, rows: Sequence[BookRow], said: _Said) -> Table:
    name = account.name
    return Table(
        id=f"book-{name.casefold()}",
        columns=(
            Column(title="Date", width_mm=20),
            Column(title="Who and what for", weight=2.0),
            # Of a width of their own: one long text of an entry would narrow them to a word a line.
            Column(title="Heading", width_mm=32),
            Column(title="Fund", width_mm=42),
            Column(title="£", align=Align.RIGHT),
            Column(title="Balance", align=Align.RIGHT),
        ),
        rows=tuple(_entry(row, said) for row in rows),
        summary=f"Every entry of {name} in the period, oldest first",
        empty_text="Nothing moved in this period.",
        font_size=8.5,
    )


def _entry(row: BookRow, said: _Said) -> Row:
    fund = row.fund if row.funds == 1 else f"{row.funds} funds"
    what = said.moves.get(row.entry_id, row.description)
    texts = (
        f"{row.entry_on:%d/%m/%Y}",
        " · ".join(part for part in (row.payee, what) if part),
        row.heading or said.parts.get(row.entry_id, ""),
        fund,
        pounds(row.amount_pence),
        pounds(row.balance_pence),
    )
    return tuple(Cell(text=one) for one in texts)


def changes(filling: Filling) -> Sequence[Block]:
    """Return what was changed in entries dated in the period after they were first entered."""
    found = year_accounts.changed(filling.register, filling.period)
    if not found:
        return (Note(runs=text("No entry was changed after it was first entered.")),)
    rows = tuple(
        (
            Cell(text=f"{dt.datetime.fromisoformat(one.done_at):%d/%m/%Y %H:%M}"),
            Cell(text=one.who),
            Cell(text=_USE_CASES.get(one.use_case, one.use_case)),
            Cell(text=_before(one.before)),
        )
        for one in found
    )
    return (
        Table(
            id="changes",
            columns=(
                Column(title="When", width_mm=30),
                Column(title="By", weight=1.0),
                Column(title="What", weight=1.0),
                Column(title="What stood there before", weight=3.5),
            ),
            rows=rows,
            summary="Changes to entries of the period, with what stood there before each",
            header_column=None,
            font_size=8.5,
        ),
    )


def _before(text_of: str) -> str:
    """Return an entry as it was, in a line: "03/11/2026 Village hall −£45.00"."""
    was = json.loads(text_of)
    total = sum(line.get("amount_pence", 0) for line in was.get("lines", ()))
    day = dt.date.fromisoformat(was["entry_on"])
    parts = (f"{day:%d/%m/%Y}", was.get("payee", ""), was.get("description", ""), pounds(total))
    return " ".join(part for part in parts if part)


def statements(filling: Filling) -> Sequence[Block]:
    """Return the bank statements that overlap the period, and whether each was agreed."""
    found = year_accounts.statements(filling.register, filling.period)
    return (
        Table(
            id="statements",
            columns=(
                Column(title="Account", weight=2.0),
                Column(title="From", weight=1.2),
                Column(title="To", weight=1.2),
                Column(title="Opening", align=Align.RIGHT),
                Column(title="Closing", align=Align.RIGHT),
                Column(title="Agreed with the book", weight=1.4),
            ),
            rows=tuple(
                (
                    Cell(text=one.account),
                    Cell(text=short_date(one.from_on)),
                    Cell(text=short_date(one.to_on)),
                    Cell(text=_optional(one.opening_pence)),
                    Cell(text=_optional(one.closing_pence)),
                    Cell(text="yes" if one.agreed else "not yet"),
                )
                for one in found
            ),
            summary="Bank statements of the period",
            empty_text="No bank statement was read in for this period.",
        ),
    )


def _optional(pence: int | None) -> str:
    return "" if pence is None else pounds(pence)
