"""Bank statements: lines already in the book, what an import of one writes, and taking it out."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.ids import AccountId, EntryId, FundId
from app.domain.ledger import EntryDraft, EntryKind
from app.storage import imports, money
from app.storage.register import Register

_MADE_TABLES = ("account", "fund", "heading")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLine:
    """What an entry of the book moved in one account (pence), as far as matching needs it."""

    entry_id: EntryId
    entry_on: dt.date
    kind: EntryKind
    amount_pence: int
    account_id: AccountId
    fund_id: FundId
    words: str = field(repr=False)
    bank_key: str = field(repr=False)
    binned: bool
    lines: int
    headed: bool
    """Whether a heading was chosen for it."""


_KNOWN = """
SELECT e.id, e.entry_on, e.kind, e.bank_key, e.binned_at IS NOT NULL AS binned, l.account_id,
    sum(l.amount_pence) AS pence, min(l.fund_id) AS fund_id, max(l.heading_id) AS heading_id,
    (SELECT count(*) FROM entry_line o WHERE o.entry_id = e.id) AS lines,
    e.payee || ' ' || e.description || ' ' || e.bank_text AS words
FROM entry e
JOIN entry_line l ON l.entry_id = e.id
WHERE e.entry_on BETWEEN :first AND :last
GROUP BY e.id, l.account_id
ORDER BY e.entry_on, e.id
"""


def known_lines(register: Register, first: dt.date, last: dt.date) -> tuple[KnownLine, ...]:
    """Return what entries of some days moved in each account, the bin's too, oldest first."""
    rows = register.rows(_KNOWN, {"first": first.isoformat(), "last": last.isoformat()})
    return tuple(
        KnownLine(
            entry_id=EntryId(row["id"]),
            entry_on=dt.date.fromisoformat(row["entry_on"]),
            kind=EntryKind(row["kind"]),
            amount_pence=row["pence"],
            account_id=AccountId(row["account_id"]),
            fund_id=FundId(row["fund_id"]),
            words=row["words"],
            bank_key=row["bank_key"],
            binned=bool(row["binned"]),
            lines=row["lines"],
            headed=row["heading_id"] is not None,
        )
        for row in rows
    )


# --- writing -----------------------------------------------------------------------------------


def add_statement(
    register: Register, account_id: AccountId, days: tuple[dt.date, dt.date],
    balances: tuple[int | None, int | None], import_id: int | None,
) -> int:  # fmt: skip
    """Keep a statement inside a transaction: its first and last day, its balances (pence)."""
    statement_id = register.new_id()
    register.insert(
        "statement",
        {
            "id": statement_id, "account_id": account_id, "from_on": days[0].isoformat(),
            "to_on": days[1].isoformat(), "opening_pence": balances[0],
            "closing_pence": balances[1], "import_id": import_id,
        },
    )  # fmt: skip
    return statement_id


def add_entries(
    register: Register, drafts: Iterable[EntryDraft], *, statement_id: int | None, import_id: int
) -> int:
    """Keep the entries of a statement inside a transaction; return how many."""
    count = 0
    for draft in drafts:
        entry_id = money.add(register, draft)
        register.update("entry", entry_id, {"statement_id": statement_id, "import_id": import_id})
        count += 1
    return count


def match(register: Register, import_id: int, entry_id: EntryId, values: Mapping[str, Any]) -> None:
    """Note on an entry of the book that a statement has it too, so that it can be taken back."""
    row = register.row("SELECT * FROM entry WHERE id = :id", {"id": entry_id})
    changed = {name: value for name, value in values.items() if row[name] != value}
    imports.fill_blanks(
        register, import_id, "entry", entry_id, changed, {name: row[name] for name in changed}
    )


def make_transfer(
    register: Register, import_id: int, known: KnownLine, account_id: AccountId,
    values: Mapping[str, Any],
) -> None:  # fmt: skip
    """Turn what left one account into a transfer to another; the money journal keeps what it was."""
    money.note_before(register, known.entry_id, "import.bank")
    match(register, import_id, known.entry_id, {**values, "kind": EntryKind.TRANSFER.value})
    line_id = register.new_id()
    register.insert(
        "entry_line",
        {
            "id": line_id, "entry_id": known.entry_id, "position": 2, "account_id": account_id,
            "fund_id": known.fund_id, "amount_pence": -known.amount_pence,
        },
    )  # fmt: skip
    imports.note_made(register, import_id, "entry_line", (line_id,))


