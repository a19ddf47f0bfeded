"""What every bank's file becomes: accounts with their lines, balances, and what could not be read."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.importers.base import (
    ColumnDecision,
    DateOrder,
    ImportProblem,
    Place,
    Question,
    Skipped,
)

OURS = "GBP"
"""The one currency of a book."""


class Role(StrEnum):
    """What a column of a statement is."""

    DATE = "date"
    TEXT = "text"
    PAYEE = "payee"
    REFERENCE = "reference"
    NOTES = "notes"
    TYPE = "type"
    AMOUNT = "amount"
    OUT = "out"
    IN = "in"
    DIRECTION = "direction"
    """"Debit" or "credit" beside an amount without a sign."""
    BALANCE = "balance"
    FEE = "fee"
    CURRENCY = "currency"
    STATUS = "status"
    BANK_ID = "bank_id"
    """The bank's own number of a line, never given twice."""
    SORT_CODE = "sort_code"
    ACCOUNT = "account"
    ACCOUNT_NAME = "account_name"
    TIME_ZONE = "time_zone"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementOptions:
    """What somebody has answered beforehand about a statement."""

    today: dt.date
    dates: DateOrder | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    """Header as written -> a `Role`, or `SET_ASIDE`."""
    another_account: bool = False
    """Whether the very same lines in another account of the book are no mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankRow:
    """One line of a statement; money in is above nothing, money out below it (pence)."""

    place: Place
    day: dt.date
    amount_pence: int
    text: str = field(repr=False)
    """All that the bank says of it."""
    payee: str = field(default="", repr=False)
    reference: str = field(default="", repr=False)
    method: str = "not_recorded"
    bank_id: str = field(default="", repr=False)
    own_money: bool = False
    """Moved into or out of a pot of the same account: still the group's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How a running balance moved with one row of a file (pence)."""

    place: Place
    day: dt.date
    amount_pence: int
    balance_pence: int | None
    after_gap: bool = False
    """Whether a row just before it, in the file's order, could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAccount:
    """One account of a file, with its lines in the order of the file."""

    code: str = field(default="", repr=False)
    """Sort code and number as the file writes them; "" where it has none."""
    name: str = field(default="", repr=False)
    lines: int = 0
    """Rows found, those left out too."""
    rows: tuple[BankRow, ...] = field(default=(), repr=False)
    opening_pence: int | None = None
    closing_pence: int | None = None
    derived_opening_pence: int | None = None
    """Worked out from the closing balance, where the file has no other."""
    problems: tuple[ImportProblem, ...] = field(default=(), repr=False)
    skipped: tuple[Skipped, ...] = field(default=(), repr=False)

    @property
    def called(self) -> str:
        """The account as a question names it."""
        return self.name or self.code or "no name"

    @property
    def in_pence(self) -> int:
        """What came in, moves into and out of pots left out."""
        return sum(r.amount_pence for r in self.rows if r.amount_pence > 0 and not r.own_money)

    @property
    def out_pence(self) -> int:
        """What went out, as a positive number, moves into and out of pots left out."""
        return -sum(r.amount_pence for r in self.rows if r.amount_pence < 0 and not r.own_money)

    @property
    def difference_pence(self) -> int | None:
        """How far opening + lines is from closing; None where the file has not both balances."""
        if self.opening_pence is None or self.closing_pence is None:
            return None
        return self.closing_pence - self.opening_pence - sum(r.amount_pence for r in self.rows)

    @property
    def first_day(self) -> dt.date | None:
        """The first day of its lines."""
        return min((row.day for row in self.rows), default=None)

    @property
    def last_day(self) -> dt.date | None:
        """The last day of its lines."""
        return max((row.day for row in self.rows), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BankPlan:
    """All that a statement holds, before anything is done."""

    format: str
    """The bank or kind of file, as in "Lloyds" or "OFX"; "columns" where they were worked out."""
    file_name: str
    digest: str
    accounts: tuple[FileAccount, ...] = field(default=(), repr=False)
    columns: tuple[ColumnDecision, ...] = field(default=(), repr=False)
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    date_order: DateOrder | None = None
    guessed: bool = False
    """Whether the columns were worked out, so that somebody should look at a few rows."""
