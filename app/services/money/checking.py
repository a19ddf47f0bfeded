"""Looks the cash book over: sums that agree, no tied fund below nothing, every receipt readable."""

import datetime as dt
import hashlib
import io
from collections.abc import Iterator

from app.domain.ledger import TIED, EntryKind
from app.domain.money import pounds
from app.domain.periods import short_date
from app.storage import accounts, money, receipts
from app.storage.receipts import Receipt
from app.storage.register import Register


def findings(register: Register) -> tuple[str, ...]:
    """Return a sentence for every account, fund and receipt that is not as it must be."""
    return (*_sums(register), *_below_nothing(register), *_unreadable(register))


def _sums(register: Register) -> Iterator[str]:
    """Add each account up line by line: what it held at first, came in, went out and moved."""
    held, funds = money.account_balances(register), money.fund_balances(register)
    for account in accounts.accounts(register).values():
        rows = money.book(register, account.id)
        moved = {
            kind: sum(row.amount_pence for row in rows if row.kind is kind) for kind in EntryKind
        }
        closing = rows[0].balance_pence if rows else account.opening_pence
        made = account.opening_pence + sum(moved.values())
        if not closing == made == held.get(account.id, 0):
            yield (
                f"{account.name} held {pounds(account.opening_pence)} at first; "
                f"{pounds(moved[EntryKind.RECEIPT])} came in, {pounds(-moved[EntryKind.PAYMENT])} "
                f"went out and {pounds(moved[EntryKind.TRANSFER])} was moved, which does not make "
                f"the {pounds(closing)} it is said to hold."
            )
    of_accounts = sum(held.get(one, 0) for one in accounts.accounts(register))
    of_funds = sum(funds.get(one, 0) for one in accounts.funds(register))
    if of_accounts != of_funds:
        yield (
            f"The accounts hold {pounds(of_accounts)} together, but the funds {pounds(of_funds)}: "
            "a line names an account or a fund that is not there."
        )


def _below_nothing(register: Register) -> Iterator[str]:
    for fund in accounts.funds(register).values():
        found = money.lowest(register, fund.id, dt.date.min) if fund.kind in TIED else None
        if found:
            day, pence = found
            yield (
                f"The fund {fund.name} is {pounds(-pence)} below nothing on {short_date(day)}, "
                "loans to it counted."
            )


def _unreadable(register: Register) -> Iterator[str]:
    for receipt, data in receipts.every(register):
        if hashlib.sha256(data).hexdigest() != receipt.sha256 or not _opens(receipt, data):
            yield f"A receipt cannot be read: {receipt.id}."


def _opens(receipt: Receipt, data: bytes) -> bool:
    """Say whether a picture or a PDF can be shown; what is kept came through the same readers."""
    # Imported here: only a check looks into them.
    if receipt.media_type == "application/pdf":
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError

        try:
            return len(PdfReader(io.BytesIO(data)).pages) > 0
        except (PyPdfError, OSError, ValueError, KeyError):
            return False
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True
