"""What is taken at the door goes to the cash tin as one entry, and is corrected in its place."""

import datetime as dt

from app.services import money
from app.services.result import Done, Refused
from tests import builders

TODAY = dt.date(2026, 11, 3)


def enter(register, session, amounts):
    return money.enter_takings(register, session.id, amounts, today=TODAY)


def test_takings_are_one_receipt_of_cash_by_heading(register, purse):
    session = builders.session(register)
    enter(register, session, {purse.headings["Subs"]: 21_00, purse.headings["Donations"]: 2_50})
    entry = money.takings_of(register, session.id)
    assert (entry.total_pence, entry.method, entry.session_id) == (23_50, "cash", session.id)
    assert {line.activity_id for line in entry.lines} == {session.activity_id}
    assert money.account_balances(register)[purse.cash] == 43_50
    assert money.fund_balances(register)[purse.free] == 143_50


def test_entering_again_corrects_what_was_entered(register, purse):
    session = builders.session(register)
    first = enter(register, session, {purse.headings["Subs"]: 21_00})
    again = enter(register, session, {purse.headings["Subs"]: 20_00})
    assert again.ids == first.ids
    assert money.account_balances(register)[purse.cash] == 40_00


def test_nothing_taken_puts_it_in_the_bin(register, purse):
    session = builders.session(register)
    assert isinstance(enter(register, session, {}), Refused)
    enter(register, session, {purse.headings["Subs"]: 21_00})
    assert isinstance(enter(register, session, {purse.headings["Subs"]: 0}), Done)
    assert money.takings_of(register, session.id) is None
    assert money.account_balances(register)[purse.cash] == 20_00


def test_without_a_cash_book_it_is_said_what_to_do(register):
    answer = enter(register, builders.session(register), {1: 5_00})
    assert [p.code for p in answer.problems] == ["cash_book_needed"]
