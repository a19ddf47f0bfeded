"""The end of a year: what is owned and owed, loans between funds, and which accounts may be used.

Sources: receipts and payments accounts with a statement of assets and liabilities, form CC16a
[S92][S93]; a company may not use them [S94]; thresholds by the day the year ends [S55][S90].
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.ids import FundId
from app.domain.money import pounds
from app.domain.names import NAME_LIMIT, TEXT_LIMIT
from app.domain.periods import short_date
from app.domain.problems import Problem


class ItemKind(StrEnum):
    """What is owned or owed besides cash; each is a part of section B of the accounts."""

    OWED_TO_US = "owed_to_us"
    INVESTMENT = "investment"
    ASSET = "asset"
    OWED_BY_US = "owed_by_us"


ITEM_WORDS: Mapping[ItemKind, str] = {
    ItemKind.OWED_TO_US: "Owed to us",
    ItemKind.INVESTMENT: "Invested",
    ItemKind.ASSET: "Kept for our own use",
    ItemKind.OWED_BY_US: "Owed by us",
}
"""Every kind in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDraft:
    """Something owned or owed from a day on, until it is paid or gone (pence)."""

    kind: ItemKind
    details: str = field(default="", repr=False)
    fund_id: FundId | None = None
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    cost_pence: int | None = None
    value_pence: int | None = None
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(ItemDraft):
    """A kept item."""

    id: int
    fund_id: FundId
    from_on: dt.date

    def held_on(self, day: dt.date) -> bool:
        """Say whether it was owned or owed at the end of a day."""
        return self.from_on <= day and (self.to_on is None or self.to_on > day)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanDraft:
    """Money one fund lends another, so that neither is spent on what it is not for (pence)."""

    from_fund_id: FundId | None
    to_fund_id: FundId | None
    amount_pence: int
    from_on: dt.date | None
    repaid_on: dt.date | None = None
    minute: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan(LoanDraft):
    """A kept loan."""

    id: int
    from_fund_id: FundId
    to_fund_id: FundId
    from_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedYear:
    """A year whose accounts were approved."""

    starts_on: dt.date
    ends_on: dt.date
    approved_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Gross income in pence above or up to which something holds, for a year's last day."""

    receipts_and_payments_up_to: int
    examined_above: int
    qualified_examiner_above: int
    audited_above: int


class Scrutiny(StrEnum):
    """Who has to look at the accounts."""

    NOBODY = "nobody"
    EXAMINER = "examiner"
    QUALIFIED_EXAMINER = "qualified_examiner"
    AUDITOR = "auditor"


SCRUTINY_WORDS: Mapping[Scrutiny, str] = {
    Scrutiny.NOBODY: "The law asks nobody outside to look at them; your rules or a funder may.",
    Scrutiny.EXAMINER: "An independent examiner has to look at them.",
    Scrutiny.QUALIFIED_EXAMINER: "An independent examiner with a qualification has to look at them.",
    Scrutiny.AUDITOR: "They have to be audited.",
}
"""What each means, in a sentence."""

_COMPANIES = frozenset({"company", "cic"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whether a group may print receipts and payments accounts for a year, and who looks at them."""

    allowed: bool
    why_not: str
    scrutiny: Scrutiny


def accounts_standing(legal_form: str, gross_income: int, limits: Thresholds) -> Standing:
    """Return which accounts a group of a legal form may use for its gross income (pence)."""
    scrutiny = Scrutiny.NOBODY
    for above, who in (
        (limits.examined_above, Scrutiny.EXAMINER),
        (limits.qualified_examiner_above, Scrutiny.QUALIFIED_EXAMINER),
        (limits.audited_above, Scrutiny.AUDITOR),
    ):
        if gross_income > above:
            scrutiny = who
    why_not = ""
    if legal_form in _COMPANIES:
        why_not = (
            "A company, a community interest company too, may not use receipts and payments "
            "accounts. This can be printed for the committee; the accounts themselves have to be "
            "made on the accruals basis."
        )
    elif gross_income > limits.receipts_and_payments_up_to:
        why_not = (
            f"With a gross income of {pounds(gross_income)} in the year, above "
            f"{pounds(limits.receipts_and_payments_up_to)}, a charity may not use receipts and "
            "payments accounts. Ask an accountant for accruals accounts."
        )
    return Standing(allowed=not why_not, why_not=why_not, scrutiny=scrutiny)


def validate_item(draft: ItemDraft) -> tuple[Problem, ...]:
    """Return what has to be corrected before something owned or owed can be kept."""
    problems: list[Problem] = []
    if not draft.details:
        problems.append(Problem(code="item_details_needed", field="details"))
    if len(draft.details) > NAME_LIMIT:
        values = {"limit": f"{NAME_LIMIT:,}"}
        problems.append(Problem(code="text_too_long", field="details", values=values))
    if draft.fund_id is None:
        problems.append(Problem(code="fund_needed", field="fund_id"))
    if draft.from_on is None:
        problems.append(Problem(code="date_needed", field="from_on"))
    elif draft.to_on and draft.to_on < draft.from_on:
        values = {"start": short_date(draft.from_on), "end": short_date(draft.to_on)}
        problems.append(Problem(code="period_backwards", field="to_on", values=values))
    owed = draft.kind in {ItemKind.OWED_TO_US, ItemKind.OWED_BY_US}
    if owed and not draft.value_pence:
        problems.append(Problem(code="amount_needed", field="value_pence"))
    if any(pence is not None and pence < 0 for pence in (draft.cost_pence, draft.value_pence)):
        problems.append(Problem(code="amount_needed", field="value_pence"))
    return tuple(problems)


def validate_loan(draft: LoanDraft, *, today: dt.date) -> tuple[Problem, ...]:
    """Return what has to be corrected before a loan between funds can be kept."""
    problems: list[Problem] = []
    if draft.from_fund_id is None or draft.to_fund_id is None:
        problems.append(Problem(code="fund_needed", field="to_fund_id"))
    elif draft.from_fund_id == draft.to_fund_id:
        problems.append(Problem(code="transfer_nowhere", field="to_fund_id"))
    if draft.amount_pence <= 0:
        problems.append(Problem(code="amount_needed", field="amount_pence"))
    if draft.from_on is None:
        problems.append(Problem(code="date_needed", field="from_on"))
    elif draft.from_on > today:
        values = {"value": short_date(draft.from_on)}
        problems.append(Problem(code="entry_future", field="from_on", values=values))
    elif draft.repaid_on and draft.repaid_on < draft.from_on:
        values = {"start": short_date(draft.from_on), "end": short_date(draft.repaid_on)}
        problems.append(Problem(code="period_backwards", field="repaid_on", values=values))
    if not draft.minute:
        problems.append(Problem(code="minute_needed", field="minute"))
    if len(draft.minute) > TEXT_LIMIT:
        values = {"limit": f"{TEXT_LIMIT:,}"}
        problems.append(Problem(code="text_too_long", field="minute", values=values))
    return tuple(problems)
