"""Bank statements: lines already in the book, what an import of one writes, and taking it out."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.ids import AccountId, EntryId, FundId
from app.domain.ledger import Account, EntryDraft, EntryKind
from app.storage import imports, money
from app.storage.register import Register

OPENING = "account_opening"
"""What an import notes of an opening balance it changed: account in the key, fund as the column."""


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
WHERE e.id IN (SELECT value FROM json_each(:ids))
GROUP BY e.id, l.account_id
ORDER BY e.entry_on, e.id
"""
# Every entry of the days, with as little of each as there can be: a long book has tens of thousands.
_NEAR = """
SELECT e.id, e.bank_key,
    abs(sum(l.amount_pence)) IN (SELECT value FROM json_each(:amounts)) AS alike
FROM entry e
CROSS JOIN entry_line l ON l.entry_id = e.id
WHERE e.entry_on BETWEEN :first AND :last
GROUP BY e.id, l.account_id
HAVING alike OR e.bank_key <> ''
"""


def known_lines(
    register: Register,
    days: tuple[dt.date, dt.date],
    amounts: Collection[int],
    keys: Collection[str],
) -> tuple[KnownLine, ...]:
    """Return what entries of some days moved in each account, the bin's too, oldest first.

    Only of those entries that moved one of some ``amounts`` (pence, above nothing) in either
    direction, or that were imported with one of some ``keys``, without the account before it.
    """
    values = {
        "first": days[0].isoformat(), "last": days[1].isoformat(),
        "amounts": json.dumps(list(amounts)),
    }  # fmt: skip
    near = [
        entry_id
        for entry_id, bank_key, alike in register.rows(_NEAR, values)
        if alike or any(key.partition(":")[2] in keys for key in bank_key.split())
    ]
    rows = register.rows(_KNOWN, {"ids": json.dumps(near)})
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
    register: Register, drafts: Iterable[EntryDraft], *, statement_id: int, import_id: int
) -> int:
    """Keep the entries of a statement inside a transaction; return how many."""
    added: list[EntryId] = []
    for draft in drafts:
        entry_id = money.add(register, draft)
        register.update("entry", entry_id, {"import_id": import_id})
        added.append(entry_id)
    put_on(register, statement_id, added)
    return len(added)


def put_on(register: Register, statement_id: int, entry_ids: Iterable[EntryId]) -> None:
    """Note inside a transaction that entries stand on a statement."""
    for entry_id in entry_ids:
        register.execute(
            "INSERT OR IGNORE INTO statement_entry (statement_id, entry_id)"
            " VALUES (:statement, :entry)",
            {"statement": statement_id, "entry": entry_id},
        )


def take_off(register: Register, statement_id: int) -> None:
    """Note inside a transaction that nothing stands on a statement."""
    register.execute("DELETE FROM statement_entry WHERE statement_id = :id", {"id": statement_id})


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


def begin_earlier(
    register: Register, import_id: int, account: Account, day: dt.date, fund_id: FundId,
    more_pence: int,
) -> None:  # fmt: skip
    """Let an account begin on an earlier day with more (or less) of a fund, so as to be taken back."""
    imports.fill_blanks(
        register, import_id, "account", account.id, {"opened_on": day.isoformat()},
        {"opened_on": account.opened_on.isoformat()},
    )  # fmt: skip
    held = dict(account.openings).get(fund_id, 0)
    set_opening(register, account.id, fund_id, held + more_pence)
    register.insert(
        "import_change",
        {
            "id": register.new_id(), "import_id": import_id, "table_name": OPENING,
            "row_key": str(account.id), "column_name": str(fund_id),
            "old_value": json.dumps(held), "new_value": json.dumps(held + more_pence),
        },
    )  # fmt: skip


def set_opening(register: Register, account_id: int, fund_id: int, pence: int) -> None:
    """Write what an account held of a fund when it began (pence), inside a transaction."""
    values = {"account": account_id, "fund": fund_id, "pence": pence}
    register.execute(
        "DELETE FROM account_opening WHERE account_id = :account AND fund_id = :fund",
        {"account": account_id, "fund": fund_id},
    )
    if pence:
        register.execute(
            "INSERT INTO account_opening (account_id, fund_id, amount_pence)"
            " VALUES (:account, :fund, :pence)",
            values,
        )


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
    on_it_pence: int
    """What these moved in its account."""
    import_id: int | None = None
    """The import that brought it; None where it was agreed from paper."""

    @property
    def difference_pence(self) -> int | None:
        """How far opening + what stands on it is from closing; None where a balance is not known."""
        if self.opening_pence is None or self.closing_pence is None:
            return None
        return self.closing_pence - self.opening_pence - self.on_it_pence


def newest_agreed(register: Register) -> tuple[tuple[int, AccountId], ...]:
    """Return the statements that were agreed, the newest first, each with its account."""
    sql = "SELECT id, account_id FROM statement WHERE agreed_at IS NOT NULL ORDER BY to_on DESC"
    return tuple((row["id"], AccountId(row["account_id"])) for row in register.rows(sql))


