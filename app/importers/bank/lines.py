"""One row of a bank's table: its day, its amount and its words, or what is wrong with it."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.importers.bank.amounts import is_ours, other_currency, plain_cell, read_amount
from app.importers.bank.layouts import (
    IN_WORDS,
    METHODS,
    NO_MONEY,
    OUT_WORDS,
    PENDING,
    Found,
    header_words,
)
from app.importers.bank.records import BankRow, Role
from app.importers.bank.troubles import trouble
from app.importers.base import DateOrder, ImportProblem, Place, Skipped
from app.importers.cells import Cell, Row, column_letters, is_blank
from app.importers.dates import WrittenDate, as_date, full_year, parts, read_date

_SPOKEN = (Role.TEXT, Role.PAYEE, Role.TYPE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the rows of one file are to be read."""

    sheet: str
    found: Found
    today: dt.date
    order: DateOrder | None
    commas: bool
    """It writes 1.234,50."""
    out_is_negative: bool
    """What went out has a minus sign in a column of its own."""
    is_text: bool
    """Its rows are lines of text, in which a comma may have moved the columns."""
    columns: Mapping[Role, int] = field(default_factory=dict)

    def cell(self, row: Row, role: Role) -> Cell:
        """Return the cell of a role, "" where there is none."""
        index = self.columns.get(role, -1)
        return row[index] if 0 <= index < len(row) else ""

    def text(self, row: Row, role: Role) -> str:
        """Return the tidy text of a role."""
        return plain_cell(self.cell(row, role))

    def place(self, number: int, role: Role | None = None) -> Place:
        """Return where a role of a row stands in the file."""
        index = self.columns.get(role, -1) if role else -1
        return Place(
            sheet=self.sheet, row=number, column=column_letters(index) if index >= 0 else ""
        )

    def amount(self, row: Row, role: Role) -> int | None:
        """Return the pence of a role, None where it is blank or cannot be read."""
        return read_amount(self.cell(row, role), comma=self.commas)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """What a row came to: lines to book, a row left out, or a problem."""

    rows: tuple[BankRow, ...] = field(default=(), repr=False)
    moved_pence: int = 0
    """What the running balance moves with it."""
    balance_pence: int | None = None
    problem: ImportProblem | None = None
    """What keeps the row out."""
    beside: tuple[ImportProblem, ...] = ()
    """What is to be said of a row that counts all the same."""
    skipped: Skipped | None = None
    tells_balance: str = ""
    """The words of a row that only tells a balance."""
    elsewhere: bool = False
    """The row is of another currency, so the balance in pounds does not move with it."""


def read_line(reading: Reading, number: int, row: Row) -> ReadLine:
    """Read one row of the table; ``number`` is its row as people count it."""
    spoken = [header_words(reading.cell(row, role)) for role in _SPOKEN]
    balance_words = next((words for words in spoken if NO_MONEY.fullmatch(words)), "")
    if balance_words:
        return _balance_row(reading, number, row, balance_words)
    left_out = _left_out(reading, number, row)
    if left_out:
        return ReadLine(skipped=left_out)
    currency = reading.text(row, Role.CURRENCY)
    if not is_ours(currency):
        place = reading.place(number, Role.CURRENCY)
        return ReadLine(problem=trouble(place, "currency_other", currency), elsewhere=True)
    if beyond := _beyond(reading, number, row):
        return ReadLine(problem=beyond)
    day, pence = _day(reading, number, row), _pence(reading, number, row)
    for wrong in (day, pence):
        if isinstance(wrong, ImportProblem):
            return ReadLine(problem=wrong)
    return _counted(reading, number, row, day, pence)  # type: ignore[arg-type]


