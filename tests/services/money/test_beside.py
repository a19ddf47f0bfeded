"""Gifts in kind and match funding stand beside the accounts and change nothing in them."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.beside import GiftDraft, MatchDraft, MatchState
from app.domain.grants import GrantDraft
from app.services import money
from app.services.result import Done, Refused

TODAY = dt.date(2026, 11, 3)
GIFT = GiftDraft(
    given_on=TODAY,
    what="Forty chairs",
    giver="Village hall",
    value_pence=120_00,
    basis="Hire, £3 each",
)


@pytest.fixture
def grant(register):
    return money.save_grant(register, GrantDraft(reference="TC-1", funder="Town Council")).ids[0]


def match(grant, **details):
    values = {"source": "Ward councillor", "amount_pence": 100_00, "from_on": TODAY}
    return MatchDraft(grant_id=grant, **(values | details))


def test_a_gift_is_kept_and_can_go_in_the_bin(register, purse):
    before = money.account_balances(register)
    gift_id = money.save_gift(register, GIFT, today=TODAY).ids[0]
    assert [(g.what, g.value_pence) for g in money.list_gifts(register)] == [
        ("Forty chairs", 120_00)
    ]
    assert money.account_balances(register) == before
    money.put_gift_in_bin(register, gift_id)
    assert money.list_gifts(register) == ()
    register.play(register.take_step(), use_case="undo")
    assert len(money.list_gifts(register)) == 1


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"what": " "}, "item_details_needed"),
        ({"value_pence": None}, "amount_needed"),
        ({"value_pence": -1}, "amount_needed"),
        ({"given_on": None}, "date_needed"),
        ({"given_on": dt.date(2026, 11, 4)}, "entry_future"),
        ({"basis": "x" * 201}, "text_too_long"),
    ],
)
def test_what_a_gift_needs_is_said(register, details, code):
    answer = money.save_gift(register, replace(GIFT, **details), today=TODAY)
    assert [p.code for p in answer.problems] == [code]


def test_match_funding_is_confirmed_later(register, grant):
    match_id = money.save_match(register, match(grant)).ids[0]
    sure = match(grant, state=MatchState.CONFIRMED)
    assert isinstance(money.save_match(register, sure, match_id), Done)
    (kept,) = money.list_matches(register, grant)
    assert kept.state is MatchState.CONFIRMED
    assert isinstance(money.remove_match(register, match_id), Done)
    assert money.list_matches(register) == ()


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"source": ""}, "match_source_needed"),
        ({"amount_pence": 0}, "amount_needed"),
        ({"from_on": None}, "date_needed"),
    ],
)
def test_what_match_funding_needs_is_said(register, grant, details, code):
    answer = money.save_match(register, match(grant, **details))
    assert [p.code for p in answer.problems] == [code]


def test_match_funding_belongs_to_a_grant(register):
    assert isinstance(money.save_match(register, match(None)), Refused)
    assert isinstance(money.save_match(register, match(99)), Refused)
