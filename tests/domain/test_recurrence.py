"""The dates of patterns, bank holidays among them by name."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.activities import ActivityDraft, Repeat
from app.domain.periods import Period
from app.domain.recurrence import bank_holidays, pattern_days

YEAR = Period(first=dt.date(2026, 1, 1), last=dt.date(2026, 12, 31))
WEEK = dt.timedelta(days=7)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))


def _draft(repeat, weekday, nth=None):
    return ActivityDraft(name="Bingo", repeat=repeat, weekday=weekday, nth=nth)


def _days(draft, period, **options):
    return [planned.day for planned in pattern_days(draft, period, **options)]


@given(DAYS, st.integers(0, 500), st.integers(0, 6))
def test_weekly_pattern_is_every_such_day_and_no_other(first, length, weekday):
    period = Period(first=first, last=first + dt.timedelta(days=length))
    every = (first + dt.timedelta(days=n) for n in range(period.days))
    expected = [day for day in every if day.weekday() == weekday]
    assert _days(_draft(Repeat.WEEKLY, weekday), period) == expected


@given(DAYS, st.integers(0, 6), st.integers(-40, 40))
def test_fortnightly_pattern_keeps_step_with_the_last_time_they_met(first, weekday, weeks):
    period = Period(first=first, last=first + dt.timedelta(days=100))
    met = first + dt.timedelta(days=(weekday - first.weekday()) % 7) + weeks * WEEK
    days = _days(_draft(Repeat.FORTNIGHTLY, weekday), period, rhythm=met)
    assert days
    assert all((day - met).days % 14 == 0 for day in days)
    assert all(after - before == 2 * WEEK for before, after in itertools.pairwise(days))
    assert days[0] - first < 2 * WEEK


def test_fortnightly_pattern_without_a_past_starts_with_the_first_such_day():
    days = _days(_draft(Repeat.FORTNIGHTLY, 3), YEAR)
    assert days[:3] == [dt.date(2026, 1, 1), dt.date(2026, 1, 15), dt.date(2026, 1, 29)]


def test_another_weekday_gives_no_rhythm():
    draft = _draft(Repeat.FORTNIGHTLY, 3)
    assert _days(draft, YEAR, rhythm=dt.date(2025, 12, 30)) == _days(draft, YEAR)


@pytest.mark.parametrize("nth", [1, 2, 3, 4, -1])
@pytest.mark.parametrize("weekday", [0, 3, 6])
def test_monthly_pattern_is_the_nth_or_last_weekday(nth, weekday):
    expected = []
    for month in YEAR.months():
        every = [month.first + dt.timedelta(days=n) for n in range(month.days)]
        such = [day for day in every if day.weekday() == weekday]
        expected.append(such[nth - 1 if nth > 0 else -1])
    assert _days(_draft(Repeat.MONTHLY, weekday, nth), YEAR) == expected


def test_month_whose_day_is_over_is_passed_by():
    period = Period(first=dt.date(2026, 3, 20), last=dt.date(2026, 4, 30))
    assert _days(_draft(Repeat.MONTHLY, 1, 1), period) == [dt.date(2026, 4, 7)]


def test_what_does_not_repeat_has_no_days():
    assert pattern_days(_draft(Repeat.NONE, 2), YEAR) == ()
    assert pattern_days(_draft(Repeat.WEEKLY, None), YEAR) == ()


def test_bank_holidays_are_named():
    named = {p.day: p.holiday for p in pattern_days(_draft(Repeat.WEEKLY, 0), YEAR) if p.holiday}
    assert named == {
        dt.date(2026, 4, 6): "Easter Monday",
        dt.date(2026, 5, 4): "May Day",
        dt.date(2026, 5, 25): "Spring Bank Holiday",
        dt.date(2026, 8, 31): "Late Summer Bank Holiday",
        dt.date(2026, 12, 28): "Boxing Day (substitute day)",
    }


@pytest.mark.parametrize("year", range(2015, 2041))
def test_christmas_and_boxing_day_are_always_bank_holidays(year):
    known = bank_holidays(range(year, year + 1))
    assert known[dt.date(year, 12, 25)] == "Christmas Day"
    assert known[dt.date(year, 12, 26)] == "Boxing Day"


def test_names_do_not_follow_the_language_of_the_computer(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "cy_GB")
    monkeypatch.setenv("LANG", "th_TH.UTF-8")
    assert bank_holidays(range(2026, 2027))[dt.date(2026, 4, 3)] == "Good Friday"


def test_holidays_of_every_year_of_a_long_period_are_known():
    period = Period(first=dt.date(2024, 12, 1), last=dt.date(2027, 1, 31))
    on_friday = pattern_days(_draft(Repeat.WEEKLY, 4), period)
    holidays = [planned.day for planned in on_friday if planned.holiday]
    assert dt.date(2025, 4, 18) in holidays
    assert dt.date(2026, 12, 25) in holidays
    assert dt.date(2027, 1, 1) in holidays
