"""What is owned and owed, loans that let tied money be spent early, and closed years."""

import datetime as dt
from dataclasses import fields, replace

import pytest

from app.domain.ledger import AccountDraft, FundDraft, FundKind
from app.domain.periods import Period
from app.domain.year_end import ItemDraft, ItemKind, LoanDraft
from app.figures.accounting import thresholds
from app.services import money
from app.services.result import Done, Refused
from tests import builders

TODAY = dt.date(2026, 11, 3)
DAY = dt.date(2026, 10, 7)


@pytest.fixture
def loan(purse):
    return LoanDraft(
        from_fund_id=purse.free, to_fund_id=purse.hall, amount_pence=45_00,
        from_on=DAY, minute="Committee, 1 Oct 2026",
    )  # fmt: skip


def spend(register, purse, pence=45_00):
    draft = builders.entry(DAY, (purse.bank, purse.hall, -pence))
    return money.save_entry(register, draft, today=TODAY)


def test_a_named_loan_lets_tied_money_be_spent_before_it_comes(register, purse, loan):
    assert isinstance(spend(register, purse), Refused)
    money.save_loan(register, loan, today=TODAY)
    assert isinstance(spend(register, purse), Done)
    assert isinstance(spend(register, purse, 1), Refused)


def test_a_loan_a_fund_stands_on_is_neither_taken_away_nor_paid_back(register, purse, loan):
    loan_id = money.save_loan(register, loan, today=TODAY).ids[0]
    spend(register, purse)
    assert isinstance(money.remove_loan(register, loan_id), Refused)
    back = replace(loan, repaid_on=dt.date(2026, 10, 20))
    assert isinstance(money.save_loan(register, back, loan_id, today=TODAY), Refused)
    came = builders.entry(dt.date(2026, 10, 20), (purse.bank, purse.hall, 45_00))
    money.save_entry(register, came, today=TODAY)
    assert isinstance(money.save_loan(register, back, loan_id, today=TODAY), Done)


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"minute": ""}, "minute_needed"),
        ({"amount_pence": 0}, "amount_needed"),
        ({"to_fund_id": None}, "fund_needed"),
        ({"from_on": dt.date(2026, 11, 4)}, "entry_future"),
        ({"repaid_on": dt.date(2026, 10, 6)}, "period_backwards"),
    ],
)
def test_what_a_loan_needs_is_said(register, loan, details, code):
    answer = money.save_loan(register, replace(loan, **details), today=TODAY)
    assert code in {p.code for p in answer.problems}


def test_what_is_owed_counts_from_its_day_until_it_is_paid(register, purse):
    draft = ItemDraft(
        kind=ItemKind.OWED_BY_US, details="Hall, October", fund_id=purse.free,
        from_on=dt.date(2026, 10, 31), to_on=TODAY, value_pence=45_00,
    )  # fmt: skip
    money.save_item(register, draft)
    (item,) = money.list_items(register)
    held = [
        item.held_on(dt.date(2026, 10, 30)),
        item.held_on(dt.date(2026, 10, 31)),
        item.held_on(TODAY),
    ]
    assert held == [False, True, False]
    assert isinstance(money.remove_item(register, item.id), Done)
    assert money.list_items(register) == ()


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"details": " "}, "item_details_needed"),
        ({"value_pence": None}, "amount_needed"),
        ({"fund_id": None}, "fund_needed"),
        ({"from_on": None}, "date_needed"),
        ({"to_on": dt.date(2026, 1, 1)}, "period_backwards"),
    ],
)
def test_what_an_item_needs_is_said(register, purse, details, code):
    draft = ItemDraft(
        kind=ItemKind.OWED_TO_US, details="Gift aid", fund_id=purse.free, from_on=DAY,
        value_pence=1_00,
    )  # fmt: skip
    answer = money.save_item(register, replace(draft, **details))
    assert code in {p.code for p in answer.problems}


def test_a_closed_year_refuses_changes_until_it_is_opened_again(register, purse):
    year = money.group_year(register, dt.date(2026, 5, 1))
    assert (year.first, year.last) == (dt.date(2026, 4, 1), dt.date(2027, 3, 31))
    answer = money.close_year(register, year, today=TODAY)
    assert [p.code for p in answer.problems] == ["year_not_over"]
    half = Period(first=dt.date(2026, 4, 1), last=dt.date(2026, 9, 30))
    money.close_year(register, half, approved_on=TODAY, today=TODAY)
    draft = builders.entry(dt.date(2026, 9, 30), (purse.bank, purse.free, -1_00))
    assert isinstance(money.save_entry(register, draft, today=TODAY), Refused)
    assert isinstance(money.close_year(register, half, today=TODAY), Refused)
    money.open_year(register, half.last)
    assert isinstance(money.save_entry(register, draft, today=TODAY), Done)
    assert isinstance(money.open_year(register, half.last), Refused)


