"""Read any bank's file into one plan, by its bytes; whatever the bytes, a plan or one sentence."""

import hashlib
from dataclasses import replace
from pathlib import Path

from app.importers.bank import blocks, ofx, qif
from app.importers.bank.finding import find
from app.importers.bank.records import BankPlan, FileAccount, StatementOptions
from app.importers.bank.tables import ReadTable, read_table
from app.importers.base import Place, Skipped
from app.importers.cells import Row
from app.importers.delimited import open_text
from app.importers.file_kind import FileKind, read_start
from app.importers.refusals import refuse
from app.importers.workbook import Sheet, Tell, Watch, Workbook, open_workbook

MOST_ROWS = 200_000
"""Of one statement: more is not a group's."""
_MOST_MB = 64


def _nobody(_done: int, _total: int) -> None:
    return


def read_statement(path: Path, options: StatementOptions, *, tell: Tell = _nobody) -> BankPlan:
    """Read a bank's file into a plan; may run on any thread, and touches no register.

    Raises CannotRead with the one sentence to show.
    """
    head = read_start(path)
    digest = _digest(path)
    if ofx.is_ofx(head):
        kind, accounts = ofx.read_ofx(path.name, path.read_bytes())
        return BankPlan(format=kind, file_name=path.name, digest=digest, accounts=accounts)
    workbook = open_workbook(path, tell=tell, any_ending=True)
    if workbook.kind is FileKind.TEXT:
        plan = _of_lines(path, digest, options)
        if plan is not None:
            return plan
    return _of_tables(workbook, digest, options)


def _digest(path: Path) -> str:
    if path.stat().st_size > _MOST_MB << 20:
        raise refuse("too_long", path.name, size=path.stat().st_size >> 20, limit=_MOST_MB)
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _of_lines(path: Path, digest: str, options: StatementOptions) -> BankPlan | None:
    """Read a text of lines rather than columns: QIF, and Santander's; None for any other."""
    text = open_text(path)
    with path.open("r", encoding=text.encoding, errors="replace") as stream:
        start = stream.read(16_384).splitlines()
    is_qif = qif.is_qif(start)
    if not is_qif and not blocks.is_blocks(start):
        return None
    with path.open("r", encoding=text.encoding, errors="replace") as stream:
        lines = stream.read().replace("\x00", "").split("\n")
    if is_qif:
        read = qif.read_qif(path.name, lines, options)
        return BankPlan(
            format="QIF", file_name=path.name, digest=digest, accounts=read.accounts,
            questions=read.questions, notes=text.notes, date_order=read.date_order,
        )  # fmt: skip
    return _of_blocks(path, digest, lines, options)


def _of_blocks(path: Path, digest: str, lines: list[str], options: StatementOptions) -> BankPlan:
    # Rows stand at the numbers of their lines: one for the made-up header, so the last is nobody's.
    rows = blocks.rows_of(lines)
    sheet = Sheet(name=path.stem, is_text=True, source=rows.__iter__, watch=Watch())
    read = read_table(path.name, sheet, rows, blocks.FOUND, options)
    account = read.accounts[0] if read.accounts else FileAccount()
    code = blocks.account_of(lines)
    whole = replace(account, code=code)
    return BankPlan(
        format=blocks.FOUND.layout.format, file_name=path.name, digest=digest, accounts=(whole,),
        columns=read.columns, questions=read.questions, notes=read.notes,
        date_order=read.date_order,
    )  # fmt: skip


def _of_tables(workbook: Workbook, digest: str, options: StatementOptions) -> BankPlan:
    """Read the first sheet that holds a statement; others are named as left out."""
    name = workbook.path.name
    for sheet in workbook.sheets:
        rows = _held(name, sheet)
        found = find(rows, options.columns)
        if found is None:
            continue
        read = read_table(name, sheet, rows, found, options)
        if not read.accounts:
            continue
        return BankPlan(
            format=found.layout.format, file_name=name, digest=digest,
            accounts=_with_sheets(workbook, sheet, read), columns=read.columns,
            questions=read.questions, notes=(*workbook.notes, *read.notes),
            date_order=read.date_order, guessed=found.guessed,
        )  # fmt: skip
    raise refuse("no_statement", name)


def _held(name: str, sheet: Sheet) -> list[Row]:
    rows: list[Row] = []
    for row in sheet.watch.over(sheet.rows(), sheet.length):
        rows.append(row)
        if len(rows) > MOST_ROWS:
            raise refuse("too_many_rows", name, limit=MOST_ROWS)
    return rows


def _with_sheets(workbook: Workbook, taken: Sheet, read: ReadTable) -> tuple[FileAccount, ...]:
    """Return the accounts, the first of them saying which sheets were not read."""
    others = tuple(
        Skipped(place=Place(sheet=sheet.name), why="Only the first sheet with a statement is read.")
        for sheet in workbook.sheets
        if sheet is not taken and any(sheet.head(2))
    )
    if not others or not read.accounts:
        return read.accounts
    first, *rest = read.accounts
    return (replace(first, skipped=(*first.skipped, *others)), *rest)
