"""Claims for expenses and mileage: rows in, frozen records out."""

import datetime as dt
from typing import Any

from app.domain.claims import Claim, ClaimDraft, ClaimKind, ClaimLineDraft
from app.domain.ids import ActivityId, EntryId, FundId, GrantId, HeadingId, PersonId
from app.storage.register import Register


def listed(register: Register, *, waiting: bool = False) -> tuple[Claim, ...]:
    """Return the claims, newest first, the bin left out; only those not paid yet if ``waiting``."""
    where = "AND entry_id IS NULL" if waiting else ""
    return _claims(
        register, f"WHERE binned_at IS NULL {where} ORDER BY claimed_on DESC, id DESC", {}
    )


def get(register: Register, claim_id: int) -> Claim | None:
    """Return a claim, or None when it is gone or in the bin."""
    found = _claims(register, "WHERE id = :id AND binned_at IS NULL", {"id": claim_id})
    return found[0] if found else None


def _claims(register: Register, where: str, values: dict[str, Any]) -> tuple[Claim, ...]:
    rows = register.rows(f"SELECT * FROM claim {where}", values)
    lines: dict[int, list[ClaimLineDraft]] = {}
    for row in register.rows("SELECT * FROM claim_line ORDER BY claim_id, spent_on, id"):
        lines.setdefault(row["claim_id"], []).append(_line(row))
    return tuple(
        Claim(
            id=row["id"],
            person_id=PersonId(row["person_id"]) if row["person_id"] else None,
            claimed_on=dt.date.fromisoformat(row["claimed_on"]),
            approved_by=row["approved_by"],
            approved_on=dt.date.fromisoformat(row["approved_on"]) if row["approved_on"] else None,
            note=row["note"],
            entry_id=EntryId(row["entry_id"]) if row["entry_id"] else None,
            lines=tuple(lines.get(row["id"], ())),
        )
        for row in rows
    )


def _line(row: Any) -> ClaimLineDraft:
    return ClaimLineDraft(
        kind=ClaimKind(row["kind"]),
        spent_on=dt.date.fromisoformat(row["spent_on"]),
        what=row["what"],
        tenths_of_miles=row["tenths_of_miles"],
        amount_pence=row["amount_pence"],
        heading_id=HeadingId(row["heading_id"]) if row["heading_id"] else None,
        fund_id=FundId(row["fund_id"]) if row["fund_id"] else None,
        activity_id=ActivityId(row["activity_id"]) if row["activity_id"] else None,
        grant_id=GrantId(row["grant_id"]) if row["grant_id"] else None,
    )


def add(register: Register, draft: ClaimDraft) -> int:
    """Keep a claim inside a transaction; return its id."""
    claim_id = register.new_id()
    register.insert("claim", {"id": claim_id, **_columns(draft)})
    _write_lines(register, claim_id, draft)
    return claim_id


def change(register: Register, claim_id: int, draft: ClaimDraft) -> None:
    """Change a claim inside a transaction."""
    register.update("claim", claim_id, _columns(draft))
    register.execute("DELETE FROM claim_line WHERE claim_id = :id", {"id": claim_id})
    _write_lines(register, claim_id, draft)


def put_in_bin(register: Register, claim_id: int) -> None:
    """Put a claim in the bin inside a transaction."""
    register.update("claim", claim_id, {"binned_at": register.stamp()})


def paid_by(register: Register, claim_id: int, entry_id: EntryId) -> None:
    """Note by which payment a claim was paid, inside a transaction."""
    register.update("claim", claim_id, {"entry_id": entry_id})


def driven(
    register: Register,
    person_id: PersonId,
    first: dt.date,
    last: dt.date,
    *,
    without: int | None = None,
) -> int:
    """Return the tenths of miles a person claimed by car in some days, one claim left out."""
    return int(
        register.value(
            "SELECT COALESCE(sum(l.tenths_of_miles), 0) FROM claim_line l"
            " JOIN claim c ON c.id = l.claim_id JOIN person p ON p.id = c.person_id"
            " WHERE l.kind = 'car' AND c.binned_at IS NULL AND c.id IS NOT :without"
            " AND COALESCE(p.merged_into, p.id) = (SELECT COALESCE(k.merged_into, k.id)"
            "  FROM person k WHERE k.id = :person)"
            " AND l.spent_on BETWEEN :first AND :last",
            {
                "person": person_id, "first": first.isoformat(), "last": last.isoformat(),
                "without": without,
            },
        )
    )  # fmt: skip


def _columns(draft: ClaimDraft) -> dict[str, Any]:
    return {
        "person_id": draft.person_id,
        "claimed_on": draft.claimed_on.isoformat() if draft.claimed_on else None,
        "approved_by": draft.approved_by,
        "approved_on": draft.approved_on.isoformat() if draft.approved_on else None,
        "note": draft.note,
    }


def _write_lines(register: Register, claim_id: int, draft: ClaimDraft) -> None:
    for line in draft.lines:
        register.insert(
            "claim_line",
            {
                "id": register.new_id(),
                "claim_id": claim_id,
                "kind": line.kind.value,
                "spent_on": line.spent_on.isoformat() if line.spent_on else None,
                "what": line.what,
                "tenths_of_miles": line.tenths_of_miles,
                "amount_pence": line.amount_pence,
                "heading_id": line.heading_id,
                "fund_id": line.fund_id,
                "activity_id": line.activity_id,
                "grant_id": line.grant_id,
            },
        )
