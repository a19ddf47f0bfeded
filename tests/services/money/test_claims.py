"""Claims: priced, approved by somebody else, paid once."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.claims import ClaimDraft, ClaimKind, ClaimLineDraft
from app.services import money
from app.services.result import Done, Refused
from tests import builders

TODAY = dt.date(2026, 11, 3)


@pytest.fixture
def claim(register, purse):
    bus = ClaimLineDraft(
        spent_on=dt.date(2026, 10, 1), what="Bus fares", amount_pence=4_60,
        heading_id=purse.headings["Travel"],
    )  # fmt: skip
    drive = ClaimLineDraft(kind=ClaimKind.CAR, spent_on=dt.date(2026, 10, 2), tenths_of_miles=120)
    return ClaimDraft(
        person_id=builders.person(register), claimed_on=TODAY, lines=(bus, drive),
        approved_by="Joan Hill",
    )  # fmt: skip


def save(register, draft, claim_id=None):
    return money.save_claim(register, draft, claim_id, today=TODAY)


def pay(register, purse, claim_id):
    return money.pay_claim(
        register, claim_id, account_id=purse.bank, fund_id=purse.free, paid_on=TODAY, today=TODAY
    )


def test_miles_are_priced_when_a_claim_is_kept(register, claim):
    save(register, claim)
    (kept,) = money.list_claims(register)
    assert [line.amount_pence for line in kept.lines] == [4_60, 6_60]
    assert kept.total_pence == 11_20


def test_miles_of_earlier_claims_in_the_tax_year_count_towards_the_step(register, claim):
    far = ClaimLineDraft(kind=ClaimKind.CAR, spent_on=dt.date(2026, 5, 1), tenths_of_miles=20_000)
    for _ in range(4):
        save(register, replace(claim, lines=(far,)))
    last = save(register, replace(claim, lines=(replace(far, tenths_of_miles=19_990),)))
    done = save(register, replace(claim, lines=(replace(far, tenths_of_miles=30),)))
    kept = {one.id: one for one in money.list_claims(register)}
    assert kept[last.ids[0]].total_pence == 1_099_45
    assert kept[done.ids[0]].total_pence == 55 + 2 * 25  # a mile at the first rate, two beyond
    before = replace(far, spent_on=dt.date(2026, 4, 5), tenths_of_miles=10)
    other_year = save(register, replace(claim, lines=(before,)))
    kept = {one.id: one for one in money.list_claims(register)}
    assert kept[other_year.ids[0]].total_pence == 45


def test_a_claim_is_paid_as_one_payment_with_a_line_for_each_thing(register, purse, claim):
    claim_id = save(register, claim).ids[0]
    done = pay(register, purse, claim_id)
    assert done.text == "pay claim of Maryam, £11.20"
    entry = money.get_entry(register, done.ids[0])
    assert [line.amount_pence for line in entry.lines] == [-4_60, -6_60]
    assert (entry.payee, entry.description) == ("Maryam Begum", "Expenses claimed")
    assert (entry.person_id, entry.approved_by) == (claim.person_id, "Joan Hill")
    assert money.list_claims(register, waiting=True) == ()
    assert isinstance(pay(register, purse, claim_id), Refused)


@pytest.mark.parametrize("approver", ["", "maryam", "Maryam BEGUM"])
def test_nobody_approves_their_own_claim(register, purse, claim, approver):
    claim_id = save(register, replace(claim, approved_by=approver)).ids[0]
    answer = pay(register, purse, claim_id)
    assert [p.code for p in answer.problems] == ["claim_approval_needed"]


def test_a_payment_undone_leaves_the_claim_waiting(register, purse, claim):
    claim_id = save(register, claim).ids[0]
    pay(register, purse, claim_id)
    register.play(register.take_step(), use_case="undo")
    assert [one.id for one in money.list_claims(register, waiting=True)] == [claim_id]
    assert money.account_balances(register)[purse.bank] == 100_00


def test_a_paid_claim_is_neither_changed_nor_binned(register, purse, claim):
    claim_id = save(register, claim).ids[0]
    pay(register, purse, claim_id)
    for answer in (save(register, claim, claim_id), money.put_claim_in_bin(register, claim_id)):
        assert [p.code for p in answer.problems] == ["claim_paid"]


def test_a_claim_that_waits_can_be_put_in_the_bin(register, claim):
    claim_id = save(register, claim).ids[0]
    assert isinstance(money.put_claim_in_bin(register, claim_id), Done)
    assert money.list_claims(register) == ()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"what": ""}, "claim_what_needed"),
        ({"amount_pence": 0}, "amount_needed"),
        ({"spent_on": None}, "date_needed"),
        ({"spent_on": dt.date(2026, 11, 4)}, "entry_future"),
        ({"kind": ClaimKind.CAR}, "miles_range"),
        ({"kind": ClaimKind.CAR, "tenths_of_miles": 20_001}, "miles_range"),
    ],
)
def test_what_a_line_needs_is_said_at_its_field(register, claim, line, code):
    answer = save(register, replace(claim, lines=(replace(claim.lines[0], **line),)))
    assert code in {p.code for p in answer.problems}


def test_a_journey_before_any_rate_is_not_priced(register, claim):
    drive = replace(claim.lines[1], spent_on=dt.date(2011, 4, 5))
    answer = save(register, replace(claim, lines=(drive,)))
    assert [p.code for p in answer.problems] == ["no_mile_rate"]
