"""What an import of a statement did or would do: counts, sums, balances, problems."""

import csv
import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.ids import AccountId, FundId
from app.domain.money import pounds
from app.domain.periods import short_date
from app.importers.bank.records import BankRow, FileAccount
from app.importers.base import ColumnDecision, ImportProblem, Skipped
from app.services.money.books import books
from app.services.statements.matching import Fate
from app.services.statements.plans import PreparedStatement
from app.storage import imports, money
from app.storage.register import Register

_SHOWN = 5
_LEFT_ASIDE = (
    (
        "What some rules say would bring tied money below nothing, so those lines are free money, "
        "to be sorted."
    ),
)
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program would run as a formula."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedRule:
    """A rule that was applied: its words, what it says, and to how many lines."""

    pattern: str = field(repr=False)
    heading: str
    fund: str
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementReport:
    """The report of a statement; ``import_id`` is None when nothing was written (a dry run)."""

    format: str
    file_name: str
    account: str
    rows: int
    added: int
    matched: int
    skipped: int
    """Rows left out, those that could not be read included."""
    transfers: int
    """Lines taken as moves between the group's own accounts and pots."""
    transactions: int
    """Lines of money in the file, whether or not the book had them."""
    receipts_pence: int
    payments_pence: int
    pots_pence: int
    """What went into pots (below nothing) or came out of them."""
    opening_balance_pence: int | None
    closing_balance_pence: int | None
    difference_pence: int | None
    """How far opening + lines is from closing."""
    book_balance_pence: int | None
    """What the book has in the account on the last day, where the import was carried out."""
    agreed: bool = False
    """Whether book and statement were found to agree."""
    first_date: dt.date | None
    last_date: dt.date | None
    currency: str = "GBP"
    import_id: int | None = None
    problems: tuple[ImportProblem, ...] = field(default=(), repr=False)
    left_out: tuple[Skipped, ...] = field(default=(), repr=False)
    columns: tuple[ColumnDecision, ...] = field(default=(), repr=False)
    rules: tuple[UsedRule, ...] = field(default=(), repr=False)
    shown: tuple[BankRow, ...] = field(default=(), repr=False)
    """The first lines as they are read, where the columns were worked out."""
    notes: tuple[str, ...] = ()
    done_before: str = ""
    """When the very same file was imported already, the day."""


def report_of(
    register: Register,
    prepared: PreparedStatement,
    *,
    import_id: int | None = None,
    account_id: AccountId | None = None,
    without: frozenset[FundId] = frozenset(),
) -> StatementReport:
    """Return what carrying a statement out would do, or (with an id) what it did."""
    plan, part = prepared.plan, prepared.part
    held = None
    if account_id is not None and part.last_day is not None:
        held = money.account_balances(register, part.last_day).get(account_id, 0)
    before = imports.done_before(register, "bank", plan.digest, not_run=import_id)
    return StatementReport(
        format=plan.format,
        file_name=plan.file_name,
        account=prepared.whose.name,
        rows=part.lines,
        added=prepared.count(Fate.NEW),
        matched=prepared.count(Fate.KNOWN, Fate.TYPED, Fate.AGAIN, Fate.TRANSFER),
        skipped=_skipped(prepared),
        transfers=prepared.count(Fate.TRANSFER) + sum(row.own_money for row in part.rows),
        transactions=len(part.rows),
        receipts_pence=part.in_pence,
        payments_pence=part.out_pence,
        pots_pence=sum(row.amount_pence for row in part.rows if row.own_money),
        opening_balance_pence=part.opening_pence,
        closing_balance_pence=part.closing_pence,
        difference_pence=part.difference_pence,
        book_balance_pence=held,
        agreed=_is_agreed(part, held),
        first_date=part.first_day, last_date=part.last_day, import_id=import_id,
        problems=prepared.problems, left_out=part.skipped, columns=plan.columns,
        rules=_rules(register, prepared, without),
        shown=part.rows[:_SHOWN] if plan.guessed else (),
        notes=(*prepared.notes, *(_LEFT_ASIDE if without else ())),
        done_before=before.done_at[:10] if before is not None else "",
    )  # fmt: skip


def _is_agreed(part: FileAccount, held: int | None) -> bool:
    """Say whether the book holds what the statement ends with, its first and last rows read."""
    return (
        held is not None
        and held == part.closing_pence
        and not part.difference_pence
        and not _is_cut(part)
    )


def _is_cut(part: FileAccount) -> bool:
    """Say whether a row before the first or after the last could not be read: balances miss it."""
    read = [row.place.row for row in part.rows]
    return any(row < min(read) or row > max(read) for row in _unread(part)) if read else True


