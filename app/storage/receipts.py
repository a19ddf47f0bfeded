"""Receipts: pictures and PDFs of what was paid, kept inside the book beside their entries."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.domain.ids import EntryId
from app.storage.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A kept receipt, without its bytes."""

    id: int
    entry_id: EntryId
    media_type: str
    file_name: str = field(repr=False)
    sha256: str
    size: int
    added_at: dt.datetime


def of_entry(register: Register, entry_id: EntryId) -> tuple[Receipt, ...]:
    """Return the receipts of an entry in their order."""
    rows = register.rows(
        "SELECT * FROM attachment WHERE entry_id = :id ORDER BY position, id", {"id": entry_id}
    )
    return tuple(_receipt(row) for row in rows)


def get(register: Register, receipt_id: int) -> Receipt | None:
    """Return a receipt without its bytes, or None."""
    row = register.row("SELECT * FROM attachment WHERE id = :id", {"id": receipt_id})
    return _receipt(row) if row else None


def content(register: Register, receipt_id: int) -> bytes | None:
    """Return the bytes of a receipt, or None."""
    found = register.value(
        "SELECT content FROM attachment_content WHERE attachment_id = :id", {"id": receipt_id}
    )
    return bytes(found) if found is not None else None


def every(register: Register) -> Iterator[tuple[Receipt, bytes]]:
    """Give every receipt with its bytes, one at a time."""
    for row in register.rows("SELECT id FROM attachment ORDER BY id"):
        receipt, data = get(register, row["id"]), content(register, row["id"])
        if receipt is not None and data is not None:
            yield receipt, data


def add(
    register: Register,
    entry_id: EntryId,
    *,
    media_type: str,
    file_name: str,
    sha256: str,
    data: bytes,
) -> int:
    """Keep a receipt of an entry inside a transaction, after the others; return its id."""
    receipt_id = register.new_id()
    place = register.value(
        "SELECT COALESCE(max(position), 0) + 1 FROM attachment WHERE entry_id = :id",
        {"id": entry_id},
    )
    register.insert(
        "attachment",
        {
            "id": receipt_id, "entry_id": entry_id, "position": place, "media_type": media_type,
            "file_name": file_name, "sha256": sha256, "size": len(data),
            "added_at": register.stamp(),
        },
    )  # fmt: skip
    register.insert("attachment_content", {"attachment_id": receipt_id, "content": data})
    return receipt_id


def remove(register: Register, receipt_id: int) -> None:
    """Take a receipt away inside a transaction."""
    # By itself first: deleting by cascade is noted after its parent, and could not be taken back.
    register.execute("DELETE FROM attachment_content WHERE attachment_id = :id", {"id": receipt_id})
    register.execute("DELETE FROM attachment WHERE id = :id", {"id": receipt_id})


def _receipt(row: Any) -> Receipt:
    return Receipt(
        id=row["id"],
        entry_id=EntryId(row["entry_id"]),
        media_type=row["media_type"],
        file_name=row["file_name"],
        sha256=row["sha256"],
        size=row["size"],
        added_at=dt.datetime.fromisoformat(row["added_at"]),
    )
