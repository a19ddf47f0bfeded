"""Referrals that an import brings: what the book has of them already, and the rows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.domain.ids import ReferrerId
from app.domain.referrers import ReferrerDraft, WorkerDraft
from app.storage import bulk, imports, referrers
from app.storage.register import Register

COLUMNS = (
    "id", "person_id", "activity_id", "source_type", "referrer_id", "worker_id", "channel",
    "reference", "received_on", "what_helps", "report_back", "who_pays", "agreement_id", "notes",
    "binned_at", "import_id",
)  # fmt: skip
"""The columns of a referral in the order in which `add` takes them."""


def referral_ids(register: Register) -> frozenset[int]:
    """Return the id of every referral, those in the bin too."""
    return frozenset(row[0] for row in register.rows("SELECT id FROM referral"))


def known_referrals(register: Register) -> Iterator[Any]:
    """Give every referral that is not in the bin, as far as matching needs it; joined people as one."""
    return register.stream(
        "SELECT r.id, COALESCE(p.merged_into, p.id) AS person_id, r.received_on, r.source_type,"
        " r.reference, r.activity_id, o.name AS organisation FROM referral r"
        " JOIN person p ON p.id = r.person_id LEFT JOIN referrer o ON o.id = r.referrer_id"
        " WHERE r.binned_at IS NULL ORDER BY r.id"
    )


def senders(register: Register) -> list[tuple[int, str, str]]:
    """Return (id, name, kind) of every organisation of the referrer book."""
    rows = register.rows("SELECT id, name, source_type FROM referrer ORDER BY id")
    return [(row[0], row[1], row[2]) for row in rows]


def workers(register: Register) -> dict[tuple[int, str], int]:
    """Return every worker's id by organisation and small name."""
    rows = register.rows("SELECT id, referrer_id, name FROM referrer_worker ORDER BY id DESC")
    return {(row["referrer_id"], row["name"].casefold()): row["id"] for row in rows}


def add_sender(register: Register, import_id: int, name: str, source_type: str) -> int:
    """Add an organisation inside a transaction; return its id."""
    draft = ReferrerDraft(name=name, source_type=source_type)
    return referrers.add(register, draft, import_id=import_id)


def add_worker(
    register: Register, import_id: int, referrer_id: int, values: Mapping[str, Any]
) -> int:
    """Add somebody who writes referrals inside a transaction; return their id."""
    draft = WorkerDraft(**values)
    return referrers.add_worker(register, ReferrerId(referrer_id), draft, import_id=import_id)


def add_several(
    register: Register, table: str, column: str, rows: Sequence[tuple[int, str]]
) -> None:
    """Add reasons or needs (referral, code) inside a transaction."""
    bulk.fill(register, table, ("referral_id", column), rows)


def add_steps(
    register: Register, import_id: int, rows: Sequence[tuple[int, str, str, str, str]]
) -> None:
    """Add steps (referral, step, day, reason, note), noted so that they go with the import."""
    ids = register.new_ids(len(rows))
    bulk.fill(
        register, "referral_step", ("id", "referral_id", "step", "step_on", "reason", "note"),
        [(step_id, *row) for step_id, row in zip(ids, rows, strict=True)],
    )  # fmt: skip
    imports.note_made(register, import_id, "referral_step", list(ids))


def note_waiting(register: Register, import_id: int) -> None:
    """Note the places in a queue that an import's referrals made, so that they go with it."""
    rows = register.rows(
        "SELECT w.id FROM waiting_place w JOIN referral r ON r.id = w.referral_id"
        " WHERE r.import_id = :import",
        {"import": import_id},
    )
    imports.note_made(register, import_id, "waiting_place", [row[0] for row in rows])


def brought(register: Register, import_id: int) -> dict[str, int]:
    """Return how many referrals, referrers and workers an import brought."""
    return {
        name: int(
            register.value(
                f"SELECT count(*) FROM {table} WHERE import_id = :import", {"import": import_id}
            )
        )
        for name, table in (
            ("referrals", "referral"), ("referrers", "referrer"), ("workers", "referrer_worker"),
        )
    }  # fmt: skip
