"""What was learned is changed and forgotten; headings are moved, closed and taken away."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.ledger import EntryKind
from app.services import money
from app.services.result import Refused
from tests import builders
from tests.conftest import TODAY


@pytest.fixture
def heads(register):
    money.prepare_book(register, opened_on=dt.date(2026, 4, 1), bank_pence=100_00)
    return {one.name: one.id for one in money.books(register).headings.values()}


@pytest.fixture
def rule(register, heads):
    known = money.books(register)
    line = (next(iter(known.accounts)), next(iter(known.funds)), -5_00)
    draft = builders.entry(
        TODAY, (*line, {"heading_id": heads["Travel"]}), payee="Bus", bank_text="CITY BUS CO"
    )
    money.learn_rule(register, money.save_entry(register, draft, today=TODAY).ids[0])
    (found,) = money.list_rules(register)
    return found


def test_rule_is_changed_and_still_knows_its_line(register, heads, rule):
    money.change_rule(register, replace(rule, heading_id=heads["Materials"], payee=" City  Bus "))
    (now,) = money.list_rules(register)
    assert (now.heading_id, now.payee, now.pattern) == (
        heads["Materials"],
        "City Bus",
        rule.pattern,
    )
    assert now.fits("CITY BUS CO 12", EntryKind.PAYMENT)


def test_rule_of_money_out_takes_no_heading_of_money_in(register, heads, rule):
    refused = money.change_rule(register, replace(rule, heading_id=heads["Subs"]))
    assert [problem.code for problem in refused.problems] == ["heading_other_side"]


def test_rule_that_would_say_nothing_is_refused(register, rule):
    nothing = replace(rule, heading_id=None, fund_id=None, payee=" ")
    assert isinstance(money.change_rule(register, nothing), Refused)
    money.forget_rule(register, rule.id)
    assert "no longer there" in money.change_rule(register, rule).text


def order(register, side=EntryKind.PAYMENT):
    return [one.name for one in money.books(register).open_headings(side)]


def test_heading_moves_among_its_own_side(register, heads):
    before = order(register)
    money.move_heading(register, heads[before[1]], -1)
    assert order(register)[:2] == [before[1], before[0]]
    assert order(register, EntryKind.RECEIPT)[0] == "Subs" or order(register, EntryKind.RECEIPT)
    assert isinstance(money.move_heading(register, heads[before[1]], -1), Refused)
    money.move_heading(register, heads[before[1]], 99)
    assert order(register)[-1] == before[1]


def test_heading_in_use_is_closed_and_opened_again_but_not_taken_away(register, heads, rule):
    assert "Close it instead" in money.remove_heading(register, heads["Travel"]).text
    money.close_heading(register, heads["Travel"], TODAY)
    assert "Travel" not in order(register)
    money.close_heading(register, heads["Travel"], None)
    assert "Travel" in order(register)
    assert money.remove_heading(register, heads["Materials"]).ids
    assert "Materials" not in order(register)