def statements(
    register: Register, account_id: AccountId | None = None, statement_id: int | None = None
) -> tuple[Statement, ...]:
    """Return the statements of an account or of all, oldest first; or one, where it is there."""
    one = "s.id = :one AND " if statement_id is not None else ""
    rows = register.rows(
        "SELECT s.*, count(DISTINCT e.id) AS entries,"
        " COALESCE(sum(l.amount_pence), 0) AS on_it_pence"
        " FROM statement s LEFT JOIN statement_entry o ON o.statement_id = s.id"
        " LEFT JOIN entry e ON e.id = o.entry_id AND e.binned_at IS NULL"
        " LEFT JOIN entry_line l ON l.entry_id = e.id AND +l.account_id = s.account_id"
        f" WHERE {one}(:account IS NULL OR s.account_id = :account)"
        " GROUP BY s.id ORDER BY s.to_on, s.id",
        {"account": account_id, "one": statement_id},
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
            on_it_pence=row["on_it_pence"],
            import_id=row["import_id"],
        )
        for row in rows
    )


def write_statement(
    register: Register, account_id: AccountId, days: tuple[dt.date, dt.date],
    balances: tuple[int | None, int | None], statement_id: int | None = None,
) -> int:  # fmt: skip
    """Keep or change a statement inside a transaction; return its id."""
    if statement_id is None:
        return add_statement(register, account_id, days, balances, None)
    values = {
        "account_id": account_id, "from_on": days[0].isoformat(), "to_on": days[1].isoformat(),
        "opening_pence": balances[0], "closing_pence": balances[1],
    }  # fmt: skip
    register.update("statement", statement_id, values)
    return statement_id


def remove_statement(register: Register, statement_id: int) -> int:
    """Take a statement away inside a transaction; return how many there were."""
    return register.execute("DELETE FROM statement WHERE id = :id", {"id": statement_id})


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """What an entry moved in an account (pence), to tick off on a statement."""

    entry_id: EntryId
    entry_on: dt.date
    words: str = field(repr=False)
    reference: str = field(repr=False)
    amount_pence: int
    ticked: bool


_OPEN_LINES = """
SELECT e.id, e.entry_on, e.kind, e.payee, e.description, e.reference,
    sum(l.amount_pence) AS amount_pence,
    EXISTS (SELECT 1 FROM statement_entry o WHERE o.entry_id = e.id
        AND o.statement_id = :statement) AS ticked
FROM entry e
JOIN entry_line l ON l.entry_id = e.id
WHERE e.entry_on BETWEEN :since AND :last AND +l.account_id = :account AND e.binned_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM statement_entry o JOIN statement s ON s.id = o.statement_id
        WHERE o.entry_id = e.id AND s.account_id = :account AND s.id IS NOT :statement)
GROUP BY e.id
HAVING sum(l.amount_pence) <> 0
ORDER BY e.entry_on, e.id
"""


def day_of_entry(register: Register, first: dt.date, last: dt.date, place: int) -> dt.date:
    """Return the day of the entry at a place (0 is the first) of some days; where none is, the last."""
    found = register.value(
        "SELECT entry_on FROM entry WHERE entry_on BETWEEN :first AND :last"
        " ORDER BY entry_on LIMIT 1 OFFSET :place",
        {"first": first.isoformat(), "last": last.isoformat(), "place": place},
    )
    return dt.date.fromisoformat(found) if found else last


def open_lines(
    register: Register, account_id: AccountId, since: dt.date, last: dt.date,
    statement_id: int | None = None,
) -> tuple[OpenLine, ...]:  # fmt: skip
    """Return what moved in an account and stands on no other statement of it, oldest first."""
    values = {
        "account": account_id, "since": since.isoformat(), "last": last.isoformat(),
        "statement": statement_id,
    }  # fmt: skip
    return tuple(
        OpenLine(
            entry_id=EntryId(row["id"]),
            entry_on=dt.date.fromisoformat(row["entry_on"]),
            words=row["payee"] or row["description"] or row["kind"].capitalize(),
            reference=row["reference"],
            amount_pence=row["amount_pence"],
            ticked=bool(row["ticked"]),
        )
        for row in register.rows(_OPEN_LINES, values)
    )


def set_agreed(register: Register, statement_id: int, *, agreed: bool) -> None:
    """Note inside a transaction that a statement and the book agree, or that they do no more."""
    stamp = register.stamp() if agreed else None
    register.update("statement", statement_id, {"agreed_at": stamp})


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


def change_rule(register: Register, rule_id: int, values: Mapping[str, Any]) -> None:
    """Change what a rule says, inside a transaction."""
    register.update("bank_rule", rule_id, dict(values))


def forget_rule(register: Register, rule_id: int) -> int:
    """Take a rule away inside a transaction; return how many there were."""
    return register.execute("DELETE FROM bank_rule WHERE id = :id", {"id": rule_id})


def count_uses(register: Register, rule_id: int, uses: int) -> None:
    """Note how often a rule was used, inside a transaction."""
    register.execute(
        "UPDATE bank_rule SET used = used + :uses WHERE id = :id", {"id": rule_id, "uses": uses}
    )
