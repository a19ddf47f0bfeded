"""The cash book as one looks through it: narrowed, searched, the newest first, a piece at a time."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.ids import AccountId, ActivityId, EntryId, FundId, GrantId, HeadingId, PersonId
from app.domain.ledger import EntryKind
from app.storage.register import Register

PIECE = 1_000
"""Entries that are looked at in one go: some hundredths of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedMoney:
    """What is asked of the book; nothing asked is every entry outside the bin."""

    account_id: AccountId | None = None
    fund_id: FundId | None = None
    heading_id: HeadingId | None = None
    grant_id: GrantId | None = None
    activity_id: ActivityId | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    no_receipt: bool = False
    """Payments without a photo or PDF of what was paid."""
    to_sort: bool = False
    """Receipts and payments that lack a heading."""
    bin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """One entry that was looked at."""

    entry_id: EntryId
    entry_on: dt.date
    words: str = field(repr=False)
    """Everything it can be found by."""
    amounts: frozenset[int]
    """What it and its lines come to, without a sign (pence)."""
    amount_pence: int
    """What it changed in the account asked for, or in all."""
    matches: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRow:
    """One entry as a line of the book; the balance is that after it (pence)."""

    entry_id: EntryId
    kind: EntryKind
    entry_on: dt.date
    payee: str = field(repr=False)
    description: str = field(repr=False)
    heading: str
    headings: int
    fund: str
    funds: int
    accounts: tuple[str, ...]
    """The accounts it touches; a transfer's goes from the first to the last."""
    amount_pence: int
    moved_pence: int
    """What a transfer moved, whichever way one looks at it."""
    attachments: int
    agreed: bool
    binned: bool
    balance_pence: int | None = None


_PIECE = """
SELECT e.id, e.entry_on, {words}
    sum(CASE WHEN :account IS NULL OR l.account_id = :account THEN l.amount_pence ELSE 0 END)
        AS pence,
    max((:account IS NULL OR l.account_id = :account)
        AND (:fund IS NULL OR l.fund_id = :fund)
        AND (:heading IS NULL OR l.heading_id IS :heading)
        AND (:grant IS NULL OR l.grant_id IS :grant)
        AND (:activity IS NULL OR l.activity_id IS :activity)
        AND (NOT :to_sort OR (e.kind <> 'transfer' AND l.heading_id IS NULL))) AS fits,
    (:first IS NULL OR e.entry_on >= :first) AND (:last IS NULL OR e.entry_on <= :last)
        AND (NOT :no_receipt OR (e.kind = 'payment' AND NOT EXISTS (
            SELECT 1 FROM attachment t WHERE t.entry_id = e.id))) AS fits_too
FROM entry e
JOIN entry_line l ON l.entry_id = e.id
WHERE (e.binned_at IS NOT NULL) = :bin AND (e.entry_on, e.id) < (:before_on, :before_id)
GROUP BY e.entry_on, e.id
ORDER BY e.entry_on DESC, e.id DESC
LIMIT :piece
"""
_WORDS = """
    e.payee || ' ' || e.description || ' ' || e.reference AS words,
    group_concat(abs(l.amount_pence)) AS amounts, abs(sum(l.amount_pence)) AS total,
"""
_NO_WORDS = "'' AS words, '0' AS amounts, 0 AS total,"
END = ("9999-12-31", 2**62)
"""Before this comes everything."""


def piece(
    register: Register, wanted: WantedMoney, before: tuple[str, int], *, with_words: bool
) -> tuple[tuple[Passed, ...], tuple[str, int] | None]:
    """Return the entries before a place, and the place to go on from, None at the end.

    What they can be found by is left out where nobody searches: it takes most of the time.
    """
    rows = register.rows(
        _PIECE.format(words=_WORDS if with_words else _NO_WORDS),
        {
            "account": wanted.account_id,
            "fund": wanted.fund_id,
            "heading": wanted.heading_id,
            "grant": wanted.grant_id,
            "activity": wanted.activity_id,
            "first": wanted.first.isoformat() if wanted.first else None,
            "last": wanted.last.isoformat() if wanted.last else None,
            "to_sort": int(wanted.to_sort),
            "no_receipt": int(wanted.no_receipt),
            "bin": int(wanted.bin),
            "before_on": before[0],
            "before_id": before[1],
            "piece": PIECE,
        },
    )
    found = tuple(
        Passed(
            entry_id=EntryId(row["id"]),
            entry_on=dt.date.fromisoformat(row["entry_on"]),
            words=row["words"],
            amounts=frozenset((*map(int, row["amounts"].split(",")), row["total"])),
            amount_pence=row["pence"],
            matches=bool(row["fits"] and row["fits_too"]),
        )
        for row in rows
    )
    more = len(found) == PIECE
    return found, (found[-1].entry_on.isoformat(), found[-1].entry_id) if more else None


def count(register: Register) -> int:
    """Return how many entries there are, the bin's too."""
    return int(register.value("SELECT count(*) FROM entry") or 0)


_OUTSIDE = "binned_at IS NULL ORDER BY entry_on DESC, id DESC"


