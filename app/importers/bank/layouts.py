"""The layouts of banks' downloads, as data: what each column is called, and which rows are no money.

Source: the banks' own downloads, described in tests/data/importers/bank/README.md.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.importers.bank.records import Role
from app.importers.cells import Cell, text_of

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def header_words(cell: Cell) -> str:
    """Return a header in small plain words: "Amount (GBP)" -> "amount gbp"."""
    text = unicodedata.normalize("NFKC", text_of(cell)).replace("£", " gbp ").casefold()
    return _NOT_WORD.sub(" ", text.replace("'", "")).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One bank's columns by their headers in words."""

    format: str
    columns: Mapping[str, Role]
    signs: frozenset[str] = frozenset()
    """Headers by which it is known too, of columns that are not read."""
    may_lack: frozenset[str] = frozenset()
    """Headers by which it is not known: some of its files have them, some do not."""
    own_money_types: frozenset[str] = frozenset()
    """Types, in words, of moves into and out of pots of the same account."""
    payee_until: str = ""
    """What ends the payee within the text (a pattern)."""
    done_statuses: frozenset[str] = frozenset()
    """Statuses of lines that count, in words; empty: all do."""
    dates: str = "dmy"
    """"dmy": always day first; "likely": day first unless the file's own dates say otherwise;
    "ask": asked where they do not say."""

    @property
    def needs(self) -> frozenset[str]:
        """The headers by which it is known."""
        return (frozenset(self.columns) | self.signs) - self.may_lack


_R = Role

LAYOUTS: tuple[Layout, ...] = (
    Layout(
        format="Lloyds",
        columns={
            "transaction date": _R.DATE, "transaction type": _R.TYPE, "sort code": _R.SORT_CODE,
            "account number": _R.ACCOUNT, "transaction description": _R.TEXT,
            "debit amount": _R.OUT, "credit amount": _R.IN, "balance": _R.BALANCE,
        },
    ),
    Layout(
        format="Barclays",
        columns={
            "number": _R.REFERENCE, "date": _R.DATE, "account": _R.ACCOUNT, "amount": _R.AMOUNT,
            "subcategory": _R.TYPE, "memo": _R.TEXT,
        },
        may_lack=frozenset({"number"}),
        payee_until=r"\t|\s{2,}",
    ),
    Layout(
        format="Nationwide",
        columns={
            "date": _R.DATE, "transaction type": _R.TYPE, "description": _R.TEXT,
            "paid out": _R.OUT, "paid in": _R.IN, "balance": _R.BALANCE,
        },
    ),
    Layout(
        format="NatWest",
        columns={
            "date": _R.DATE, "type": _R.TYPE, "description": _R.TEXT, "value": _R.AMOUNT,
            "balance": _R.BALANCE, "account name": _R.ACCOUNT_NAME, "account number": _R.ACCOUNT,
        },
        payee_until=r"\s+,|,\s",
    ),
    Layout(
        format="Starling",
        columns={
            "date": _R.DATE, "counter party": _R.PAYEE, "reference": _R.REFERENCE,
            "type": _R.TYPE, "amount gbp": _R.AMOUNT, "balance gbp": _R.BALANCE,
            "notes": _R.NOTES,
        },
        may_lack=frozenset({"notes"}),
    ),
    Layout(
        format="Monzo",
        columns={
            "transaction id": _R.BANK_ID, "date": _R.DATE, "type": _R.TYPE, "name": _R.PAYEE,
            "amount": _R.AMOUNT, "currency": _R.CURRENCY, "notes and tags": _R.NOTES,
            "description": _R.TEXT,
        },
        signs=frozenset({"local amount", "local currency"}),
        may_lack=frozenset({"notes and tags"}),
        own_money_types=frozenset({"pot transfer"}),
    ),
    Layout(
        format="PayPal",
        columns={
            "date": _R.DATE, "timezone": _R.TIME_ZONE, "time zone": _R.TIME_ZONE,
            "name": _R.PAYEE, "type": _R.TYPE, "status": _R.STATUS, "currency": _R.CURRENCY,
            "gross": _R.AMOUNT, "fee": _R.FEE, "balance": _R.BALANCE,
            "transaction id": _R.BANK_ID, "subject": _R.REFERENCE, "item title": _R.TEXT,
            "note": _R.NOTES,
        },
        may_lack=frozenset(
            {"timezone", "time zone", "balance", "transaction id", "subject", "item title", "note"}
        ),
        done_statuses=frozenset({"completed", "complete", "cleared", "partially refunded", "refunded", ""}),
        dates="likely",
    ),
)  # fmt: skip
"""Every layout with a header; one is known by all of the headers that it needs."""

NAMED_ABOVE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("CAF Bank", re.compile(r"\bcaf (bank|cash|gold)\b")),
)
"""Banks whose columns are worked out, and by which words above the table they are known."""

NO_MONEY = re.compile(
    r"(opening|closing|start(ing)?|end(ing)?|available|current|statement) balance( as at .*)?"
    r"|balance (as at|as of|on|at) .*|balance"
    r"|(balance )?(brought|carried) forward.*|balance b f|balance c f",
)
"""Rows that tell a balance and move nothing, in words of `header_words`."""
OPENS = re.compile(r"(opening|start(ing)?) balance.*|(balance )?brought forward.*|balance b f")
"""Those of them that tell what there was at first."""
CLOSES = re.compile(r"(closing|end(ing)?) balance.*|(balance )?carried forward.*|balance c f")
"""Those of them that tell what there was at last."""

