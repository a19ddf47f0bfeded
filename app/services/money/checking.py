"""Looks the cash book over: no tied fund below nothing, every receipt readable."""

import datetime as dt
import hashlib
import io
from collections.abc import Iterator

from app.domain.ledger import TIED
from app.domain.money import pounds
from app.domain.periods import short_date
from app.storage import accounts, money, receipts
from app.storage.receipts import Receipt
from app.storage.register import Register


def findings(register: Register) -> tuple[str, ...]:
    """Return a sentence for every fund and every receipt that is not as it must be."""
    return (*_below_nothing(register), *_unreadable(register))


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
