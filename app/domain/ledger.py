"""The cash book: accounts and funds are two views of the same lines.

Every line names one account and one fund, so that what is in the accounts is what is in the funds,
to the penny, whatever was split. Money in stands above nothing, money out below it.
Sources: records of receipts and payments day by day [S97]; restricted money kept apart and never
overspent without a dated, minuted transfer [S95][S96].
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.ids import (
    AccountId,
    ActivityId,
    AgreementId,
    EntryId,
    FundId,
    GrantId,
    HeadingId,
    LineId,
    PersonId,
    ReferralId,
    SessionId,
)
from app.domain.names import NAME_LIMIT, TEXT_LIMIT
from app.domain.periods import short_date
from app.domain.problems import Problem


class AccountKind(StrEnum):
    """Where money is kept."""

    BANK = "bank"
    CASH = "cash"


class FundKind(StrEnum):
    """What a pot of money may be spent on. Source: [S95]."""

    UNRESTRICTED = "unrestricted"
    DESIGNATED = "designated"
    RESTRICTED = "restricted"
    ENDOWMENT = "endowment"


EARLIEST_YEAR = 1950
"""No cash book of ours goes further back."""

TIED = frozenset({FundKind.RESTRICTED, FundKind.ENDOWMENT})
"""Money that is somebody else's to decide about: it may not go below nothing."""


class EntryKind(StrEnum):
    """What happened to money."""

    RECEIPT = "receipt"
    PAYMENT = "payment"
    TRANSFER = "transfer"


METHODS: Mapping[str, str] = {
    "bank_transfer": "Bank transfer",
    "card": "Card",
    "cash": "Cash",
    "cheque": "Cheque",
    "direct_debit": "Direct debit",
    "online": "Online",
    "not_recorded": "Not recorded",
}
"""How money went from hand to hand, code to words."""

FUND_KINDS: Mapping[FundKind, str] = {
    FundKind.UNRESTRICTED: "Free money",
    FundKind.DESIGNATED: "Set aside by the committee",
    FundKind.RESTRICTED: "Only for its purpose",
    FundKind.ENDOWMENT: "Endowment",
}
"""Each kind of fund, in plain words."""

