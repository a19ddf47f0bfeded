"""Gifts in kind and match funding: rows in, frozen records out."""

import datetime as dt
from typing import Any

from app.domain.beside import Gift, GiftDraft, Match, MatchDraft, MatchKind, MatchState
from app.domain.ids import ActivityId, GrantId
from app.storage.register import Register


def gifts(register: Register) -> tuple[Gift, ...]:
    """Return the gifts in kind, newest first, the bin left out."""
    rows = register.rows(
        "SELECT * FROM gift_in_kind WHERE binned_at IS NULL ORDER BY given_on DESC, id DESC"
    )
    return tuple(
        Gift(
            id=row["id"],
            given_on=dt.date.fromisoformat(row["given_on"]),
            what=row["what"],
            giver=row["giver"],
            value_pence=row["value_pence"],
            basis=row["basis"],
            activity_id=ActivityId(row["activity_id"]) if row["activity_id"] else None,
            grant_id=GrantId(row["grant_id"]) if row["grant_id"] else None,
        )
        for row in rows
    )


def write_gift(register: Register, draft: GiftDraft, gift_id: int | None = None) -> int:
    """Add or change a gift inside a transaction; return its id."""
    values: dict[str, Any] = {
        "given_on": draft.given_on.isoformat() if draft.given_on else None,
        "what": draft.what,
        "giver": draft.giver,
        "value_pence": draft.value_pence,
        "basis": draft.basis,
        "activity_id": draft.activity_id,
        "grant_id": draft.grant_id,
    }
    return _write(register, "gift_in_kind", values, gift_id)


def put_gift_in_bin(register: Register, gift_id: int) -> None:
    """Put a gift in the bin inside a transaction."""
    register.update("gift_in_kind", gift_id, {"binned_at": register.stamp()})


def matches(register: Register, grant_id: GrantId | None = None) -> tuple[Match, ...]:
    """Return the match funding of a grant, or of all, oldest first."""
    rows = register.rows(
        "SELECT * FROM match_funding WHERE :grant IS NULL OR grant_id = :grant"
        " ORDER BY from_on, id",
        {"grant": grant_id},
    )
    return tuple(
        Match(
            id=row["id"],
            grant_id=GrantId(row["grant_id"]),
            source=row["source"],
            kind=MatchKind(row["kind"]),
            state=MatchState(row["state"]),
            amount_pence=row["amount_pence"],
            from_on=dt.date.fromisoformat(row["from_on"]),
        )
        for row in rows
    )


def write_match(register: Register, draft: MatchDraft, match_id: int | None = None) -> int:
    """Add or change match funding inside a transaction; return its id."""
    values: dict[str, Any] = {
        "grant_id": draft.grant_id,
        "source": draft.source,
        "kind": draft.kind.value,
        "state": draft.state.value,
        "amount_pence": draft.amount_pence,
        "from_on": draft.from_on.isoformat() if draft.from_on else None,
    }
    return _write(register, "match_funding", values, match_id)


def remove_match(register: Register, match_id: int) -> int:
    """Take match funding away inside a transaction; return how many went."""
    return register.execute("DELETE FROM match_funding WHERE id = :id", {"id": match_id})


def _write(register: Register, table: str, values: dict[str, Any], row_id: int | None) -> int:
    if row_id is not None:
        register.update(table, row_id, values)
        return row_id
    row_id = register.new_id()
    register.insert(table, {"id": row_id, **values})
    return row_id
