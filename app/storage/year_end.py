"""What is owned and owed, loans between funds, closed years: rows in, frozen records out."""

import datetime as dt
from typing import Any

from app.domain.ids import FundId
from app.domain.year_end import ClosedYear, Item, ItemDraft, ItemKind, Loan, LoanDraft
from app.storage.register import Register


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


# --- owned and owed ----------------------------------------------------------------------------


def items(register: Register) -> tuple[Item, ...]:
    """Return everything owned or owed, past ones too, by kind and day."""
    rows = register.rows("SELECT * FROM balance_item ORDER BY kind, from_on, id")
    return tuple(
        Item(
            id=row["id"],
            kind=ItemKind(row["kind"]),
            details=row["details"],
            fund_id=FundId(row["fund_id"]),
            from_on=dt.date.fromisoformat(row["from_on"]),
            to_on=_day(row["to_on"]),
            cost_pence=row["cost_pence"],
            value_pence=row["value_pence"],
            due_on=_day(row["due_on"]),
        )
        for row in rows
    )


def write_item(register: Register, draft: ItemDraft, item_id: int | None = None) -> int:
    """Add or change an item inside a transaction; return its id."""
    values: dict[str, Any] = {
        "kind": draft.kind.value,
        "details": draft.details,
        "fund_id": draft.fund_id,
        "from_on": _text(draft.from_on),
        "to_on": _text(draft.to_on),
        "cost_pence": draft.cost_pence,
        "value_pence": draft.value_pence,
        "due_on": _text(draft.due_on),
    }
    return _write(register, "balance_item", values, item_id)


def remove_item(register: Register, item_id: int) -> int:
    """Take an item away inside a transaction; return how many went."""
    return register.execute("DELETE FROM balance_item WHERE id = :id", {"id": item_id})


# --- loans -------------------------------------------------------------------------------------


def loans(register: Register) -> tuple[Loan, ...]:
    """Return every loan between funds, oldest first."""
    rows = register.rows("SELECT * FROM fund_loan ORDER BY from_on, id")
    return tuple(
        Loan(
            id=row["id"],
            from_fund_id=FundId(row["from_fund_id"]),
            to_fund_id=FundId(row["to_fund_id"]),
            amount_pence=row["amount_pence"],
            from_on=dt.date.fromisoformat(row["from_on"]),
            repaid_on=_day(row["repaid_on"]),
            minute=row["minute"],
        )
        for row in rows
    )


def write_loan(register: Register, draft: LoanDraft, loan_id: int | None = None) -> int:
    """Add or change a loan inside a transaction; return its id."""
    values: dict[str, Any] = {
        "from_fund_id": draft.from_fund_id,
        "to_fund_id": draft.to_fund_id,
        "amount_pence": draft.amount_pence,
        "from_on": _text(draft.from_on),
        "repaid_on": _text(draft.repaid_on),
        "minute": draft.minute,
    }
    return _write(register, "fund_loan", values, loan_id)


def remove_loan(register: Register, loan_id: int) -> int:
    """Take a loan away inside a transaction; return how many went."""
    return register.execute("DELETE FROM fund_loan WHERE id = :id", {"id": loan_id})


def _write(register: Register, table: str, values: dict[str, Any], row_id: int | None) -> int:
    if row_id is not None:
        register.update(table, row_id, values)
        return row_id
    row_id = register.new_id()
    register.insert(table, {"id": row_id, **values})
    return row_id


# --- closed years ------------------------------------------------------------------------------


def closed_years(register: Register) -> tuple[ClosedYear, ...]:
    """Return the closed years, newest first."""
    rows = register.rows("SELECT * FROM closed_year ORDER BY ends_on DESC")
    return tuple(
        ClosedYear(
            starts_on=dt.date.fromisoformat(row["starts_on"]),
            ends_on=dt.date.fromisoformat(row["ends_on"]),
            approved_on=_day(row["approved_on"]),
        )
        for row in rows
    )


def close_year(register: Register, year: ClosedYear) -> None:
    """Close a year inside a transaction."""
    register.insert(
        "closed_year",
        {
            "starts_on": year.starts_on.isoformat(),
            "ends_on": year.ends_on.isoformat(),
            "approved_on": _text(year.approved_on),
            "closed_at": register.stamp(),
        },
    )


def open_year(register: Register, ends_on: dt.date) -> int:
    """Open a closed year again inside a transaction; return how many there were."""
    return register.execute(
        "DELETE FROM closed_year WHERE ends_on = :ends", {"ends": ends_on.isoformat()}
    )
