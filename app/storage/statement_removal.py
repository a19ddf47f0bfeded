"""Take the import of a bank's statement out whole: what it brought, changed and began."""

import datetime as dt
import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass

from app.domain.ids import EntryId, FundId
from app.storage import imports, money
from app.storage.register import Register
from app.storage.statements import OPENING, set_opening

_MADE_TABLES = ("account", "fund", "heading")
_ENTRIES_AT_ONCE = 40
"""Taken out between two turns of the window: some milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What an import of a statement brought: its first day, the funds and the days it touched."""

    days: tuple[dt.date, ...]
    funds: frozenset[FundId]


def brought(register: Register, import_id: int) -> Brought:
    """Return the days and funds of the entries an import brought."""
    rows = register.rows(
        "SELECT DISTINCT e.entry_on, l.fund_id FROM entry e JOIN entry_line l ON l.entry_id = e.id"
        " WHERE e.import_id = :import",
        {"import": import_id},
    )
    days = sorted({dt.date.fromisoformat(row["entry_on"]) for row in rows})
    return Brought(days=tuple(days), funds=frozenset(FundId(row["fund_id"]) for row in rows))


# A receipt in the book, a claim, or another statement stands on it: somebody has worked with it.
_LEAVE_ENTRY = """
SELECT e.id FROM entry e WHERE e.import_id = :import
    AND NOT EXISTS (SELECT 1 FROM attachment t WHERE t.entry_id = e.id)
    AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.entry_id = e.id)
    AND NOT EXISTS (SELECT 1 FROM import_change i WHERE i.table_name = 'entry'
        AND i.row_key = CAST(e.id AS TEXT) AND i.import_id <> :import)
"""
_IN_USE = """
SELECT 1 WHERE EXISTS (SELECT 1 FROM entry_line l WHERE l.account_id IN (SELECT value FROM
        json_each(:account)) OR l.fund_id IN (SELECT value FROM json_each(:fund))
        OR l.heading_id IN (SELECT value FROM json_each(:heading)))
    OR EXISTS (SELECT 1 FROM statement WHERE account_id IN (SELECT value FROM json_each(:account)))
    OR EXISTS (SELECT 1 FROM account_opening WHERE fund_id IN (SELECT value FROM json_each(:fund))
        AND account_id NOT IN (SELECT value FROM json_each(:account)))
    OR EXISTS (SELECT 1 FROM grant_award WHERE fund_id IN (SELECT value FROM json_each(:fund)))
    OR EXISTS (SELECT 1 FROM balance_item WHERE fund_id IN (SELECT value FROM json_each(:fund)))
    OR EXISTS (SELECT 1 FROM fund_loan WHERE from_fund_id IN (SELECT value FROM json_each(:fund))
        OR to_fund_id IN (SELECT value FROM json_each(:fund)))
    OR EXISTS (SELECT 1 FROM claim_line WHERE fund_id IN (SELECT value FROM json_each(:fund))
        OR heading_id IN (SELECT value FROM json_each(:heading)))
    OR EXISTS (SELECT 1 FROM budget_row
        WHERE heading_id IN (SELECT value FROM json_each(:heading)))
"""


def remove_import(register: Register, import_id: int) -> Generator[int, None, dict[str, int]]:
    """Take out the entries and the statement an import brought, inside a transaction; return counts.

    It gives how many entries are out, some milliseconds at a time.

    An entry that has a receipt or a claim since, or that another statement matched, stays. So does
    a cash book the import began, when anything stands in it.
    """
    key = {"import": import_id}
    yield from _part_transfers(register, import_id)
    leave = [row["id"] for row in register.rows(_LEAVE_ENTRY, key)]
    for first in range(0, len(leave), _ENTRIES_AT_ONCE):
        some = leave[first : first + _ENTRIES_AT_ONCE]
        for entry_id in some:
            money.note_before(register, EntryId(entry_id), "import.remove")
        register.execute_many("DELETE FROM entry WHERE id = ?", [(one,) for one in some])
        yield len(some)
    kept = register.execute("UPDATE entry SET import_id = NULL WHERE import_id = :import", key)
    register.execute("DELETE FROM statement WHERE import_id = :import", key)
    _begin_later_again(register, import_id)
    _unmake_book(register, import_id)
    return {"transactions": len(leave), "kept_transactions": kept}


