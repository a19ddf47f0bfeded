"""The evidence of a grant: what it paid in order, and every receipt, numbered as in the list."""

from collections.abc import Iterator, Mapping, Sequence

from app.domain.ids import EntryId
from app.domain.ledger import METHODS
from app.domain.money import pounds
from app.domain.periods import short_date
from app.returns.counting.filling import Filling
from app.returns.filled import (
    Align,
    Block,
    Cell,
    Column,
    Heading,
    Note,
    PageBreak,
    Picture,
    Row,
    Table,
    text,
)
from app.returns.language.page_kinds import EvidenceSpec
from app.returns.parts.money.money import money_foot
from app.returns.parts.money.receipt_pages import Unreadable, pages_of
from app.storage import receipts, year_accounts
from app.storage.receipts import Receipt
from app.storage.year_accounts import Paid


def evidence(filling: Filling, _: EvidenceSpec) -> Sequence[Block]:
    """Return the list of what the grant paid in the period, then its receipts in that order."""
    if filling.grant is None:
        return ()
    filling.foot = money_foot(filling)
    lines = year_accounts.paid(filling.register, filling.grant.id, filling.period)
    kept = {one.entry_id: receipts.of_entry(filling.register, one.entry_id) for one in lines}
    numbers = numbered(kept)
    warn_of_bare(filling, kept)
    table = _table(lines, numbers)
    _keep(filling, table, lines, kept)
    return (table, *_pictures(filling, lines, kept, numbers))


def warn_of_bare(filling: Filling, kept: Mapping[EntryId, tuple[Receipt, ...]]) -> None:
    """Warn of payments that have no receipt kept with them."""
    bare = sum(not found for found in kept.values())
    if bare == 1:
        filling.warn("One payment has no receipt kept with it.")
    elif bare:
        filling.warn(f"{bare:,} payments have no receipts kept with them.")


def _keep(
    filling: Filling,
    table: Table,
    lines: Sequence[Paid],
    kept: Mapping[EntryId, tuple[Receipt, ...]],
) -> None:
    filling.tables.append(
        {
            "id": table.id,
            "columns": [column.title for column in table.columns],
            "rows": [[cell.text for cell in row] for row in table.rows],
            "total_pence": sum(one.pence for one in lines),
            "receipts": sum(len(kept[entry]) for entry in {one.entry_id for one in lines}),
        }
    )


def numbered(kept: Mapping[EntryId, tuple[Receipt, ...]]) -> dict[EntryId, tuple[int, ...]]:
    """Return the numbers of each entry's receipts: 1, 2, 3 in the order of the list."""
    numbers: dict[EntryId, tuple[int, ...]] = {}
    after = 0
    for entry_id, found in kept.items():
        numbers[entry_id] = tuple(range(after + 1, after + 1 + len(found)))
        after += len(found)
    return numbers


def _table(lines: Sequence[Paid], numbers: dict[EntryId, tuple[int, ...]]) -> Table:
    total = sum(one.pence for one in lines)
    return Table(
        id="evidence",
        columns=(
            Column(title="Receipt", width_mm=16),
            Column(title="Date", width_mm=22),
            Column(title="Paid to", weight=1.8),
            Column(title="What for", weight=2.2),
            Column(title="How", width_mm=38),
            Column(title="Amount", align=Align.RIGHT),
        ),
        rows=tuple(_row(one, numbers[one.entry_id]) for one in lines),
        total=(
            Cell(),
            Cell(),
            Cell(text="Together", bold=True),
            *(Cell(),) * 2,
            Cell(text=pounds(total), bold=True),
        ),
        summary="Every payment from the grant, with the number of its receipt",
        empty_text="Nothing was paid from this grant in the period.",
        header_column=None,
        font_size=9.0,
    )


def _row(one: Paid, numbers: tuple[int, ...]) -> Row:
    how = METHODS[one.method] if one.method != "not_recorded" else ""
    texts = (
        ", ".join(map(str, numbers)) or "none",
        f"{one.day:%d/%m/%Y}",
        _payee(one),
        what_for(one),
        " ".join(part for part in (how, one.reference) if part),
        pounds(one.pence),
    )
    return tuple(Cell(text=said) for said in texts)


def what_for(one: Paid) -> str:
    """Return what was paid for: "Squash and fruit (Refreshments) (part of £12.00)"."""
    shared = f"part of {pounds(one.whole_pence)}" if one.whole_pence != one.pence else ""
    said = [part for part in (one.description, one.heading) if part]
    return " ".join([*said[:1], *(f"({part})" for part in (*said[1:], shared) if part)])


def _payee(paid: Paid) -> str:
    """Return who was paid; a funder is not told the name of somebody who is in the register."""
    return "One of our people" if paid.of_person else paid.payee


def _pictures(
    filling: Filling,
    lines: Sequence[Paid],
    kept: dict[EntryId, tuple[Receipt, ...]],
    numbers: dict[EntryId, tuple[int, ...]],
) -> Iterator[Block]:
    first = {one.entry_id: one for one in reversed(lines)}
    for entry_id, found in kept.items():
        for number, receipt in zip(numbers[entry_id], found, strict=True):
            yield PageBreak()
            yield from _receipt(filling, number, receipt, first[entry_id])


def _receipt(filling: Filling, number: int, receipt: Receipt, paid: Paid) -> Iterator[Block]:
    said = f"Receipt {number}: {_payee(paid) or paid.description or 'payment'}, "
    said += f"{pounds(paid.whole_pence)}, {short_date(paid.day)}"
    yield Heading(text=said, level=2)
    data = receipts.content(filling.register, receipt.id)
    try:
        pages = pages_of(receipt.media_type, data or b"")
    except Unreadable:
        filling.warn(f"Receipt {number} cannot be read; keep it with its entry again.")
        yield Note(runs=text("This receipt is kept in the book but cannot be read."))
        return
    for place, page in enumerate(pages, start=1):
        of = f", page {place} of {len(pages)}" if len(pages) > 1 else ""
        yield Picture(content=page, alt=f"Picture of receipt {number}{of}")