# --- statements --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement of an account: its first and last day, its balances (pence), and its standing."""

    id: int
    account_id: AccountId
    from_on: dt.date
    to_on: dt.date
    opening_pence: int | None
    closing_pence: int | None
    agreed: bool
    entries: int
    """Entries of the book that stand on it."""


def statements(register: Register, account_id: AccountId | None = None) -> tuple[Statement, ...]:
    """Return the statements of an account or of all, oldest first."""
    rows = register.rows(
        "SELECT s.*, (SELECT count(*) FROM entry e WHERE e.statement_id = s.id"
        " AND e.binned_at IS NULL) AS entries FROM statement s"
        " WHERE :account IS NULL OR s.account_id = :account ORDER BY s.to_on, s.id",
        {"account": account_id},
    )
    return tuple(
        Statement(
            id=row["id"],
            account_id=AccountId(row["account_id"]),
            from_on=dt.date.fromisoformat(row["from_on"]),
            to_on=dt.date.fromisoformat(row["to_on"]),
            opening_pence=row["opening_pence"],
            closing_pence=row["closing_pence"],
            agreed=row["agreed_at"] is not None,
            entries=row["entries"],
        )
        for row in rows
    )


def set_agreed(register: Register, statement_id: int, *, agreed: bool) -> None:
    """Note inside a transaction that a statement and the book agree, or that they do no more."""
    stamp = register.stamp() if agreed else None
    register.update("statement", statement_id, {"agreed_at": stamp})


# --- taking an import out ------------------------------------------------------------------------


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


def remove_import(register: Register, import_id: int) -> dict[str, int]:
    """Take out the entries and the statement an import brought, inside a transaction; return counts.

    An entry that has a receipt or a claim since, or that another statement matched, stays. So does
    a cash book the import began, when anything stands in it.
    """
    key = {"import": import_id}
    _part_transfers(register, import_id)
    leave = register.rows(_LEAVE_ENTRY, key)
    for row in leave:
        money.note_before(register, EntryId(row["id"]), "import.remove")
    ids = {"ids": json.dumps([row["id"] for row in leave])}
    register.execute("DELETE FROM entry WHERE id IN (SELECT value FROM json_each(:ids))", ids)
    kept = register.execute("UPDATE entry SET import_id = NULL WHERE import_id = :import", key)
    register.execute("DELETE FROM statement WHERE import_id = :import", key)
    _unmake_book(register, import_id)
    return {"transactions": len(leave), "kept_transactions": kept}


def _part_transfers(register: Register, import_id: int) -> None:
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


# --- rules -------------------------------------------------------------------------------------


def rule_rows(register: Register) -> Sequence[Any]:
    """Return what the treasurer taught, the longest patterns first."""
    return register.rows(
        "SELECT id, pattern, side, payee, fund_id, heading_id, activity_id, grant_id, used"
        " FROM bank_rule ORDER BY length(pattern) DESC, pattern, side"
    )


def keep_rule(register: Register, values: Mapping[str, Any]) -> int:
    """Keep a rule inside a transaction, in place of one with the same pattern and side."""
    register.execute(
        "DELETE FROM bank_rule WHERE pattern = :pattern AND side = :side",
        {"pattern": values["pattern"], "side": values["side"]},
    )
    rule_id = register.new_id()
    register.insert(
        "bank_rule", {"id": rule_id, **values, "learned_at": register.stamp(), "used": 1}
    )
    return rule_id


def forget_rule(register: Register, rule_id: int) -> int:
    """Take a rule away inside a transaction; return how many there were."""
    return register.execute("DELETE FROM bank_rule WHERE id = :id", {"id": rule_id})


def count_uses(register: Register, rule_id: int, uses: int) -> None:
    """Note how often a rule was used, inside a transaction."""
    register.execute(
        "UPDATE bank_rule SET used = used + :uses WHERE id = :id", {"id": rule_id, "uses": uses}
    )
