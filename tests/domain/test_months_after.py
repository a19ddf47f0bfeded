"""A month is the same day of the next, or its last day: as dateutil counts it."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from app.domain.rights import months_after


@given(
    day=st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)),
    months=st.integers(min_value=-1_200, max_value=1_200),
)
def test_months_are_those_of_dateutil(day, months):
    assert months_after(day, months) == day + relativedelta(months=months)
