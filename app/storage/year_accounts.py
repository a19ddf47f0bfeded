"""What the printed accounts are made of: sums of the book by heading, fund and account (pence)."""

import datetime as dt
from dataclasses import dataclass, field

from app.domain.ids import EntryId, GrantId
from app.domain.ledger import EntryKind, FundKind
from app.domain.periods import Period
from app.storage.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What moved in a period under one heading, in one fund; money out is below nothing."""

    kind: EntryKind
    is_asset: bool
    heading: str
    """Empty where none was chosen."""
    fund: str
    fund_kind: FundKind
    activity: str
    """Empty where it is for the whole group."""
    pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one account held of one fund."""

    account: str
    fund: str
    fund_kind: FundKind
    pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """One line that a grant paid, as the list of an evidence bundle has it."""

    entry_id: EntryId
    day: dt.date
    payee: str = field(repr=False)
    of_person: bool
    """Whether it was paid to somebody who is in the register, as a claim is."""
    description: str = field(repr=False)
    method: str
    reference: str = field(repr=False)
    heading: str
    pence: int
    """What was paid, above nothing; a refund is below."""
    whole_pence: int
    """What the whole entry was, where it was shared with others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One change of an entry, and the entry as it was before, as JSON."""

    done_at: str
    who: str
    use_case: str
    before: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BankStatement:
    """A bank statement that was read in, and whether it was agreed with the book."""

    account: str
    from_on: dt.date
    to_on: dt.date
    opening_pence: int | None
    closing_pence: int | None
    agreed: bool


_MOVED = """
SELECT m.kind, m.is_asset, COALESCE(h.name, '') AS heading, f.name AS fund, m.fund_kind,
    COALESCE(a.name, '') AS activity, sum(m.amount_pence) AS pence
FROM money_counted m
JOIN fund_listed f ON f.fund_id = m.fund_id
LEFT JOIN heading_listed h ON h.heading_id = m.heading_id
LEFT JOIN activity_listed a ON a.activity_id = m.activity_id
WHERE m.entry_on BETWEEN :first AND :last
GROUP BY m.kind, m.is_asset, m.heading_id, m.fund_id, m.activity_id
ORDER BY m.kind, heading COLLATE NOCASE, fund COLLATE NOCASE
"""
# All lines but the few of later days and the bin, as they lie in the file: half the time of asking
# each line for its entry.
_HELD = """
SELECT a.name AS account, f.name AS fund, f.kind AS fund_kind, sum(o.amount_pence) AS pence
FROM (
    SELECT account_id, fund_id, amount_pence FROM opening_counted WHERE opened_on <= :last
    UNION ALL
    SELECT l.account_id, l.fund_id, sum(l.amount_pence) FROM entry_line l NOT INDEXED
    WHERE l.entry_id NOT IN (
        SELECT id FROM entry WHERE binned_at IS NOT NULL
        UNION ALL SELECT id FROM entry WHERE entry_on > :last)
    GROUP BY l.account_id, l.fund_id) o
JOIN account_listed a ON a.account_id = o.account_id
JOIN fund_listed f ON f.fund_id = o.fund_id
GROUP BY o.account_id, o.fund_id
ORDER BY a.kind, a.name COLLATE NOCASE, f.name COLLATE NOCASE
"""
_BEGUN = """
SELECT a.name AS account, f.name AS fund, f.kind AS fund_kind, o.amount_pence AS pence
FROM opening_counted o
JOIN account_listed a ON a.account_id = o.account_id
JOIN fund_listed f ON f.fund_id = o.fund_id
WHERE o.opened_on BETWEEN :first AND :last
"""
_PAID = """
SELECT e.id AS entry_id, e.entry_on, e.payee, e.description, e.method, e.reference,
    e.person_id IS NOT NULL AS of_person, COALESCE(h.name, '') AS heading, -sum(l.amount_pence) AS pence,
    (SELECT -sum(w.amount_pence) FROM entry_line w WHERE w.entry_id = e.id) AS whole_pence
FROM entry e
JOIN entry_line l ON l.entry_id = e.id
LEFT JOIN heading h ON h.id = l.heading_id
WHERE e.binned_at IS NULL AND e.kind = 'payment' AND l.grant_id = :grant
    AND e.entry_on BETWEEN :first AND :last
GROUP BY e.id, l.heading_id
ORDER BY e.entry_on, e.id, heading COLLATE NOCASE
"""


