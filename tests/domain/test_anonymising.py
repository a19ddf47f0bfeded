"""A birthday becomes a span of ages that puts somebody in the same bands on every day they came."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from app.domain.anonymising import OLDEST, age_on, span_of

BOUNDS = (0, 5, 8, 11, 16, 18, 19, 25, 26, 60, 65, 75)


def _ages(span, day):
    """Return the ages of a span on a day, as figures take them."""
    years = day.year - span.on.year - ((day.month, day.day) < (span.on.month, span.on.day))
    return max(0, span.low + years), span.high + years


def _band(age, bounds):
    return max(bound for bound in (0, *bounds) if bound <= age)


births = st.dates(dt.date(1925, 1, 1), dt.date(2020, 12, 31))
visits = st.lists(st.dates(dt.date(2021, 1, 1), dt.date(2031, 12, 31)), min_size=1, max_size=12)
sets = st.lists(st.integers(0, 90), max_size=25)


@given(births, visits, sets)
def test_bands_are_the_same_on_every_day_they_came(born, days, bounds):
    span = span_of(born, None, days, bounds)
    for day in days:
        low, high = _ages(span, day)
        age = age_on(born, None, day)
        assert low <= high
        assert _band(low, bounds) == _band(age, bounds) == _band(high, bounds)


@given(st.integers(1925, 2020), visits, sets)
def test_year_of_birth_becomes_a_span_too(year, days, bounds):
    span = span_of(None, year, days, bounds)
    for day in days:
        low, high = _ages(span, day)
        age = age_on(None, year, day)
        assert _band(low, bounds) == _band(age, bounds) == _band(high, bounds)


def test_birthday_is_forgotten_where_nothing_hangs_on_it():
    days = [dt.date(2025, 3, 4), dt.date(2026, 10, 6)]
    span = span_of(dt.date(1948, 6, 15), None, days, BOUNDS)
    assert (span.on.month, span.on.day) == (1, 1)
    assert (span.low, span.high) == (76, OLDEST)


def test_only_the_month_is_kept_where_a_band_was_left_within_a_year():
    days = [dt.date(2026, 5, 20), dt.date(2026, 7, 2)]
    span = span_of(dt.date(2008, 6, 15), None, days, BOUNDS)
    assert (span.on.month, span.on.day) in {(6, 1), (7, 1)}


def test_nobody_who_never_came_keeps_an_age():
    assert span_of(dt.date(1950, 6, 15), None, [], BOUNDS) is None
    assert span_of(None, None, [dt.date(2026, 1, 1)], BOUNDS) is None
