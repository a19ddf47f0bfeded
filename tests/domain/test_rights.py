"""The clocks of requests and breaches: one calendar month, three, 72 hours."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.rights import (
    Breach,
    BreachDraft,
    Request,
    RequestDraft,
    RequestKind,
    Risk,
    validate_breach,
    validate_request,
)

TODAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 21, 4, tzinfo=dt.UTC)


def _request(received, *, proved=None, extended="", answered=None):
    return Request(
        id=1, kind=RequestKind.ACCESS, person_id=None, asked_by="a parent", received_on=received,
        proved_on=proved, extended_because=extended, answered_on=answered, outcome="", note="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (dt.date(2026, 11, 3), dt.date(2026, 12, 3)),
        (dt.date(2026, 1, 31), dt.date(2026, 2, 28)),
        (dt.date(2028, 1, 30), dt.date(2028, 2, 29)),
        (dt.date(2026, 12, 31), dt.date(2027, 1, 31)),
    ],
)
def test_answer_is_due_after_one_calendar_month(received, due):
    assert _request(received).due_on == due


def test_month_counts_from_the_day_somebody_showed_who_they_are():
    asked = _request(dt.date(2026, 11, 3), proved=dt.date(2026, 11, 10))
    assert asked.due_on == dt.date(2026, 12, 10)
    assert asked.aim_on == dt.date(2026, 12, 8)
    assert asked.days_left(dt.date(2026, 12, 12)) == -2


def test_complex_request_has_two_months_more():
    assert _request(dt.date(2026, 11, 30), extended="many papers").due_on == dt.date(2027, 2, 28)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2090, 1, 1)))
def test_working_rule_is_never_later_than_the_law(received):
    asked = _request(received)
    assert asked.aim_on <= asked.due_on
    assert 28 <= (asked.due_on - received).days <= 31


def test_breach_is_told_within_72_hours():
    breach = Breach(
        id=1, noticed_at=NOW, what="a bag", people=3, risk=Risk.SOME, done_about_it="",
        told_ico_at=None, told_people_on=None, why_not_told="",
    )  # fmt: skip
    assert breach.ico_by == NOW + dt.timedelta(days=3)
    assert breach.hours_left(NOW + dt.timedelta(hours=70)) == 2
    assert breach.hours_left(NOW + dt.timedelta(hours=73)) == -1
    assert not breach.settled


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"asked_by": ""}, ["request_who_needed"]),
        ({"received_on": None}, ["date_needed"]),
        ({"received_on": dt.date(2026, 11, 23)}, ["request_future"]),
        ({"proved_on": dt.date(2026, 11, 1)}, ["request_before"]),
        ({"answered_on": TODAY}, ["request_outcome_needed"]),
        ({"note": "x" * 100_000}, ["text_too_long"]),
    ],
)
def test_request_that_will_not_do_is_told_why(changes, codes):
    values = {"asked_by": "a parent", "received_on": dt.date(2026, 11, 3)} | changes
    found = validate_request(RequestDraft(**values), today=TODAY)
    assert [problem.code for problem in found] == codes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"what": ""}, ["breach_what_needed"]),
        ({"noticed_at": None}, ["date_needed"]),
        ({"noticed_at": NOW + dt.timedelta(hours=1)}, ["request_future"]),
        ({"people": -1}, ["breach_people_range"]),
    ],
)
def test_breach_that_will_not_do_is_told_why(changes, codes):
    values = {"what": "a bag was left on a bus", "noticed_at": NOW} | changes
    assert [problem.code for problem in validate_breach(BreachDraft(**values), now=NOW)] == codes