def moved(register: Register, period: Period) -> tuple[Moved, ...]:
    """Return what moved in a period by kind, heading, fund and activity."""
    return tuple(
        Moved(
            kind=EntryKind(row["kind"]),
            is_asset=bool(row["is_asset"]),
            heading=row["heading"],
            fund=row["fund"],
            fund_kind=FundKind(row["fund_kind"]),
            activity=row["activity"],
            pence=row["pence"],
        )
        for row in register.rows(_MOVED, _days(period))
    )


def held(register: Register, last: dt.date) -> tuple[Held, ...]:
    """Return what each account held of each fund at the end of a day."""
    return _held(register, _HELD, {"last": last.isoformat()})


def begun(register: Register, period: Period) -> tuple[Held, ...]:
    """Return what accounts held that came into the book within a period: it was there before."""
    return _held(register, _BEGUN, _days(period))


def paid(register: Register, grant_id: GrantId, period: Period) -> tuple[Paid, ...]:
    """Return what a grant paid in a period, line by line, oldest first."""
    return tuple(
        Paid(
            entry_id=EntryId(row["entry_id"]),
            day=dt.date.fromisoformat(row["entry_on"]),
            payee=row["payee"],
            of_person=bool(row["of_person"]),
            description=row["description"],
            method=row["method"],
            reference=row["reference"],
            heading=row["heading"],
            pence=row["pence"],
            whole_pence=row["whole_pence"],
        )
        for row in register.rows(_PAID, {"grant": grant_id, **_days(period)})
    )


def without_receipt(register: Register, period: Period) -> int:
    """Return how many payments of a period have no receipt kept with them."""
    sql = (
        "SELECT count(*) FROM entry e WHERE e.kind = 'payment' AND e.binned_at IS NULL"
        " AND e.entry_on BETWEEN :first AND :last"
        " AND NOT EXISTS (SELECT 1 FROM attachment t WHERE t.entry_id = e.id)"
    )
    return int(register.value(sql, _days(period)))


def changed(register: Register, period: Period) -> tuple[Changed, ...]:
    """Return the changes of entries that are, or were, dated in a period, oldest first."""
    rows = register.rows(
        "SELECT done_at, who, use_case, before FROM money_journal"
        " WHERE before ->> 'entry_on' BETWEEN :first AND :last ORDER BY done_at, id",
        _days(period),
    )
    return tuple(
        Changed(
            done_at=row["done_at"],
            who=row["who"],
            use_case=row["use_case"],
            before=row["before"],
        )
        for row in rows
    )


def statements(register: Register, period: Period) -> tuple[BankStatement, ...]:
    """Return the bank statements that overlap a period, by account and day."""
    rows = register.rows(
        "SELECT a.name AS account, s.* FROM statement s JOIN account a ON a.id = s.account_id"
        " WHERE s.from_on <= :last AND s.to_on >= :first"
        " ORDER BY a.name COLLATE NOCASE, s.from_on, s.id",
        _days(period),
    )
    return tuple(
        BankStatement(
            account=row["account"],
            from_on=dt.date.fromisoformat(row["from_on"]),
            to_on=dt.date.fromisoformat(row["to_on"]),
            opening_pence=row["opening_pence"],
            closing_pence=row["closing_pence"],
            agreed=row["agreed_at"] is not None,
        )
        for row in rows
    )


def has_money(register: Register) -> bool:
    """Say whether a cash book was begun: some account is in it."""
    return register.row("SELECT 1 FROM account_listed") is not None


def _days(period: Period) -> dict[str, str]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}


def _held(register: Register, sql: str, values: dict[str, str]) -> tuple[Held, ...]:
    return tuple(
        Held(
            account=row["account"],
            fund=row["fund"],
            fund_kind=FundKind(row["fund_kind"]),
            pence=row["pence"],
        )
        for row in register.rows(sql, values)
    )
