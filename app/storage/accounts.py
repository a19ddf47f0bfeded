"""Accounts, funds and headings: rows in, frozen records out."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from app.domain.ids import AccountId, FundId, HeadingId
from app.domain.ledger import (
    Account,
    AccountDraft,
    AccountKind,
    EntryKind,
    Fund,
    FundDraft,
    FundKind,
    Heading,
)
from app.storage.register import Register


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


# --- accounts ----------------------------------------------------------------------------------


def accounts(register: Register) -> dict[AccountId, Account]:
    """Return every account by its id, banks before cash tins, each with what it held at first."""
    openings: dict[int, list[tuple[FundId, int]]] = {}
    for row in register.rows("SELECT * FROM account_opening ORDER BY account_id, fund_id"):
        openings.setdefault(row["account_id"], []).append(
            (FundId(row["fund_id"]), row["amount_pence"])
        )
    rows = register.rows("SELECT * FROM account ORDER BY kind, name COLLATE NOCASE, id")
    return {
        AccountId(row["id"]): Account(
            id=AccountId(row["id"]),
            name=row["name"],
            kind=AccountKind(row["kind"]),
            opened_on=dt.date.fromisoformat(row["opened_on"]),
            closed_on=_day(row["closed_on"]),
            bank_code=row["bank_code"],
            notes=row["notes"],
            openings=tuple(openings.get(row["id"], ())),
        )
        for row in rows
    }


def add_account(register: Register, draft: AccountDraft) -> AccountId:
    """Keep an account inside a transaction; return its id."""
    account_id = AccountId(register.new_id())
    register.insert("account", {"id": account_id, **_account_columns(draft)})
    _write_openings(register, account_id, draft)
    return account_id


def change_account(register: Register, account_id: AccountId, draft: AccountDraft) -> None:
    """Change an account inside a transaction."""
    register.update("account", account_id, _account_columns(draft))
    register.execute("DELETE FROM account_opening WHERE account_id = :id", {"id": account_id})
    _write_openings(register, account_id, draft)


def _write_openings(register: Register, account_id: AccountId, draft: AccountDraft) -> None:
    for fund_id, pence in draft.openings:
        values = {"account_id": account_id, "fund_id": fund_id, "amount_pence": pence}
        register.insert("account_opening", values)


def _account_columns(draft: AccountDraft) -> dict[str, Any]:
    return {
        "name": draft.name,
        "kind": draft.kind.value,
        "opened_on": draft.opened_on.isoformat() if draft.opened_on else None,
        "closed_on": draft.closed_on.isoformat() if draft.closed_on else None,
        "bank_code": draft.bank_code,
        "notes": draft.notes,
    }


def account_in_use(register: Register, account_id: AccountId) -> bool:
    """Say whether any line, the bin's too, or any statement names an account."""
    return _in_use(register, account_id, ("entry_line", "statement"), "account_id")


def account_used_outside(
    register: Register, account_id: AccountId, first: dt.date, last: dt.date | None
) -> dt.date | None:
    """Return a day on which an account was used before it begins or after it is closed, or None.

    The earliest before ``first``, else the latest after ``last``; the bin does not count.
    """
    used = (
        "SELECT e.entry_on FROM entry e WHERE e.entry_on {side} :day AND e.binned_at IS NULL AND EXISTS"
        " (SELECT 1 FROM entry_line l WHERE l.entry_id = e.id AND +l.account_id = :account)"
        " ORDER BY e.entry_on {way} LIMIT 1"
    )
    for side, way, day in (("<", "ASC", first), (">", "DESC", last)):
        if day is None:
            continue
        values = {"account": account_id, "day": day.isoformat()}
        row = register.row(used.format(side=side, way=way), values)
        if row is not None:
            return dt.date.fromisoformat(row["entry_on"])
    return None


def remove_account(register: Register, account_id: AccountId) -> None:
    """Take away an account nothing names, inside a transaction."""
    register.execute("DELETE FROM account WHERE id = :id", {"id": account_id})


# --- funds -------------------------------------------------------------------------------------


def funds(register: Register) -> dict[FundId, Fund]:
    """Return every fund by its id: free money first, then by name."""
    rows = register.rows(
        "SELECT * FROM fund ORDER BY kind <> 'unrestricted', name COLLATE NOCASE, id"
    )
    return {
        FundId(row["id"]): Fund(
            id=FundId(row["id"]),
            name=row["name"],
            kind=FundKind(row["kind"]),
            purpose=row["purpose"],
            opened_on=_day(row["opened_on"]),
            closed_on=_day(row["closed_on"]),
        )
        for row in rows
    }


