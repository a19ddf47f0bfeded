"""Reports that are due, and what grants promised."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.grants import GrantDraft, GrantState
from app.domain.ledger import FundDraft, FundKind
from app.domain.periods import Period
from app.domain.places import AgreementDraft, AgreementKind
from app.domain.returns import ReportDueDraft, Target
from app.services import money, places, reports_due
from app.services.reports_due import DueState
from app.services.result import Done, Refused
from app.services.returns import drafts, due, issuing
from tests.conftest import TODAY
from tests.services.returns.making import FORM, own_form


@pytest.fixture
def grant(register):
    """The id of a grant whose report is due on Mon 16 Nov 2026."""
    own_form(register)
    fund = money.save_fund(
        register, FundDraft(name="Hall", kind=FundKind.RESTRICTED, purpose="Hire")
    )
    draft = GrantDraft(
        reference="G1", funder="Town Council", state=GrantState.AWARDED, fund_id=fund.ids[0],
        awarded_pence=500_00, starts_on=dt.date(2025, 10, 1), ends_on=dt.date(2026, 9, 30),
        report_due_on=dt.date(2026, 11, 16),
    )  # fmt: skip
    return money.save_grant(register, draft).ids[0]


def only(register, today=TODAY):
    (one,) = reports_due.listed(register, today=today)
    of_it = reports_due.listed(register, today=today, grant_id=one.grant_id)
    assert of_it == (one,), "asked of its grant alone it is the same"
    return one


def test_report_of_a_grant_is_due_by_the_grant_alone(register, grant):
    one = only(register)
    assert (one.id, one.grant_id, one.days_left, one.state) == (None, grant, 13, DueState.SOON)
    assert (one.about, one.text) == ("Town Council, G1", "due in 13 days, Mon 16 Nov 2026")
    assert one.period == Period(first=dt.date(2025, 10, 1), last=dt.date(2026, 9, 30))


@pytest.mark.parametrize(
    ("today", "state", "said"),
    [
        (dt.date(2026, 10, 18), DueState.LATER, "due Mon 16 Nov 2026"),
        (dt.date(2026, 10, 19), DueState.SOON, "due in 28 days, Mon 16 Nov 2026"),
        (dt.date(2026, 11, 16), DueState.SOON, "due today, Mon 16 Nov 2026"),
        (dt.date(2026, 11, 17), DueState.OVERDUE, "due yesterday, Mon 16 Nov 2026"),
        (dt.date(2026, 11, 19), DueState.OVERDUE, "three days overdue, since Mon 16 Nov 2026"),
    ],
)
def test_report_is_spoken_of_from_four_weeks_before(register, grant, today, state, said):
    one = only(register, today)
    assert (one.state, one.text) == (state, said)
    spoken_of = reports_due.reminders(register, today=today)
    assert bool(spoken_of) == (state is not DueState.LATER)


def test_report_that_was_issued_is_done_until_it_is_taken_back(register, grant):
    draft = due.start(register, only(register), template_id=FORM).ids[0]
    assert only(register).draft_id == draft
    assert drafts.get(register, draft).draft.due_on == dt.date(2026, 11, 16)
    issued_id = issuing.issue(register, draft).ids[0]
    assert only(register).state is DueState.DONE
    assert reports_due.reminders(register, today=TODAY) == ()
    issuing.withdraw(register, issued_id, "Wrong year", today=TODAY)
    assert only(register).state is DueState.SOON


def test_report_written_down_for_the_grants_day_stands_in_its_place(register, grant):
    draft = ReportDueDraft(
        grant_id=grant, template_id=FORM, due_on=dt.date(2026, 11, 16), note="Two pages"
    )
    assert isinstance(due.save(register, draft), Done)
    one = only(register)
    assert (one.template_id, one.note) == (FORM, "Two pages")
    assert isinstance(due.save(register, draft), Refused)
    assert isinstance(due.save(register, replace(draft, note="One page"), one.id), Done)
    assert isinstance(due.start(register, only(register)), Done)
    due.remove(register, one.id)
    assert only(register).id is None
    assert isinstance(due.remove(register, one.id), Refused)


def test_report_needs_a_day_and_somebody_who_waits_for_it(register):
    answer = due.save(register, ReportDueDraft())
    assert {one.code for one in answer.problems} == {"due_day_needed", "due_about_needed"}


def test_report_without_a_form_asks_for_one(register, grant):
    assert due.start(register, only(register)).problems[0].code == "template_needed"


def test_report_done_in_another_way_is_done(register, grant):
    assert isinstance(due.mark_done(register, only(register), TODAY), Done)
    one = only(register)
    assert (one.state, one.text) == (DueState.DONE, "done on Tue 3 Nov 2026")
    due.mark_done(register, one, None)
    assert only(register).state is DueState.SOON


def test_agreement_has_reports_of_its_own(register):
    agreement = AgreementDraft(
        kind=AgreementKind.CONTRACT, funder="Rotherham", from_on=dt.date(2026, 4, 1),
        quarterly_pence=100_00,
    )  # fmt: skip
    agreement_id = places.save_agreement(register, agreement, today=TODAY).ids[0]
    draft = ReportDueDraft(agreement_id=agreement_id, due_on=dt.date(2026, 10, 14))
    assert isinstance(due.save(register, draft), Done)
    one = only(register)
    assert (one.about, one.state, one.period) == ("Rotherham", DueState.OVERDUE, None)


# --- targets --------------------------------------------------------------------------------------


def test_targets_of_a_grant_are_set_and_taken_back(register, grant):
    wanted = (
        Target(figure="people", target=40, label="  Different people "),
        Target(figure="people", breakdown="sex", part="female", target=20),
    )
    assert isinstance(due.set_targets(register, grant, wanted), Done)
    kept = due.targets_of(register, grant)
    assert [(one.label, one.target, one.part) for one in kept] == [
        ("Different people", 40, ""),
        ("", 20, "female"),
    ]
    register.play(register.take_step(), use_case="undo")
    assert due.targets_of(register, grant) == ()


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (Target(figure="moon", target=1), "target_figure_unknown"),
        (Target(figure="people", breakdown="moon", part="x", target=1), "target_part_unknown"),
        (Target(figure="people", breakdown="sex", target=1), "target_part_unknown"),
        (Target(figure="people", target=-1), "target_range"),
        (Target(figure="people", target=float("nan")), "target_range"),
        (Target(figure="people", target=1, label="x" * 201), "text_too_long"),
    ],
)
def test_target_that_cannot_be_is_refused(register, grant, target, code):
    answer = due.set_targets(register, grant, (target,))
    assert [one.code for one in answer.problems] == [code]


def test_same_target_twice_is_refused(register, grant):
    twice = (Target(figure="people", target=1), Target(figure="people", target=2))
    assert due.set_targets(register, grant, twice).problems[0].code == "target_twice"


def test_parts_to_choose_a_target_from_are_those_of_the_figure(register):
    period = Period(first=TODAY, last=TODAY)
    assert ("female", "Female") in due.parts_to_promise(register, "people", "sex", period)