def _counted(reading: Reading, number: int, row: Row, day: dt.date, pence: int) -> ReadLine:
    fee = 0
    if not is_blank(reading.cell(row, Role.FEE)):
        read = reading.amount(row, Role.FEE)
        if read is None:
            return ReadLine(problem=_unread(reading, number, row, Role.FEE))
        # PayPal puts a minus before what it keeps; banks nobody knows yet mostly do not.
        fee = -abs(read) if reading.found.guessed else read
    balance = reading.amount(row, Role.BALANCE)
    beside: tuple[ImportProblem, ...] = ()
    if balance is None and not is_blank(reading.cell(row, Role.BALANCE)):
        beside = (_unread(reading, number, row, Role.BALANCE),)
    if pence == 0 and fee == 0:
        skipped = Skipped(place=reading.place(number), why="Nothing moved.", value="0.00")
        return ReadLine(skipped=skipped, beside=beside)
    main = _bank_row(reading, number, row, day, pence)
    rows = (main,) if pence else ()
    if fee:
        rows = (*rows, _fee_row(reading, main, fee))
    return ReadLine(rows=rows, moved_pence=pence + fee, balance_pence=balance, beside=beside)


def _balance_row(reading: Reading, number: int, row: Row, words: str) -> ReadLine:
    balance = reading.amount(row, Role.BALANCE)
    if balance is None:
        balance = reading.amount(row, Role.AMOUNT)
    skipped = Skipped(
        place=reading.place(number), why="It tells a balance and moves nothing.", value=words
    )
    return ReadLine(skipped=skipped, balance_pence=balance, tells_balance=words)


def _left_out(reading: Reading, number: int, row: Row) -> Skipped | None:
    """Return why a row is no money: it is still pending, or has neither day nor amount."""
    status = reading.text(row, Role.STATUS)
    words, done = header_words(status), reading.found.layout.done_statuses
    if (words not in done) if done else (words in PENDING):
        why = "The bank has not carried it out (or not yet), so no money moved."
        return Skipped(place=reading.place(number, Role.STATUS), why=why, value=status)
    money = (Role.DATE, Role.AMOUNT, Role.OUT, Role.IN)
    if all(is_blank(reading.cell(row, role)) for role in money):
        value = " ".join(filter(None, (plain_cell(cell) for cell in row)))[:80]
        return Skipped(
            place=reading.place(number), why="It has neither a date nor an amount.", value=value
        )
    return None


def _beyond(reading: Reading, number: int, row: Row) -> ImportProblem | None:
    """Return the problem of a row that goes on beyond the header."""
    if not reading.is_text:
        return None
    # The header may end in commas that name nothing.
    headers = reading.found.headers
    width = len(headers)
    while width > max(reading.columns.values(), default=0) + 1 and not headers[width - 1]:
        width -= 1
    for index in range(width, len(row)):
        if not is_blank(row[index]):
            place = Place(sheet=reading.sheet, row=number, column=column_letters(index))
            return trouble(place, "row_long", plain_cell(row[index]))
    return None


def written_day(reading: Reading, row: Row) -> WrittenDate | None:
    """Return what a row's date cell says, before the order is settled."""
    cell = reading.cell(row, Role.DATE)
    return read_date(cell.removeprefix("'") if isinstance(cell, str) else cell)


def _day(reading: Reading, number: int, row: Row) -> dt.date | ImportProblem:
    place, value = reading.place(number, Role.DATE), reading.text(row, Role.DATE)
    if not value:
        return trouble(place, "date_missing")
    return day_of(written_day(reading, row), reading, place, value)


def day_of(
    written: WrittenDate | None, reading: Reading, place: Place, value: str
) -> dt.date | ImportProblem:
    """Return the day of what is written, or what is wrong with it."""
    found = parts(written, reading.order or DateOrder.DMY) if written else None
    if found is None or not found[2]:
        return trouble(place, "date_unknown", value)
    day = as_date(found[0], found[1], full_year(found[2], reading.today.year + 1))
    return day or trouble(place, "date_not_in_calendar", value)


def _unread(reading: Reading, number: int, row: Row, role: Role) -> ImportProblem:
    cell = reading.cell(row, role)
    code = "currency_other" if other_currency(cell) else "amount_unknown"
    return trouble(reading.place(number, role), code, plain_cell(cell))


