"""A date is read as a British hand writes it, whatever the computer says."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.periods import full_date, long_date, short_date
from app.domain.problems import Problem
from app.domain.typed_dates import read_day

TODAY = dt.date(2026, 11, 3)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/7", dt.date(2026, 7, 3)),
        ("3.7.26", dt.date(2026, 7, 3)),
        ("03/07/2026", dt.date(2026, 7, 3)),
        ("3-7-2026", dt.date(2026, 7, 3)),
        ("3 jul", dt.date(2026, 7, 3)),
        ("3rd July 2025", dt.date(2025, 7, 3)),
        ("Fri 3 Jul 2026", dt.date(2026, 7, 3)),
        ("tuesday, 3 november 2026", dt.date(2026, 11, 3)),
        ("2026-07-03", dt.date(2026, 7, 3)),
        ("4/1", dt.date(2027, 1, 4)),
        ("30/12", dt.date(2026, 12, 30)),
        ("29 feb", dt.date(2028, 2, 29)),
        ("12.3.58", dt.date(1958, 3, 12)),
        ("today", TODAY),
        (" Yesterday ", dt.date(2026, 11, 2)),
    ],
)
def test_day_comes_before_month_and_a_missing_year_is_the_nearest(typed, day):
    assert read_day(typed, today=TODAY) == day


@pytest.mark.parametrize("typed", ["31 Feb", "31/2/2026", "0/7", "3/13", "29/2/2026"])
def test_day_that_no_calendar_has_is_named(typed):
    problem = read_day(typed, today=TODAY, field="session_on")
    assert isinstance(problem, Problem)
    assert problem.code == "date_not_in_calendar"
    assert problem.field == "session_on"
    assert typed in problem.text


@pytest.mark.parametrize("typed", ["soon", "3 j", "3/7/2/6", "July", "3 ma", "33333", "1/2/333"])
def test_what_is_no_date_is_said_to_be_none(typed):
    problem = read_day(typed, today=TODAY)
    assert isinstance(problem, Problem)
    assert problem.code == "date_unknown"


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2199, 12, 31)))
def test_every_date_we_write_is_read_back(day):
    for text in (short_date(day), long_date(day), full_date(day), day.isoformat()):
        assert read_day(text, today=TODAY) == day


@given(st.text(max_size=40))
def test_anything_typed_is_a_day_or_a_problem(text):
    assert isinstance(read_day(text, today=TODAY), dt.date | Problem)