def add_fund(register: Register, draft: FundDraft) -> FundId:
    """Keep a fund inside a transaction; return its id."""
    fund_id = FundId(register.new_id())
    register.insert("fund", {"id": fund_id, **_fund_columns(draft)})
    return fund_id


def change_fund(register: Register, fund_id: FundId, draft: FundDraft) -> None:
    """Change a fund inside a transaction."""
    register.update("fund", fund_id, _fund_columns(draft))


def _fund_columns(draft: FundDraft) -> dict[str, Any]:
    return {
        "name": draft.name,
        "kind": draft.kind.value,
        "purpose": draft.purpose,
        "opened_on": draft.opened_on.isoformat() if draft.opened_on else None,
        "closed_on": draft.closed_on.isoformat() if draft.closed_on else None,
    }


def fund_in_use(register: Register, fund_id: FundId) -> bool:
    """Say whether any line, grant, opening, loan or item owned or owed names a fund."""
    named = _in_use(
        register, fund_id, ("entry_line", "grant_award", "account_opening", "balance_item"),
        "fund_id",
    )  # fmt: skip
    return named or bool(
        register.row(
            "SELECT 1 FROM fund_loan WHERE from_fund_id = :id OR to_fund_id = :id", {"id": fund_id}
        )
    )


def fund_used_by(register: Register, fund_id: FundId, day: dt.date) -> bool:
    """Say whether a fund held or moved anything up to a day."""
    return bool(
        register.value(
            "SELECT EXISTS (SELECT 1 FROM entry_line l JOIN entry e ON e.id = l.entry_id"
            " WHERE l.fund_id = :id AND e.entry_on <= :day AND e.binned_at IS NULL)"
            " OR EXISTS (SELECT 1 FROM account_opening o JOIN account a ON a.id = o.account_id"
            " WHERE o.fund_id = :id AND a.opened_on <= :day)",
            {"id": fund_id, "day": day.isoformat()},
        )
    )


def remove_fund(register: Register, fund_id: FundId) -> None:
    """Take away a fund nothing names, inside a transaction."""
    register.execute("DELETE FROM fund WHERE id = :id", {"id": fund_id})


# --- headings ----------------------------------------------------------------------------------


def headings(register: Register) -> dict[HeadingId, Heading]:
    """Return every heading by its id, in the order in which they are offered."""
    rows = register.rows("SELECT * FROM heading ORDER BY side DESC, position, name COLLATE NOCASE")
    return {
        HeadingId(row["id"]): Heading(
            id=HeadingId(row["id"]),
            name=row["name"],
            side=EntryKind(row["side"]),
            is_asset=bool(row["is_asset"]),
            closed_on=_day(row["closed_on"]),
        )
        for row in rows
    }


def add_heading(
    register: Register, name: str, side: EntryKind, *, is_asset: bool = False
) -> HeadingId:
    """Keep a heading inside a transaction, after the others of its side; return its id."""
    heading_id = HeadingId(register.new_id())
    place = register.value(
        "SELECT COALESCE(max(position), 0) + 1 FROM heading WHERE side = :side",
        {"side": side.value},
    )
    values = {"name": name, "side": side.value, "is_asset": int(is_asset), "position": place}
    register.insert("heading", {"id": heading_id, **values})
    return heading_id


def change_heading(
    register: Register, heading_id: HeadingId, name: str, closed_on: dt.date | None
) -> None:
    """Rename, close or open a heading inside a transaction."""
    closed = closed_on.isoformat() if closed_on else None
    register.update("heading", heading_id, {"name": name, "closed_on": closed})


def order_headings(register: Register, order: Sequence[HeadingId]) -> None:
    """Give headings of one side their places, inside a transaction."""
    for position, heading_id in enumerate(order, start=1):
        register.update("heading", heading_id, {"position": position})


def heading_in_use(register: Register, heading_id: HeadingId) -> bool:
    """Say whether any line, budget or claim names a heading."""
    return _in_use(register, heading_id, ("entry_line", "budget_row", "claim_line"), "heading_id")


def remove_heading(register: Register, heading_id: HeadingId) -> None:
    """Take away a heading nothing names, inside a transaction."""
    register.execute("DELETE FROM heading WHERE id = :id", {"id": heading_id})


def _in_use(register: Register, one: int, tables: tuple[str, ...], column: str) -> bool:
    asked = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE {column} = :id" for table in tables)
    return register.row(f"{asked} LIMIT 1", {"id": one}) is not None
