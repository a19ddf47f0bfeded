"""Receipts: read from a photo or PDF, kept with an entry, shown, taken away."""

from pathlib import Path

from app.domain.changes import Topic
from app.domain.ids import EntryId
from app.domain.problems import Problem
from app.importers.receipt_files import ReceiptFile, read_receipt
from app.services.money.entries import called
from app.services.result import Done, Refused
from app.storage import money, receipts
from app.storage.receipts import Receipt
from app.storage.register import Register

_TOPICS = frozenset({Topic.MONEY})


def open_receipt(path: Path) -> ReceiptFile:
    """Read a photo or PDF, made small and turned upright; for the worker. Raises CannotRead."""
    return read_receipt(path)


def keep_receipt(register: Register, entry_id: EntryId, file: ReceiptFile) -> Done | Refused:
    """Keep a receipt with an entry; the very same file is not kept twice."""
    entry = money.get(register, entry_id)
    if entry is None or entry.binned:
        return Refused(problems=(Problem(code="entry_gone"),))
    if file.sha256 in {kept.sha256 for kept in receipts.of_entry(register, entry_id)}:
        return Refused(problems=(Problem(code="receipt_twice", values={"value": file.file_name}),))
    text = f"keep receipt with {called(entry)}"
    with register.transaction("receipt.keep", text=text, topics=_TOPICS, subject_id=entry_id):
        receipt_id = receipts.add(
            register, entry_id, media_type=file.media_type, file_name=file.file_name,
            sha256=file.sha256, data=file.content,
        )  # fmt: skip
    return Done(changes=_TOPICS, text=text, ids=(receipt_id,))


def receipts_of(register: Register, entry_id: EntryId) -> tuple[Receipt, ...]:
    """Return the receipts of an entry, without their bytes."""
    return receipts.of_entry(register, entry_id)


def receipt_content(register: Register, receipt_id: int) -> bytes | None:
    """Return the bytes of a receipt, or None when it is gone."""
    return receipts.content(register, receipt_id)


def remove_receipt(register: Register, receipt_id: int) -> Done | Refused:
    """Take a receipt away from its entry."""
    receipt = receipts.get(register, receipt_id)
    entry = money.get(register, receipt.entry_id) if receipt else None
    if receipt is None or entry is None:
        return Refused(problems=(Problem(code="receipt_gone"),))
    text = f"take away receipt of {called(entry)}"
    with register.transaction("receipt.remove", text=text, topics=_TOPICS, subject_id=entry.id):
        receipts.remove(register, receipt_id)
    return Done(changes=_TOPICS, text=text, ids=(entry.id,))
