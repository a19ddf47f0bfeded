"""The cash book: entries with their lines, balances, and what stood there before each change."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.ids import (
    AccountId,
    ActivityId,
    AgreementId,
    EntryId,
    FundId,
    GrantId,
    HeadingId,
    LineId,
    PersonId,
    ReferralId,
    SessionId,
)
from app.domain.ledger import Entry, EntryDraft, EntryKind, Line, LineDraft
from app.storage.register import Register, who

_ENTRY = """
SELECT e.*, (SELECT count(*) FROM attachment t WHERE t.entry_id = e.id) AS attachments,
    EXISTS (SELECT 1 FROM statement_entry s WHERE s.entry_id = e.id) AS agreed
FROM entry e
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRow:
    """One entry as a line of the book; the balance is that of the account after it (pence)."""

    entry_id: EntryId
    kind: EntryKind
    entry_on: dt.date
    payee: str = field(repr=False)
    description: str = field(repr=False)
    account: str
    heading: str
    """Empty where there is none, or several."""
    fund: str
    funds: int
    amount_pence: int
    balance_pence: int
    attachments: int
    agreed: bool


# --- entries -----------------------------------------------------------------------------------


def get(register: Register, entry_id: EntryId) -> Entry | None:
    """Return an entry, the bin's too, or None."""
    found = many(register, (entry_id,))
    return found[0] if found else None


def many(register: Register, entry_ids: Sequence[EntryId]) -> tuple[Entry, ...]:
    """Return some entries, oldest first."""
    ids = {"ids": json.dumps(tuple(entry_ids))}
    wanted = "(SELECT value FROM json_each(:ids))"
    lines: dict[int, list[Line]] = {}
    for row in register.rows(
        f"SELECT * FROM entry_line WHERE entry_id IN {wanted} ORDER BY entry_id, position, id", ids
    ):
        lines.setdefault(row["entry_id"], []).append(_line(row))
    rows = register.rows(f"{_ENTRY} WHERE e.id IN {wanted} ORDER BY e.entry_on, e.id", ids)
    return tuple(_entry(row, tuple(lines.get(row["id"], ()))) for row in rows)


def of_session(register: Register, session_id: SessionId) -> tuple[Entry, ...]:
    """Return the entries tied to a session, oldest first, the bin left out."""
    rows = register.rows(
        "SELECT id FROM entry WHERE session_id = :id AND binned_at IS NULL", {"id": session_id}
    )
    return many(register, tuple(EntryId(row["id"]) for row in rows))


def add(register: Register, draft: EntryDraft) -> EntryId:
    """Keep an entry inside a transaction; return its id."""
    entry_id = EntryId(register.new_id())
    register.insert("entry", {"id": entry_id, **_columns(draft)})
    _write_lines(register, entry_id, draft.lines)
    return entry_id


def change(register: Register, entry_id: EntryId, draft: EntryDraft, *, use_case: str) -> None:
    """Change an entry inside a transaction; what stood there goes into the money journal."""
    note_before(register, entry_id, use_case)
    register.update("entry", entry_id, _columns(draft))
    register.execute("DELETE FROM entry_line WHERE entry_id = :id", {"id": entry_id})
    _write_lines(register, entry_id, draft.lines)


def put_in_bin(register: Register, entry_id: EntryId) -> None:
    """Put an entry in the bin inside a transaction."""
    note_before(register, entry_id, "money.bin")
    register.update("entry", entry_id, {"binned_at": register.stamp()})


def take_out_of_bin(register: Register, entry_id: EntryId) -> None:
    """Take an entry out of the bin inside a transaction."""
    note_before(register, entry_id, "money.unbin")
    register.update("entry", entry_id, {"binned_at": None})


def note_before(register: Register, entry_id: EntryId, use_case: str) -> None:
    """Write an entry as it stands into the money journal, which the examiner reads."""
    row = register.row("SELECT * FROM entry WHERE id = :id", {"id": entry_id})
    lines = register.rows(
        "SELECT * FROM entry_line WHERE entry_id = :id ORDER BY position, id", {"id": entry_id}
    )
    before = {**_plain(row), "lines": [_plain(line) for line in lines]}
    register.insert(
        "money_journal",
        {
            "id": register.new_id(),
            "done_at": register.stamp(),
            "who": who(),
            "use_case": use_case,
            "entry_id": entry_id,
            "before": json.dumps(before, ensure_ascii=False),
        },
    )


