"""The rules of the cash book: what an entry must have before it is kept."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import AccountId, FundId, HeadingId
from app.domain.ledger import (
    Account,
    AccountDraft,
    EntryDraft,
    EntryKind,
    Fund,
    FundDraft,
    FundKind,
    Heading,
    LineDraft,
    share,
    transfer,
    validate_account,
    validate_entry,
    validate_fund,
)

TODAY = dt.date(2026, 11, 3)
BANK, CASH = AccountId(1), AccountId(2)
FREE, HALL = FundId(1), FundId(2)
ACCOUNTS = {
    BANK: Account(id=BANK, name="Current account", opened_on=dt.date(2026, 4, 1)),
    CASH: Account(
        id=CASH, name="Petty cash", opened_on=dt.date(2026, 4, 1), closed_on=dt.date(2026, 10, 1)
    ),
}
FUNDS = {
    FREE: Fund(id=FREE, name="Free money"),
    HALL: Fund(id=HALL, name="Hall", kind=FundKind.RESTRICTED, closed_on=dt.date(2026, 10, 31)),
}
HEADINGS = {
    HeadingId(1): Heading(id=HeadingId(1), name="Hall hire", side=EntryKind.PAYMENT),
    HeadingId(2): Heading(id=HeadingId(2), name="Subs", side=EntryKind.RECEIPT),
}
LINE = LineDraft(account_id=BANK, fund_id=FREE, amount_pence=-4500, heading_id=HeadingId(1))
PAID = EntryDraft(kind=EntryKind.PAYMENT, entry_on=dt.date(2026, 10, 28), lines=(LINE,))


def codes(draft):
    problems = validate_entry(draft, today=TODAY, accounts=ACCOUNTS, funds=FUNDS, headings=HEADINGS)
    return [(problem.code, problem.field) for problem in problems]


def with_line(**details):
    return replace(PAID, lines=(replace(LINE, **details),))


def test_a_plain_payment_needs_nothing_more():
    assert codes(PAID) == []


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (replace(PAID, entry_on=None), ("date_needed", "entry_on")),
        (replace(PAID, entry_on=TODAY + dt.timedelta(days=1)), ("entry_future", "entry_on")),
        (replace(PAID, entry_on=dt.date(1949, 1, 1)), ("day_out_of_reach", "entry_on")),
        (replace(PAID, entry_on=dt.date(2026, 3, 31)), ("account_not_open", "entry_on")),
        (replace(PAID, lines=()), ("amount_needed", "amount_pence")),
        (with_line(amount_pence=0), ("amount_needed", "amount_pence")),
        (with_line(amount_pence=4500), ("amount_wrong_side", "amount_pence")),
        (with_line(account_id=AccountId(9)), ("account_needed", "account_id")),
        (with_line(fund_id=FundId(9)), ("fund_needed", "fund_id")),
        (with_line(account_id=CASH), ("closed_already", "account_id")),
        (with_line(heading_id=HeadingId(2)), ("heading_other_side", "heading_id")),
        (with_line(heading_id=HeadingId(9)), ("heading_other_side", "heading_id")),
        (replace(PAID, method="barter"), ("answer_unknown", "method")),
        (replace(PAID, payee="x" * 201), ("text_too_long", "payee")),
    ],
)
def test_what_is_missing_or_cannot_be_is_said_at_its_field(draft, expected):
    assert expected in codes(draft)


def test_the_last_day_of_a_fund_is_still_its_own():
    assert codes(replace(with_line(fund_id=HALL), entry_on=dt.date(2026, 10, 31))) == []
    assert codes(replace(with_line(fund_id=HALL), entry_on=dt.date(2026, 11, 1))) == [
        ("closed_already", "fund_id")
    ]


def moved(**details):
    values = {
        "entry_on": dt.date(2026, 9, 14), "amount_pence": 3000, "accounts": (BANK, CASH),
        "funds": (FREE, FREE),
    }  # fmt: skip
    return transfer(**{**values, **details})


def test_a_transfer_adds_up_to_nothing():
    assert moved().total_pence == 0
    assert codes(moved()) == []


def test_money_between_funds_needs_the_decision():
    between = moved(accounts=(BANK, BANK), funds=(FREE, HALL))
    assert codes(between) == [("minute_needed", "minute")]
    assert codes(replace(between, minute="Committee, 1 Sep 2026")) == []


def test_a_transfer_that_goes_nowhere_is_refused():
    assert codes(moved(accounts=(BANK, BANK))) == [("transfer_nowhere", "account_id")]


def test_what_leaves_has_to_arrive():
    lost = moved()
    lost = replace(lost, lines=(lost.lines[0], replace(lost.lines[1], amount_pence=2999)))
    assert codes(lost) == [("transfer_uneven", "amount_pence")]


@given(st.integers(-10_000_000, 10_000_000), st.integers(1, 12))
def test_shares_add_up_and_differ_by_a_penny_at_most(total, parts):
    shares = share(total, parts)
    assert sum(shares) == total
    assert max(shares) - min(shares) <= 1


def test_tied_money_needs_its_purpose():
    assert [p.code for p in validate_fund(FundDraft(name="Hall", kind=FundKind.RESTRICTED))] == [
        "purpose_needed"
    ]
    assert validate_fund(FundDraft(name="Free money")) == ()


def test_an_account_needs_its_name_and_first_day():
    codes = [p.code for p in validate_account(AccountDraft(name=""), today=TODAY)]
    assert codes == ["money_name_needed", "date_needed"]
    backwards = AccountDraft(name="Bank", opened_on=TODAY, closed_on=TODAY - dt.timedelta(days=1))
    assert [p.code for p in validate_account(backwards, today=TODAY)] == ["period_backwards"]
