"""Periods include both ends; parts tile them; years end where the group says."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.periods import (
    Period,
    clock,
    clock_range,
    full_date,
    group_year_of,
    long_date,
    month_of,
    quarter_of,
    short_date,
    year_ending,
)

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2199, 12, 31))
ONE = dt.timedelta(days=1)


@st.composite
def periods(draw):
    first, length = draw(DAYS), draw(st.integers(0, 4000))
    return Period(first=first, last=first + dt.timedelta(days=length))


def test_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="ends on or after"):
        Period(first=dt.date(2026, 1, 2), last=dt.date(2026, 1, 1))


def test_period_includes_first_and_last_day_and_no_other():
    period = Period(first=dt.date(2026, 1, 1), last=dt.date(2026, 1, 31))
    assert dt.date(2026, 1, 1) in period
    assert dt.date(2026, 1, 31) in period
    assert dt.date(2025, 12, 31) not in period
    assert dt.date(2026, 2, 1) not in period
    assert "2026-01-05" not in period
    assert period.days == 31
    assert period.after == dt.date(2026, 2, 1)
    assert period.text == "1 January 2026 to 31 January 2026"


def _assert_tiles(period, parts):
    assert parts[0].first == period.first
    assert parts[-1].last == period.last
    for before, after in itertools.pairwise(parts):
        assert after.first == before.last + ONE
    assert sum(part.days for part in parts) == period.days


@given(periods())
def test_months_tile_a_period(period):
    parts = period.months()
    _assert_tiles(period, parts)
    assert all((p.first.year, p.first.month) == (p.last.year, p.last.month) for p in parts)
    assert all(part.first.day == 1 for part in parts[1:])


@given(periods())
def test_quarters_tile_a_period(period):
    parts = period.quarters()
    _assert_tiles(period, parts)
    assert all((p.first.month - 1) // 3 == (p.last.month - 1) // 3 for p in parts)
    assert all(part.first.month in {1, 4, 7, 10} and part.first.day == 1 for part in parts[1:])


def test_all_of_time_is_a_period_too():
    always = Period(first=dt.date.min, last=dt.date.max)
    assert always.after == dt.date.max
    assert dt.date.max in always
    end = Period(first=dt.date(9999, 11, 15), last=dt.date.max)
    assert [part.last for part in end.months()] == [dt.date(9999, 11, 30), dt.date.max]


@given(DAYS)
def test_day_lies_in_its_month_and_quarter(day):
    assert day in month_of(day)
    assert day in quarter_of(day)
    assert len(month_of(day).months()) == 1
    assert len(quarter_of(day).quarters()) == 1
    assert month_of(day).first in quarter_of(day)


@given(DAYS)
def test_year_that_ends_on_a_day_is_followed_by_the_next(day):
    year = year_ending(day)
    assert year.last == day
    assert year.days in {365, 366}
    before = year_ending(year.first - ONE)
    assert before.last + ONE == year.first


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ((2026, 3, 31), (2025, 4, 1)),
        ((2024, 2, 29), (2023, 3, 1)),
        ((2025, 2, 28), (2024, 3, 1)),
        ((2026, 2, 28), (2025, 3, 1)),
        ((2026, 12, 31), (2026, 1, 1)),
    ],
)
def test_year_that_ends_on_a_day_starts_the_day_after_its_namesake(last, first):
    assert year_ending(dt.date(*last)).first == dt.date(*first)


@given(DAYS, st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31)))
def test_group_years_hold_their_day_and_tile_time(day, end):
    year = group_year_of(day, end.month, end.day)
    assert day in year
    assert year.days in {365, 366}
    assert group_year_of(year.last + ONE, end.month, end.day).first == year.last + ONE
    assert group_year_of(year.first - ONE, end.month, end.day).last == year.first - ONE


def test_group_year_that_ends_on_29_february_ends_on_the_28th_in_other_years():
    assert group_year_of(dt.date(2026, 1, 1), 2, 29).last == dt.date(2026, 2, 28)
    assert group_year_of(dt.date(2024, 2, 29), 2, 29).last == dt.date(2024, 2, 29)
    assert group_year_of(dt.date(2024, 3, 1), 2, 29).last == dt.date(2025, 2, 28)


def test_dates_are_written_the_british_way_whatever_the_computer_speaks():
    day = dt.date(2026, 11, 3)
    assert short_date(day) == "Tue 3 Nov 2026"
    assert long_date(day) == "3 November 2026"
    assert full_date(day) == "Tuesday 3 November 2026"


@given(DAYS)
def test_weekday_that_is_written_is_the_right_one(day):
    assert short_date(day).split()[0].lower() == day.strftime("%a").lower()


@pytest.mark.parametrize(
    ("stored", "said"),
    [("19:00", "7.00 pm"), ("00:30", "12.30 am"), ("12:00", "12.00 pm"), ("09:05", "9.05 am")],
)
def test_times_are_said_as_people_say_them(stored, said):
    assert clock(stored) == said


def test_range_of_times_names_morning_or_afternoon_once():
    assert clock_range("19:00", "20:30") == "7.00–8.30 pm"
    assert clock_range("11:00", "13:00") == "11.00 am–1.00 pm"
    assert clock_range("19:00", None) == "7.00 pm"
    assert clock_range(None, None) == ""
