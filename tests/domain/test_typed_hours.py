"""A length of time is read as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.typed_hours import read_minutes
from app.ui.texts import decimal_hours, hours


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("1.5", 90), ("1,5", 90), ("2", 120), ("2 h", 120), ("1 h 30", 90), ("1h30", 90),
        ("1:30", 90), ("1 hour 5 min", 65), ("90 min", 90), ("45m", 45), ("0.25", 15),
    ],
)  # fmt: skip
def test_hours_and_minutes_are_read(typed, minutes):
    assert read_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["", "some", "1:75", "-2", "1.5.2", "h"])
def test_what_is_no_length_of_time_is_none(typed):
    assert read_minutes(typed) is None


@given(st.integers(min_value=1, max_value=24 * 60))
def test_what_we_write_is_read_back(minutes):
    assert read_minutes(hours(minutes)) == minutes


def test_a_chip_says_hours_with_as_few_figures_as_it_needs():
    assert [decimal_hours(m) for m in (90, 60, 75, 100)] == ["1.5 h", "1 h", "1.25 h", "1.67 h"]