METHODS: Mapping[str, str] = {
    "deb": "card", "card": "card", "pos": "card", "debit card": "card", "card payment": "card",
    "visa": "card", "contactless": "card", "card purchase": "card", "visa purchase": "card",
    "dd": "direct_debit", "direct debit": "direct_debit", "ddr": "direct_debit",
    "chq": "cheque", "cheque": "cheque", "check": "cheque", "cpt": "cash", "atm": "cash",
    "cash": "cash", "csh": "cash", "cash withdrawal": "cash", "d c": "card",
    "fpi": "bank_transfer", "fpo": "bank_transfer", "bgc": "bank_transfer", "bac": "bank_transfer",
    "tfr": "bank_transfer", "so": "bank_transfer", "s o": "bank_transfer", "bp": "bank_transfer",
    "ft": "bank_transfer", "xfer": "bank_transfer", "faster payment": "bank_transfer",
    "bank credit": "bank_transfer", "transfer to": "bank_transfer", "bbp": "bank_transfer",
    "standing order": "bank_transfer", "directdebit": "direct_debit", "repeatpmt": "bank_transfer",
    "transfer": "bank_transfer", "transfer from": "bank_transfer", "bacs": "bank_transfer",
    "directdep": "bank_transfer", "visa debit": "card", "payment": "not_recorded",
}  # fmt: skip
"""What a bank's type of line says of how money went, in words of `header_words`."""

HEADINGS: Mapping[Role, frozenset[str]] = {
    _R.DATE: frozenset({
        "date", "transaction date", "trans date", "posting date", "posted date", "date posted",
        "posted", "booking date", "value date", "completed date", "date completed", "started date",
        "date completed utc", "day", "transaction date and time", "created", "settled on", "when",
        "process date", "effective date", "entry date",
    }),
    _R.TEXT: frozenset({
        "description", "details", "transaction description", "narrative", "memo", "particulars",
        "text", "transaction details", "transaction", "payment details", "merchant description",
        "narration", "what", "what for", "details of transaction", "transaction narrative",
    }),
    _R.PAYEE: frozenset({
        "payee", "name", "counter party", "counterparty", "counterparty name", "merchant",
        "who", "paid to", "beneficiary", "other party", "payer", "to from", "contact",
        "merchant name", "third party", "party", "payee name",
    }),
    _R.REFERENCE: frozenset({"reference", "ref", "payment reference", "customer reference", "your reference"}),
    _R.NOTES: frozenset({"notes", "note", "comment", "comments"}),
    _R.TYPE: frozenset({"type", "transaction type", "trans type", "tran type", "transaction code", "payment type", "category type"}),
    _R.AMOUNT: frozenset({
        "amount", "value", "amount gbp", "transaction amount", "net amount", "sum", "gross",
        "amount in gbp", "transaction value", "billing amount", "value gbp", "amount paid",
    }),
    _R.OUT: frozenset({
        "out", "paid out", "money out", "debit", "debits", "debit amount", "withdrawn", "withdrawals",
        "withdrawal", "payments", "payment", "paid out gbp", "money out gbp", "debit gbp", "dr",
        "out gbp", "spent", "expenditure", "debited", "payments out", "amount out",
    }),
    _R.IN: frozenset({
        "in", "paid in", "money in", "credit", "credits", "credit amount", "deposits", "deposit",
        "receipts", "receipt", "paid in gbp", "money in gbp", "credit gbp", "cr", "in gbp",
        "received", "income", "credited", "payments in", "amount in",
    }),
    _R.BALANCE: frozenset({
        "balance", "running balance", "balance gbp", "account balance", "closing balance",
        "ledger balance", "balance after", "new balance", "available balance",
        "left", "balance left",
    }),
    _R.DIRECTION: frozenset({
        "debit credit", "credit debit", "dr cr", "cr dr", "in out", "direction", "d c", "c d",
        "credit debit indicator", "debit or credit", "credit or debit",
    }),
    _R.CURRENCY: frozenset({"currency", "ccy", "currency code", "account currency"}),
    _R.FEE: frozenset({"fee", "fees"}),
    _R.STATUS: frozenset({"status", "state"}),
    _R.BANK_ID: frozenset({"transaction id", "fitid", "unique id", "transaction number", "transaction identifier"}),
    _R.SORT_CODE: frozenset({"sort code", "sortcode"}),
    _R.ACCOUNT: frozenset({"account", "account number", "account no", "iban"}),
    _R.ACCOUNT_NAME: frozenset({"account name"}),
}  # fmt: skip
"""Headers by which a column of an unknown layout is known, in words; the earlier role goes first."""

PENDING = frozenset({"pending", "reverted", "declined", "failed", "cancelled", "canceled", "denied", "expired", "reversed", "held", "on hold", "placed", "removed", "unclaimed", "voided"})  # fmt: skip
"""Statuses of lines that moved nothing (perhaps not yet), in words."""

IN_WORDS = frozenset({"credit", "cr", "c", "in", "paid in", "money in", "received", "deposit"})
OUT_WORDS = frozenset({"debit", "dr", "d", "out", "paid out", "money out", "sent", "withdrawal"})
"""What stands beside an amount without a sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A layout found in a sheet: at which row, and which column is what."""

    layout: Layout
    header_row: int
    """Counted from 0; -1: there is no header."""
    headers: tuple[str, ...] = field(repr=False)
    roles: Mapping[int, Role]
    guessed: bool = False
    by: Mapping[int, str] = field(default_factory=dict)
    """By what each column was taken, where not by its header."""
    question: str = ""
    """What only a person can say of its columns."""
