"""Grants: kept with their budgets, and what is said before a payment that does not fit."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.grants import BudgetRow, GrantDraft, GrantState, Instalment, budget_difference
from app.services import money
from app.services.result import Done, Refused
from tests import builders

TODAY = dt.date(2026, 11, 3)


@pytest.fixture
def grant(register, purse):
    """£200 from the Town Council for hall hire and materials, May to October, all of it received."""
    draft = GrantDraft(
        reference="TC-26",
        funder="Town Council",
        state=GrantState.AWARDED,
        fund_id=purse.hall,
        applied_on=dt.date(2026, 3, 1),
        decided_on=dt.date(2026, 4, 20),
        awarded_pence=200_00,
        starts_on=dt.date(2026, 5, 1),
        ends_on=dt.date(2026, 10, 31),
        report_due_on=dt.date(2026, 11, 6),
        budget=(
            BudgetRow(heading_id=purse.headings["Hall hire"], budget_pence=150_00),
            BudgetRow(heading_id=purse.headings["Materials"], budget_pence=50_00),
        ),
        instalments=(Instalment(due_on=dt.date(2026, 5, 1), amount_pence=200_00),),
    )
    grant_id = money.save_grant(register, draft).ids[0]
    came = builders.entry(
        dt.date(2026, 5, 5),
        (
            purse.bank,
            purse.hall,
            200_00,
            {"grant_id": grant_id, "heading_id": purse.headings["Grants"]},
        ),
    )
    money.save_entry(register, came, today=TODAY)
    return money.get_grant(register, grant_id)


def payment(purse, grant, pence, *, heading="Hall hire", day=dt.date(2026, 10, 7), **details):
    named = {"grant_id": grant.id, "heading_id": purse.headings[heading]}
    return builders.entry(day, (purse.bank, purse.hall, -pence, {**named, **details}), payee="Hall")


def warned(register, draft, entry_id=None):
    return [(p.code, p.field) for p in money.warn_before_saving(register, draft, entry_id)]


def test_a_grant_comes_back_as_it_was_kept(register, purse, grant):
    assert money.find_grant(register, "tc-26") == grant
    assert budget_difference(grant) == 0
    changed = replace(grant, programme="Small grants")
    draft = GrantDraft(**{name: getattr(changed, name) for name in GrantDraft.__dataclass_fields__})
    money.save_grant(register, draft, grant.id)
    assert money.get_grant(register, grant.id) == changed


def test_what_is_spent_and_left_is_said_by_heading(register, purse, grant):
    money.save_entry(register, payment(purse, grant, 45_00), today=TODAY)
    money.save_entry(register, payment(purse, grant, 12_00, heading="Refreshments"), today=TODAY)
    (standing,) = money.grant_standings(register)
    assert (standing.received_pence, standing.spent_pence, standing.left_pence) == (
        200_00,
        57_00,
        143_00,
    )
    assert [(h.heading, h.budget_pence, h.left_pence) for h in standing.headings] == [
        ("Hall hire", 150_00, 105_00),
        ("Materials", 50_00, 50_00),
        ("Refreshments", 0, -12_00),
    ]
    assert money.fund_balances(register)[purse.hall] == standing.left_pence


def test_how_a_grant_stood_on_a_day_leaves_later_payments_out(register, purse, grant):
    money.save_entry(register, payment(purse, grant, 45_00), today=TODAY)
    (standing,) = money.grant_standings(register, last=dt.date(2026, 10, 6))
    assert standing.spent_pence == 0


def test_a_payment_that_fits_is_not_warned_of(register, purse, grant):
    assert warned(register, payment(purse, grant, 150_00)) == []


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({"day": dt.date(2026, 11, 2)}, [("after_grant", "entry_on")]),
        ({"day": dt.date(2026, 4, 30)}, [("before_grant", "entry_on")]),
        ({"heading": "Travel"}, [("outside_budget", "heading_id")]),
        ({"heading": "Materials", "pence": 62_00}, [("over_heading", "heading_id")]),
        (
            {"pence": 201_00},
            [("over_heading", "heading_id"), ("over_grant", "amount_pence")],
        ),
    ],
)
def test_what_does_not_fit_is_said_before_saving(register, purse, grant, details, expected):
    pence = details.pop("pence", 45_00)
    assert warned(register, payment(purse, grant, pence, **details)) == expected


def test_the_first_and_the_last_day_fit(register, purse, grant):
    for day in (grant.starts_on, grant.ends_on):
        assert warned(register, payment(purse, grant, 1_00, day=day)) == []


def test_the_sentence_names_the_day_and_the_funder(register, purse, grant):
    late = payment(purse, grant, 45_00, day=dt.date(2026, 11, 2))
    (problem,) = money.warn_before_saving(register, late)
    assert problem.text == (
        "This is dated Mon 2 Nov 2026. The grant of Town Council ended on Sat 31 Oct 2026."
    )
    assert isinstance(money.save_entry(register, late, today=TODAY), Done)


def test_changing_a_payment_does_not_count_it_twice(register, purse, grant):
    done = money.save_entry(register, payment(purse, grant, 150_00), today=TODAY)
    assert warned(register, payment(purse, grant, 150_00), done.ids[0]) == []
    assert warned(register, payment(purse, grant, 1_00)) == [("over_heading", "heading_id")]


def test_another_activity_than_the_grants_own_is_said(register, purse, grant):
    tea, chess = builders.activity(register), builders.activity(register, name="Chess")
    draft = replace(_draft(grant), activities=(tea.id,))
    money.save_grant(register, draft, grant.id)
    assert warned(register, payment(purse, grant, 1_00, activity_id=tea.id)) == []
    assert warned(register, payment(purse, grant, 1_00)) == []
    (problem,) = money.warn_before_saving(
        register, payment(purse, grant, 1_00, activity_id=chess.id)
    )
    assert problem.text == "The grant of Town Council is not for Chess."


def test_another_fund_than_the_grants_own_is_said(register, purse, grant):
    named = {"grant_id": grant.id, "heading_id": purse.headings["Hall hire"]}
    draft = builders.entry(dt.date(2026, 10, 7), (purse.bank, purse.free, -1_00, named))
    assert warned(register, draft) == [("other_fund", "fund_id")]


def test_one_cost_is_not_paid_for_twice(register, purse, grant):
    other = GrantDraft(
        reference="CF-1", funder="Community Foundation", state=GrantState.AWARDED,
        fund_id=purse.free, awarded_pence=500_00,
    )  # fmt: skip
    other_id = money.save_grant(register, other).ids[0]
    day = dt.date(2026, 10, 7)
    first = builders.entry(
        day, (purse.bank, purse.free, -45_00, {"grant_id": other_id}), payee="HALL"
    )
    money.save_entry(register, first, today=TODAY)
    assert warned(register, payment(purse, grant, 45_00)) == [("cost_twice", "grant_id")]
    assert warned(register, payment(purse, grant, 44_00)) == []


@pytest.mark.parametrize(
    ("details", "codes"),
    [
        ({"reference": ""}, {"grant_reference_needed"}),
        ({"funder": " "}, {"grant_funder_needed"}),
        ({"awarded_pence": None}, {"grant_sum_needed"}),
        ({"fund_id": None}, {"fund_needed"}),
        ({"ends_on": dt.date(2026, 4, 30)}, {"period_backwards"}),
        ({"decided_on": dt.date(2026, 2, 28)}, {"decided_before_applied"}),
        ({"most_budget_rows": 1}, {"budget_too_many"}),
        ({"title": "x" * 201}, {"text_too_long"}),
    ],
)
def test_what_a_grant_needs_is_said_at_its_field(register, purse, grant, details, codes):
    answer = money.save_grant(register, replace(_draft(grant), **details), grant.id)
    assert isinstance(answer, Refused)
    assert {p.code for p in answer.problems} == codes


def test_budgets_of_whole_pounds_have_no_pence_and_no_heading_twice(register, purse, grant):
    row = BudgetRow(heading_id=purse.headings["Materials"], budget_pence=10_50)
    answer = money.save_grant(register, replace(_draft(grant), budget=(row, row)), grant.id)
    assert {p.code for p in answer.problems} == {"budget_whole_pounds", "budget_heading_twice"}
    loose = replace(_draft(grant), budget=(row,), whole_pounds=False)
    assert isinstance(money.save_grant(register, loose, grant.id), Done)


def test_a_reference_is_given_once(register, purse, grant):
    answer = money.save_grant(register, replace(_draft(grant), reference="tc-26 "))
    assert [p.code for p in answer.problems] == ["grant_reference_taken"]


def test_a_grant_that_was_used_stays(register, purse, grant):
    assert [p.code for p in money.put_grant_in_bin(register, grant.id).problems] == [
        "in_use_already"
    ]
    idea = money.save_grant(register, GrantDraft(reference="X-1", funder="A trust")).ids[0]
    assert isinstance(money.put_grant_in_bin(register, idea), Done)
    assert money.get_grant(register, idea) is None
    assert isinstance(
        money.save_grant(register, GrantDraft(reference="X-1", funder="A trust")), Done
    )


def _draft(grant):
    return GrantDraft(**{name: getattr(grant, name) for name in GrantDraft.__dataclass_fields__})