def _pence(reading: Reading, number: int, row: Row) -> int | ImportProblem:
    if Role.AMOUNT not in reading.columns:
        return _of_two_sides(reading, number, row)
    if is_blank(reading.cell(row, Role.AMOUNT)):
        return trouble(reading.place(number, Role.AMOUNT), "amount_missing")
    pence = reading.amount(row, Role.AMOUNT)
    if pence is None:
        return _unread(reading, number, row, Role.AMOUNT)
    if Role.DIRECTION not in reading.columns:
        return pence
    words = header_words(reading.cell(row, Role.DIRECTION))
    if words in IN_WORDS | OUT_WORDS:
        return abs(pence) if words in IN_WORDS else -abs(pence)
    place = reading.place(number, Role.DIRECTION)
    return trouble(place, "direction_unknown", reading.text(row, Role.DIRECTION))


def _of_two_sides(reading: Reading, number: int, row: Row) -> int | ImportProblem:
    sides: dict[Role, int] = {}
    for role in (Role.OUT, Role.IN):
        if not is_blank(reading.cell(row, role)):
            pence = reading.amount(row, role)
            if pence is None:
                return _unread(reading, number, row, role)
            sides[role] = pence
    if not sides:
        role = Role.OUT if Role.OUT in reading.columns else Role.IN
        return trouble(reading.place(number, role), "amount_missing")
    if sides.get(Role.OUT) and sides.get(Role.IN):
        value = f"{reading.text(row, Role.OUT)} and {reading.text(row, Role.IN)}"
        return trouble(reading.place(number, Role.OUT), "both_sides", value)
    out = sides.get(Role.OUT, 0)
    return (out if reading.out_is_negative else -out) + sides.get(Role.IN, 0)


# --- words -------------------------------------------------------------------------------------


def _bank_row(reading: Reading, number: int, row: Row, day: dt.date, pence: int) -> BankRow:
    kind = reading.text(row, Role.TYPE)
    reference = reading.text(row, Role.REFERENCE)
    said = [reading.text(row, role) for role in (Role.PAYEE, Role.TEXT)]
    return BankRow(
        place=reading.place(number),
        day=day,
        amount_pence=pence,
        text=joined((*said, reference)) or kind,
        payee=payee_of(reading, row) or kind,
        reference=reference,
        method=METHODS.get(header_words(kind), "not_recorded"),
        bank_id=reading.text(row, Role.BANK_ID),
        own_money=header_words(kind) in reading.found.layout.own_money_types,
    )


def _fee_row(reading: Reading, main: BankRow, fee: int) -> BankRow:
    whose = reading.found.layout.format if not reading.found.guessed else "Bank"
    return BankRow(
        place=main.place,
        day=main.day,
        amount_pence=fee,
        text=f"{whose} fee: {main.text}",
        payee=f"{whose} fee",
        reference=main.payee,
        bank_id=f"{main.bank_id} fee" if main.bank_id else "",
    )


def payee_of(reading: Reading, row: Row) -> str:
    """Return who is on the other side: a column of its own, or the beginning of the text."""
    payee = reading.text(row, Role.PAYEE)
    if payee:
        return payee
    cell, until = reading.cell(row, Role.TEXT), reading.found.layout.payee_until
    if until and isinstance(cell, str):
        # Banks pad with spaces, so the cell is cut before it is tidied.
        parts_of = [
            part for part in re.split(until, cell.strip().removeprefix("'")) if part.strip()
        ]
        # A card's number and day may stand before the name.
        named = [part for part in parts_of if not any(c.isdigit() for c in part)]
        cell = next(iter((*named, *parts_of)), "")
    return plain_cell(cell)


def joined(texts: Sequence[str]) -> str:
    """Return texts as one, each once."""
    kept: list[str] = []
    for text in texts:
        if text and not any(text.casefold() in other.casefold() for other in kept):
            kept.append(text)
    return " ".join(kept)