def newest(register: Register, held_pence: int, *, offset: int, limit: int) -> tuple[MoneyRow, ...]:
    """Return entries outside the bin, the newest first; all accounts now hold ``held_pence``.

    Reads what is newer than these too, for the balance after them: meant for the first thousands.
    """
    values = {"offset": offset, "limit": limit}
    rows = register.rows(
        f"SELECT id FROM entry WHERE {_OUTSIDE} LIMIT :limit OFFSET :offset", values
    )
    balance = held_pence - int(
        register.value(
            "SELECT COALESCE(sum(l.amount_pence), 0) FROM"
            f" (SELECT id FROM entry WHERE {_OUTSIDE} LIMIT :offset) e"
            " CROSS JOIN entry_line l ON l.entry_id = e.id",
            values,
        )
        or 0
    )
    found = []
    for row in rows_of(register, [EntryId(row["id"]) for row in rows]):
        found.append(replace(row, balance_pence=balance))
        balance -= row.amount_pence
    return tuple(found)


def outside_bin(register: Register) -> int:
    """Return how many entries are not in the bin."""
    binned = register.value("SELECT count(*) FROM entry WHERE binned_at IS NOT NULL")
    return count(register) - int(binned or 0)


def newer_than(register: Register, entry_id: EntryId, most: int) -> int:
    """Return how many entries outside the bin stand over one, no more than ``most``.

    0 where it does not stand there itself.
    """
    found = register.value(
        "SELECT count(*) FROM (SELECT 1 FROM entry k"
        " CROSS JOIN entry e ON (e.entry_on, e.id) > (k.entry_on, k.id)"
        " WHERE k.id = :id AND k.binned_at IS NULL AND e.binned_at IS NULL LIMIT :most)",
        {"id": entry_id, "most": most},
    )
    return int(found or 0)


def opening(register: Register, account_id: AccountId | None) -> int:
    """Return what an account, or all, held when the book began (pence)."""
    return int(
        register.value(
            "SELECT COALESCE(sum(amount_pence), 0) FROM account_opening"
            " WHERE :account IS NULL OR account_id = :account",
            {"account": account_id},
        )
        or 0
    )


def rows_of(
    register: Register, entry_ids: Sequence[EntryId], account_id: AccountId | None = None
) -> tuple[MoneyRow, ...]:
    """Return entries as lines of the book of an account, or of all, in the order asked for."""
    ids = {"ids": json.dumps(tuple(entry_ids))}
    lines: dict[int, list[Any]] = {}
    for row in register.rows(
        "SELECT l.entry_id, l.account_id, a.name AS account, l.fund_id, f.name AS fund,"
        " l.heading_id, h.name AS heading, l.amount_pence"
        " FROM entry_line l JOIN account a ON a.id = l.account_id JOIN fund f ON f.id = l.fund_id"
        " LEFT JOIN heading h ON h.id = l.heading_id"
        " WHERE l.entry_id IN (SELECT value FROM json_each(:ids))"
        " ORDER BY l.entry_id, l.position, l.id",
        ids,
    ):
        lines.setdefault(row["entry_id"], []).append(row)
    found = {
        row["id"]: _row(row, lines.get(row["id"], []), account_id)
        for row in register.rows(
            "SELECT e.id, e.kind, e.entry_on, e.payee, e.description, e.binned_at,"
            " EXISTS (SELECT 1 FROM statement_entry s WHERE s.entry_id = e.id) AS agreed,"
            " (SELECT count(*) FROM attachment t WHERE t.entry_id = e.id) AS attachments"
            " FROM entry e WHERE e.id IN (SELECT value FROM json_each(:ids))",
            ids,
        )
    }
    return tuple(found[one] for one in entry_ids if one in found)


def _row(row: Any, lines: list[Any], account_id: AccountId | None) -> MoneyRow:
    mine = [one for one in lines if account_id is None or one["account_id"] == account_id] or lines
    headings = {one["heading_id"]: one["heading"] for one in mine if one["heading_id"]}
    funds = {one["fund_id"]: one["fund"] for one in mine}
    return MoneyRow(
        entry_id=EntryId(row["id"]),
        kind=EntryKind(row["kind"]),
        entry_on=dt.date.fromisoformat(row["entry_on"]),
        payee=row["payee"],
        description=row["description"],
        heading=next(iter(headings.values()), ""),
        headings=len(headings),
        fund=next(iter(funds.values()), ""),
        funds=len(funds),
        accounts=tuple(dict.fromkeys(one["account"] for one in lines)),
        amount_pence=sum(one["amount_pence"] for one in mine),
        moved_pence=sum(max(0, one["amount_pence"]) for one in lines),
        attachments=row["attachments"],
        agreed=bool(row["agreed"]),
        binned=row["binned_at"] is not None,
    )


def payees(register: Register, *, limit: int = 400) -> tuple[tuple[str, EntryId], ...]:
    """Return who was paid or paid us, the latest first, each with the last entry of theirs."""
    rows = register.rows(
        "SELECT payee, max(entry_on || printf('%020d', id)) AS place FROM ("
        " SELECT payee, entry_on, id FROM entry WHERE binned_at IS NULL AND payee <> ''"
        "  AND kind <> 'transfer' ORDER BY entry_on DESC, id DESC LIMIT 5000)"
        " GROUP BY payee COLLATE NOCASE ORDER BY place DESC LIMIT :limit",
        {"limit": limit},
    )
    return tuple((row["payee"], EntryId(int(row["place"][10:]))) for row in rows)


def of_person(register: Register, person_id: PersonId, *, limit: int = 50) -> tuple[EntryId, ...]:
    """Return the entries tied to a person, the newest first."""
    rows = register.rows(
        "SELECT id FROM entry WHERE person_id = :id AND binned_at IS NULL"
        " ORDER BY entry_on DESC, id DESC LIMIT :limit",
        {"id": person_id, "limit": limit},
    )
    return tuple(EntryId(row["id"]) for row in rows)