@pytest.fixture
def closed(register, purse):
    """A half year that is closed, with money of a tied fund in it."""
    draft = builders.entry(dt.date(2026, 6, 1), (purse.bank, purse.hall, 5_00))
    assert money.save_entry(register, draft, today=TODAY).ids
    half = Period(first=dt.date(2026, 5, 1), last=dt.date(2026, 9, 30))
    assert money.close_year(register, half, approved_on=TODAY, today=TODAY).changes
    return half


def codes(answer):
    return [problem.code for problem in answer.problems]


def test_what_comes_before_a_closed_year_is_what_it_began_with(register, purse, closed):
    draft = builders.entry(dt.date(2026, 4, 2), (purse.bank, purse.free, 1_00))
    assert codes(money.save_entry(register, draft, today=TODAY)) == ["year_closed"]


def test_what_an_account_held_at_first_stays_once_a_year_of_it_is_closed(register, purse, closed):
    account = money.books(register).accounts[purse.bank]
    values = {one.name: getattr(account, one.name) for one in fields(AccountDraft)}
    kept = AccountDraft(**values)
    more = replace(kept, openings=((purse.free, 999_00),))
    later = replace(kept, opened_on=dt.date(2026, 4, 2))
    for draft in (more, later):
        answer = money.save_account(register, draft, purse.bank, today=TODAY)
        assert codes(answer) == ["opening_in_closed_year"]
    assert "Wed 30 Sep 2026" in answer.text
    named = replace(kept, name="Group account")
    assert isinstance(money.save_account(register, named, purse.bank, today=TODAY), Done)
    new = AccountDraft(name="Savings", opened_on=closed.first, openings=((purse.free, 1_00),))
    assert codes(money.save_account(register, new, today=TODAY)) == ["opening_in_closed_year"]
    assert codes(money.remove_account(register, purse.cash)) == ["opening_in_closed_year"]
    money.open_year(register, closed.last)
    assert isinstance(money.save_account(register, more, purse.bank, today=TODAY), Done)


def test_a_fund_stays_in_its_column_of_accounts_that_were_approved(register, purse, closed):
    fund = FundDraft(name="Hall grant", kind=FundKind.DESIGNATED)
    assert codes(money.save_fund(register, fund, purse.hall)) == ["kind_in_closed_year"]
    money.open_year(register, closed.last)
    assert isinstance(money.save_fund(register, fund, purse.hall), Done)


def test_thresholds_change_on_30_september_2026():
    before, after = (thresholds(dt.date(2026, 9, day)) for day in (29, 30))
    assert (before.examined_above, after.examined_above) == (25_000_00, 40_000_00)
    assert (before.receipts_and_payments_up_to, after.receipts_and_payments_up_to) == (
        250_000_00,
        500_000_00,
    )
    assert (before.audited_above, after.audited_above) == (1_000_000_00, 1_500_000_00)


def test_the_groups_legal_form_decides_which_accounts(register):
    assert money.accounts_allowed(register, dt.date(2026, 3, 31), 1_000_00).allowed


@pytest.mark.parametrize(
    ("change", "code", "day"),
    [
        ({"opened_on": dt.date(2026, 6, 2)}, "account_used_before", "Mon 1 Jun 2026"),
        ({"closed_on": dt.date(2026, 5, 31)}, "account_used_after", "Mon 1 Jun 2026"),
    ],
)
def test_account_begins_before_what_moved_in_it_and_is_closed_after(
    register, purse, change, code, day
):
    draft = builders.entry(dt.date(2026, 6, 1), (purse.bank, purse.free, 5_00))
    entry = money.save_entry(register, draft, today=TODAY).ids[0]
    account = money.books(register).accounts[purse.bank]
    kept = AccountDraft(**{one.name: getattr(account, one.name) for one in fields(AccountDraft)})
    answer = money.save_account(register, replace(kept, **change), purse.bank, today=TODAY)
    assert codes(answer) == [code]
    assert day in answer.text
    on_the_day = {name: dt.date(2026, 6, 1) for name in change}
    answer = money.save_account(register, replace(kept, **on_the_day), purse.bank, today=TODAY)
    assert isinstance(answer, Done)
    money.put_entry_in_bin(register, entry)
    answer = money.save_account(register, replace(kept, **change), purse.bank, today=TODAY)
    assert isinstance(answer, Done)
    answer = money.take_entry_out_of_bin(register, entry)
    asked = {"opened_on": "account_not_open", "closed_on": "closed_already"}
    assert codes(answer) == [asked[next(iter(change))]]