def _part_transfers(register: Register, import_id: int) -> Iterator[int]:
    """Take the import's own line out of each transfer it made of an entry that was there."""
    made = register.rows(
        "SELECT id, row_key FROM import_change WHERE import_id = :import"
        " AND table_name = 'entry_line'",
        {"import": import_id},
    )
    there: set[int] = set()
    for change in made:
        line = register.row(
            "SELECT entry_id FROM entry_line WHERE id = :id", {"id": int(change["row_key"])}
        )
        if line is not None:
            there.add(line["entry_id"])
            money.note_before(register, EntryId(line["entry_id"]), "import.remove")
            yield 0
    # One that somebody has written anew since stays the transfer it is.
    register.execute(
        "DELETE FROM import_change WHERE import_id = :import AND table_name = 'entry'"
        " AND column_name = 'kind'"
        " AND CAST(row_key AS INTEGER) NOT IN (SELECT value FROM json_each(:there))",
        {"import": import_id, "there": json.dumps(sorted(there))},
    )
    register.execute(
        "DELETE FROM entry_line WHERE id IN (SELECT CAST(row_key AS INTEGER) FROM import_change"
        " WHERE import_id = :import AND table_name = 'entry_line')",
        {"import": import_id},
    )


def _unmake_book(register: Register, import_id: int) -> None:
    """Take out accounts, funds and headings the import made, all of them or none."""
    made = {
        table: [
            int(row["row_key"])
            for row in register.rows(
                "SELECT row_key FROM import_change WHERE import_id = :import"
                " AND table_name = :table AND column_name = :made",
                {"import": import_id, "table": table, "made": imports.MADE},
            )
        ]
        for table in _MADE_TABLES
    }
    if not any(made.values()):
        return
    listed = {table: json.dumps(ids) for table, ids in made.items()}
    if register.row(_IN_USE, listed) is None:
        for table, ids in listed.items():
            register.execute(
                f"DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(:ids))",
                {"ids": ids},
            )
    for table in _MADE_TABLES:
        register.execute(
            "DELETE FROM import_change WHERE import_id = :import AND table_name = :table"
            " AND column_name = :made",
            {"import": import_id, "table": table, "made": imports.MADE},
        )


def _begin_later_again(register: Register, import_id: int) -> None:
    """Put back when an account began, unless something else stands before that day by now."""
    key = {"import": import_id, "table": OPENING}
    for change in register.rows(
        "SELECT row_key, column_name, old_value, new_value FROM import_change"
        " WHERE import_id = :import AND table_name = :table",
        key,
    ):
        account_id, fund_id = int(change["row_key"]), int(change["column_name"])
        values = {"import": import_id, "account": str(account_id)}
        before = register.value(
            "SELECT old_value FROM import_change WHERE import_id = :import"
            " AND table_name = 'account' AND column_name = 'opened_on' AND row_key = :account",
            values,
        )
        held = register.value(
            "SELECT COALESCE(sum(amount_pence), 0) FROM account_opening"
            " WHERE account_id = :account AND fund_id = :fund",
            {"account": account_id, "fund": fund_id},
        )
        used = register.row(
            "SELECT 1 FROM entry_line l JOIN entry e ON e.id = l.entry_id"
            " WHERE l.account_id = :account AND e.entry_on < :day LIMIT 1",
            {"account": account_id, "day": json.loads(before)},
        )
        if used is None and held == json.loads(change["new_value"]):
            set_opening(register, account_id, fund_id, json.loads(change["old_value"]))
        else:
            register.execute(
                "DELETE FROM import_change WHERE import_id = :import AND table_name = 'account'"
                " AND column_name = 'opened_on' AND row_key = :account",
                values,
            )
    register.execute(
        "DELETE FROM import_change WHERE import_id = :import AND table_name = :table", key
    )
