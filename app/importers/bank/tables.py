"""A bank's table read whole: one meaning for its dates and amounts, its accounts kept apart."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.importers.bank.amounts import OTHER_CURRENCIES, is_ours, read_amount, writes_commas
from app.importers.bank.balances import settle
from app.importers.bank.finding import pairs_above, taken_as
from app.importers.bank.layouts import CLOSES, OPENS, Found, header_words
from app.importers.bank.lines import Reading, ReadLine, day_of, read_line, written_day
from app.importers.bank.records import BankRow, FileAccount, Role, StatementOptions, Step
from app.importers.base import ColumnDecision, DateOrder, ImportProblem, Question, Skipped
from app.importers.cells import Row, column_letters, is_blank, text_of
from app.importers.date_order import DateRun, order_question, settle_order
from app.importers.refusals import refuse
from app.importers.workbook import Sheet

_MONEY = (Role.AMOUNT, Role.OUT, Role.IN, Role.BALANCE, Role.FEE)
_BRITISH_ZONES = frozenset({"", "gmt", "bst", "utc", "europe london", "gb"})
_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTable:
    """A table read whole."""

    accounts: tuple[FileAccount, ...] = field(repr=False)
    columns: tuple[ColumnDecision, ...] = field(repr=False)
    questions: tuple[Question, ...]
    notes: tuple[str, ...]
    date_order: DateOrder | None


def read_table(
    name: str, sheet: Sheet, rows: Sequence[Row], found: Found, options: StatementOptions
) -> ReadTable:
    """Read every row under the header; raises CannotRead when the money is not in pounds."""
    _must_be_pounds(name, found)
    body = [
        (number, row)
        for number, row in enumerate(rows, 1)
        if number > found.header_row + 1 and any(not is_blank(cell) for cell in row)
    ]
    reading = _reading(sheet, found, options, body)
    order, questions, notes = _order(reading, body, options)
    reading = _reading(sheet, found, options, body, order)
    if found.question:
        questions = (*questions, Question(kind="columns", text=found.question))
    above = pairs_above(rows, found.header_row)
    currency = above.get("currency", "")
    if not is_ours(currency):
        raise refuse("other_currency", name, currency=currency)
    columns = _decisions(sheet, found, body)
    accounts = _accounts(reading, body, above)
    return ReadTable(
        accounts=accounts, columns=columns, questions=questions, notes=notes, date_order=order
    )


def _must_be_pounds(name: str, found: Found) -> None:
    for index, role in found.roles.items():
        other = OTHER_CURRENCIES.search(found.headers[index].upper()) if role in _MONEY else None
        if other:
            raise refuse("other_currency", name, currency=other[0])


def _reading(
    sheet: Sheet,
    found: Found,
    options: StatementOptions,
    body: Sequence[tuple[int, Row]],
    order: DateOrder | None = None,
) -> Reading:
    columns = {role: index for index, role in found.roles.items()}
    money = [columns[role] for role in _MONEY if role in columns]
    cells = [row[i] for _, row in body for i in money if i < len(row) and not is_blank(row[i])]
    commas = writes_commas(cells)
    out = columns.get(Role.OUT, -1)
    outs = [read_amount(row[out], comma=commas) for _, row in body if 0 <= out < len(row)]
    signs = {pence > 0 for pence in outs if pence}
    return Reading(
        sheet=sheet.name, found=found, today=options.today, order=order, commas=commas,
        out_is_negative=signs == {False}, is_text=sheet.is_text, columns=columns,
    )  # fmt: skip


def _order(
    reading: Reading, body: Sequence[tuple[int, Row]], options: StatementOptions
) -> tuple[DateOrder | None, tuple[Question, ...], tuple[str, ...]]:
    """Return the order of day and month, what has to be asked about it, and what is to be said."""
    layout = reading.found.layout
    written = [day for _, row in body if (day := written_day(reading, row)) is not None]
    if options.dates is not None:
        return options.dates, (), ()
    if layout.dates == "dmy":
        return DateOrder.DMY, (), ()
    settled = settle_order((DateRun(dates=written, in_order=True),), today=options.today)
    if settled.order is not None or not settled.example:
        return settled.order, (), ()
    zones = {header_words(reading.cell(row, Role.TIME_ZONE)) for _, row in body}
    if layout.dates == "likely" and zones <= _BRITISH_ZONES:
        note = f"{layout.format} writes dates day first, so {settled.example} was read so."
        return DateOrder.DMY, (), (note,)
    return None, (order_question(settled),), ()


def _decisions(
    sheet: Sheet, found: Found, body: Sequence[tuple[int, Row]]
) -> tuple[ColumnDecision, ...]:
    return tuple(
        ColumnDecision(
            sheet=sheet.name,
            column=column_letters(index),
            header=header,
            taken_as=taken_as(found, index),
            by=found.by.get(index, "header" if found.header_row >= 0 else "content"),
            samples=tuple(
                text_of(row[index]) for _, row in body[:_SHOWN] if index < len(row)
            ),
        )
        for index, header in enumerate(found.headers)
        if header or index in found.roles
    )  # fmt: skip


# --- accounts ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Account:
    """One account of the file while its rows are read."""

    code: str
    name: str
    lines: int = 0
    rows: list[BankRow] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    gap: bool = False
    told: list[tuple[str, dt.date | None, int]] = field(default_factory=list)
    """Balances that rows of their own tell: their words, day and pence."""


def _accounts(
    reading: Reading, body: Sequence[tuple[int, Row]], above: dict[str, str]
) -> tuple[FileAccount, ...]:
    accounts: dict[str, _Account] = {}
    last = ""
    headers = [header_words(header) for header in reading.found.headers]
    for number, row in body:
        if reading.found.header_row >= 0 and _is_header(row, headers):
            continue
        code = _code(reading, row) or last
        last = code
        name = reading.text(row, Role.ACCOUNT_NAME)
        account = accounts.setdefault(code, _Account(code=code, name=name))
        _take(account, reading, number, row)
    # Rows before the first that names an account are of the same one.
    if len(accounts) == 2 and "" in accounts and not accounts[""].rows:
        accounts.pop("")
    return tuple(_settled(account, above) for account in accounts.values())


def _is_header(row: Row, headers: Sequence[str]) -> bool:
    words = [header_words(cell) for cell in row[: len(headers)]]
    return words == headers[: len(words)] and any(words)


def _code(reading: Reading, row: Row) -> str:
    sort_code, number = reading.text(row, Role.SORT_CODE), reading.text(row, Role.ACCOUNT)
    return " ".join(filter(None, (sort_code, number)))


def _take(account: _Account, reading: Reading, number: int, row: Row) -> None:
    account.lines += 1
    line = read_line(reading, number, row)
    if line.skipped:
        account.skipped.append(line.skipped)
    account.problems += line.beside
    if line.tells_balance and line.balance_pence is not None:
        account.told.append(
            (line.tells_balance, _told_day(reading, number, row), line.balance_pence)
        )
    if line.problem:
        account.problems.append(line.problem)
        account.gap = account.gap or not line.elsewhere
    if line.rows:
        account.rows += line.rows
        account.steps.append(_step(account, line))
        account.gap = False


def _step(account: _Account, line: ReadLine) -> Step:
    first = line.rows[0]
    return Step(
        place=first.place, day=first.day, amount_pence=line.moved_pence,
        balance_pence=line.balance_pence, after_gap=account.gap,
    )  # fmt: skip


def _told_day(reading: Reading, number: int, row: Row) -> dt.date | None:
    day = day_of(written_day(reading, row), reading, reading.place(number), "")
    return day if isinstance(day, dt.date) else None


def _settled(account: _Account, above: dict[str, str]) -> FileAccount:
    balances = settle(account.steps)
    opening, closing = _told(account)
    opening = opening if opening is not None else _above(above, OPENS)
    closing = closing if closing is not None else _above(above, CLOSES)
    return FileAccount(
        code=account.code or _code_above(above),
        name=account.name or above.get("account name", "") or above.get("name of account", ""),
        lines=account.lines,
        rows=tuple(account.rows),
        opening_pence=opening if opening is not None else balances.opening_pence,
        closing_pence=closing if closing is not None else balances.closing_pence,
        problems=tuple(
            sorted((*account.problems, *balances.breaks), key=lambda one: one.place.row)
        ),
        skipped=tuple(account.skipped),
    )


def _told(account: _Account) -> tuple[int | None, int | None]:
    """Return what rows of their own tell of the balance before the first line and after the last."""
    days = [row.day for row in account.rows]
    opening = closing = None
    for words, day, pence in account.told:
        if OPENS.fullmatch(words):
            opening = pence
        elif CLOSES.fullmatch(words):
            closing = pence
        elif day is not None and days:
            if day < min(days):
                opening = pence
            elif day >= max(days):
                closing = pence
    return opening, closing


def _above(above: dict[str, str], which: re.Pattern[str]) -> int | None:
    """Return a balance that is told above the table."""
    for words, value in above.items():
        if which.fullmatch(words) and (pence := read_amount(value)) is not None:
            return pence
    return None


def _code_above(above: dict[str, str]) -> str:
    number = above.get("account number") or above.get("account no") or above.get("account") or ""
    sort_code = above.get("sort code") or above.get("sortcode") or ""
    whole = f"{sort_code} {number}".strip()
    return whole if sum(c.isdigit() for c in whole) >= 4 else ""