def _unread(part: FileAccount) -> set[int]:
    """Return the rows that could not be read."""
    unread = {problem.place.row for problem in part.problems if problem.place.row}
    booked = {row.place.row for row in part.rows} | {row.place.row for row in part.skipped}
    return unread - booked


def _skipped(prepared: PreparedStatement) -> int:
    """Count the rows left out: on purpose, unreadable, or on a day that takes nothing."""
    part = prepared.part
    return len(part.skipped) + len(_unread(part)) + prepared.count(Fate.REFUSED)


def _rules(
    register: Register, prepared: PreparedStatement, without: frozenset[FundId]
) -> tuple[UsedRule, ...]:
    known = books(register)
    uses: dict[int, UsedRule] = {}
    for row in prepared.rows:
        rule = row.rule
        if rule is None or rule.fund_id in without:
            continue
        heading = known.headings.get(rule.heading_id) if rule.heading_id else None
        fund = known.funds.get(rule.fund_id) if rule.fund_id else None
        before = uses.get(rule.id)
        uses[rule.id] = UsedRule(
            pattern=rule.pattern, heading=heading.name if heading else "",
            fund=fund.name if fund else "", lines=(before.lines if before else 0) + 1,
        )  # fmt: skip
    return tuple(uses.values())


# --- in words ------------------------------------------------------------------------------------


def statement_lines(report: StatementReport) -> tuple[str, ...]:
    """Return what an import of a statement did or would do, sentence by sentence."""
    done = "Imported" if report.import_id is not None else "Would import"
    summary = (
        f"{done} from {report.file_name} into {report.account}: {report.added:,} new, "
        f"{report.matched:,} in the book already, {report.skipped:,} left out."
    )
    lines = [summary]
    if report.first_date and report.last_date:
        lines.append(
            f"{report.format}: {report.transactions:,} line{'' if report.transactions == 1 else 's'} from {short_date(report.first_date)} "
            f"to {short_date(report.last_date)}; {pounds(report.receipts_pence)} in, "
            f"{pounds(report.payments_pence)} out."
        )
    lines += _balance_lines(report)
    for rule in report.rules:
        told = " – ".join(filter(None, (rule.heading, rule.fund)))
        lines.append(f"By the rule “{rule.pattern}”: {rule.lines:,} to {told}.")
    lines += [
        f"Read as: {row.day:%Y-%m-%d}, {pounds(row.amount_pence)}, {row.text}"
        for row in report.shown
    ]
    lines += report.notes
    if report.done_before:
        lines.append(f"The very same file was imported before, on {report.done_before}.")
    return tuple(lines)


def _balance_lines(report: StatementReport) -> list[str]:
    opening, closing = report.opening_balance_pence, report.closing_balance_pence
    lines: list[str] = []
    if opening is not None and closing is not None:
        lines.append(f"Opening balance {pounds(opening)}, closing balance {pounds(closing)}.")
    elif closing is not None:
        lines.append(f"Closing balance {pounds(closing)}.")
    if closing is not None and report.book_balance_pence is not None:
        apart = report.book_balance_pence - closing
        lines.append(
            "The book agrees with the statement."
            if apart == 0
            else f"The book has {pounds(report.book_balance_pence)} on that day, "
            f"{pounds(abs(apart))} {'more' if apart > 0 else 'less'} than the statement."
        )
    return lines


def problem_lines(report: StatementReport) -> tuple[str, ...]:
    """Return every problem and every row left out, each with its place."""
    found = [(p.place, p.message) for p in report.problems]
    found += [(s.place, f"Left out. {s.why}") for s in report.left_out]
    return tuple(f"{_where(place.row, place.column)}{words}" for place, words in found)


def _where(row: int, column: str) -> str:
    where = ", ".join(filter(None, (f"row {row}" if row else "", column and f"column {column}")))
    return f"{where[:1].upper()}{where[1:]}: " if where else ""


def save_statement_report(report: StatementReport, path: Path) -> None:
    """Write a report as text, or as rows where the name ends in .csv; raises OSError."""
    if path.suffix.lower() != ".csv":
        lines = (*statement_lines(report), "", *problem_lines(report))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return
    # utf-8-sig: otherwise Excel on Windows spoils every accent.
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("What", "Row", "Column", "Value", "Why"))
        for p in report.problems:
            writer.writerow(
                ("To look at", p.place.row or "", p.place.column, _safe(p.value), p.message)
            )
        for s in report.left_out:
            writer.writerow(("Left out", s.place.row or "", s.place.column, _safe(s.value), s.why))


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell
