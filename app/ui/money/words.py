"""What the book says of an entry, in words and signs."""

import datetime as dt

from app.domain.ledger import EntryKind
from app.domain.money import pounds
from app.domain.periods import MONTHS
from app.services.money import MoneyRow
from app.ui.texts import tr

KINDS = {
    EntryKind.PAYMENT: "Payment",
    EntryKind.RECEIPT: "Receipt",
    EntryKind.TRANSFER: "Transfer",
}


def signed(pence: int) -> str:
    """Return +200.00 or −45.00, without a pound sign: the column has it."""
    sign = "−" if pence < 0 else "+" if pence > 0 else ""
    return f"{sign}{bare(abs(pence))}"


def bare(pence: int) -> str:
    """Return 1,205.00; what is below nothing has a minus sign."""
    return pounds(pence).replace("£", "")


def day_words(day: dt.date, today: dt.date) -> str:
    """Return 28 Oct, with the year where it is another one."""
    words = f"{day.day} {MONTHS[day.month - 1][:3]}"
    return words if day.year == today.year else f"{words} {day.year}"


def who_words(row: MoneyRow) -> str:
    """Return whom money went to or came from; for a transfer, where it went."""
    if row.kind is EntryKind.TRANSFER:
        if len(row.accounts) > 1:
            return f"{row.accounts[0]} → {row.accounts[-1]}"
        return row.description or tr("Between funds")
    return row.payee or row.description or tr(KINDS[row.kind])


def heading_words(row: MoneyRow) -> str:
    """Return the heading, or how many it was split over."""
    if row.kind is EntryKind.TRANSFER:
        return tr("Transfer")
    if row.headings > 1:
        return tr("Split: {count} headings").format(count=row.headings)
    return row.heading or tr("No heading yet")


def fund_words(row: MoneyRow) -> str:
    """Return the fund, or how many it was split over."""
    return tr("Split: {count} funds").format(count=row.funds) if row.funds > 1 else row.fund


def amount_words(row: MoneyRow) -> str:
    """Return the amount with its sign; what only moved between our own accounts has none."""
    if row.kind is EntryKind.TRANSFER and not row.amount_pence:
        return bare(row.moved_pence)
    return signed(row.amount_pence)


def left_words(pence: int) -> str:
    """Return £31.40 left, or £12.00 over."""
    if pence < 0:
        return tr("{sum} over").format(sum=pounds(-pence))
    return tr("{sum} left").format(sum=pounds(pence))
