"""Mileage by the day of the journey, and the step at 10,000 miles."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.claims import ClaimKind, MileRate, journey_pence, rate_on, tax_year_of

OLD, NEW = dt.date(2011, 4, 6), dt.date(2026, 4, 6)
RATES = {
    "mile_car": (MileRate(from_on=OLD, pence=45), MileRate(from_on=NEW, pence=55)),
    "mile_car_beyond": (MileRate(from_on=OLD, pence=25),),
    "mile_bicycle": (MileRate(from_on=OLD, pence=20),),
    "mile_motorcycle": (MileRate(from_on=OLD, pence=24),),
}


def paid(tenths, day=NEW, before=0, kind=ClaimKind.CAR):
    return journey_pence(kind, day, tenths, driven_before=before, rates=RATES)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (dt.date(2026, 4, 5), dt.date(2025, 4, 6), dt.date(2026, 4, 5)),
        (dt.date(2026, 4, 6), dt.date(2026, 4, 6), dt.date(2027, 4, 5)),
        (dt.date(2026, 1, 1), dt.date(2025, 4, 6), dt.date(2026, 4, 5)),
    ],
)
def test_a_tax_year_runs_from_6_april_to_5_april(day, first, last):
    assert tax_year_of(day) == (first, last)


def test_a_journey_is_paid_at_the_rate_of_its_day():
    assert paid(120, NEW - dt.timedelta(days=1)) == 540
    assert paid(120, NEW) == 660
    assert paid(120, kind=ClaimKind.BICYCLE) == 240
    assert paid(120, kind=ClaimKind.MOTORCYCLE) == 288


def test_the_step_is_at_ten_thousand_miles_of_the_year():
    assert paid(100, before=99_900) == 550
    assert paid(100, before=99_950) == 275 + 125
    assert paid(100, before=100_000) == 250
    assert paid(100, before=500_000) == 250


def test_the_step_is_the_cars_alone():
    assert paid(100, before=500_000, kind=ClaimKind.BICYCLE) == 200


def test_half_a_penny_is_rounded_up_once():
    assert paid(1) == 6  # 5.5p
    assert paid(3, OLD) == 14  # 13.5p


def test_before_the_first_rate_there_is_none():
    assert rate_on(RATES["mile_car"], OLD - dt.timedelta(days=1)) is None
    assert paid(10, OLD - dt.timedelta(days=1)) is None


@given(st.integers(1, 20_000), st.integers(0, 200_000), st.integers(1, 19_999))
def test_a_journey_in_two_parts_is_paid_the_same_to_a_penny(tenths, before, cut):
    cut = min(cut, tenths - 1)
    whole = paid(tenths, before=before)
    parts = paid(tenths - cut, before=before) + (
        paid(cut, before=before + tenths - cut) if cut else 0
    )
    assert abs(whole - parts) <= 1