FIRST_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "receipt": ("Grants", "Subs", "Donations", "Fundraising", "Payments for places", "Other money in"),
    "payment": (
        "Hall hire", "Materials", "Refreshments", "Tutors and leaders", "Travel", "Insurance",
        "Printing and post", "Volunteers' expenses", "Equipment", "Other money out",
    ),
}  # fmt: skip
"""The headings a new cash book begins with; a group renames them and adds its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDraft:
    """A bank account or cash tin, and what it held when the book began, by fund."""

    name: str
    kind: AccountKind = AccountKind.BANK
    opened_on: dt.date | None = None
    closed_on: dt.date | None = None
    bank_code: str = field(default="", repr=False)
    notes: str = field(default="", repr=False)
    openings: tuple[tuple[FundId, int], ...] = ()
    """Fund and pence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(AccountDraft):
    """A kept account."""

    id: AccountId
    opened_on: dt.date

    @property
    def opening_pence(self) -> int:
        """What it held when the book began."""
        return sum(pence for _, pence in self.openings)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundDraft:
    """A pot of money."""

    name: str
    kind: FundKind = FundKind.UNRESTRICTED
    purpose: str = ""
    opened_on: dt.date | None = None
    closed_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund(FundDraft):
    """A kept fund."""

    id: FundId


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What money comes in for or goes out on."""

    id: HeadingId
    name: str
    side: EntryKind
    is_asset: bool = False
    closed_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """A part of an entry: one account, one fund; in above nothing, out below it (pence)."""

    account_id: AccountId
    fund_id: FundId
    amount_pence: int
    heading_id: HeadingId | None = None
    activity_id: ActivityId | None = None
    grant_id: GrantId | None = None
    agreement_id: AgreementId | None = None
    referral_id: ReferralId | None = None
    is_asset: bool = False
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(LineDraft):
    """A kept line."""

    id: LineId


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDraft:
    """A receipt, a payment or a transfer, with its lines."""

    kind: EntryKind
    entry_on: dt.date | None
    lines: tuple[LineDraft, ...]
    payee: str = field(default="", repr=False)
    description: str = field(default="", repr=False)
    method: str = "not_recorded"
    reference: str = field(default="", repr=False)
    approved_by: str = field(default="", repr=False)
    minute: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    session_id: SessionId | None = None
    person_id: PersonId | None = None
    bank_key: str = field(default="", repr=False)
    bank_text: str = field(default="", repr=False)

    @property
    def total_pence(self) -> int:
        """What the lines come to: in above nothing, out below it, a transfer nothing."""
        return sum(line.amount_pence for line in self.lines)

    @property
    def between_funds(self) -> bool:
        """Whether a transfer moves money from one fund to another."""
        return self.kind is EntryKind.TRANSFER and len({line.fund_id for line in self.lines}) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(EntryDraft):
    """A kept entry."""

    id: EntryId
    entry_on: dt.date
    lines: tuple[Line, ...]
    binned: bool = False
    attachments: int = 0
    agreed: bool = False
    """Whether it was agreed with a bank statement."""


def transfer(
    *,
    entry_on: dt.date | None,
    amount_pence: int,
    accounts: tuple[AccountId, AccountId],
    funds: tuple[FundId, FundId],
    minute: str = "",
    description: str = "",
) -> EntryDraft:
    """Return money moved from one account or fund to another: two lines that add up to nothing."""
    lines = tuple(
        LineDraft(account_id=account, fund_id=fund, amount_pence=pence)
        for account, fund, pence in zip(accounts, funds, (-amount_pence, amount_pence), strict=True)
    )
    return EntryDraft(
        kind=EntryKind.TRANSFER, entry_on=entry_on, lines=lines, minute=minute,
        description=description,
    )  # fmt: skip


def share(total_pence: int, parts: int) -> tuple[int, ...]:
    """Split an amount as evenly as pence allow; the parts add up to it exactly."""
    each, rest = divmod(abs(total_pence), parts)
    sign = -1 if total_pence < 0 else 1
    return tuple(sign * (each + (n < rest)) for n in range(parts))


def validate_entry(
    draft: EntryDraft,
    *,
    today: dt.date,
    accounts: Mapping[AccountId, Account],
    funds: Mapping[FundId, Fund],
    headings: Mapping[HeadingId, Heading],
) -> tuple[Problem, ...]:
    """Return what has to be corrected before an entry can be kept."""
    problems = [*_day_problems(draft, today), *_amount_problems(draft)]
    problems += _text_problems(draft)
    if draft.method not in METHODS:
        problems.append(Problem(code="answer_unknown", field="method"))
    for line in draft.lines:
        problems += _place_problems(draft, line, accounts, funds)
        heading = headings.get(line.heading_id) if line.heading_id else None
        if line.heading_id and (heading is None or heading.side is not draft.kind):
            problems.append(Problem(code="heading_other_side", field="heading_id"))
    return _once(problems)


def _once(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    kept: list[Problem] = []
    for problem in problems:
        if problem not in kept:
            kept.append(problem)
    return tuple(kept)


def _day_problems(draft: EntryDraft, today: dt.date) -> list[Problem]:
    if draft.entry_on is None:
        return [Problem(code="date_needed", field="entry_on")]
    values = {"value": short_date(draft.entry_on)}
    if draft.entry_on > today:
        return [Problem(code="entry_future", field="entry_on", values=values)]
    if draft.entry_on.year < EARLIEST_YEAR:
        return [Problem(code="day_out_of_reach", field="entry_on", values=values)]
    return []


def _amount_problems(draft: EntryDraft) -> list[Problem]:
    if not draft.lines or any(line.amount_pence == 0 for line in draft.lines):
        return [Problem(code="amount_needed", field="amount_pence")]
    total = draft.total_pence
    if draft.kind is EntryKind.TRANSFER:
        if total != 0 or len(draft.lines) < 2:
            return [Problem(code="transfer_uneven", field="amount_pence")]
        if draft.between_funds and not draft.minute:
            return [Problem(code="minute_needed", field="minute")]
        if len({(line.account_id, line.fund_id) for line in draft.lines}) < 2:
            return [Problem(code="transfer_nowhere", field="account_id")]
        return []
    wrong_side = total <= 0 if draft.kind is EntryKind.RECEIPT else total >= 0
    return [Problem(code="amount_wrong_side", field="amount_pence")] if wrong_side else []


def _text_problems(draft: EntryDraft) -> list[Problem]:
    limits = {
        "payee": NAME_LIMIT, "reference": NAME_LIMIT, "approved_by": NAME_LIMIT,
        "description": TEXT_LIMIT, "minute": TEXT_LIMIT, "note": TEXT_LIMIT,
    }  # fmt: skip
    return [
        Problem(code="text_too_long", field=name, values={"limit": f"{limit:,}"})
        for name, limit in limits.items()
        if len(getattr(draft, name)) > limit
    ]


def _place_problems(
    draft: EntryDraft,
    line: LineDraft,
    accounts: Mapping[AccountId, Account],
    funds: Mapping[FundId, Fund],
) -> list[Problem]:
    account, fund = accounts.get(line.account_id), funds.get(line.fund_id)
    if account is None:
        return [Problem(code="account_needed", field="account_id")]
    if fund is None:
        return [Problem(code="fund_needed", field="fund_id")]
    return day_problems(draft.entry_on, account, fund) if draft.entry_on else []


def day_problems(day: dt.date, account: Account, fund: Fund) -> list[Problem]:
    """Return what stands against money moving in an account and a fund on a day."""
    if day < account.opened_on:
        values = {"account": account.name, "value": short_date(account.opened_on)}
        return [Problem(code="account_not_open", field="entry_on", values=values)]
    for one, name in ((account, "account_id"), (fund, "fund_id")):
        if one.closed_on and day > one.closed_on:
            values = {"name": one.name, "value": short_date(one.closed_on)}
            return [Problem(code="closed_already", field=name, values=values)]
    return []


def validate_account(draft: AccountDraft, *, today: dt.date) -> tuple[Problem, ...]:
    """Return what has to be corrected before an account can be kept."""
    problems = _name_problems(draft.name)
    if draft.opened_on is None:
        problems.append(Problem(code="date_needed", field="opened_on"))
    elif draft.opened_on > today:
        values = {"value": short_date(draft.opened_on)}
        problems.append(Problem(code="entry_future", field="opened_on", values=values))
    return (*problems, *_closing_problems(draft))


def validate_fund(draft: FundDraft) -> tuple[Problem, ...]:
    """Return what has to be corrected before a fund can be kept."""
    problems = _name_problems(draft.name)
    if draft.kind in TIED and not draft.purpose:
        problems.append(Problem(code="purpose_needed", field="purpose"))
    return (*problems, *_closing_problems(draft))


def _name_problems(name: str) -> list[Problem]:
    if not name:
        return [Problem(code="money_name_needed", field="name")]
    if len(name) > NAME_LIMIT:
        return [Problem(code="text_too_long", field="name", values={"limit": f"{NAME_LIMIT:,}"})]
    return []


def _closing_problems(draft: AccountDraft | FundDraft) -> list[Problem]:
    if draft.closed_on and draft.opened_on and draft.closed_on < draft.opened_on:
        values = {"start": short_date(draft.opened_on), "end": short_date(draft.closed_on)}
        return [Problem(code="period_backwards", field="closed_on", values=values)]
    return []
