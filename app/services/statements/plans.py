"""Import a bank's statement: matched with the book, shown as a plan, booked as one change."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.domain.ids import EntryId, FundId
from app.domain.ledger import (
    EARLIEST_YEAR,
    Account,
    EntryDraft,
    EntryKind,
    FundKind,
    LineDraft,
)
from app.domain.money import pounds
from app.domain.names import NAME_LIMIT, clean
from app.domain.periods import short_date
from app.importers.bank.records import BankPlan, BankRow, FileAccount
from app.importers.bank.troubles import trouble
from app.importers.base import ImportProblem, Place, Question
from app.services.money.bank_rules import Rule, list_rules, rule_for, ruled
from app.services.money.books import Books, books
from app.services.statements.account import Whose, whose
from app.services.statements.elsewhere import same_question
from app.services.statements.matching import Fate, Match, around, match_rows, sought
from app.storage import money, statements, year_end
from app.storage.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlan:
    """What becomes of one line of a statement."""

    match: Match = field(repr=False)
    fate: Fate
    rule: Rule | None = field(default=None, repr=False)
    """What the treasurer taught that fits it; offered, and named in the report."""

    @property
    def row(self) -> BankRow:
        """The line of the statement."""
        return self.match.row

    @property
    def entry_id(self) -> EntryId | None:
        """The entry of the book that is the same, or the other side of it."""
        return self.match.known.entry_id if self.match.known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedStatement:
    """A statement matched with the book, ready to be looked at and carried out."""

    plan: BankPlan = field(repr=False)
    whose: Whose = field(repr=False)
    rows: tuple[RowPlan, ...] = field(repr=False)
    questions: tuple[Question, ...] = ()
    """What has to be answered before it can be carried out."""
    problems: tuple[ImportProblem, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()
    today: dt.date
    begins_book: bool = False
    begins_account: bool = False
    earlier_opening_pence: int | None = None
    """What the account held when this statement begins, which is before the account does."""
    said_opening_pence: int | None = None
    """What somebody said the account held, where the file does not tell."""

    @property
    def part(self) -> FileAccount:
        """The account of the file."""
        return self.whose.part

    @property
    def opening_pence(self) -> int:
        """What an account that is begun with it holds at first."""
        part = self.part
        known = part.opening_pence if part.opening_pence is not None else part.derived_opening_pence
        return (self.said_opening_pence if known is None else known) or 0

    @property
    def opening_told(self) -> bool:
        """Whether the file tells what the account held before its first line."""
        part = self.part
        return part.opening_pence is not None or part.derived_opening_pence is not None

    def count(self, *fates: Fate) -> int:
        """Return how many lines have one of some fates."""
        return sum(row.fate in fates for row in self.rows)


def prepare(
    register: Register,
    plan: BankPlan,
    account: str = "",
    *,
    today: dt.date,
    declined: frozenset[int] = frozenset(),
    another_account: bool = False,
    opening_pence: int | None = None,
) -> PreparedStatement:
    """Match a statement with the book; nothing is written.

    ``account`` is the account somebody named; ``declined`` the lines (by their place in it) that
    are not the same as the entry they were offered with; ``another_account`` says that the very
    same lines in another account are no mistake; ``opening_pence`` what an account that is begun
    with it held, where the file does not tell. Raises Refused.
    """
    known = books(register)
    found = whose(plan.accounts or (FileAccount(),), known.accounts, account)
    questions = (*plan.questions, *((found.question,) if found.question else ()))
    if questions:
        return PreparedStatement(
            plan=plan, whose=found, rows=(), questions=questions, today=today,
            problems=found.part.problems,
        )  # fmt: skip
    rows, refused, earlier, question = _matched(register, found, known, today, declined)
    if question is not None and not another_account:
        return PreparedStatement(
            plan=plan, whose=found, rows=(), questions=(question,), today=today,
            problems=found.part.problems,
        )  # fmt: skip
    prepared = PreparedStatement(
        plan=plan, whose=found, rows=rows, today=today,
        problems=(*found.part.problems, *refused, *_out(found.part)),
        begins_book=not known.begun, begins_account=found.account is None,
        earlier_opening_pence=earlier, said_opening_pence=opening_pence,
    )  # fmt: skip
    return replace(prepared, notes=(*plan.notes, *_notes(prepared)))


def prepare_of_file(
    path: Path,
    secret: str | None,
    work: Callable[[Register], PreparedStatement],
    *,
    stop: Callable[[], bool],
) -> PreparedStatement:
    """Prepare on a connection of its own, for a worker; raises Cancelled once ``stop`` says so."""
    with Register.open(path, password=secret, write=False) as register:
        register.stop_when(stop)
        return work(register)


def _matched(
    register: Register, found: Whose, known: Books, today: dt.date, declined: frozenset[int]
) -> tuple[tuple[RowPlan, ...], tuple[ImportProblem, ...], int | None, Question | None]:
    """Return what becomes of each line, those its day refuses, an earlier opening (pence), a question."""
    days = around(found.part.rows)
    lines = statements.known_lines(register, days, *sought(found.part.rows)) if days else ()
    account_id = found.account.id if found.account else 0
    earlier = earlier_opening(register, found)
    opened_on = found.part.first_day if earlier is not None else None
    matches = match_rows(account_id, found.part.rows, lines, known.accounts, declined=declined)
    refused = {
        index: problem
        for index, match in enumerate(matches)
        if match.fate in {Fate.NEW, Fate.TRANSFER}
        and (problem := _refusal(register, match.row, found.account, opened_on, today))
    }
    rules = list_rules(register)
    rows = tuple(
        RowPlan(match=match, fate=Fate.REFUSED)
        if index in refused
        else RowPlan(match=match, fate=match.fate, rule=_rule(rules, match))
        for index, match in enumerate(matches)
    )
    question = same_question(found.name, account_id, matches, lines, known.accounts)
    return rows, tuple(refused.values()), earlier, question


def earlier_opening(register: Register, found: Whose) -> int | None:
    """Return what an account held (pence) at the start of a statement from before it begins.

    None where it need not begin earlier, or may not: its year is closed, or the statement's own
    opening balance does not lead to what the account began with.
    """
    account, part = found.account, found.part
    if account is None or part.first_day is None or part.first_day >= account.opened_on:
        return None
    if any(one.ends_on >= part.first_day for one in year_end.closed_years(register)):
        return None
    before = sum(row.amount_pence for row in part.rows if row.day < account.opened_on)
    opening = account.opening_pence - before
    told = part.opening_pence if part.opening_pence is not None else part.derived_opening_pence
    return opening if told in {None, opening} else None


def _rule(rules: tuple[Rule, ...], match: Match) -> Rule | None:
    if match.fate is not Fate.NEW or match.row.own_money:
        return None
    return rule_for(rules, match.row.text, match.row.amount_pence)


def _refusal(
    register: Register, row: BankRow, account: Account | None, opened_on: dt.date | None,
    today: dt.date,
) -> ImportProblem | None:  # fmt: skip
    """Return why a line cannot be booked on its day, or None."""
    if row.day > today:
        return trouble(row.place, "day_ahead", short_date(row.day))
    if row.day.year < EARLIEST_YEAR:
        return trouble(row.place, "day_too_old", short_date(row.day))
    if account is not None and row.day < (opened_on or account.opened_on):
        return trouble(row.place, "before_account", short_date(account.opened_on))
    if account is not None and account.closed_on and row.day > account.closed_on:
        return trouble(row.place, "after_account", short_date(account.closed_on))
    year = money.closed_year_of(register, row.day)
    return trouble(row.place, "year_closed", short_date(year)) if year else None


def _out(part: FileAccount) -> tuple[ImportProblem, ...]:
    """Return the problem of a statement that does not add up, with by how much."""
    difference = part.difference_pence
    if not difference:
        return ()
    way = f"{pounds(abs(difference))} {'less' if difference > 0 else 'more'}"
    return (trouble(Place(), "statement_out", way),)


def _notes(prepared: PreparedStatement) -> tuple[str, ...]:
    notes: list[str] = []
    part, name = prepared.part, prepared.whose.name
    if prepared.begins_account and part.rows:
        what = "A cash book is begun, with" if prepared.begins_book else "A new account is begun:"
        notes.append(
            f"{what} {name} from {short_date(_first(part))}, holding {pounds(prepared.opening_pence)} "
            "of free money."
        )
        if not prepared.opening_told and prepared.said_opening_pence is None:
            notes.append("The file does not tell what the account held before its first line.")
        elif prepared.opening_told and part.opening_pence is None:
            notes.append("What it held at first was worked out from the closing balance.")
    if prepared.earlier_opening_pence is not None:
        held = pounds(prepared.earlier_opening_pence)
        notes.append(
            f"{name} begins earlier now, on {short_date(_first(part))}, holding {held}; from "
            f"then on its balance is as it was."
        )
    if count := prepared.count(Fate.TYPED):
        notes.append(f"Already typed by hand, so taken as the same: {count:,}.")
    if count := prepared.count(Fate.AGAIN):
        notes.append(f"Already there from another download, so taken as the same: {count:,}.")
    if count := prepared.count(Fate.TRANSFER):
        notes.append(f"Taken as transfers between the group's own accounts: {count:,}.")
    if count := sum(row.row.own_money for row in prepared.rows):
        notes.append(f"Moved into or out of pots, so neither in nor out: {count:,}.")
    return tuple(notes)


def _first(part: FileAccount) -> dt.date:
    return part.first_day or dt.date.min


# --- entries -------------------------------------------------------------------------------------


def free_fund(known: Books, day: dt.date) -> FundId | None:
    """Return the fund of money nothing is said about: the first unrestricted one that is open."""
    funds = sorted(
        fund.id for fund in known.funds.values()
        if fund.kind is FundKind.UNRESTRICTED and (fund.closed_on is None or day <= fund.closed_on)
    )  # fmt: skip
    return funds[0] if funds else None


def entry_of(
    plan: RowPlan, line: LineDraft, known: Books, *, without: frozenset[FundId] = frozenset()
) -> EntryDraft:
    """Return the entry a new line becomes; a rule's fund among ``without`` is left aside."""
    row, rule = plan.row, plan.rule
    payee = row.payee
    if rule is not None and rule.fund_id not in without:
        line = ruled(line, rule, day=row.day, funds=known.funds, headings=known.headings)
        payee = rule.payee or payee
    return EntryDraft(
        kind=EntryKind.RECEIPT if row.amount_pence > 0 else EntryKind.PAYMENT,
        entry_on=row.day,
        lines=(line,),
        payee=clean(payee)[:NAME_LIMIT],
        description=clean(row.reference)[:NAME_LIMIT],
        method=row.method,
        bank_key=plan.match.key,
        bank_text=clean(row.text),
    )


def keyed(matches: Mapping[int, str], rows: tuple[RowPlan, ...]) -> tuple[RowPlan, ...]:
    """Return rows with other keys, for an account that had no id when they were matched."""
    return tuple(
        replace(row, match=replace(row.match, key=matches[index])) for index, row in enumerate(rows)
    )