def _plain(row: Any) -> dict[str, Any]:
    return {name: row[name] for name in row.keys() if row[name] not in (None, "")}  # noqa: SIM118


def _write_lines(register: Register, entry_id: EntryId, lines: Sequence[LineDraft]) -> None:
    for position, (line_id, line) in enumerate(
        zip(register.new_ids(len(lines)), lines, strict=True), 1
    ):
        register.insert(
            "entry_line",
            {
                "id": line_id,
                "entry_id": entry_id,
                "position": position,
                "account_id": line.account_id,
                "fund_id": line.fund_id,
                "heading_id": line.heading_id,
                "activity_id": line.activity_id,
                "grant_id": line.grant_id,
                "agreement_id": line.agreement_id,
                "referral_id": line.referral_id,
                "is_asset": int(line.is_asset),
                "amount_pence": line.amount_pence,
                "note": line.note,
            },
        )


def _columns(draft: EntryDraft) -> dict[str, Any]:
    return {
        "kind": draft.kind.value,
        "entry_on": draft.entry_on.isoformat() if draft.entry_on else None,
        "payee": draft.payee,
        "description": draft.description,
        "method": draft.method,
        "reference": draft.reference,
        "approved_by": draft.approved_by,
        "minute": draft.minute,
        "note": draft.note,
        "session_id": draft.session_id,
        "person_id": draft.person_id,
        "bank_key": draft.bank_key,
        "bank_text": draft.bank_text,
    }


def _line(row: Any) -> Line:
    return Line(
        id=LineId(row["id"]),
        account_id=AccountId(row["account_id"]),
        fund_id=FundId(row["fund_id"]),
        amount_pence=row["amount_pence"],
        heading_id=HeadingId(row["heading_id"]) if row["heading_id"] else None,
        activity_id=ActivityId(row["activity_id"]) if row["activity_id"] else None,
        grant_id=GrantId(row["grant_id"]) if row["grant_id"] else None,
        agreement_id=AgreementId(row["agreement_id"]) if row["agreement_id"] else None,
        referral_id=ReferralId(row["referral_id"]) if row["referral_id"] else None,
        is_asset=bool(row["is_asset"]),
        note=row["note"],
    )


def _entry(row: Any, lines: tuple[Line, ...]) -> Entry:
    return Entry(
        id=EntryId(row["id"]),
        kind=EntryKind(row["kind"]),
        entry_on=dt.date.fromisoformat(row["entry_on"]),
        lines=lines,
        payee=row["payee"],
        description=row["description"],
        method=row["method"],
        reference=row["reference"],
        approved_by=row["approved_by"],
        minute=row["minute"],
        note=row["note"],
        session_id=SessionId(row["session_id"]) if row["session_id"] else None,
        person_id=PersonId(row["person_id"]) if row["person_id"] else None,
        bank_key=row["bank_key"],
        bank_text=row["bank_text"],
        binned=row["binned_at"] is not None,
        attachments=row["attachments"],
        agreed=bool(row["agreed"]),
    )


# --- the book ----------------------------------------------------------------------------------

_BOOK = """
WITH moved AS (
    SELECT e.id AS entry_id, e.entry_on, sum(l.amount_pence) AS amount_pence,
        count(DISTINCT l.fund_id) AS funds, min(l.fund_id) AS fund_id,
        CASE WHEN count(DISTINCT l.heading_id) = 1 THEN min(l.heading_id) END AS heading_id
    FROM entry e
    JOIN entry_line l ON l.entry_id = e.id
    WHERE e.binned_at IS NULL AND l.account_id = :account
    GROUP BY e.id
), balanced AS (
    SELECT m.*, sum(m.amount_pence) OVER (ORDER BY m.entry_on, m.entry_id) AS moved_pence
    FROM moved m
)
SELECT b.entry_id, e.kind, b.entry_on, e.payee, e.description, a.name AS account,
    COALESCE(h.name, '') AS heading, f.name AS fund, b.funds, b.amount_pence,
    b.moved_pence + COALESCE((SELECT sum(o.amount_pence) FROM account_opening o
        WHERE o.account_id = :account), 0) AS balance_pence,
    (SELECT count(*) FROM attachment t WHERE t.entry_id = b.entry_id) AS attachments,
    EXISTS (SELECT 1 FROM statement_entry s JOIN statement t ON t.id = s.statement_id
        WHERE s.entry_id = b.entry_id AND t.account_id = :account) AS agreed
FROM balanced b
JOIN entry e ON e.id = b.entry_id
JOIN account a ON a.id = :account
JOIN fund f ON f.id = b.fund_id
LEFT JOIN heading h ON h.id = b.heading_id
ORDER BY b.entry_on DESC, b.entry_id DESC
LIMIT :limit OFFSET :offset
"""


def book(
    register: Register, account_id: AccountId, *, limit: int = -1, offset: int = 0
) -> tuple[BookRow, ...]:
    """Return an account's entries, newest first, each with the balance after it."""
    values = {"account": account_id, "limit": limit, "offset": offset}
    return tuple(
        BookRow(
            entry_id=EntryId(row["entry_id"]),
            kind=EntryKind(row["kind"]),
            entry_on=dt.date.fromisoformat(row["entry_on"]),
            payee=row["payee"],
            description=row["description"],
            account=row["account"],
            heading=row["heading"],
            fund=row["fund"],
            funds=row["funds"],
            amount_pence=row["amount_pence"],
            balance_pence=row["balance_pence"],
            attachments=row["attachments"],
            agreed=bool(row["agreed"]),
        )
        for row in register.rows(_BOOK, values)
    )


def account_balances(register: Register, last: dt.date | None = None) -> dict[AccountId, int]:
    """Return what each account holds at the end of a day, or now (pence)."""
    return {AccountId(k): v for k, v in _balances(register, "account_id", last).items()}


def fund_balances(register: Register, last: dt.date | None = None) -> dict[FundId, int]:
    """Return what each fund holds at the end of a day, or now (pence)."""
    return {FundId(k): v for k, v in _balances(register, "fund_id", last).items()}


def _balances(register: Register, whose: str, last: dt.date | None) -> dict[int, int]:
    # All lines from the index alone, less those in the bin and those of later days: few as a rule.
    later = (
        f" UNION ALL SELECT l.{whose}, -l.amount_pence FROM entry e CROSS JOIN entry_line l"
        "  ON l.entry_id = e.id WHERE e.entry_on > :last AND e.binned_at IS NULL"
    )
    rows = register.rows(
        f"SELECT {whose} AS whose, sum(amount_pence) AS pence FROM ("
        f" SELECT {whose}, amount_pence FROM opening_counted"
        "  WHERE :last IS NULL OR opened_on <= :last"
        f" UNION ALL SELECT {whose}, sum(amount_pence) FROM entry_line GROUP BY 1"
        f" UNION ALL SELECT l.{whose}, -l.amount_pence FROM entry e CROSS JOIN entry_line l"
        "  ON l.entry_id = e.id WHERE e.binned_at IS NOT NULL"
        f"{later if last else ''}) GROUP BY 1",
        {"last": last.isoformat() if last else None},
    )
    return {row["whose"]: row["pence"] for row in rows}


_LOWEST = """
WITH moved AS (
    SELECT opened_on AS day, amount_pence FROM opening_counted WHERE fund_id = :fund
    UNION ALL SELECT entry_on, amount_pence FROM money_counted WHERE fund_id = :fund
    UNION ALL SELECT from_on, amount_pence FROM fund_loan WHERE to_fund_id = :fund
    UNION ALL SELECT repaid_on, -amount_pence FROM fund_loan
        WHERE to_fund_id = :fund AND repaid_on IS NOT NULL
), by_day AS (
    SELECT day, sum(amount_pence) AS pence FROM moved GROUP BY day
)
SELECT day, balance_pence FROM (
    SELECT day, sum(pence) OVER (ORDER BY day) AS balance_pence FROM by_day)
WHERE balance_pence < 0 AND day >= :since
ORDER BY balance_pence, day
LIMIT 1
"""


def lowest(register: Register, fund_id: FundId, since: dt.date) -> tuple[dt.date, int] | None:
    """Return the day from a day on at whose end a fund, loans to it counted, is furthest below nothing.

    None when it never is. The second value is the balance in pence.
    """
    row = register.row(_LOWEST, {"fund": fund_id, "since": since.isoformat()})
    return (dt.date.fromisoformat(row["day"]), row["balance_pence"]) if row else None


def closed_year_of(register: Register, day: dt.date) -> dt.date | None:
    """Return the last day of the closed year that a day lies in or before, or None.

    What is dated before a closed year counts too: it would change what that year began with.
    """
    found = register.value(
        "SELECT min(ends_on) FROM closed_year WHERE ends_on >= :day", {"day": day.isoformat()}
    )
    return dt.date.fromisoformat(found) if found else None
