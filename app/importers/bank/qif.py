"""QIF statements: blocks of lines, each by its first letter; dates carry no order of their own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.importers.bank.amounts import other_currency, plain_cell, read_amount, writes_commas
from app.importers.bank.layouts import Found, Layout
from app.importers.bank.lines import Reading, day_of, joined
from app.importers.bank.records import BankRow, FileAccount, StatementOptions
from app.importers.bank.troubles import trouble
from app.importers.base import DateOrder, ImportProblem, Place, Question, Skipped
from app.importers.cells import text_of
from app.importers.date_order import DateRun, order_question, settle_order
from app.importers.dates import read_date
from app.importers.refusals import refuse

_KINDS = ("!type:bank", "!type:cash", "!type:ccard", "!type:oth a", "!type:oth l")
_OPENING = re.compile(r"opening balance", re.IGNORECASE)


def is_qif(lines: Sequence[str]) -> bool:
    """Say whether lines of text are a QIF file."""
    first = next((line.strip().casefold() for line in lines if line.strip()), "")
    return first.startswith(("!type:", "!account", "!option:", "!clear:"))


@dataclass(slots=True)
class _Record:
    """One block: its fields by letter, and the line where it begins."""

    number: int
    fields: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadQif:
    """A QIF file read whole."""

    accounts: tuple[FileAccount, ...] = field(repr=False)
    questions: tuple[Question, ...]
    date_order: DateOrder | None


def read_qif(name: str, lines: Sequence[str], options: StatementOptions) -> ReadQif:
    """Read a QIF file; raises CannotRead when it holds no statement."""
    kept: dict[str, list[_Record]] = {}
    for account, record in _records(lines):
        kept.setdefault(account, []).append(record)
    records = [record for of in kept.values() for record in of]
    if not records:
        raise refuse("no_statement", name)
    order = options.dates
    questions: tuple[Question, ...] = ()
    if order is None:
        written = [w for r in records if (w := read_date(_date_text(r))) is not None]
        settled = settle_order((DateRun(dates=written, in_order=True),), today=options.today)
        order = settled.order
        if order is None and settled.example:
            questions = (order_question(settled),)
    reading = _reading(options, order, records)
    accounts = tuple(_account(reading, account, of) for account, of in kept.items())
    return ReadQif(accounts=accounts, questions=questions, date_order=order)


def _records(lines: Sequence[str]) -> Iterator[tuple[str, _Record]]:
    """Give the blocks of statements, each with its account's name; lists of other things are left."""
    account, part = "", "!type:bank"
    record = _Record(number=1)
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if line.startswith("!"):
            word = " ".join(line.casefold().split())
            part = word if not word.startswith(("!option:", "!clear:")) else part
            record = _Record(number=number + 1)
        elif line.startswith("^"):
            if part == "!account":
                account = record.fields.get("N", account)
            elif part in _KINDS and record.fields:
                yield account, record
            record = _Record(number=number + 1)
        elif line:
            # The first of a letter counts: splits repeat S, E and $ afterwards.
            record.fields.setdefault(line[0], text_of(line[1:]))
            record.lines.setdefault(line[0], number)
    if part in _KINDS and record.fields:
        yield account, record


def _date_text(record: _Record) -> str:
    """Return a date as other programs write it: 1/ 9'26 -> 1/9/26."""
    return record.fields.get("D", "").replace("'", "/").replace(" ", "")


def _reading(
    options: StatementOptions, order: DateOrder | None, records: Sequence[_Record]
) -> Reading:
    amounts = [r.fields.get("T") or r.fields.get("U", "") for r in records]
    found = Found(layout=Layout(format="QIF", columns={}), header_row=-1, headers=(), roles={})
    return Reading(
        sheet="QIF", found=found, today=options.today, order=order,
        commas=writes_commas(amounts), out_is_negative=False, is_text=True,
    )  # fmt: skip


def _account(reading: Reading, name: str, records: Sequence[_Record]) -> FileAccount:
    rows: list[BankRow] = []
    problems: list[ImportProblem] = []
    skipped: list[Skipped] = []
    opening = None
    for record in records:
        place = Place(sheet="QIF", row=record.number)
        amount = record.fields.get("T") or record.fields.get("U", "")
        if _OPENING.fullmatch(record.fields.get("P", "")):
            opening = read_amount(amount, comma=reading.commas)
            why = "It tells a balance and moves nothing."
            skipped.append(Skipped(place=place, why=why, value=record.fields["P"]))
            name = name or record.fields.get("L", "").strip("[]")
            continue
        read = _row(reading, record, place, amount)
        if isinstance(read, BankRow):
            rows.append(read)
        elif isinstance(read, Skipped):
            skipped.append(read)
        else:
            problems.append(read)
    return FileAccount(
        name=name, lines=len(records), rows=tuple(rows), opening_pence=opening,
        problems=tuple(problems), skipped=tuple(skipped),
    )  # fmt: skip


def _row(
    reading: Reading, record: _Record, place: Place, amount: str
) -> BankRow | ImportProblem | Skipped:
    at_date = Place(sheet=place.sheet, row=record.lines.get("D", place.row), column="D")
    at_amount = Place(sheet=place.sheet, row=record.lines.get("T", place.row), column="T")
    written = _date_text(record)
    if not written:
        return trouble(at_date, "date_missing")
    day = day_of(read_date(written), reading, at_date, record.fields["D"])
    if isinstance(day, ImportProblem):
        return day
    pence = read_amount(amount, comma=reading.commas)
    if pence is None:
        code = "currency_other" if other_currency(amount) else "amount_unknown"
        return trouble(at_amount, code if amount else "amount_missing", plain_cell(amount))
    if pence == 0:
        return Skipped(place=place, why="Nothing moved.", value=amount)
    payee, memo, cheque = (record.fields.get(letter, "") for letter in "PMN")
    return BankRow(
        place=place, day=day, amount_pence=pence, text=joined((payee, memo, cheque)),
        payee=payee or memo, reference=cheque,
    )  # fmt: skip
